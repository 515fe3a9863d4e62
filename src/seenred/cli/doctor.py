"""`seenred doctor`."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict

from rich.markup import escape

from seenred.bootstrap.cache import model_cache, user_cache
from seenred.cli.checklist import Row, show
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
    lacking = [row.name for row in rows if row.required and not row.present]
    verdict = (
        f"[red]Missing: {escape(', '.join(lacking))}.[/] Then look again: seenred doctor"
        if lacking
        else "Ready. Next: [bold]seenred solve problem.txt[/]"
    )
    show([_row(row) for row in rows], verdict)


def _row(one: Capability) -> Row:
    """`sandbox: NAME` is a long name: its second part goes to the detail."""
    name, _, kind = one.name.partition(": ")
    detail = f"{kind}: {one.detail}" if kind else one.detail
    return Row(name, one.present, detail, one.remedy, grave=one.required)
