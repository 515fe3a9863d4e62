"""What the stable code of each verdict means; `docs/reference/verdicts.md` shows the same."""

from __future__ import annotations

from collections.abc import Mapping

_RED = {
    "assertion": "An assertion failed: plain, unittest's, a mock's, a helper's.",
    "did-not-raise": "The block of `pytest.raises` ended without the exception.",
    "production-exception": "Production code raised something that the test did not expect.",
    "production-result": "The test could not use what production code gave it.",
    "call-mismatch": "Production code cannot be called as the test calls it.",
    "missing-symbol": "What the test names is missing, and the change brings it.",
    "hang": "The test does not end, and the report says so.",
    "passes-already": "The test passes without the change.",
    "skipped": "The test is skipped.",
    "xfailed": "The test is marked as an expected failure.",
    "syntax-error": "The test file is not Python.",
    "test-typo": "The test uses a name that nothing introduces.",
    "test-error": "The test fails by itself, before it has used the project's code.",
    "unknown-fixture": "The test asks for a fixture that nothing defines.",
    "third-party-import": "The test imports what is neither in the project nor installed.",
    "async-without-plugin": "The test is `async`, and no plugin runs it.",
    "not-collectable": "pytest itself refuses the test.",
    "nothing-collected": "No test of that id was collected.",
    "left-early": "The process left before pytest was done.",
    "no-failure": "The test failed, and nothing told why.",
    "others-worse": "Another test fares worse than before.",
    "other-worse": "This other test fares worse than before.",
    "other-red": "One case of the test is red for another reason.",
    "several-tests": "The commit brings more than one new test, and `--strict` asks for one.",
    "untested": "The commit changes behaviour, and no test asks for it.",
    "failed-alike": "The edited test fails as it did before: it may lack something here.",
    "red-before": "The test was red before the change.",
    "not-green": "The test does not pass on the commit itself.",
}
_COVERED = {
    "covered": "The test passed already, and notices when what it is about is broken.",
    "vacuous": "The test passed already, and notices nothing.",
    "green-when-emptied": "The test stays green with what it is about emptied.",
    "executes-nothing": "The test executes none of the project's code.",
    "not-passing": "The test does not pass as it is.",
    "mutant-died": "The test failed when this piece of code was broken, as it must.",
    "mutant-survived": "The test stayed green when this piece of code was broken.",
}
_GREEN = {
    "green": "It passes, nothing fares worse, and every control went red.",
    "tampered": "Tests, what serves them or pytest's settings are not as they were when red.",
    "not-run": "The test gave no result.",
    "failed": "The test fails.",
    "failing": "The head's suite fails where the base's did not.",
    "xpassed": "The test is marked as an expected failure, and passes.",
    "worse": "Another test fares worse than before.",
    "controls": "So many perturbed expectations went red, as they must.",
    "control-survived": "The test stays green though another value is expected.",
    "control-inconclusive": "A perturbed expectation neither passed nor failed.",
    "no-control": "The assertion has nothing that could be perturbed.",
    "not-reached": "The assertion was not executed.",
    "forced-survived": "The test stays green though a false assertion was put into it.",
    "special-case": "Code asks for the very input of a test.",
    "constant-body": "The code returns a constant: honest, and one more example would settle it.",
    "whole-suite": "The whole suite ran anew, because some of it was known from earlier runs.",
    "no-tests": "There is no test to run.",
    "test-framework": "Production code imports the test framework.",
    "detects-tests": "Production code asks whether a test is running.",
    "reads-tests": "Production code reads the tests.",
    "alters-reports": "What pytest reports is rewritten.",
    "patches-builtins": "Builtins are replaced, so that a test sees what is not so.",
}
_MINIMAL = {
    "all-noticed": "A test notices whenever a piece of the added code is missing.",
    "survivors": "Some added code can be taken away, and no test notices.",
    "survivor": "No test notices when this piece is taken away.",
    "suggested-test": "The test that would require the piece.",
    "outside-effect": "The piece acts outside of the code: it prints, writes, calls a package.",
    "excused": "A comment `# untested: reason` spares the line.",
    "only-removes": "Code was only removed, and no test that is left required it.",
    "nothing-added": "Nothing was added that a test could require.",
    "required": "A test fails without this line.",
    "not-required": "Tests execute the line, and none fails without it.",
    "not-executed": "No test executes the line.",
    "not-python": "The file is not Python for the interpreter that runs Seenred.",
}
_STRUCTURAL = {
    "same-behaviour": "The same tests end the same, and both versions give the same answers.",
    "difference": "The two versions answer differently.",
    "test-ids": "Other tests are collected than before.",
    "tests-changed": "Tests changed too, and not only by the declared names.",
    "signature-changed": "Public names are not what they were; somebody may know the old ones.",
    "unexecuted": "No test executes a changed line.",
    "not-compared": "The two versions could not be run against each other here.",
    "names": "The declared map of names does not fit the two versions.",
    "data-changed": "Data beside the code changed, which no comparison sees.",
    "configuration-changed": "Settings of the tests changed.",
    "nothing-changed": "No code has changed.",
    "not-only-code": "More changed than code: what is packaged or installed.",
    "suite-broken": "The suite no longer runs to its end.",
}
_TEST_ONLY = {
    "notices-as-much": "The changed tests notice every mutant that they noticed before.",
    "nothing-lost": "Nothing that the tests noticed was lost.",
    "notices-less": "The changed tests miss mutants that they noticed before.",
    "production-changed": "Production code changed with the tests.",
    "subject-gone": "The test was removed with what it was about.",
    "removed": "A test was removed whose subject is still there.",
    "lost": "A test is no longer collected.",
    "silenced": "A test that ran is skipped, or expected to fail.",
    "weakened": "A test asserts less than before.",
    "broken": "A test that passed fails.",
    "no-result": "A test that gave a result gives none.",
    "case-gone": "A case that the code itself made is gone with that code.",
    "rows-dropped": "Cases of a parametrised test were removed.",
}
_GENERALISING = {
    "green-again": "Green again on the inputs of the tests, and more general elsewhere.",
    "not-after-its-green": "Generalising is allowed right after the green that it generalises.",
}
_COMPLEXITY = {
    "measured": "The growth was measured; nothing was claimed of it.",
    "as-claimed": "It grows no faster than claimed, even at the far end of the margin.",
    "grows-faster": "It grows faster than claimed, even at the near end of the margin.",
    "not-sure": "The claim lies within the margin of what was measured.",
    "unknown-claim": "The claim is none of those that can be compared, such as `O(n log n)`.",
    "not-measured": "No growing inputs could be made, or the function does not take them.",
    "no-function": "There is no such function.",
    "cost": "What one size of the input costs.",
    "growth-before": "How the cost of the version before grows.",
}
_ANY = {
    "flaky": "Repeated, or in another order, it does not end the same.",
    "timeout": "It ran into its time limit.",
    "timed-out": "It ran into its time limit.",
    "out-of-memory": "It ran into its memory limit.",
    "crash": "The interpreter crashed.",
    "crashed": "The interpreter crashed.",
    "unusable": "pytest could not start.",
    "suite-unusable": "The whole suite cannot carry a judgement.",
    "needs-network": "The test needs a server, and the sandbox has none.",
    "confined": "The test, or a process that it started, wanted what the sandbox does not allow.",
    "foreign-module": "A module of the project was loaded from elsewhere.",
    "package-missing": "The code needs a package that is neither in the project nor installed.",
    "dependencies-changed": "The packages that it needs are others than those installed here.",
    "not-supported": "This cannot be judged yet.",
    "label/mismatch": "The commit says another kind than its content shows.",
}

GROUPS: Mapping[str, Mapping[str, str]] = {
    "red": _RED,
    "covered": _COVERED,
    "green": _GREEN,
    "minimal": _MINIMAL,
    "structural": _STRUCTURAL,
    "test-only": _TEST_ONLY,
    "generalising": _GENERALISING,
    "complexity": _COMPLEXITY,
    "any": _ANY,
}


def explain(rule: str) -> str:
    """One sentence for `claim/reason`; the code in words where nothing better is known."""
    claim, _, reason = rule.partition("/")
    for group in (GROUPS.get(claim, {}), *GROUPS.values()):
        if known := group.get(rule) or group.get(reason):
            return known
    return f"{claim}: {reason.replace('-', ' ')}"
