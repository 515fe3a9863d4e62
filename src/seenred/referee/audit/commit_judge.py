"""One commit: what it is by its content, and what can be proven of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from seenred.domain.audit import ChangeKind, JudgedCommit
from seenred.domain.observation import Ending
from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.domain.renaming import Renaming, difference
from seenred.referee.audit.behaviour import Judged, judge_awaited, judge_green, judge_tests
from seenred.referee.audit.case import (
    Case,
    is_undecided,
    is_usable,
    remedy_of_unusable,
    why_unusable,
)
from seenred.referee.audit.dependency_change import excused_by, other_dependencies
from seenred.referee.audit.dropped import judge_dropped
from seenred.referee.audit.label import label_of
from seenred.referee.audit.proofs import Proofs
from seenred.referee.audit.removal import defined_names, judge_removals, only_removes
from seenred.referee.audit.rename_map import rename_map
from seenred.referee.audit.suite_change import judge_suite, judge_weakenings
from seenred.referee.audit.test_commit import judge_test_commit
from seenred.referee.audit.unsteady import without_chance
from seenred.referee.proof.ports import Blobs, SuiteRunner
from seenred.referee.proof.static_change import SIGNATURE

Told = Callable[[Proof], None]


@dataclass(frozen=True, slots=True)
class CommitJudge:
    """Judges commits by running their tests.

    Args:
        strict: a commit may have one new test.
        told: hears each proof as it is taken.
    """

    proofs: Proofs
    runner: SuiteRunner
    blobs: Blobs
    strict: bool
    told: Told

    async def judge(self, case: Case) -> JudgedCommit:
        """What the commit is and what was proven."""
        if not (is_usable(case.after) or _is_only_new(case)):
            kind = ChangeKind.BEHAVIOURAL if case.change.production else ChangeKind.TEST_ONLY
            return self._judged(case, kind, [_unusable(case)])
        before = [*judge_weakenings(case), *judge_suite(case)]
        if case.change.production:
            kind, found = await self._production(case)
        else:
            removals = list(judge_removals(case))
            kind = ChangeKind.TEST_ONLY
            found = await judge_test_commit(case, self.proofs, removals)
        proofs = await without_chance(case, [*before, *found], self.runner)
        return self._judged(case, kind, proofs)

    async def _production(self, case: Case) -> tuple[ChangeKind, list[Proof]]:
        removals = list(judge_removals(case))
        renamed = await self._renamed(case)
        if renamed is not None:
            return ChangeKind.STRUCTURAL, [*removals, renamed]
        judged = await judge_tests(case, self.proofs, self.runner, self.blobs)
        awaited = [p async for p in judge_awaited(case, self.proofs, self.runner)]
        dropped = await judge_dropped(case, self.proofs, self.runner)
        found = [*removals, *judged.proofs, *awaited, *dropped.proofs]
        if judged.red or any(proof.verdict is Verdict.PROVEN for proof in awaited):
            return ChangeKind.BEHAVIOURAL, [*found, *await self._behavioural(case, judged, awaited)]
        if not case.change.code and not judged.proofs:
            return ChangeKind.NEUTRAL, found
        if dropped.broken:
            return ChangeKind.BEHAVIOURAL, found
        if only_removes(case.change):
            return ChangeKind.BEHAVIOURAL, [*found, _removing(case)]
        kind, proof = await self._untested(case)
        doubtful = [p for p in found if p.claim is Claim.RED and p.verdict is Verdict.NOT_PROVEN]
        return kind, [*found, _undecided(proof, doubtful[0]) if doubtful else proof]

    async def _renamed(self, case: Case) -> Proof | None:
        """A structural proof under a map of names, when that is all that the tests' edits are."""
        names = rename_map(case.change, case.layout)
        # an import alone edits no test, and is renamed with what it imports
        touched = bool(case.change.tests or case.change.support)
        if not names or case.tests.new or not touched or not _equal_under(case, names):
            return None
        proof = await self.proofs.structural(case.change.base, case.change.tree, names)
        return _about(case, proof) if proof.verdict is Verdict.PROVEN else None

    async def _behavioural(
        self, case: Case, judged: Judged, awaited: Sequence[Proof]
    ) -> list[Proof]:
        found: list[Proof] = []
        reds = [*judged.proofs, *awaited]
        green = await judge_green(case, self.proofs, reds)
        if green is not None and (green.verdict is not Verdict.PROVEN or _answers_input(green)):
            found.append(green)
        if case.change.code:
            change = case.change
            found.append(_shown(await self.proofs.minimal(change.base, change.tree, case.after)))
        new = [p for p in judged.proofs if p.claim is Claim.RED and p.verdict is Verdict.PROVEN]
        if self.strict and len(new) > 1:
            found.append(_several(case, new))
        return found

    async def _untested(self, case: Case) -> tuple[ChangeKind, Proof]:
        """No test needed the change: it is structural, or it should have had one."""
        names = rename_map(case.change, case.layout)
        base, tree = case.change.laid_over, case.change.tree
        # under the old code, tests that know the new names are no tests of it
        if names and _equal_under(case, names):
            base = case.change.base
        else:
            # the tests are laid over: no file of theirs has moved between these two
            names = {old: new for old, new in names.items() if old not in case.change.base}
        proof = await self.proofs.structural(base, tree, names)
        if proof.verdict is not Verdict.REFUTED:
            same = proof.verdict is Verdict.PROVEN or proof.reason == SIGNATURE
            known = same or not _adds_names(case, names)
            kind = ChangeKind.STRUCTURAL if known else ChangeKind.BEHAVIOURAL
            return kind, _about(case, proof)
        if case.red_before is not None and not case.change.tests and not case.change.shared:
            general = await self.proofs.generalising(case.red_before, base, tree)
            if general.verdict is Verdict.PROVEN:
                return ChangeKind.BEHAVIOURAL, _about(case, general)
        return ChangeKind.BEHAVIOURAL, _not_structural(case, proof)

    def _judged(self, case: Case, kind: ChangeKind, proofs: Sequence[Proof]) -> JudgedCommit:
        trees = (case.change.base, case.change.tree)
        other = {p for tree in trees for p in other_dependencies(tree, case.head, self.blobs)}
        excused = excused_by(sorted(other), proofs, case.change.tree, case.layout)
        for proof in excused:
            self.told(proof)
        return judged_commit(case, kind, excused)


