"""Walks the commits of a range: observes their trees, and has each judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from seenred.domain.audit import ChangeKind, JudgedCommit
from seenred.domain.audit_event import (
    AuditListener,
    CertificationStarted,
    CommitJudged,
    CommitStarted,
    ProofTaken,
)
from seenred.domain.layout import Layout
from seenred.domain.observation import Observation
from seenred.domain.proof import Claim, Proof, Verdict
from seenred.domain.tree import Tree
from seenred.errors import UsageError
from seenred.referee.audit.case import Case, is_usable
from seenred.referee.audit.certification import certify, failing
from seenred.referee.audit.change import SUBMODULE, Change, change_between
from seenred.referee.audit.changed_tests import changed_tests
from seenred.referee.audit.commit_judge import CommitJudge, neutral_commit
from seenred.referee.audit.import_reach import ImportReach
from seenred.referee.audit.referee_proofs import RefereeProofs
from seenred.referee.audit.remembering import RememberingRunner
from seenred.referee.audit.scope import (
    affected_files,
    chosen_files,
    collected_files,
    is_in_suite,
    suite_files,
)
from seenred.referee.audit.scoped import EnduringRunner, FilewiseRunner, ScopedRunner
from seenred.referee.configuration import layout_of
from seenred.referee.proof.ports import Blobs, Commit, History, Selection, SuiteRunner

# commits that change nothing which runs may lie between a green and what generalises it
_FAR = 5


class Auditor:
    """Knows what was seen of the commits before, so that nothing is run twice."""

    def __init__(
        self,
        history: History,
        runner: SuiteRunner,
        blobs: Blobs,
        commits: Sequence[Commit],
        *,
        strict: bool,
        suite: Sequence[str],
        listener: AuditListener,
    ) -> None:
        self._history = history
        self._blobs = blobs
        self._commits = commits
        self._strict = strict
        self._suite = tuple(suite)
        self._listener = listener
        self._reach = ImportReach(blobs)
        self._runner = FilewiseRunner(RememberingRunner(EnduringRunner(runner)), self._reach)
        self._head = history.tree(commits[-1].name)
        self._changes: dict[str, Change] = {}
        self._judged: dict[str, JudgedCommit] = {}

    async def judge(self, commit: Commit, number: int) -> JudgedCommit:
        """One commit, with the events around it."""
        self._listener(CommitStarted(commit.name, commit.subject, number))
        judged = self._with_submodules(commit, await self._judge(commit))
        self._judged[commit.name] = judged
        self._listener(CommitJudged(judged, number))
        return judged

    async def certify(
        self, head: str, judged: Sequence[JudgedCommit], certifier: SuiteRunner
    ) -> Proof | None:
        """The head's whole suite once more, cold; None when no commit had anything to run."""
        if all(each.kind is ChangeKind.NEUTRAL for each in judged):
            return None
        self._listener(CertificationStarted(self._commits[-1].name))
        cold = await certifier.observe(self._head, Selection(self._suite))
        files = collected_files(self._head, self._blobs, layout_of(self._head, self._blobs))
        warm = self._runner.known(
            self._head, [each for each in files if is_in_suite(each, self._suite)]
        )
        base = self._parent(self._commits[0])
        before = await self._failing_before(base, cold)
        return certify(head, self._head, before, warm, cold)

    def _with_submodules(self, commit: Commit, judged: JudgedCommit) -> JudgedCommit:
        """The commit with what the trees lack told, changed or not."""
        names = [commit.name, *commit.parents[:1]]
        paths = sorted({path for name in names for path in self._history.submodules(name)})
        return replace(judged, unjudged=(*judged.unjudged, *((path, SUBMODULE) for path in paths)))

    async def _failing_before(self, base: Tree, cold: Observation) -> Observation:
        """What fails at the head as it was at the base; the whole where there is no single test."""
        failed = tuple(failing(cold))
        usable = is_usable(cold)
        if not base.files or (usable and not failed):
            return Observation()
        return await self._runner.observe(base, Selection(failed if usable else self._suite))

    async def _judge(self, commit: Commit) -> JudgedCommit:
        change = self._change(commit)
        layout = layout_of(change.tree, self._blobs)
        tests = changed_tests((*change.tests, *change.support))
        case = Case(commit, change, tests, self._head, layout, red_before=self._red_before(commit))
        if not change.is_judged:
            return neutral_commit(case)
        runner = self._scoped(change, layout)
        proofs = RefereeProofs(runner, self._blobs)
        judge = CommitJudge(proofs, runner, self._blobs, self._strict, self._told(commit))
        return await judge.judge(await _observed(case, runner))

    def _scoped(self, change: Change, layout: Layout) -> SuiteRunner:
        """A runner whose whole suite is what the change can affect."""
        files = affected_files(change, self._reach, self._blobs, layout)
        if not self._suite:
            return self._runner if files is None else ScopedRunner(self._runner, files)
        files = suite_files(change, self._blobs, layout) if files is None else files
        return ScopedRunner(self._runner, chosen_files(change, self._reach, files, self._suite))

    def _change(self, commit: Commit) -> Change:
        if commit.name not in self._changes:
            base, tree = self._parent(commit), self._history.tree(commit.name)
            layout = layout_of(tree, self._blobs)
            self._changes[commit.name] = change_between(base, tree, self._blobs, layout)
        return self._changes[commit.name]

    def _red_before(self, commit: Commit) -> Tree | None:
        """The last commit's tests over its parent, when it had tests and code: its red."""
        for _ in range(_FAR):
            if not commit.parents:
                return None
            try:
                commit = self._history.commit(commit.parents[0])
                change = self._change(commit)
            except (UsageError, KeyError):  # it lies before the beginning of a shallow clone
                return None
            if change.is_judged:
                tested = change.tests and change.code and commit.parents
                return change.laid_over if tested and self._was_red(commit) else None
        return None

    def _was_red(self, commit: Commit) -> bool:
        """Whether its tests were; of what lies before the range nothing else is known."""
        judged = self._judged.get(commit.name)
        return judged is None or any(
            proof.claim is Claim.RED and proof.verdict is Verdict.PROVEN for proof in judged.proofs
        )

    def _parent(self, commit: Commit) -> Tree:
        return self._history.tree(commit.parents[0]) if commit.parents else Tree({})

    def _told(self, commit: Commit) -> Callable[[Proof], None]:
        return lambda proof: self._listener(ProofTaken(commit.name, proof))


async def _observed(case: Case, runner: SuiteRunner) -> Case:
    """The case with the suite's runs; what the change added is traced."""
    change = case.change
    traced = tuple(each.path for each in change.code if each.after is not None)
    return case.seen(
        before=await _suite(runner, change.base),
        laid=await _suite(runner, change.laid_over) if change.shared else Observation(),
        after=await _suite(runner, change.tree, traced),
    )


async def _suite(runner: SuiteRunner, tree: Tree, traced: tuple[str, ...] = ()) -> Observation:
    if not tree.files:
        return Observation()
    return await runner.observe(tree, Selection(trace=traced))
