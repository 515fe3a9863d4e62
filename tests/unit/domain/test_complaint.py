"""Which complaints a change has brought."""

import pytest

from seenred.domain.complaint import Complaint, introduced

UNUSED = Complaint("ruff check", "a.py:1", "F401 `os` imported but unused", "import os")
LONG = Complaint("ruff check", "a.py:9", "E501 Line too long (105 > 100)", "x = 1  # long")


def at(complaint, where, what=None, code=None):
    return Complaint(
        complaint.check, where, what or complaint.what, complaint.code if code is None else code
    )


def test_what_nobody_held_against_it_before_is_new():
    assert introduced([], [UNUSED]) == (UNUSED,)


@pytest.mark.parametrize(
    "now",
    [
        UNUSED,
        at(UNUSED, "a.py:40"),
        at(UNUSED, "a.py:1", code="import os  # the system"),
        at(LONG, "a.py:9", "E501 Line too long (104 > 100)"),
    ],
)
def test_an_old_complaint_stays_old_wherever_it_went(now):
    assert introduced([UNUSED, LONG], [now]) == ()


def test_a_second_one_of_the_same_kind_is_new_and_it_is_that_one_which_is_told():
    second = at(LONG, "a.py:3", code="y = 2  # long")
    assert introduced([LONG], [second, LONG]) == (second,)


def test_the_same_words_about_another_file_are_new():
    assert introduced([UNUSED], [UNUSED, at(UNUSED, "b.py:1")]) == (at(UNUSED, "b.py:1"),)


def test_another_check_that_says_the_same_is_new():
    other = Complaint("flake8", UNUSED.where, UNUSED.what, UNUSED.code)
    assert introduced([UNUSED], [other]) == (other,)


def test_a_file_that_moved_takes_its_complaints_with_it():
    assert introduced([UNUSED], [at(UNUSED, "b.py:1")], moved=["a.py"]) == ()


def test_a_complaint_with_higher_numbers_about_another_line_is_new():
    worse = at(LONG, "a.py:9", "E501 Line too long (140 > 100)", "x = 1  # much longer")
    assert introduced([LONG], [worse]) == (worse,)


@pytest.mark.parametrize(
    ("where", "path"), [("a.py:3", "a.py"), ("a.py", "a.py"), ("", ""), ("a:b.py", "a:b.py")]
)
def test_the_path_of_a_place_is_without_its_line(where, path):
    assert Complaint("x", where, "bad").path == path


def test_a_complaint_is_told_with_its_place_if_it_has_one():
    assert str(UNUSED) == "a.py:1: F401 `os` imported but unused"
    assert str(Complaint("mypy", "", "it crashed")) == "it crashed"