def neutral_commit(case: Case) -> JudgedCommit:
    """A commit in which nothing runs."""
    return judged_commit(case, ChangeKind.NEUTRAL, [])


def judged_commit(case: Case, kind: ChangeKind, proofs: Sequence[Proof]) -> JudgedCommit:
    """The commit with its verdict."""
    return JudgedCommit(
        name=case.commit.name,
        subject=case.commit.subject,
        label=label_of(case.commit),
        kind=kind,
        verdict=_verdict(proofs),
        proofs=tuple(proofs),
        unjudged=tuple(_unjudged(case, kind)),
        tests=case.tests.ids,
    )


def _verdict(proofs: Sequence[Proof]) -> Verdict:
    verdicts = {proof.verdict for proof in proofs}
    for verdict in (Verdict.REFUTED, Verdict.NOT_PROVEN, Verdict.PROVEN):
        if verdict in verdicts:
            return verdict
    return Verdict.NOT_APPLICABLE


def _unjudged(case: Case, kind: ChangeKind) -> list[tuple[str, str]]:
    found = list(case.change.unjudged)
    if kind is ChangeKind.NEUTRAL:
        data = (each.path for each in case.change.production)
        found += [(path, "data; every test fares as before") for path in data]
    if len(case.commit.parents) > 1:
        found.append((case.short, "a merge: judged as one change of its first parent"))
    return found


def _equal_under(case: Case, names: Mapping[str, str]) -> bool:
    """Whether the tests differ by these names only, file by file, wherever each is now."""
    files = [*case.change.tests, *case.change.support]
    old = {names.get(f.path, f.path): f.before for f in files if f.before is not None}
    new = {f.path: f.after for f in files if f.after is not None}
    if old.keys() != new.keys():
        return False
    try:
        return not any(difference(old[path], new[path], Renaming(names)) for path in old)
    except SyntaxError:
        return False


def _adds_names(case: Case, names: Mapping[str, str]) -> bool:
    """Whether there are public names that nothing was called before."""
    before, after = (
        defined_names(blobs)
        for blobs in ([f.before for f in case.change.code], [f.after for f in case.change.code])
    )
    new = after - before - {name.rpartition(".")[2] for name in names.values()}
    return any(not name.startswith("_") for name in new)


def _removing(case: Case) -> Proof:
    return case.proof(
        Claim.MINIMAL,
        Verdict.PROVEN,
        case.commit.name,
        "only-removes",
        "only removes code that no test left requires",
    )


def _about(case: Case, proof: Proof) -> Proof:
    return replace(proof, subject=case.commit.name)


def _answers_input(green: Proof) -> bool:
    """Whether it asks for a test's own input; a constant is honest, and triangulated later."""
    return any(notice.kind == "special-case" for notice in green.notices)


def _shown(proof: Proof) -> Proof:
    """Added code that no test requires is shown; it refuses nothing."""
    survived = any(detail.kind == "survivor" for detail in proof.details)
    return replace(proof, verdict=Verdict.NOT_APPLICABLE) if survived else proof


def _not_structural(case: Case, proof: Proof) -> Proof:
    return replace(
        proof,
        subject=case.commit.name,
        reason="untested",
        decisive=f"{proof.decisive}, and no test needs it",
        remedy="add a test that fails without this change",
        details=(Detail(proof.decisive, "", proof.reason, Verdict.REFUTED), *proof.details),
    )


def _undecided(proof: Proof, doubtful: Proof) -> Proof:
    """A test that could not be judged may be the one that needs the change."""
    if proof.verdict is not Verdict.REFUTED:
        return proof
    name = doubtful.subject.rpartition("::")[2]
    what = f"may be what {name} asks for, of which nothing is known"
    return replace(proof, verdict=Verdict.NOT_PROVEN, decisive=what, remedy=doubtful.remedy)


def _several(case: Case, new: Sequence[Proof]) -> Proof:
    named = ", ".join(proof.subject.rpartition("::")[2] for proof in new[:3])
    what = f"{len(new)} new tests in one commit: {named}"
    remedy = "one test, the code for it, a commit; then the next"
    subject = case.commit.name
    return case.proof(Claim.RED, Verdict.REFUTED, subject, "several-tests", what, remedy)


def _is_only_new(case: Case) -> bool:
    """Whether what cannot be collected was not there before: its tests are judged one by one."""
    ended = case.after.ending is Ending.COMPLETED
    return ended and all(each.path not in case.change.base for each in case.after.uncollected)


def _unusable(case: Case) -> Proof:
    broken = not is_usable(case.before)
    verdict = Verdict.NOT_PROVEN if broken or is_undecided(case.after) else Verdict.REFUTED
    return case.proof(
        Claim.GREEN,
        verdict,
        case.commit.name,
        "suite-unusable",
        f"{why_unusable(case.after)}{' (as on its parent)' if broken else ''}",
        remedy_of_unusable(case.after),
    )
