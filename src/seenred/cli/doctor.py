"""`seenred doctor`."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from seenred.bootstrap.cache import model_cache, user_cache
from seenred.cli.session import settings_from
from seenred.errors import ExitCode
from seenred.infrastructure.capability import Capability, probe
from seenred.infrastructure.models.registry import describe_models


def show_doctor(as_json: bool) -> int:
    """What this machine has and lacks; 3 when something that every command needs is missing."""
    settings = settings_from({})
    cache = model_cache(settings)
    models = describe_models(cache=cache, model_path=settings.model.path, environment=os.environ)
    usable = [model.name for model in models if model.available]
    model = Capability(
        "model",
        bool(usable),
        ", ".join(usable) or "none can be used",
        "" if usable else "seenred models pull local",
        required=True,
    )
    rows = [*asyncio.run(probe(user_cache())), model]
    lacking = [row for row in rows if row.required and not row.present]
    if as_json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        _show(rows)
    return ExitCode.ENVIRONMENT if lacking else ExitCode.YES


def _show(rows: list[Capability]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    for row in rows:
        mark = "[green]✓[/]" if row.present else "[red]✗[/]" if row.required else "[yellow]–[/]"
        remedy = f"[bold]→ {escape(row.remedy)}[/]" if row.remedy else ""
        table.add_row(mark, row.name, f"{escape(row.detail)} {remedy}".strip())
    Console().print(table)
