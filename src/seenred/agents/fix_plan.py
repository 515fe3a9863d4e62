"""`fix_plan.md`: a review as people read it, and read back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from seenred.domain.finding import Finding, Review, Severity, Status

_HEADER = re.compile(r"^Reviewed: `(?P<name>[^`]+)` sha256 `(?P<sha>[0-9a-f]{64})`$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The version that a fix plan speaks of."""

    name: str
    sha256: str


def render_fix_plan(review: Review, reviewed: Reviewed, title: str = "Fix plan") -> str:
    """The review under the sections critical, major, minor, recommendations and gaps."""
    parts = [f"# {title}", f"Reviewed: `{reviewed.name}` sha256 `{reviewed.sha256}`"]
    for severity in Severity:
        rows = [f for f in review.findings if f.severity is severity]
        parts.append(f"## {severity.capitalize()}\n\n{_findings(rows)}")
    parts.append(f"## Recommendations\n\n{_bullets(review.recommendations)}")
    parts.append(f"## Test coverage gaps\n\n{_bullets(review.coverage_gaps)}")
    return "\n\n".join(parts) + "\n"


def reviewed_version(plan: str) -> Reviewed | None:
    """Which version a plan was made for; None for one that a person wrote."""
    found = _HEADER.search(plan)
    return Reviewed(found["name"], found["sha"]) if found else None


def findings_to_fix(review: Review) -> str:
    """What a fixer is shown: the confirmed findings with their evidence, nothing else."""
    return "\n".join(
        f"{number}. {finding.issue}" + _line("Seen", finding.evidence) + _line("Fix", finding.fix)
        for number, finding in enumerate(review.confirmed(), 1)
    )


def confirmed_part(plan: str) -> str:
    """The confirmed findings of a rendered plan; a plan that a person wrote, whole."""
    if reviewed_version(plan) is None:
        return plan.strip()
    blocks = re.split(r"^(?=#{2,3} )", plan, flags=re.MULTILINE)
    return "\n".join(b.strip() for b in blocks if b.startswith("### [confirmed]"))


def _findings(findings: Iterable[Finding]) -> str:
    return "\n\n".join(_finding(f) for f in findings) or "None."


def _finding(finding: Finding) -> str:
    mark = {Status.CONFIRMED: "confirmed", Status.HINT: "hint", Status.REFUTED: "refuted"}
    lines = [f"### [{mark[finding.status]}] {finding.issue}", ""]
    rows = (
        ("Location", finding.location),
        ("Impact", finding.impact),
        ("Fix", finding.fix),
        ("Shown by", finding.trial.render() if finding.trial else ""),
        ("Evidence", finding.evidence),
        ("Authority", finding.authority if finding.status is Status.CONFIRMED else ""),
    )
    return "\n".join([*lines, *(f"- {name}: {_one_line(text)}" for name, text in rows if text)])


def _bullets(rows: tuple[str, ...]) -> str:
    return "\n".join(f"- {_one_line(row)}" for row in rows) or "None."


def _line(name: str, text: str) -> str:
    return f"\n   {name}: {_one_line(text)}" if text else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
