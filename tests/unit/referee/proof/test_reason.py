from __future__ import annotations

from dataclasses import replace

import pytest

from seenred.domain.observation import (
    Ending,
    Failure,
    Frame,
    Observation,
    Outcome,
    Phase,
    SeenTest,
    Uncollected,
)
from seenred.referee.proof.introduced import Introduced
from seenred.referee.proof.reason import Ruling, Surroundings, classify

ID = "tests/test_bank.py::test_it"
SOURCE = b"""\
from bank import account
import json

def test_it():
    found = account.find("x")
    assert found["id"] == 1

def test_alone():
    json.loads("{")
"""
AROUND = Surroundings(
    introduced=Introduced(
        frozenset({"bank.account:Account.withdraw", "Teller"}), frozenset({"bank.money"})
    ),
    modules=frozenset({"bank", "bank.account", "bank.money", "tests.test_bank"}),
    production=frozenset({"src/bank/account.py"}),
    callables=frozenset({"Account", "find"}),
    sources={"tests/test_bank.py": SOURCE},
)
IN_TEST = Frame("tests/test_bank.py", 6, "test_it")
ALONE = Frame("tests/test_bank.py", 9, "test_alone")
IN_CODE = Frame("src/bank/account.py", 3, "find")
DENIED = "[Errno 1] Operation not permitted"
IN_SOCKET = Frame("/usr/lib/python3.11/socket.py", 836, "create_connection")


def failed(kind: str, *frames: Frame, bases: tuple[str, ...] = (), **facts: object) -> Observation:
    failure = Failure(kind=kind, bases=(*bases, "Exception"), frames=frames or (IN_TEST,), **facts)  # type: ignore[arg-type]
    return Observation((ID,), (SeenTest(ID, Outcome.FAILED, failure=failure),))


def down(kind: str, path: str = "tests/test_bank.py", **facts: object) -> Observation:
    failure = Failure(kind=kind, frames=(Frame("tests/test_bank.py", 1, "<module>"),), **facts)  # type: ignore[arg-type]
    return Observation(uncollected=(Uncollected(path, failure),), exit_code=2)


def ended(outcome: Outcome, reason: str = "") -> Observation:
    return Observation((ID,), (SeenTest(ID, outcome, Phase.CALL, reason=reason),))


RIGHT = {
    "an assertion about a refusal": (
        failed("AssertionError", asserted=True, message="assert 'Permission denied' in ''"),
        "assertion",
    ),
    "a plain assertion": (
        failed("AssertionError", asserted=True, decisive="assert 1 == 2"),
        "assertion",
    ),
    "pytest.raises did not": (
        failed("_pytest.outcomes.Failed", did_not_raise=True, asserted=True),
        "did-not-raise",
    ),
    "another exception": (failed("ValueError", IN_TEST, IN_CODE), "production-exception"),
    "an exception of the code that pytest has one like": (
        failed("bank.errors.UsageError", IN_TEST, IN_CODE),
        "production-exception",
    ),
    "an outcome of the code that pytest has one like": (
        failed("bank.outcomes.Failed", IN_TEST, IN_CODE),
        "production-exception",
    ),
    "not implemented": (failed("NotImplementedError", IN_TEST, IN_CODE), "production-exception"),
    "a name the code lacks": (
        failed("NameError", IN_TEST, IN_CODE, name="x"),
        "production-exception",
    ),
    "below the code": (
        failed("json.JSONDecodeError", IN_TEST, IN_CODE, Frame("/lib/json.py", 1, "loads")),
        "production-exception",
    ),
    "unexpected keyword": (
        failed("TypeError", message="Account.withdraw() got an unexpected keyword argument 'fee'"),
        "call-mismatch",
    ),
    "too many arguments": (
        failed("TypeError", message="find() takes 1 positional argument but 2 were given"),
        "call-mismatch",
    ),
    "abstract": (
        failed("TypeError", message="Can't instantiate abstract class Account with"),
        "call-mismatch",
    ),
    "a result lacks a key": (failed("KeyError", message="'id'"), "production-result"),
    "a result is None": (
        failed("AttributeError", name="id", message="'NoneType' object has no attribute 'id'"),
        "production-result",
    ),
    "new method": (
        failed("AttributeError", name="withdraw", owner="bank.account", message="no attribute"),
        "missing-symbol",
    ),
    "patched by its path": (
        failed("AttributeError", message="<module 'bank'> does not have the attribute 'Teller'"),
        "missing-symbol",
    ),
    "never imported": (failed("NameError", name="Teller", message="name"), "missing-symbol"),
    "new module at import": (
        down("ModuleNotFoundError", bases=("ImportError",), name="bank.money"),
        "missing-symbol",
    ),
    "new module in conftest": (
        down("ModuleNotFoundError", "tests/conftest.py", bases=("ImportError",), name="bank.money"),
        "missing-symbol",
    ),
    "new name from its module": (
        down("ImportError", name="Teller", name_from="bank.account"),
        "missing-symbol",
    ),
}
WRONG = {
    "passes": (ended(Outcome.PASSED), "passes-already"),
    "passes, strictly expected not to": (
        failed("", message="[XPASS(strict)] later"),
        "passes-already",
    ),
    "skipped": (ended(Outcome.SKIPPED, "no db"), "skipped"),
    "xfail": (ended(Outcome.XFAILED), "xfailed"),
    "syntax": (down("SyntaxError", message="'(' was never closed"), "syntax-error"),
    "indentation": (down("IndentationError", bases=("SyntaxError",)), "syntax-error"),
    "own typo": (failed("NameError", name="fnid", message="name 'fnid'"), "test-typo"),
    "typo in a method": (
        failed("AttributeError", name="withdarw", owner="bank.account", message="m"),
        "test-typo",
    ),
    "typo in a mock's assertion": (
        failed("AttributeError", message="'assert_called_onec' is not a valid assertion."),
        "test-typo",
    ),
    "typo in an import": (
        down("ImportError", name="Acount", name_from="bank.account"),
        "test-typo",
    ),
    "a method asked of its module": (
        down("ImportError", name="withdraw", name_from="bank.account"),
        "test-typo",
    ),
    "typo in a module": (
        down("ModuleNotFoundError", bases=("ImportError",), name="bank.mony"),
        "test-typo",
    ),
    "third party": (
        down("ModuleNotFoundError", bases=("ImportError",), name="numpy"),
        "third-party-import",
    ),
    "third party's name": (
        down("ImportError", name="hstack", name_from="numpy.core"),
        "third-party-import",
    ),
    "unknown fixture": (
        failed("_pytest.fixtures.FixtureLookupError", name="acount"),
        "unknown-fixture",
    ),
    "async": (
        failed(
            "_pytest.outcomes.Failed",
            asserted=True,
            message="async def functions are not natively supported.\nYou need",
        ),
        "async-without-plugin",
    ),
    "async, skipped by an older pytest": (
        ended(Outcome.SKIPPED, "async def functions are not natively supported"),
        "async-without-plugin",
    ),
    "unknown marker": (
        down("_pytest.outcomes.Failed", message="'slo' not found"),
        "not-collectable",
    ),
    "parameters do not fit": (
        failed("_pytest.outcomes.Failed", message="uses no"),
        "not-collectable",
    ),
    "an option that pytest does not take": (
        down("_pytest.config.exceptions.UsageError", message="no such option"),
        "not-collectable",
    ),
    "all by itself": (failed("json.JSONDecodeError", ALONE), "test-error"),
    "nothing collected": (Observation(unknown=(ID,), exit_code=5), "nothing-collected"),
    "os._exit": (Observation((ID,), ending=Ending.LEFT_EARLY), "left-early"),
}

