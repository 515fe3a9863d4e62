"""What happens in an audit, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from seenred.domain.audit import JudgedCommit
from seenred.domain.proof import Proof


@dataclass(frozen=True, slots=True)
class AuditStarted:
    """`runner` is the name that reports show; `commits` is how many will be judged."""

    base: str
    head: str
    runner: str
    commits: int


@dataclass(frozen=True, slots=True)
class CommitStarted:
    """`number` counts from 1."""

    name: str
    subject: str
    number: int


@dataclass(frozen=True, slots=True)
class ProofTaken:
    """One claim about the commit under way was judged."""

    commit: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class CommitJudged:
    commit: JudgedCommit
    number: int


@dataclass(frozen=True, slots=True)
class CertificationStarted:
    """The head's whole suite runs once more, cold."""

    head: str


AuditEvent = AuditStarted | CommitStarted | ProofTaken | CommitJudged | CertificationStarted
AuditListener = Callable[[AuditEvent], None]
