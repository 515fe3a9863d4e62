"""Many small changes of one tree: each is seen as if it were a tree of its own."""

from __future__ import annotations

from typing import Any

import pytest

from seenred.domain.observation import Ending, Observation
from seenred.referee.proof.ports import Selection, Variant

CALC = """
import functools
LIMIT = 3
def add(a, b):
    return a + b
class Account:
    def __init__(self, amount):
        self.amount = amount
    @property
    def rich(self):
        return self.amount > LIMIT
    @functools.lru_cache
    def twice(self):
        return self.amount * 2
def table():
    return [n * n for n in range(3)]
SQUARES = table()
def spin():
    return 1
def grow():
    return []
"""
TESTS = """
import calc
def test_add(): assert calc.add(1, 2) == 3
def test_rich(): assert calc.Account(4).rich
def test_twice(): assert calc.Account(4).twice() == 8
def test_squares(): assert calc.SQUARES == [0, 1, 4]
def test_spin(): assert calc.spin() == 1
def test_grow(): assert calc.grow() == []
def test_limit(): assert calc.LIMIT == 3
"""
FILES = {"calc.py": CALC, "test_calc.py": TESTS}


def _variant(old: str, new: str, *tests: str, path: str = "calc.py", **selection: Any) -> Variant:
    source = FILES[path]
    assert old in source
    chosen = Selection(tuple(f"test_calc.py::{test}" for test in tests), **selection)
    return Variant({path: source.replace(old, new).encode()}, chosen)


def _said(seen: Observation) -> dict[str, str]:
    return {test.test_id.rpartition("::")[2]: str(test.outcome) for test in seen.tests}


READ = """
import inspect
def price(n, off=0):
    return n - off
KNOWN = inspect.signature(price).parameters["off"].default
"""
READING = """
import shop
def test_known(): assert shop.KNOWN == 0
def test_price(): assert shop.price(3) == 3
"""


def test_a_default_that_was_read_when_it_was_loaded_counts_as_well(project: Any) -> None:
    files = {"shop.py": READ, "test_shop.py": READING}
    source = READ.replace("off=0", "off=1").encode()
    chosen = [Selection((f"test_shop.py::{test}",)) for test in ("test_known", "test_price")]
    seen = project.variants(files, *(Variant({"shop.py": source}, each) for each in chosen))
    assert ["failed", "failed"] == [str(test.outcome) for each in seen for test in each.tests]


def test_a_default_that_was_set_when_it_was_loaded_stays_so(project: Any) -> None:
    setting = "def price(n, off=0):\n    return n - off\nprice.__defaults__ = (5,)\n"
    tests = "import shop\ndef test_price(): assert shop.price(7) == 2\n"
    variant = Variant(
        {"shop.py": setting.replace("off=0", "off=1").encode()},
        Selection(("test_shop.py::test_price",)),
    )

    (seen,) = project.variants({"shop.py": setting, "test_shop.py": tests}, variant)

    assert _said(seen) == {"test_price": "passed"}


COMPILED = """
import inspect
def compiled(function):
    scope = {}
    exec(inspect.getsource(function).partition("\\n")[2], scope)
    return scope[function.__name__]
@compiled
def five():
    return 5
"""


def test_a_function_that_was_made_into_another_is_made_anew(project: Any) -> None:
    tests = "import shop\ndef test_five(): assert shop.five() == 5\n"
    variant = Variant(
        {"shop.py": COMPILED.replace("return 5", "return 6").encode()},
        Selection(("test_shop.py::test_five",)),
    )

    (seen,) = project.variants({"shop.py": COMPILED, "test_shop.py": tests}, variant)

    assert _said(seen) == {"test_five": "failed"}


def _see(project: Any, *variants: Variant) -> list[dict[str, str]]:
    return [_said(seen) for seen in project.variants(FILES, *variants)]


def test_changes_inside_functions_are_seen(project: Any) -> None:
    seen = _see(
        project,
        _variant("a + b", "a - b", "test_add"),
        _variant("> LIMIT", "< LIMIT", "test_rich"),
        _variant("* 2", "* 3", "test_twice"),
        _variant("a + b", "b + a", "test_add"),
    )

    assert seen == [
        {"test_add": "failed"},
        {"test_rich": "failed"},
        {"test_twice": "failed"},
        {"test_add": "passed"},
    ]


