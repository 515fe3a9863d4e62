"""`report.md` and `report.json`: what each version showed, which one won and why it stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from seenred.domain.budget import Usage
from seenred.domain.finding import Status
from seenred.domain.version import Version
from seenred.engine.desk import Desk
from seenred.engine.workflow_run import Outcome

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
        "findings": [_finding(f) for plan in desk.reviews for f in plan.review.findings],
        "judging": desk.judging,
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
        "\n".join(f"- {line}" for line in data["unparsed"]),
        f"Model {data['model']}, sandbox {data['sandbox']}. {usage['calls']} calls, "
        f"{usage['prompt_tokens']} prompt tokens ({usage['cached_tokens']} cached), "
        f"{usage['reply_tokens']} reply tokens, {data['seconds']:.0f} s of which "
        f"{usage['model_seconds']:.0f} s in the model, ${usage['cost']:.2f}.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


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


def _finding(finding: Any) -> dict[str, Any]:
    return {
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
        "| version | by | tests | critical | major | time |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        time = "–" if row["seconds"] is None else f"{row['seconds'] * 1000:.1f} ms, n={row['size']}"
        lines.append(
            f"| {row['name']} | {row['made_by']} | {row['passed']}/{row['total']} | "
            f"{row['critical']} | {row['major']} | {time} |"
        )
    return "\n".join(lines) if rows else "No version was made."


def _findings(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    lines = [
        f"- {row['status']} {row['severity']}: {row['issue']}"
        + (f" ({row['evidence']})" if row["evidence"] else "")
        for row in rows
    ]
    return "## Findings\n\n" + "\n".join(lines)
