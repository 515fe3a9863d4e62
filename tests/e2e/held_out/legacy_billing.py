"""Held-out checks of examples/legacy-billing: the bug is gone, all else is as it was."""

import doctest
from datetime import date

import pytest
import solution


def test_every_example_in_the_docstrings_holds() -> None:
    result = doctest.testmod(solution)
    assert 0 == result.failed
    assert result.attempted >= 20


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2023, 11, 15), 1, date(2023, 12, 15)),
        (date(2023, 12, 31), 12, date(2024, 12, 31)),
        (date(2023, 1, 31), 11, date(2023, 12, 31)),
        (date(2023, 9, 30), 3, date(2023, 12, 30)),
        (date(2023, 12, 1), 1, date(2024, 1, 1)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2020, 5, 31), 25, date(2022, 6, 30)),
        (date(2020, 5, 31), 0, date(2020, 5, 31)),
    ],
)
def test_months_are_added(start: date, months: int, expected: date) -> None:
    assert expected == solution.add_months(start, months)


def test_a_year_of_renewals_is_in_order() -> None:
    days = solution.renewals(date(2023, 1, 31), "monthly", 24)
    assert sorted(days) == days
    assert [2023] * 11 + [2024] * 12 + [2025] == [day.year for day in days]


def test_a_december_period_is_a_month_long() -> None:
    assert date(2023, 12, 14) == solution.period_end(date(2023, 11, 15), "monthly")
    assert 1500 == solution.prorated(3000, date(2023, 11, 30), date(2023, 11, 15), "monthly")


def test_prices_are_as_before() -> None:
    assert 8550 == solution.monthly_price("basic", 10)
    assert 232000 == solution.monthly_price("business", 100)
    bill = solution.invoice("team", 50, "FR", date(2023, 2, 10), "quarterly")
    assert (198000, 39600, 237600) == (bill["net"], bill["tax"], bill["gross"])


def test_nothing_was_taken_away() -> None:
    names = (
        "round_half_up list_price volume_discount monthly_price days_in_month add_months "
        "period_end renewals days_used prorated tax_of invoice reminder_fee open_amount"
    )
    assert [] == [name for name in names.split() if not hasattr(solution, name)]
