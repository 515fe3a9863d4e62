from __future__ import annotations

import pytest

from seenred.domain.observation import Observation, Outcome, SeenTest
from seenred.referee.proof.baseline import Worse, is_case_gone, worse

P, F, E = Outcome.PASSED, Outcome.FAILED, Outcome.ERROR
S, XF, XP = Outcome.SKIPPED, Outcome.XFAILED, Outcome.XPASSED


def seen(**outcomes: Outcome) -> Observation:
    return Observation(tests=tuple(SeenTest(test, outcome) for test, outcome in outcomes.items()))


@pytest.mark.parametrize(
    ("before", "after"),
    [(P, F), (P, E), (P, S), (P, XF), (P, XP), (XP, F), (XF, F), (XF, S), (S, F), (S, E)],
)
def test_it_is_worse(before: Outcome, after: Outcome) -> None:
    assert worse(seen(a=before), seen(a=after)) == (Worse("a", before, after),)


@pytest.mark.parametrize(
    ("before", "after"),
    [(P, P), (F, F), (F, P), (E, F), (F, E), (F, S), (S, S), (S, P), (S, XF), (XF, XF), (XF, P)],
)
def test_it_is_no_worse(before: Outcome, after: Outcome) -> None:
    assert worse(seen(a=before), seen(a=after)) == ()


@pytest.mark.parametrize("before", list(Outcome))
def test_a_result_that_is_gone_is_worse(before: Outcome) -> None:
    assert worse(seen(a=before, b=P), seen(b=P)) == (Worse("a", before, None),)


def test_what_is_new_or_left_out_is_not_compared() -> None:
    assert worse(seen(a=P), seen(a=F, b=F), leaving_out={"a"}) == ()


def test_it_is_told_in_one_line() -> None:
    assert str(Worse("a", P, None)) == "passed → no result"


@pytest.mark.parametrize(
    ("test_id", "after", "gone"),
    [
        ("t.py::test_a[x]", {"t.py::test_a[y]": P}, True),
        ("t.py::test_a[x]", {"t.py::test_a[y]": F}, False),
        ("t.py::test_a[x]", {"t.py::test_b[y]": P}, False),
        ("t.py::test_a", {"t.py::test_a[y]": P}, False),
    ],
)
def test_a_case_may_go_where_others_are_left(
    test_id: str, after: dict[str, Outcome], gone: bool
) -> None:
    assert gone is is_case_gone(Worse(test_id, P, None), seen(**after))


def test_a_case_that_fails_is_not_gone() -> None:
    assert not is_case_gone(Worse("t.py::test_a[x]", P, F), seen(**{"t.py::test_a[y]": P}))
