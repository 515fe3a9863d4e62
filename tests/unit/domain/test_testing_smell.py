"""What is said of how a test is written."""

import ast

import pytest

from seenred.domain.testing_smell import SmellKind, Subject, pain, smells

SUBJECT = Subject(
    {
        "bank": frozenset(),
        "bank.account": frozenset({"Account", "Account.withdraw", "total", "_rate", "requests_of"}),
    }
)
HEAD = """import os
import bank.account
from bank import account
from bank.account import Account, _rate, total
from unittest.mock import Mock, patch
from unittest import mock
"""


def found(body, name="test_rejects_an_overdraft", decorator="", parameters=""):
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    source = f"{HEAD}{decorator}\ndef {name}({parameters}):\n{lines}\n"
    return [(each.kind, each.what) for each in smells(ast.parse(source), name, SUBJECT)]


def kinds(body, **more):
    return [kind for kind, _ in found(body, **more)]


CLEAN = {
    "what callers see": "assert Account(10).withdraw(3) == 7",
    "its own private name": "self._x = 2\nassert self._y == 3",
    "a stand-in's private name": (
        "class Fake:\n    def __init__(self): self._seen = []\n"
        "    def _note(self): ...\nfake = Fake()\nassert fake._seen == fake._note()"
    ),
    "a private name of a package": "os._exit(3)",
    "a named tuple": "assert total()._asdict() == {}",
    "a special name": "assert total.__name__ == 'total'",
    "a neighbour replaced where it is used": "with patch('bank.account.requests.get'): total()",
    "something else replaced": "monkeypatch.setattr(os, 'getcwd', lambda: '/')",
    "a variable of the environment": "monkeypatch.setenv('A', 'b')",
    "a stand-in without a model": "assert total(Mock()) == 3",
    "a stand-in of a neighbour": "assert total(Mock(spec=os.PathLike)) == 3",
}


@pytest.mark.parametrize("body", CLEAN.values(), ids=CLEAN)
def test_a_clean_test_has_no_smell(body):
    assert found(body) == []


PRIVATE = {
    "an attribute": "assert Account(3)._balance == 3",
    "of a result": "assert Account(3).history()[0]._at == 3",
    "of a variable": "a = Account(3)\nassert a._balance == 3",
    "of a module": "assert account._rate == 3",
    "an import": "assert _rate() == 3",
}


@pytest.mark.parametrize("body", PRIVATE.values(), ids=PRIVATE)
def test_private_names_of_the_project_are_told(body):
    assert kinds(body) == [SmellKind.PRIVATE]


def test_a_private_name_is_told_with_what_to_do():
    (smell,) = found("assert Account(3)._balance == 3")
    assert smell[1] == "`_balance` is private; test what callers see"


MOCKED = {
    "patch": "with patch('bank.account.total'): assert total() == 3",
    "mock.patch": "with mock.patch('bank.account.Account.withdraw'): pass",
    "pytest-mock": "mocker.patch('bank.account.total', return_value=3)",
    "patch.object of a class": "with patch.object(Account, 'withdraw'): pass",
    "patch.object of a module": "with mock.patch.object(account, 'total'): pass",
    "by the whole path": "monkeypatch.setattr(bank.account, 'total', lambda: 3)",
    "monkeypatch by a text": "monkeypatch.setattr('bank.account.total', lambda: 3)",
    "monkeypatch": "monkeypatch.setattr(account, 'total', lambda: 3)",
    "a stand-in of it": "assert Mock(spec=Account).withdraw() == 3",
    "a specification": "assert mock.create_autospec(Account)",
}


@pytest.mark.parametrize("body", MOCKED.values(), ids=MOCKED)
def test_a_replaced_subject_is_told(body):
    assert kinds(body) == [SmellKind.MOCKED_SUBJECT]


