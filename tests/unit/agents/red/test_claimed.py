import pytest

from seenred.agents.red.claimed import claimed_test
from seenred.agents.red.writer import RedRequest
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import Origin


def body(text, **more):
    written = claimed_test(RedRequest(PlanItem(text, **more), "calc"))
    return written and [line.strip() for line in written.source.splitlines()[1:]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('`add("1,2")` is 3', ['assert add("1,2") == 3']),
        ("`f(1)` is 'x'", ['assert f(1) == "x"']),
        ("`f(1)` is True", ["assert f(1) is True"]),
        ("`f(1)` is None", ["assert f(1) is None"]),
        ("`f(1)` is 1.5", ["assert f(1) == 1.5"]),
        ("`f(1)` is 1.1", ["assert f(1) == pytest.approx(1.1)"]),
        ("`f(1)` raises ValueError", ["with pytest.raises(ValueError):", "f(1)"]),
        ("`f(1)` is 2 and `f(2)` is 4", ["assert f(1) == 2", "assert f(2) == 4"]),
        ("no year by 4: `is_leap(2023)` is False", ["assert is_leap(2023) is False"]),
    ],
)
def test_a_claim_becomes_a_test(text, lines):
    assert body(text) == lines


def test_all_that_it_expects_is_vouched_for():
    written = claimed_test(RedRequest(PlanItem("no year by 4: `is_leap(2023)` is False"), "years"))
    assert written is not None
    assert written.is_vouched
    assert written.imports == ("from years import is_leap",)
    assert written.introduced == ("is_leap",)


def test_the_details_may_hold_the_claim():
    written = claimed_test(RedRequest(PlanItem("adds", details="`add(1, 2)` is 3"), "calc"))
    assert written is not None
    assert [each.origin for each in written.origins] == [Origin.DETAILS]


def test_without_a_claim_there_is_no_test():
    assert claimed_test(RedRequest(PlanItem("adds two numbers"), "calc")) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [("a new `Cart` has `total(0)` equal to 0", ()), ("`total(0)` is 0", ("Cart",))],
)
def test_a_method_without_its_object_makes_no_test(text, names):
    assert claimed_test(RedRequest(PlanItem(text), "cart", names=names)) is None
    assert claimed_test(RedRequest(PlanItem(text), "cart", names=("total", *names))) is not None


@pytest.mark.parametrize(
    ("tests", "code", "head"),
    [
        ("def test_a() -> None:\n    pass\n", "", "def test_f_1_is_2() -> None:"),
        ("def test_a():\n    pass\n", "def g(a: int) -> int: ...\n", "def test_f_1_is_2():"),
        ("", "def g(a: int) -> int:\n    return a\n", "def test_f_1_is_2() -> None:"),
        ("", "def g(a):\n    return a\n", "def test_f_1_is_2():"),
        ("", "", "def test_f_1_is_2():"),
    ],
)
def test_where_tests_or_code_say_what_they_return_the_test_does_too(tests, code, head):
    written = claimed_test(RedRequest(PlanItem("`f(1)` is 2"), "calc", code=code, tests=tests))
    assert written is not None
    assert written.source.splitlines()[0] == head
