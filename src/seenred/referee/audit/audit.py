"""The audit of `base..head`: each commit judged by its content, the head certified cold."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from seenred.domain.audit import Audit, ChangeKind, JudgedCommit
from seenred.domain.audit_event import (
    AuditListener,
    AuditStarted,
    CertificationStarted,
    CommitJudged,
    CommitStarted,
    ProofTaken,
)
from seenred.domain.observation import Observation
from seenred.domain.proof import Proof
from seenred.domain.tree import Tree
from seenred.referee.audit.case import Case
from seenred.referee.audit.certification import certify
from seenred.referee.audit.change import Change, change_between
from seenred.referee.audit.changed_tests import changed_tests
from seenred.referee.audit.commit_judge import CommitJudge, judged_commit
from seenred.referee.audit.configuration import layout_of
from seenred.referee.audit.proofs import Proofs
from seenred.referee.audit.referee_proofs import RefereeProofs
from seenred.referee.audit.remembering import RememberingRunner
from seenred.referee.proof.ports import Blobs, Commit, History, Selection, SuiteRunner


def _unheard(_: object) -> None:
    """Nobody listens."""


async def audit(
    history: History,
    runner: SuiteRunner,
    blobs: Blobs,
    base: str,
    head: str,
    *,
    strict: bool = False,
    listener: AuditListener = _unheard,
    certifier: SuiteRunner | None = None,
    proofs: Proofs | None = None,
) -> Audit:
    """Judge what `base..head` has, first parents only.

    Args:
        base: the revision before the first judged commit; "" judges all of `head`'s history.
        strict: ask for one new test in each commit.
        certifier: a cold runner for the head; without one the head is not certified.
        proofs: judges the claims; None takes the referee's own.

    Raises:
        UsageError: a revision is unknown, the range is empty, or the clone is too shallow.
    """
    begun = time.monotonic()
    commits = history.commits(base, head)
    remembering = RememberingRunner(runner)
    asked = proofs or RefereeProofs(remembering, blobs)
    tree = history.tree(commits[-1].name)
    auditor = _Auditor(history, remembering, blobs, asked, strict, listener, tree)
    first = commits[0].parents[0] if commits[0].parents else ""
    listener(AuditStarted(first, commits[-1].name, runner.name, len(commits)))
    judged = [await auditor.commit(each, number) for number, each in enumerate(commits, 1)]
    certified = await auditor.certification(commits, judged, certifier) if certifier else None
    return Audit(
        base=first,
        head=commits[-1].name,
        interpreter=runner.interpreter,
        runner=runner.name,
        commits=tuple(judged),
        certification=certified,
        seconds=time.monotonic() - begun,
    )


@dataclass(frozen=True, slots=True)
class _Auditor:
    history: History
    runner: SuiteRunner
    blobs: Blobs
    proofs: Proofs
    strict: bool
    listener: AuditListener
    head: Tree

    async def commit(self, commit: Commit, number: int) -> JudgedCommit:
        self.listener(CommitStarted(commit.name, commit.subject, number))
        judged = await self._judge(commit)
        self.listener(CommitJudged(judged, number))
        return judged

    async def certification(
        self, commits: Sequence[Commit], judged: Sequence[JudgedCommit], certifier: SuiteRunner
    ) -> Proof | None:
        """The head's suite once more, cold; None when no commit had anything to run."""
        if all(each.kind is ChangeKind.NEUTRAL for each in judged):
            return None
        self.listener(CertificationStarted(commits[-1].name))
        before = await self._suite(self._parent(commits[0]))
        warm = await self._suite(self.head)
        return certify(
            commits[-1].name, self.head, before, warm, await certifier.observe(self.head)
        )

    async def _judge(self, commit: Commit) -> JudgedCommit:
        base, tree = self._parent(commit), self.history.tree(commit.name)
        layout = layout_of(tree, self.blobs)
        change = change_between(base, tree, self.blobs, layout)
        tests = changed_tests((*change.tests, *change.support))
        nothing = Observation()
        case = Case(commit, change, tests, nothing, nothing, nothing, self.head, layout)
        if not change.is_judged:
            return judged_commit(case, ChangeKind.NEUTRAL, [])
        observed = replace(
            case,
            before=await self._suite(base),
            laid=await self._suite(change.laid_over) if change.shared else nothing,
            after=await self._suite(tree, change),
        )
        judge = CommitJudge(self.proofs, self.runner, self.blobs, self.strict, self._told(commit))
        return await judge.judge(observed)

    async def _suite(self, tree: Tree, change: Change | None = None) -> Observation:
        """The whole suite; what the change added is traced."""
        if not tree.files:
            return Observation()
        code = change.code if change else ()
        traced = tuple(each.path for each in code if each.after is not None)
        return await self.runner.observe(tree, Selection(trace=traced))

    def _parent(self, commit: Commit) -> Tree:
        return self.history.tree(commit.parents[0]) if commit.parents else Tree({})

    def _told(self, commit: Commit) -> Callable[[Proof], None]:
        return lambda proof: self.listener(ProofTaken(commit.name, proof))
