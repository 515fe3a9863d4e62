"""Held-out checks of examples/duration-report: the report is answered, all else is as it was."""

import pytest
import solution


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (3600, "1h"),
        (7200, "2h"),
        (3661, "1h 1m 1s"),
        (3601, "1h 1s"),
        (3659, "1h 59s"),
        (59, "59s"),
        (60, "1m"),
        (0, "0s"),
        (90000, "1d 1h"),
    ],
)
def test_durations_are_written(seconds: int, expected: str) -> None:
    assert expected == solution.format_duration(seconds)


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        solution.format_duration(-1)


@pytest.mark.parametrize(
    ("text", "expected"), [("2d", 172800), ("1h 30m", 5400), ("1h30m", 5400), ("0s", 0)]
)
def test_durations_are_read(text: str, expected: int) -> None:
    assert expected == solution.parse_duration(text)


def test_what_uses_them_is_right_too() -> None:
    assert "1h" == solution.total(["30m", "30m"])
    assert "1h" == solution.longest(["1m", "1h", "59s"])


def test_the_same_slip_is_gone_one_unit_up() -> None:
    assert "1d" == solution.format_duration(86400)
