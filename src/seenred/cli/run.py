"""`seenred run` and `seenred solve`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from seenred.bootstrap.application import RunResult
from seenred.bootstrap.budget import run_budget
from seenred.cli.session import settings_from, watched
from seenred.domain.count import counted
from seenred.domain.workflow import find_workflow
from seenred.engine.commands import RunWorkflow
from seenred.errors import UsageError


def run_workflow(name: str, given: Path, options: dict[str, Any]) -> int:
    """Run a workflow and print its result; returns the exit code."""
    settings = settings_from(options)
    command = RunWorkflow(
        workflow=find_workflow(name, settings.workflows),
        input=given,
        output=settings.run.output,
        focus=options["focus"],
        tests=options["tests"],
        checker=options["checker"],
        report=_report(options["report"]),
        candidates=settings.run.candidates,
        max_iterations=settings.run.max_iterations,
        budget=run_budget(settings),
    )
    result = watched(settings, lambda application: application.run(command))
    if options["as_json"]:
        print(json.dumps(result.report, indent=2, ensure_ascii=False))
    else:
        _show(result)
    return result.exit_code


def _report(text: str) -> str:
    if not text.startswith("@"):
        return text
    path = Path(text[1:])
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(
            "report-unreadable",
            f"--report: {path} cannot be read: {why}; give a text file after @, or the words.",
        ) from None


def _show(result: RunResult) -> None:
    report = result.report
    usage = report["usage"]
    console = Console(highlight=False, soft_wrap=True)
    verdict = "[green]solved[/]" if report["solved"] else "[red]not solved[/]"
    best = f" · best {escape(report['best'])}" if report["best"] else ""
    console.print(f"\n{verdict}: {escape(report['stopped'])}{best}")
    if report["failure"]:
        console.print(f"[red]{escape(report['failure'])}[/]")
    calls = counted(usage["calls"], "call")
    console.print(
        f"[dim]{report['seconds']:.0f} s · {usage['tokens']} tokens in {calls} · "
        f"${usage['cost']:.2f} · {escape(report['output'])}/report.md[/]"
    )