UNDECIDED = {
    "timeout": (Observation((ID,), ending=Ending.TIMED_OUT, running=ID), "timeout"),
    "memory": (Observation((ID,), ending=Ending.OUT_OF_MEMORY), "out-of-memory"),
    "crash": (Observation((ID,), ending=Ending.CRASHED), "crash"),
    "bad options": (Observation(ending=Ending.UNUSABLE, message="unrecognized"), "unusable"),
    "no server": (
        failed("ConnectionRefusedError", IN_TEST, IN_CODE, IN_SOCKET, bases=("OSError",)),
        "needs-network",
    ),
    "a refusal of the kernel's": (
        failed("PermissionError", IN_TEST, IN_CODE, bases=("OSError",), message=DENIED),
        "confined",
    ),
    "a sandbox within the sandbox": (
        failed("AssertionError", asserted=True, message="3 == 0", withheld="namespaces"),
        "confined",
    ),
    "a refusal of the kernel's to a child": (
        failed("AssertionError", asserted=True, message=f"assert not 'PermissionError: {DENIED}'"),
        "confined",
    ),
}
ROWS = [
    pytest.param(observation, ruling, code, id=name)
    for ruling, rows in (
        (Ruling.RIGHT, RIGHT),
        (Ruling.WRONG, WRONG),
        (Ruling.UNDECIDED, UNDECIDED),
    )
    for name, (observation, code) in rows.items()
]


@pytest.mark.parametrize(("observation", "ruling", "code"), ROWS)
def test_each_way_to_fail_has_its_name(observation: Observation, ruling: Ruling, code: str) -> None:
    reason = classify(observation, ID, AROUND)
    assert (ruling, code) == (reason.ruling, reason.code)


def test_the_decisive_line_names_what_is_missing() -> None:
    observation = down("ImportError", name="Teller", name_from="bank.account")
    assert "`Teller` is missing from bank.account" == classify(observation, ID, AROUND).decisive


def test_another_file_that_could_not_be_collected_takes_nothing_down() -> None:
    reason = classify(down("SyntaxError", "tests/test_other.py"), ID, AROUND)
    assert "nothing-collected" == reason.code


def test_a_result_that_is_none_says_nothing_of_a_test_without_the_project() -> None:
    observation = failed("AttributeError", ALONE, message="'NoneType' object has no attribute 'x'")
    assert "test-error" == classify(observation, ID, AROUND).code


def test_the_frame_is_the_one_in_production() -> None:
    assert IN_CODE == classify(failed("ValueError", IN_TEST, IN_CODE), ID, AROUND).frame


def test_where_the_tree_lay_is_not_told() -> None:
    message = "cannot import name 'Acount' from 'bank.account' (/tmp/x1/bank/account.py)"
    observation = down("ImportError", name="Acount", name_from="bank.account", message=message)
    told = "cannot import name 'Acount' from 'bank.account', and nothing introduces it"
    assert told == classify(observation, ID, AROUND).decisive


def test_a_name_that_is_missing_is_missing_in_any_sandbox() -> None:
    seen = failed("NameError", message="name 'Teller' is not defined", name="Teller")
    (test,) = seen.tests
    assert test.failure is not None
    nested = replace(test, failure=replace(test.failure, withheld="namespaces"))
    reason = classify(replace(seen, tests=(nested,)), ID, AROUND)
    assert (Ruling.RIGHT, "missing-symbol") == (reason.ruling, reason.code)