def test_a_subject_that_a_decorator_replaces_is_told():
    assert kinds("assert total() == 3", decorator="@patch('bank.account.total')") == [
        SmellKind.MOCKED_SUBJECT
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("test_1", "test_it", "test_it_works", "test_total", "test_total_works", "test_case_2"),
        *("test_withdraw_ok", "test_basic", "test_total_2", "test_Account", "test_rejects2"),
        "test_main_functionality",
    ],
)
def test_a_name_that_tells_no_behaviour_is_told(name):
    assert kinds("assert 1", name=name) == [SmellKind.NAME]


@pytest.mark.parametrize(
    "name",
    [
        *("test_total_of_nothing_is_zero", "test_rejects_an_overdraft", "test_adds_two_numbers"),
        *("test_empty_string_is_zero", "test_withdraw_rejects_overdraft", "test_total_is_rounded"),
        *("test_adds_1_and_2", "test_twelve_strikes_score_300", "test_parses_ipv4"),
        *("test_a_simple_frame_scores_its_pins", "test_splits_by_commas"),
    ],
)
def test_a_name_that_tells_a_behaviour_is_let_alone(name):
    assert kinds("assert 1", name=name) == []


def test_smells_stand_in_the_order_of_their_lines():
    body = "monkeypatch.setattr(account, 'total', 3)\nassert Account(3)._balance == 3"
    assert kinds(body, name="test_1") == [
        SmellKind.NAME,
        SmellKind.MOCKED_SUBJECT,
        SmellKind.PRIVATE,
    ]


def test_a_method_is_found_in_its_class_and_a_case_in_its_function():
    module = ast.parse(f"{HEAD}class TestIt:\n    def test_1(self): assert 1\n")
    assert len(smells(module, "TestIt::test_1", SUBJECT)) == 1
    assert len(smells(module, "TestIt::test_1[3]", SUBJECT)) == 1


def test_of_a_test_that_is_not_there_nothing_is_told():
    assert smells(ast.parse(HEAD), "test_gone", SUBJECT) == ()
    assert pain(ast.parse(HEAD), "test_gone", SUBJECT) == ""


def hard(body):
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return pain(ast.parse(f"{HEAD}def test_a():\n{lines}\n"), "test_a", SUBJECT)


def test_a_long_set_up_is_told_with_the_design_that_would_help():
    assert hard("a = 1\n" * 8 + "assert a") == (
        "this test is hard to write: 8 statements come before its first assertion."
        " Let what it needs be made in one step, or passed as plain values."
    )


def test_statements_of_blocks_before_the_assertion_count_too():
    block = "with open('x') as f:\n    a = 1\n    a = 2\n"
    assert "8 statements" in hard("a = 1\n" * 5 + block + "assert a\n" + "a = 1\n" * 9)


def test_statements_within_the_block_of_the_assertion_count_up_to_it():
    assert "8 statements" in hard("a = 1\n" * 6 + "with a:\n    a = 1\n    a = 2\n    assert a\n")


def test_the_step_that_must_raise_is_part_of_the_assertion():
    body = "with pytest.raises(E):\n    a.b()\n"
    assert hard("a = 1\n" * 7 + body) == ""
    assert "8 statements" in hard("a = 1\n" * 8 + body)


def test_many_patches_are_told():
    body = "".join(f"mocker.patch('bank.account.{name}')\n" for name in "abc") + "assert total()"
    assert hard(body) == (
        "this test is hard to write: it replaces 3 things."
        " Let the code take what it uses as arguments."
    )


def test_much_looking_inside_is_told_with_the_other_reasons():
    told = hard("a = Account(3)\n" * 8 + "assert a._x == a._y == a._z")
    assert "8 statements come before its first assertion, it has to look inside. Let" in told


@pytest.mark.parametrize(
    "body",
    [
        "assert total([1, 2]) == 3",
        '"""Words."""\n' + "a = 1\n" * 7 + "assert a",
        "with patch('bank.account.requests.get'):\n    assert total() == 3",
        "",
    ],
)
def test_an_easy_test_is_not_complained_of(body):
    assert hard(body or "pass") == ""
