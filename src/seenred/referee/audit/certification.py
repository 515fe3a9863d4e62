"""The head's whole suite, run once more where no earlier check can have left anything behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.audit.case import (
    is_undecided,
    is_usable,
    remedy_of_unusable,
    why_unusable,
)
from seenred.referee.proof.missing_package import (
    INSTALL,
    PACKAGE_MISSING,
    missing_package,
    needs,
    own_modules,
)
from seenred.referee.proof.reason import CONFINED, NEEDS_NETWORK, Surroundings, classify

_FAILING = (Outcome.FAILED, Outcome.ERROR)


def certify(
    head: str, tree: Tree, before: Observation, warm: Observation, cold: Observation
) -> Proof:
    """Whether the head is green.

    Args:
        before: the suite at the base of the range: what failed there may still fail.
        warm, cold: the suite at the head, of the warm one what is known; where they differ,
            nothing is.
    """
    verdict, reason, decisive, details = _judged(tree, before, warm, cold)
    remedies = {
        "flaky": "make the test repeatable",
        "failing": "repair it",
        NEEDS_NETWORK: "allow it with --allow-loopback",
        CONFINED: "judge it where you trust its code: --no-sandbox",
        "no-tests": "write one",
        "suite-unusable": remedy_of_unusable(cold),
        PACKAGE_MISSING: INSTALL,
    }
    return Proof(
        Claim.GREEN,
        verdict,
        head,
        reason,
        decisive,
        remedies.get(reason, ""),
        inputs={"tree": tree.digest},
        command="python -m pytest",
        details=details,
        seconds=cold.seconds,
    )


def failing(observation: Observation) -> Iterator[str]:
    """Tests that fail, and files that cannot be collected."""
    yield from (test.test_id for test in observation.tests if test.outcome in _FAILING)
    yield from (each.path for each in observation.uncollected)


def _judged(
    tree: Tree, before: Observation, warm: Observation, cold: Observation
) -> tuple[Verdict, str, str, tuple[Detail, ...]]:
    lacking = dict(_lacking(tree, cold))
    if not is_usable(cold):
        return (*_unusable(before, cold, lacking), ())
    flaky = tuple(_differences(warm, cold))
    if flaky:
        what = f"{flaky[0].where} {flaky[0].what}"
        return Verdict.NOT_PROVEN, "flaky", what, flaky
    known, now = set(failing(before)), list(failing(cold))
    new = [each for each in now if each not in known]
    cut_off = {each: why for each in new if (why := _cut_off(cold, each))}
    if broken := [each for each in new if each not in {*cut_off, *lacking}]:
        return Verdict.REFUTED, "failing", f"{_all_of(broken, 'fail')}, run cold", ()
    if lost := [each for each in new if each in lacking]:
        return Verdict.NOT_PROVEN, PACKAGE_MISSING, f"{lost[0]} {lacking[lost[0]]}", ()
    if cut_off:
        why = next(iter(cut_off.values()))
        return Verdict.NOT_PROVEN, why, f"{_all_of([*cut_off], 'need')} {_WITHHELD[why]}", ()
    if not cold.tests:
        return Verdict.NOT_APPLICABLE, "no-tests", "there is no test to run", ()
    return Verdict.PROVEN, "green", _counted(cold, len(now)), ()


def _unusable(
    before: Observation, cold: Observation, lacking: Mapping[str, str]
) -> tuple[Verdict, str, str]:
    """A suite that was as broken before, or lacks what others have, refutes nothing."""
    if lacking:
        path, told = next(iter(lacking.items()))
        return Verdict.NOT_PROVEN, PACKAGE_MISSING, f"{path} {told}"
    if not is_usable(before):
        return Verdict.NOT_PROVEN, "suite-unusable", f"{why_unusable(cold)} (as at the base)"
    verdict = Verdict.NOT_PROVEN if is_undecided(cold) else Verdict.REFUTED
    return verdict, "suite-unusable", why_unusable(cold)


def _lacking(tree: Tree, cold: Observation) -> Iterator[tuple[str, str]]:
    """Files that cannot be collected for want of a package, and of which."""
    modules = own_modules(tree)
    for each in cold.uncollected:
        if name := missing_package(each.failure, modules):
            yield each.path, needs(name)


def _all_of(names: Sequence[str], verb: str) -> str:
    """`a fails`, `a and 2 more fail`."""
    if len(names) == 1:
        return f"{names[0]} {verb}s"
    return f"{names[0]} and {len(names) - 1} more {verb}"


_WITHHELD = {NEEDS_NETWORK: "a server", CONFINED: "what the sandbox does not allow"}


def _cut_off(cold: Observation, test_id: str) -> str:
    """What the sandbox withheld, by its code; "" when it is not to blame."""
    code = classify(cold, test_id, Surroundings()).code
    return code if code in _WITHHELD else ""


def _differences(warm: Observation, cold: Observation) -> Iterator[Detail]:
    if not is_usable(warm):
        return
    now = cold.outcomes
    for test_id, then in sorted(warm.outcomes.items()):
        if then is not now.get(test_id):
            what = f"{then}, then {now.get(test_id, 'no result')} when cold"
            yield Detail(what, test_id, "flaky", Verdict.NOT_PROVEN)


def _counted(cold: Observation, failing: int) -> str:
    passed = sum(test.outcome is Outcome.PASSED for test in cold.tests)
    rest = f", {failing} failing as before" if failing else ""
    return f"{passed} passed{rest}, run cold"
