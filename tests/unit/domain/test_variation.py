from __future__ import annotations

import pytest

from seenred.domain.variation import varied


@pytest.mark.parametrize(
    ("expression", "some"),
    [
        ("f(3600)", {"f(3601)", "f(-3601)"}),
        ("f('ab', 2)", {"f('', 2)", "f('ab', -3)"}),
        ("Box([1]).put(2)", {"Box([]).put(2)", "Box([1]).put(-3)"}),
        ("f(date(2023, 3, 15), 1)", {"f(date(2023, 3, 15), -2)"}),
        ("f(x=1)", {"f(x=-2)"}),
    ],
)
def test_a_call_is_varied_one_argument_at_a_time(expression: str, some: set[str]) -> None:
    assert some <= set(varied(expression))
    assert expression not in varied(expression)


@pytest.mark.parametrize("expression", ["f()", "f(x)", "f(", "(lambda a: f(a))(g(a))"])
def test_what_has_no_literal_argument_is_not_varied(expression: str) -> None:
    assert varied(expression) == ()
