"""The audit of `base..head`: each commit judged by its content, the head certified cold."""

from __future__ import annotations

import time
from collections.abc import Sequence

from seenred.domain.audit import Audit
from seenred.domain.audit_event import AuditListener, AuditStarted
from seenred.referee.audit.auditor import Auditor
from seenred.referee.chosen_suite import chosen_suite
from seenred.referee.proof.ports import Blobs, History, SuiteRunner


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
    suite: Sequence[str] = (),
    listener: AuditListener = _unheard,
    certifier: SuiteRunner | None = None,
) -> Audit:
    """Judge what `base..head` has, first parents only.

    Args:
        base: the revision before the first judged commit; "" judges all of `head`'s history.
        strict: ask for one new test in each commit.
        suite: files or folders of the tests that must fare as before, for a project whose whole
            suite takes too long; a commit's own tests are judged wherever they lie.
        certifier: a cold runner for the head; without one the head is not certified.

    Raises:
        UsageError: a revision is unknown, the range is empty, the clone is too shallow, or the head
            has nothing at a path of the suite.
    """
    begun = time.monotonic()
    commits = history.commits(base, head)
    chosen = chosen_suite(suite, history.tree(commits[-1].name))
    first = commits[0].parents[0] if commits[0].parents else ""
    auditor = Auditor(
        history, runner, blobs, commits, strict=strict, suite=chosen, listener=listener
    )
    listener(AuditStarted(first, commits[-1].name, runner.name, len(commits)))
    judged = [await auditor.judge(commit, number) for number, commit in enumerate(commits, 1)]
    certified = await auditor.certify(head, judged, certifier) if certifier else None
    return Audit(
        base=first,
        head=commits[-1].name,
        interpreter=runner.interpreter,
        runner=runner.name,
        commits=tuple(judged),
        certification=certified,
        seconds=time.monotonic() - begun,
        suite=chosen,
    )
