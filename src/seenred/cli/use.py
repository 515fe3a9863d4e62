"""`seenred use AGENT on FILE [with FILE…]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from seenred.bootstrap.budget import run_budget
from seenred.cli.session import settings_from, watched
from seenred.domain.workflow import find_role
from seenred.engine.commands import UseAgent
from seenred.errors import ExitCode, UsageError


def use_words(words: list[str], options: dict[str, Any]) -> int:
    """Run one agent on the files that the words name; returns the exit code."""
    role = find_role(words[0])
    if len(words) < 3 or words[1] != "on":
        raise UsageError("use-incomplete", f"Write: seenred use {role} on FILE [with FILE…].")
    settings = settings_from(options)
    command = UseAgent(
        role=role,
        subject=Path(words[2]),
        output=settings.run.output,
        inputs=tuple(Path(word.rstrip(",")) for word in words[3:] if word not in {"with", "and"}),
        focus=options["focus"],
        candidates=settings.run.candidates,
        budget=run_budget(settings),
    )
    result, folder = watched(settings, lambda application: application.use(command))
    path = str(folder / result.output) if result.output else None
    if options["as_json"]:
        print(json.dumps({"schema": "seenred.use/1", "output": path, "good": result.good}))
    elif path is None:
        Console().print(f"[red]{role} gave nothing that can be used[/]")
    else:
        mark = "[green]✓[/]" if result.good else "[yellow]![/]"
        Console(highlight=False, soft_wrap=True).print(f"\n{mark} {escape(path)}")
    return ExitCode.YES if path and result.good else ExitCode.NO
