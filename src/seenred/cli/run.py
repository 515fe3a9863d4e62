"""`seenred run` and `seenred solve`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from seenred.bootstrap.application import RunResult
from seenred.bootstrap.budget import run_budget
from seenred.cli.session import settings_from, watched
from seenred.domain.count import counted
from seenred.domain.run import Run, RunState
from seenred.domain.workflow import find_workflow
from seenred.engine.commands import RunWorkflow
from seenred.errors import ExitCode, UsageError


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
    if options["queue"]:
        queue = options["queue"]
        return _show_queued(watched(settings, lambda a: a.enqueue(command, queue)), options)
    result = watched(settings, lambda application: application.run(command))
    return show_result(result, options["as_json"])


def show_result(result: RunResult, as_json: bool) -> int:
    """Print what a run left; returns the exit code."""
    if as_json:
        report = {**result.report, "run": result.run.id}
        print(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        _show(result)
    return result.exit_code


def _show_queued(run: Run, options: dict[str, Any]) -> int:
    if options["as_json"]:
        print(json.dumps(asdict(run), indent=2, ensure_ascii=False))
    else:
        console = Console(highlight=False, soft_wrap=True)
        console.print(f"{run.id} waits in the queue {escape(run.queue)} for `seenred worker`")
        console.print(f"[dim]follow it: seenred logs {run.id} -f[/]")
    return ExitCode.YES


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
    console.print(f"[dim]run {result.run.id}{_next(result.run)}[/]")


def _next(run: Run) -> str:
    if run.state is RunState.DONE:
        return f" · seenred show {run.id}"
    return f" is {run.state} · go on: seenred resume {run.id}"
