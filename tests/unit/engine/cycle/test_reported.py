"""What a report says, and where it says that it happened."""

import pytest

from seenred.engine.cycle.location.ranking import Frame
from seenred.engine.cycle.reported import more_general, reported, reported_frames

PATHS = ("src/shop/money.py", "src/shop/cart.py", "src/bank/account.py", "tests/test_cart.py")
TRACEBACK = """It crashes:

Traceback (most recent call last):
  File "/srv/app/run.py", line 3, in <module>
    main()
  File "/srv/app/src/shop/cart.py", line 12, in total
    return mean(self.prices)
  File "/srv/app/src/shop/money.py", line 4, in mean
    return sum(values) / len(values)
ZeroDivisionError: division by zero
"""

ROWS = {
    "a traceback, innermost first": (
        TRACEBACK,
        [Frame("src/shop/money.py", 4), Frame("src/shop/cart.py", 12)],
    ),
    "one of Windows": (
        'File "C:\\app\\shop\\money.py", line 7, in mean',
        [Frame("src/shop/money.py", 7)],
    ),
    "in an installed package": ('File "/lib/site-packages/shop/money.py", line 7, in mean', []),
    "a path with its line": ("see shop/cart.py:12.", [Frame("src/shop/cart.py", 12)]),
    "a bare name": ("account.py:3 is wrong", [Frame("src/bank/account.py", 3)]),
    "nothing of the project": ('File "other.py", line 1, in f', []),
    "no place": ("Withdrawing makes the balance negative.", []),
}


@pytest.mark.parametrize("row", ROWS)
def test_the_places_of_a_report(row):
    text, frames = ROWS[row]
    assert list(reported_frames(text, PATHS)) == frames


def test_a_name_that_several_files_have_tells_nothing():
    assert reported_frames("money.py:3", ("a/money.py", "b/money.py")) == ()


def test_the_calls_of_a_traceback_are_no_words_of_the_report():
    item = reported(f"# Totals\n\n{TRACEBACK}\nIt should be 0.\n")
    assert item.text == "Totals"
    assert item.details == (
        "# Totals\n\nIt crashes:\n\nZeroDivisionError: division by zero\n\nIt should be 0."
    )


def test_the_number_of_a_line_is_no_value():
    assert reported("see cart.py:12, it adds 3").details == "see cart.py, it adds 3"


@pytest.mark.parametrize(
    ("report", "general"),
    [
        ("`mean([])` should return 0", "`mean` is right for another example than the reported one"),
        (
            "Withdrawing too much goes through.",
            "another example than the reported one: Withdrawing too much goes through",
        ),
    ],
)
def test_a_more_general_test_repeats_no_value_of_the_report(report, general):
    assert more_general(reported(report), ["mean"]) == general
