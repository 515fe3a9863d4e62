"""The head's whole suite, run once more where no earlier check can have left anything behind."""

from __future__ import annotations

from collections.abc import Iterator

from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.referee.audit.case import is_undecided, is_usable, why_unusable
from seenred.referee.proof.reason import Surroundings, classify

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
    verdict, reason, decisive, details = _judged(before, warm, cold)
    remedies = {
        "flaky": "make the test repeatable",
        "failing": "repair it",
        "needs-network": "allow it with --allow-loopback",
        "no-tests": "write one",
        "suite-unusable": "see `python -m pytest` in a checkout of it",
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
    before: Observation, warm: Observation, cold: Observation
) -> tuple[Verdict, str, str, tuple[Detail, ...]]:
    if not is_usable(cold):
        undecided = is_undecided(cold) or not is_usable(warm)
        verdict = Verdict.NOT_PROVEN if undecided else Verdict.REFUTED
        return verdict, "suite-unusable", why_unusable(cold), ()
    flaky = tuple(_differences(warm, cold))
    if flaky:
        what = f"{flaky[0].where} {flaky[0].what}"
        return Verdict.NOT_PROVEN, "flaky", what, flaky
    known, now = set(failing(before)), list(failing(cold))
    new = [each for each in now if each not in known]
    if cut_off := [each for each in new if _needs_network(cold, each)]:
        more = f" and {len(cut_off) - 1} more" if len(cut_off) > 1 else ""
        verb = "need" if more else "needs"
        return Verdict.NOT_PROVEN, "needs-network", f"{cut_off[0]}{more} {verb} a server", ()
    if new:
        more = f" and {len(new) - 1} more" if len(new) > 1 else ""
        return Verdict.REFUTED, "failing", f"{new[0]}{more} fails, run cold", ()
    if not cold.tests:
        return Verdict.NOT_APPLICABLE, "no-tests", "there is no test to run", ()
    return Verdict.PROVEN, "green", _counted(cold, len(now)), ()


def _needs_network(cold: Observation, test_id: str) -> bool:
    """The sandbox let it reach no server: that says nothing about the code."""
    return classify(cold, test_id, Surroundings()).code == "needs-network"


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
