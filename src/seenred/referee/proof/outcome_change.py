"""Whether the same tests end in the same way before and after a change."""

from __future__ import annotations

from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Verdict
from seenred.domain.renaming import Renaming
from seenred.domain.tree import Tree
from seenred.referee.proof.objection import Objection
from seenred.referee.proof.ports import SuiteRunner
from seenred.referee.proof.whole_run import breakdown_of, whole_suite


async def outcome_objection(
    runner: SuiteRunner,
    base: tuple[Tree, Observation],
    tree: tuple[Tree, Observation],
    renaming: Renaming,
) -> Objection | None:
    """What differs between two runs of the whole suite; what differs once only is not decided."""
    before, after = base[1], tree[1]
    if broken := breakdown_of(after):
        verdict = Verdict.NOT_PROVEN if after.foreign else Verdict.REFUTED
        return Objection(verdict, "suite-broken", f"after the change: {broken}")
    pairs = {old: renaming.test_id(old, after.selected) for old in before.selected}
    if found := _ids(pairs, before, after):
        return Objection.listed(Verdict.REFUTED, "test-ids", found)
    changed = _changed(pairs, before, after)
    if not changed:
        return None
    # the whole suite, since a test may fail only after others
    suite = whole_suite()
    first, second = await runner.observe(base[0], suite), await runner.observe(tree[0], suite)
    if _changed({old: pairs[old] for old in changed}, first, second) != changed:
        told = tuple((test, "does not always end the same") for test in changed)
        return Objection.listed(Verdict.NOT_PROVEN, "flaky", told)
    told = tuple((pairs[old], _told(old, pairs[old], before, after)) for old in changed)
    return Objection.listed(Verdict.REFUTED, "outcomes", told)


def _ids(
    pairs: dict[str, str], before: Observation, after: Observation
) -> tuple[tuple[str, str], ...]:
    """Tests that are gone or new, and files that can't be collected."""
    collected = {each.path for each in before.uncollected}
    broken = [(e.path, e.failure.decisive) for e in after.uncollected if e.path not in collected]
    expected = set(pairs.values())
    gone = [(old, "is gone") for old, new in pairs.items() if new not in after.selected]
    return (*broken, *gone, *((t, "is new") for t in after.selected if t not in expected))


def _changed(pairs: dict[str, str], before: Observation, after: Observation) -> list[str]:
    return [o for o, n in pairs.items() if _outcome(before, o) is not _outcome(after, n)]


def _outcome(seen: Observation, test: str) -> Outcome | None:
    found = seen.of(test)
    return found.outcome if found else None


def _told(old: str, new: str, before: Observation, after: Observation) -> str:
    failure = getattr(after.of(new), "failure", None)
    why = f": {failure.decisive}" if failure else ""
    return f"{_outcome(before, old)} → {_outcome(after, new)}{why}"


def passing(seen: Observation) -> tuple[str, ...]:
    """The tests that pass, in the order they ran."""
    return tuple(test.test_id for test in seen.tests if test.outcome is Outcome.PASSED)
