"""What a review says, and what of it a run has confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from seenred.domain.problem import Authority


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Status(StrEnum):
    """Only a confirmed finding must be fixed; a hint is printed and nothing more."""

    CONFIRMED = "confirmed"
    HINT = "hint"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True)
class Trial:
    """How to see a finding: one input and what the reviewer expects of it.

    Attributes:
        arguments: Python literals, for a function problem.
        expression: for a module, e.g. `median([1, 2])`.
        stdin: for a program.
        expected: a Python literal or stdout; None when the reviewer expects only no crash.
    """

    arguments: tuple[str, ...] = ()
    expression: str = ""
    stdin: str | None = None
    expected: str | None = None

    def render(self) -> str:
        """The input as one readable line."""
        if self.stdin is not None:
            return f"stdin {self.stdin!r}"
        return self.expression or ", ".join(self.arguments)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a review, a test or a measurement holds against a version.

    Attributes:
        evidence: the sentence that confirms or refutes it; empty for an untried hint.
    """

    severity: Severity
    location: str
    issue: str
    impact: str = ""
    fix: str = ""
    trial: Trial | None = None
    status: Status = Status.HINT
    authority: Authority = Authority.MODEL
    evidence: str = ""

    def confirmed(self, authority: Authority, evidence: str) -> Finding:
        """The same finding with the run that bears it out."""
        return replace(self, status=Status.CONFIRMED, authority=authority, evidence=evidence)

    def refuted(self, evidence: str) -> Finding:
        """The same finding with the run that contradicts it."""
        return replace(self, status=Status.REFUTED, evidence=evidence)

    def hinted(self, evidence: str) -> Finding:
        """The same finding, with why it could not be confirmed."""
        return replace(self, status=Status.HINT, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Review:
    """A typed bug report on one version."""

    findings: tuple[Finding, ...] = ()
    recommendations: tuple[str, ...] = ()
    coverage_gaps: tuple[str, ...] = ()

    def confirmed(self, *severities: Severity) -> tuple[Finding, ...]:
        """Confirmed findings, of the given severities or of all."""
        return tuple(
            f
            for f in self.findings
            if f.status is Status.CONFIRMED and (not severities or f.severity in severities)
        )

    def with_findings(self, findings: Iterable[Finding]) -> Review:
        """The same review with its findings replaced."""
        return replace(self, findings=tuple(findings))
