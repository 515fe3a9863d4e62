"""`seenred why FILE:LINE`: the test that requires a line, its red, its commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from seenred.bootstrap.referee import Referee, Surroundings, open_referee
from seenred.cli.interruptible import interruptible
from seenred.cli.output import Output
from seenred.cli.place import working_folder
from seenred.cli.progress import Progress
from seenred.cli.proof_view import MARKS, exit_code, explain_proof
from seenred.cli.row import COLOURS, harmless, show_text
from seenred.domain.proof import Proof, Verdict
from seenred.infrastructure.history.git_blame import blame_line
from seenred.referee.line import read_place, statement_at
from seenred.referee.why import Origin, Why, prove_red_then, prove_required

# cells of the column that names a part of the answer
_LABEL = 8


def why(place: str, options: Mapping[str, Any]) -> int:
    """Answer, and return the exit code."""
    output = Output.of(options)
    path, line = read_place(place)
    with Progress(Console(stderr=True)) as progress:
        progress.doing(f"which test requires {place}")
        found = interruptible(lambda: _found(path, line, options))
    proofs = (found.required, *([found.red] if found.red else []))
    output.show(proofs, lambda console: _show(console, found, output.explain), {})
    return exit_code((found.required,))


async def _found(path: str, line: int, options: Mapping[str, Any]) -> Why:
    around = Surroundings(options["python"], options["allow_loopback"], options["no_sandbox"])
    folder = working_folder()
    async with open_referee(folder, around) as referee:
        return await _why(referee, _from_root(folder, referee.history.root, path), line)


def _from_root(folder: Path, root: Path, path: str) -> str:
    """The path as the repository has it, from where it was typed."""
    full = (folder / path).resolve()
    return full.relative_to(root.resolve()).as_posix() if full.is_relative_to(root) else path


async def _why(referee: Referee, path: str, line: int) -> Why:
    tree = referee.history.working_tree()
    mutant = statement_at(tree, referee.blobs, path, line)
    blame = blame_line(referee.history, path, line)
    origin = Origin.of(referee.history, referee.blobs, blame.commit) if blame.commit else None
    runner, came_along = referee.runner, origin.tests if origin else frozenset()
    required = await prove_required(runner, tree, mutant, came_along)
    red = None
    if origin and required.verdict is Verdict.PROVEN:
        red = await prove_red_then(runner, referee.blobs, origin, required)
    return Why(mutant, required, red, blame)


def _show(console: Console, found: Why, explain: bool) -> None:
    mutant = found.mutant
    show_text(console, Text(harmless(f"{mutant.where}  {mutant.code}"), style="bold"))
    for label, verdict, text in _parts(found):
        mark = MARKS[verdict]
        prefix = Text.assemble((f"{mark} ", COLOURS[mark]), (f"{label:<{_LABEL}}", "dim"))
        show_text(console, Text(harmless(text)), prefix)
    if explain:
        for proof in (found.required, found.red):
            if proof is not None:
                explain_proof(console, proof)


def _parts(found: Why) -> Iterator[tuple[str, Verdict, str]]:
    required = found.required
    yield "test", required.verdict, _required(required)
    blame = found.blame
    if found.red is not None:
        yield "red", found.red.verdict, _red(found.red)
    elif blame.commit and required.verdict is Verdict.PROVEN:
        yield "red", Verdict.NOT_APPLICABLE, "no test that requires it came with that commit"
    if not blame.commit:
        yield "commit", Verdict.NOT_APPLICABLE, "not committed yet"
        return
    told = f"{blame.commit[:7]} {blame.subject} · {blame.author} · {blame.date}"
    yield "commit", Verdict.NOT_APPLICABLE, told


def _required(required: Proof) -> str:
    if required.verdict is not Verdict.PROVEN:
        return f"{required.decisive}  → {required.remedy}"
    others = int(required.values["tests"] or 0) - 1
    more = f" (and {others} more)" if others else ""
    return f"{required.decisive}{more}"


def _red(red: Proof) -> str:
    if red.verdict is Verdict.PROVEN:
        return f"{red.subject} before that commit: {red.decisive}"
    return f"{red.subject} was not red before that commit: {red.decisive}"
