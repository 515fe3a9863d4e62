"""`seenred models list`, `pull`, `try`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from seenred.bootstrap.application import Application
from seenred.bootstrap.cache import model_cache
from seenred.cli.checklist import Row, show
from seenred.cli.session import settings_from, watched
from seenred.domain.conversation import Message, Prompt, Reply, Speaker
from seenred.errors import ExitCode
from seenred.infrastructure.models.catalog import known
from seenred.infrastructure.models.pull import pull
from seenred.infrastructure.models.registry import ModelInfo, describe_models


def list_models(as_json: bool) -> int:
    """Every way to a model here and what is missing where there is none."""
    settings = settings_from({})
    rows = describe_models(
        cache=model_cache(settings), model_path=settings.model.path, environment=os.environ
    )
    if as_json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return ExitCode.YES
    usable = next((row.name for row in rows if row.available), "")
    next_step = f"seenred models try {usable}" if usable else "seenred models pull local"
    show([_row(row) for row in rows], f"Next: [bold]{escape(next_step)}[/]")
    return ExitCode.YES


def _row(model: ModelInfo) -> Row:
    """Its own name and what every remedy says are left out of the clauses."""
    reason = model.reason.removeprefix(f"{model.name} ")
    remedy = model.remedy.replace("set the environment variable", "set").removeprefix("run ")
    return Row(model.name, model.available, reason, remedy.replace("`", ""))


def pull_model(name: str) -> int:
    """Fetch a local model with a progress bar on stderr."""
    settings = settings_from({})
    model = known(name)
    cache = model_cache(settings)
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=console,
    ) as bar:
        task = bar.add_task(model.full_name, total=model.size)

        def shown(done: int, total: int, source: str) -> None:
            text = f"{model.full_name} from {source}"
            bar.update(task, completed=done, total=total, description=text)

        path = pull(model, cache, given=settings.model.path, progress=shown)
        bar.update(task, completed=model.size)
    Console(highlight=False, soft_wrap=True).print(f"[green]✓[/] {escape(str(path))}")
    return ExitCode.YES


def try_model(name: str | None, question: str, as_json: bool) -> int:
    """Ask one question and show the answer with its speed."""
    settings = settings_from({"model": name})
    prompt = Prompt(
        (Message(Speaker.USER, question),), max_tokens=300, reasoning=settings.model.reasoning
    )

    async def ask(application: Application) -> Reply:
        model = application.model()
        try:
            return await model.complete(prompt)
        finally:
            await model.close()

    reply = watched(settings, ask)
    if as_json:
        print(json.dumps(asdict(reply), indent=2, ensure_ascii=False))
        return ExitCode.YES
    print(reply.text)
    speed = reply.reply_tokens / reply.seconds if reply.seconds else 0.0
    Console(stderr=True, highlight=False).print(
        f"[dim]{reply.model} · {reply.reply_tokens} tokens in {reply.seconds:.1f} s · "
        f"{speed:.1f} tokens/s[/]"
    )
    return ExitCode.YES
