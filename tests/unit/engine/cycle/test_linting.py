"""The house's own checks, on trees."""

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.file_protocol import FileProtocol, HouseLimits
from seenred.engine.cycle.linting import design_feedback, house_complaints, smell_complaints

BLOBS = MemoryBlobs()
CODE = {
    "src/bank/__init__.py": "",
    "src/bank/account.py": "class Account:\n    def withdraw(self): ...\n\ndef total(): ...\n",
}
TESTS = """from bank.account import Account, total

def test_rejects_an_overdraft():
    assert Account()._balance == 3

def test_total():
    assert total() == 3

def test_rejects_what_is_patched(monkeypatch):
    monkeypatch.setattr(Account, "withdraw", lambda _: 3)
    assert Account().withdraw() == 3
"""
ALL = FileProtocol(limits=HouseLimits(function=3), test_lint=True)
IDS = [
    f"tests/test_account.py::{name}"
    for name in ("test_rejects_an_overdraft", "test_total", "test_rejects_what_is_patched")
]


def tree(**more):
    return BLOBS.tree({**CODE, "tests/test_account.py": TESTS, **more})


def lint(*tests, protocol=ALL, project=None):
    return [str(each) for each in smell_complaints(BLOBS, project or tree(), tests, protocol)]


def test_each_test_is_told_with_its_place():
    assert lint(*IDS) == [
        "tests/test_account.py:4: `_balance` is private; test what callers see",
        "tests/test_account.py:6: `test_total` does not say what must happen; name the behaviour",
        "tests/test_account.py:10: `withdraw` is what is tested, and is replaced; call it",
    ]


def test_only_the_named_tests_are_looked_at():
    assert len(lint(IDS[1])) == 1


@pytest.mark.parametrize("test", ["tests/gone.py::test_a", "tests/test_account.py::test_gone"])
def test_of_a_test_that_is_not_there_nothing_is_told(test):
    assert lint(test) == []
    assert design_feedback(BLOBS, tree(), test) == ""


def test_a_file_that_is_no_python_has_no_smell():
    assert lint("a.py::test_1", project=BLOBS.tree({"a.py": "def ("})) == []


def test_both_are_off_by_default():
    assert lint(*IDS, protocol=FileProtocol()) == []
    assert house_complaints(BLOBS, BLOBS.tree({}), tree(), FileProtocol()) == ()


def test_what_a_change_brings_over_a_limit_is_told():
    long = "def pay():\n" + "    x = 1\n" * 4
    changed = tree(**{"src/bank/pay.py": long, "README.md": "x" * 400})
    (found,) = house_complaints(BLOBS, tree(), changed, ALL)
    assert str(found) == ("src/bank/pay.py:1: pay is 5 lines long, and 3 are allowed; split it")


def test_a_file_that_is_gone_is_no_fault():
    assert house_complaints(BLOBS, tree(), BLOBS.tree({}), ALL) == ()


def test_a_test_that_was_hard_to_write_says_which_design_would_help():
    body = "    a = 1\n" * 9
    hard = tree(**{"tests/test_hard.py": f"def test_a():\n{body}    assert a\n"})
    assert "9 statements" in design_feedback(BLOBS, hard, "tests/test_hard.py::test_a")