def test_changes_outside_functions_are_seen_too(project: Any) -> None:
    seen = _see(
        project,
        _variant("LIMIT = 3", "LIMIT = 4", "test_limit", "test_rich"),
        _variant("n * n", "n + n", "test_squares"),
        _variant("def add(a, b):", "def add(a, b=1, *c):", "test_add"),
        _variant("\nclass Account:", "\nclass Account(int):", "test_add"),
    )

    assert seen == [
        {"test_limit": "failed", "test_rich": "failed"},
        {"test_squares": "failed"},
        {"test_add": "passed"},
        {"test_add": "passed"},
    ]


def test_a_changed_test_is_as_if_it_had_been_written_so(project: Any) -> None:
    wrong, right = project.variants(
        FILES,
        _variant("(1, 2) == 3", "(1, 2) == 5", "test_add", path="test_calc.py"),
        _variant("(1, 2) == 3", "(1, 2) > 0", "test_add", path="test_calc.py"),
    )

    assert (_said(wrong), _said(right)) == ({"test_add": "failed"}, {"test_add": "passed"})
    assert wrong.tests[0].failure.decisive == "assert 3 == 5"


def test_a_new_file_is_seen(project: Any) -> None:
    variant = Variant(
        {"more.py": b"x = 1", "test_more.py": b"import more\ndef test_x(): pass\n"},
        Selection(("test_more.py::test_x",)),
    )

    assert _see(project, variant) == [{"test_x": "passed"}]


def test_source_that_is_no_python_is_an_error_of_collection(project: Any) -> None:
    (seen,) = project.variants(FILES, _variant("a + b", "a +", "test_add"))

    assert [u.failure.kind for u in seen.uncollected] == ["SyntaxError"]


def test_variants_do_not_see_each_other(project: Any) -> None:
    first = _variant("a + b", "a - b", "test_add")

    assert _see(project, first, Variant({}, first.selection), first) == [
        {"test_add": "failed"},
        {"test_add": "passed"},
        {"test_add": "failed"},
    ]


def test_the_rest_may_be_left_after_a_failure(project: Any) -> None:
    variant = _variant("a + b", "a - b", "test_add", "test_rich", stop_at_failure=True)

    assert _see(project, variant) == [{"test_add": "failed"}]


def test_a_variant_that_hangs_is_told_and_costs_only_itself(project: Any) -> None:
    hangs, fine = project.variants(
        FILES,
        _variant("return 1", "\n    while True: pass", "test_spin", seconds=1.0),
        _variant("a + b", "b + a", "test_add", seconds=1.0),
    )

    assert (hangs.ending, hangs.running) == (Ending.TIMED_OUT, "test_calc.py::test_spin")
    assert _said(fine) == {"test_add": "passed"}


def test_a_variant_that_eats_memory_is_told(project: Any) -> None:
    (seen,) = project.variants(FILES, _variant("return []", "return [0] * 10**10", "test_grow"))

    assert [test.failure.kind for test in seen.tests] == ["MemoryError"]


@pytest.mark.parametrize(
    ("left", "ending"),
    [
        ("__import__('os')._exit(0)", Ending.LEFT_EARLY),
        ("__import__('os').abort()", Ending.CRASHED),
    ],
)
def test_a_variant_that_leaves_is_told(project: Any, left: str, ending: Ending) -> None:
    first, second = project.variants(
        FILES,
        _variant("return 1", f"return {left}", "test_spin"),
        _variant("a + b", "b + a", "test_add"),
    )

    assert first.ending is ending
    assert _said(second) == {"test_add": "passed"}


def test_what_matches_nothing_is_unknown(project: Any) -> None:
    (seen,) = project.variants(FILES, _variant("a + b", "b + a", "test_add", "test_none"))

    assert seen.unknown == ("test_calc.py::test_none",)
    assert _said(seen) == {"test_add": "passed"}


def test_without_a_selection_every_test_runs(project: Any) -> None:
    (seen,) = project.variants(FILES, Variant({}, Selection()))

    assert set(_said(seen).values()) == {"passed"}
    assert len(seen.tests) == 7
