"""`report.md` and `report.json`: what each version showed, which one won and why it stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from seenred.domain.budget import Usage
from seenred.domain.count import counted
from seenred.domain.finding import Finding, Status
from seenred.domain.version import Version
from seenred.engine.workflow.desk import Desk
from seenred.engine.workflow.workflow_run import Outcome

SCHEMA = "seenred.report/1"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run ran with.

    Attributes:
        seconds: wall-clock time of the whole run.
    """

    workflow: str
    model: str
    sandbox: str
    seconds: float


def report_data(desk: Desk, outcome: Outcome, around: Surroundings) -> dict[str, Any]:
    """The report as JSON-native data, schema `seenred.report/1`."""
    return {
        "schema": SCHEMA,
        "workflow": around.workflow,
        "input": desk.subject.path,
        "model": around.model,
        "sandbox": around.sandbox,
        "solved": outcome.solved,
        "stopped": str(outcome.stopped),
        "failure": outcome.failure,
        "best": outcome.best.name if outcome.best else None,
        "iterations": outcome.iterations,
        "versions": [_version(desk, v) for v in desk.versions],
        "judging": desk.judging,
        "findings": _findings_of(desk),
        "unparsed": list(desk.subject.problem.unparsed) if desk.subject.problem else [],
        "usage": _usage(desk.asker.usage),
        "seconds": round(around.seconds, 2),
        "own_seconds": round(around.seconds - desk.steps.seconds, 2),
        "output": desk.artifacts.location,
    }


def render_report(data: dict[str, Any]) -> str:
    """The same for people, in Markdown."""
    verdict = "solved" if data["solved"] else "not solved"
    usage = data["usage"]
    parts = [
        f"# {data['workflow']}: {data['input']}",
        f"**{verdict.capitalize()}**: {data['stopped']}. Best version: "
        f"{'`' + data['best'] + '`' if data['best'] else 'none'}.",
        data["failure"],
        _versions(data["versions"]),
        f"Answers other than the examples' are {data['judging']}." if data["judging"] else "",
        _findings(data["findings"]),
        _unparsed(data["unparsed"]),
        f"{_models(data)}, sandbox {data['sandbox']}. {counted(usage['calls'], 'call')}, "
        f"{usage['prompt_tokens']} prompt tokens ({usage['cached_tokens']} cached), "
        f"{usage['reply_tokens']} reply tokens, {data['seconds']:.0f} s of which "
        f"{usage['model_seconds']:.0f} s in the model, ${usage['cost']:.2f}.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _models(data: dict[str, Any]) -> str:
    """The model that was asked, and who else has answered."""
    others = [name for name in data["usage"]["models"] if name != data["model"]]
    return f"Model {data['model']}" + (f", answered by {', '.join(others)} too" if others else "")


def write_reports(desk: Desk, data: dict[str, Any]) -> None:
    """Leave `report.md`, `report.json` and `context.json` with the other artifacts."""
    desk.write("report.md", render_report(data))
    desk.write("report.json", json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    context = {"schema": "seenred.context/1", "steps": desk.context.steps}
    desk.write("context.json", json.dumps(context, indent=2, ensure_ascii=False) + "\n")


def _version(desk: Desk, version: Version) -> dict[str, Any]:
    measurement = desk.measurements.get(version.name)
    evidence = version.evidence
    return {
        "name": version.name,
        "made_by": str(version.made_by),
        **asdict(evidence),
        "pass_rate": round(evidence.pass_rate, 4),
        "solved": evidence.solved,
        "measurement": measurement.render() if measurement else None,
        "changes": version.changes,
    }


def _findings_of(desk: Desk) -> list[dict[str, Any]]:
    rows = [_finding(f, plan.version) for plan in desk.reviews for f in plan.review.findings]
    return [row for number, row in enumerate(rows) if row not in rows[:number]]


def _finding(finding: Finding, version: str) -> dict[str, Any]:
    return {
        "version": version,
        "severity": str(finding.severity),
        "status": str(finding.status),
        "issue": finding.issue,
        "location": finding.location,
        "evidence": finding.evidence,
        "authority": str(finding.authority) if finding.status is Status.CONFIRMED else None,
    }


def _usage(usage: Usage) -> dict[str, Any]:
    return {**asdict(usage), "tokens": usage.tokens, "model_seconds": round(usage.model_seconds, 2)}


def _versions(rows: list[dict[str, Any]]) -> str:
    lines = [
        "| version | by | tests passed | critical | major | time |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        time = "–" if row["seconds"] is None else f"{row['seconds'] * 1000:.1f} ms, n={row['size']}"
        lines.append(
            f"| {row['name']} | {row['made_by']} | {row['passed']}/{row['total']} "
            f"({row['pass_rate']:.0%}) | {row['critical']} | {row['major']} | {time} |"
        )
    return "\n".join(lines) if rows else "No version was made."


def _unparsed(lines: list[str]) -> str:
    found = "\n".join(f"- {line}" for line in lines)
    return f"## Not understood in the input\n\n{found}" if found else ""


_HEADINGS = {
    Status.CONFIRMED: "Confirmed, each by a run",
    Status.HINT: "Hints: the review says so, no run confirms it",
    Status.REFUTED: "Refuted by a run",
}


def _findings(rows: list[dict[str, Any]]) -> str:
    parts = []
    for status, heading in _HEADINGS.items():
        lines = _finding_lines([row for row in rows if row["status"] == status])
        if lines:
            parts.append(f"## {heading}\n\n{lines}")
    return "\n\n".join(parts)


def _finding_lines(rows: list[dict[str, Any]]) -> str:
    """A line for each issue, with the versions that it was raised on and its last evidence."""
    alike: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        alike.setdefault((row["severity"], row["issue"]), []).append(row)
    return "\n".join(
        f"- {severity} on {', '.join(dict.fromkeys(r['version'] for r in found))}: {issue}"
        + (f" ({found[-1]['evidence']})" if found[-1]["evidence"] else "")
        for (severity, issue), found in alike.items()
    )
