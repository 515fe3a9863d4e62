"""What is told of the exception that ended a test."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from seenred.domain.observation import Failure, Frame

CALC = """
class Account:
    def __init__(self, amount): self.amount = amount
def add(a, b): return a + b
def broken(): raise ValueError("no such thing")
def nested(): return undefined
"""
TESTS = """
import unittest
from unittest import mock
import pytest
import calc
from calc import Account, add, broken, nested

def test_plain(): assert add(1, 2) == 4
def test_message():
    assert add(1, 2) == 4, "the sum"
def test_helper(): check(3)
def check(value): assert value == 4
def test_raises():
    with pytest.raises(ValueError): add(1, 2)
def test_said_did_not_raise(): pytest.fail("DID NOT RAISE anything")
def test_fail(): pytest.fail("because")
def test_long(): raise ValueError("begin" + "\\n" * 9000 + "end")
def test_fail_untraced(): pytest.fail("because", pytrace=False)
def test_mock():
    m = mock.Mock(); m(1); m.assert_called_once_with(2)
def test_production(): broken()
def test_production_name(): nested()
def test_typo(): ad(1, 2)
def test_local():
    print(later); later = 1
def test_instance(): Account(1).balance
def test_module_attribute(): calc.sub(1, 2)
def test_class_attribute(): Account.open()
def test_keyword(): add(1, 2, base=3)
def test_patch():
    with mock.patch("calc.sub"): pass
def test_monkeypatch(monkeypatch): monkeypatch.setattr(calc, "sub", 1)
def test_monkeypatch_path(monkeypatch): monkeypatch.setattr("calc.sub", 1)
def test_import():
    from calc import sub
def test_import_module():
    import calc.more
def test_fixture(nowhere): pass
async def test_async(): assert False
def test_group(): raise ExceptionGroup("two", [AssertionError("a"), AssertionError("b")])
def test_group_of_errors(): raise ExceptionGroup("two", [AssertionError("a"), OSError("b")])
def test_unprintable():
    class Bad(Exception):
        def __str__(self): raise RuntimeError
    raise Bad
def test_subtests(subtests):
    for i in range(3):
        with subtests.test(i=i): assert i != 1
def test_warns():
    with pytest.warns(UserWarning): pass
class TestUnit(unittest.TestCase):
    def test_equal(self): self.assertEqual(add(1, 2), 4)
    def test_not_raised(self):
        with self.assertRaises(ValueError): add(1, 2)
    def test_regex(self):
        with self.assertRaisesRegex(ValueError, "other"): broken()
    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i): self.assertNotEqual(i, 1)
    def test_fail(self): self.fail("because")
"""


# before version 9 pytest has no `subtests`, and before 8.4 it skips asynchronous tests
SINCE_9 = {"test_subtests", "test_async"}


@pytest.fixture(scope="module")
def failures(project: Any, project_python: Any) -> dict[str, Failure]:
    seen = project.observe({"calc.py": CALC, "test_calc.py": TESTS})
    assert seen.message == ""
    found = {t.test_id.partition("::")[2]: t.failure for t in seen.tests if t.failure}
    if int(project_python.pytest.split(".")[0]) < 9:
        # not what it does there: what it does here is shown elsewhere
        found |= {test: Failure("", asserted=test in ASSERTED) for test in SINCE_9}
        found["test_subtests"] = replace(found["test_subtests"], decisive="assert 1 != 1")
    return found


def test_every_test_failed(failures: dict[str, Failure]) -> None:
    assert len(failures) == TESTS.count("def test_")


ASSERTED = {
    "test_plain": "assert 3 == 4",
    "test_message": "AssertionError: the sum",
    "test_helper": "assert 3 == 4",
    "test_raises": "Failed: DID NOT RAISE ValueError",
    "test_said_did_not_raise": "Failed: DID NOT RAISE anything",
    "test_fail": "Failed: because",
    "test_fail_untraced": "Failed: because",
    "test_mock": "AssertionError: expected call not found.",
    "test_group": "ExceptionGroup: two (2 sub-exceptions)",
    "test_subtests": "assert 1 != 1",
    "test_warns": "Failed: DID NOT WARN. No warnings of type (<class 'UserWarning'>,) were"
    " emitted.",
    "TestUnit::test_equal": "AssertionError: 3 != 4",
    "TestUnit::test_not_raised": "AssertionError: ValueError not raised",
    "TestUnit::test_regex": 'AssertionError: "other" does not match "no such thing"',
    "TestUnit::test_sub": "AssertionError: 1 == 1",
    "TestUnit::test_fail": "AssertionError: because",
}


def test_of_a_long_message_both_ends_are_told(failures: dict[str, Failure]) -> None:
    told = failures["test_long"].message

    assert told.startswith("begin")
    assert told.endswith("end")
    assert len(told) < 3000


def test_an_assertion_is_told_from_everything_else(failures: dict[str, Failure]) -> None:
    asserted = {test for test, failure in failures.items() if failure.asserted}

    assert asserted == ASSERTED.keys()


@pytest.mark.parametrize("test", ASSERTED)
def test_the_decisive_line_is_the_one_that_pytest_marks(
    failures: dict[str, Failure], test: str
) -> None:
    told = failures[test].decisive

    assert told.replace("<class 'ValueError'>", "ValueError") == ASSERTED[test]


def test_only_a_block_that_had_to_raise_did_not_raise(failures: dict[str, Failure]) -> None:
    found = {test for test, failure in failures.items() if failure.did_not_raise}

    assert found == {"test_raises", "TestUnit::test_not_raised"}


MISSING = {
    "test_production_name": ("undefined", None, None),
    "test_typo": ("ad", None, None),
    "test_local": ("later", None, None),
    "test_instance": ("balance", None, "calc"),
    "test_module_attribute": ("sub", None, "calc"),
    "test_class_attribute": ("open", None, "calc"),
    "test_patch": ("sub", None, "calc"),
    "test_monkeypatch": ("sub", None, "calc"),
    "test_monkeypatch_path": ("sub", None, "calc"),
    "test_import": ("sub", "calc", None),
    "test_import_module": ("calc.more", None, None),
    "test_fixture": ("nowhere", None, None),
    "test_keyword": (None, None, None),
}


@pytest.mark.parametrize("test", MISSING)
def test_what_was_missing_is_named(failures: dict[str, Failure], test: str) -> None:
    failure = failures[test]

    assert (failure.name, failure.name_from, failure.owner) == MISSING[test]


def test_kinds_and_bases_are_spelled_alike(failures: dict[str, Failure]) -> None:
    failure = failures["test_import_module"]

    assert failure.kind == "ModuleNotFoundError"
    assert failure.bases == ("ImportError", "Exception", "BaseException")
    assert failures["test_unprintable"].kind == "test_calc.test_unprintable.<locals>.Bad"


def test_frames_lead_from_the_test_into_the_code(failures: dict[str, Failure]) -> None:
    frames = failures["test_production"].frames

    assert [frame.function for frame in frames] == ["test_production", "broken"]
    assert frames[1] == Frame("calc.py", 5, "broken")
    assert failures["test_production"].innermost == frames[1]


def test_a_message_that_cannot_be_shown_is_no_accident(failures: dict[str, Failure]) -> None:
    assert "RuntimeError" in failures["test_unprintable"].message


def test_a_test_that_is_no_python_is_a_syntax_error(project: Any) -> None:
    seen = project.observe({"test_a.py": "def test_one(:\n"})

    (uncollected,) = seen.uncollected
    assert uncollected.failure.kind == "SyntaxError"
    assert uncollected.failure.decisive.startswith("SyntaxError: invalid syntax")
