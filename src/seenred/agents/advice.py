"""What a model should do about a refused claim, in words that a small one can follow."""

from __future__ import annotations

from collections.abc import Mapping

from seenred.domain.proof import Claim

_SAME = "Undo it: a refactoring leaves every result as it was."
_TESTS_STAY = "Leave every test, fixture and setting as it is; change production code only."
_RED = {
    "passes-already": "Assert something that the code cannot do yet.",
    "skipped": "Take the skip away; the test must run.",
    "xfailed": "Take the xfail mark away; the test must fail by itself.",
    "syntax-error": "Write valid Python.",
    "test-typo": "Use only names that are imported, or that the item says will be written.",
    "test-error": "Repair the test's own code: it fails before it has called the project's code.",
    "unknown-fixture": "Use no fixture that is not defined; make what the test needs inside it.",
    "third-party-import": "Import only the project and the standard library.",
    "async-without-plugin": "Write `def`, not `async def`; call `asyncio.run(...)` inside.",
    "not-collectable": "Write one plain function `def test_...():` without markers or parameters.",
    "nothing-collected": "Write exactly one function whose name begins with `test_`.",
    "left-early": "Do not end the process; expect an exit by `pytest.raises(SystemExit)`.",
    "no-failure": "Write one plain `assert` on what the code gives back.",
    "others-worse": "Add the new test only; leave the other tests and what they share as it was.",
    "several-tests": "Write one test only.",
    "untested": "Write a test that fails without this change.",
    "not-green": "Repair the code, so that the test passes.",
    "failed-alike": "Write a test that passes once the code is right.",
}
_COVERED = {
    "vacuous": "Assert what the code gives back or does, so that the test fails if it is wrong.",
    "green-when-emptied": "Assert what the code gives back, so that the test fails without it.",
    "executes-nothing": "Call the project's own code in the test, and assert what it gives back.",
    "not-passing": "Write a test that passes on the code as it is.",
}
_GREEN = {
    "tampered": _TESTS_STAY,
    "not-run": "Repair the code, so that the test can be imported and run.",
    "failed": "Correct the code, so that it gives what the test expects.",
    "failing": "Correct the code, so that every test passes that passed before.",
    "skipped": "Let the test run; the code must not skip it.",
    "xfailed": "Correct the code; the test must pass by itself.",
    "xpassed": "Take the xfail mark away.",
    "worse": "Keep the new behaviour, and keep what these tests ask for too.",
    "left-early": "Do not end the process in production code.",
    "control-survived": "Compute the value; give back a plain one, equal only to the right one.",
    "forced-survived": "Do not hide failures: let an AssertionError pass through.",
    "special-case": "Compute the answer for any input; do not ask for the test's own input.",
    "test-framework": "Do not import the test framework in production code.",
    "detects-tests": "Do not ask whether a test is running.",
    "reads-tests": "Do not read or import the tests.",
    "alters-reports": "Do not change how tests are reported.",
    "patches-builtins": "Do not replace builtins.",
    "frames": "Do not look into the caller's frames.",
    "leaves": "Do not end the process in production code.",
}
_MINIMAL = {
    "survivors": "Take away what no test needs; keep all that the tests need.",
    "outside-effect": "Do not print, write or call anything outside that no test needs.",
    "not-python": "Write valid Python.",
}
_STRUCTURAL = {
    "difference": _SAME,
    "outcomes": _SAME,
    "suite-broken": "Undo what keeps the tests from running.",
    "test-ids": "Leave the tests and their names as they were.",
    "tests-changed": "Leave the tests as they were; change production code only.",
    "signature-changed": "Keep every public name and its parameters as they were.",
    "unexecuted": "Change only lines that a test executes.",
    "not-compared": "Make a smaller change, within one function.",
    "names": "Name each renamed thing once: the old name and the new one.",
    "data-changed": "Leave data files as they were.",
    "configuration-changed": "Leave settings files as they were.",
    "nothing-changed": "Change the code, or say that nothing needs tidying.",
    "not-only-code": "Change code only, no file that says what is installed or packaged.",
    "not-python": "Write valid Python.",
}
_TEST_ONLY = {
    "production-changed": "Change tests only; leave production code as it is.",
    "notices-less": "Keep every assertion that noticed something.",
    "lost": "Keep every test.",
    "removed": "Keep every test.",
    "silenced": "Let every test run.",
    "weakened": "Keep what each test asserted.",
    "rows-dropped": "Keep every case of the parametrised test.",
    "broken": "Keep every test passing.",
    "not-green": "Keep every test passing.",
    "no-result": "Keep every test running.",
}
_GENERALISING = {
    "not-after-its-green": "Change only the functions that the step before has written.",
    "tests-changed": _TESTS_STAY,
    "data-changed": "Leave data files as they were.",
    "outcomes": "Keep every test passing.",
    "not-python": "Write valid Python.",
}
_COMPLEXITY = {
    "grows-faster": "Replace the loop inside the loop, or what searches a list again and again.",
    "not-sure": "Make it clearly faster, or claim less.",
    "unknown-claim": "Claim a growth such as O(n), O(n log n) or O(n^2).",
    "no-function": "Keep the function's name.",
    "not-measured": "Keep the function's parameters as they were.",
}
_ANY = {
    "flaky": "Make it the same each time: no randomness, no clock, no order of a set.",
    "timeout": "It takes too long: look for a loop that does not end.",
    "timed-out": "It takes too long: look for a loop that does not end.",
    "out-of-memory": "It needs too much memory: look for something that grows without end.",
    "crash": "Avoid what crashes the interpreter, such as endless recursion.",
    "crashed": "Avoid what crashes the interpreter, such as endless recursion.",
    "unusable": "Leave settings and conftest as they were, so that pytest can start.",
    "needs-network": "Do not use the network.",
    "confined": "Do not write outside a temporary folder, and start no other program.",
    "foreign-module": "Give the new module a name that no installed package has.",
    "package-missing": "Use only the standard library and packages that the project has.",
}
_OF: Mapping[Claim, Mapping[str, str]] = {
    Claim.RED: _RED,
    Claim.COVERED: _COVERED,
    Claim.GREEN: _GREEN,
    Claim.MINIMAL: _MINIMAL,
    Claim.STRUCTURAL: _STRUCTURAL,
    Claim.TEST_ONLY: _TEST_ONLY,
    Claim.GENERALISING: _GENERALISING,
    Claim.COMPLEXITY: _COMPLEXITY,
}


def advice_on(claim: Claim, reason: str) -> str:
    """One imperative sentence; "" where a model can do nothing about it."""
    code = reason.removeprefix("trick-")
    return _OF.get(claim, {}).get(code) or _ANY.get(code, "")
