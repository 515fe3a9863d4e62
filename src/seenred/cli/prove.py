"""`seenred prove`: one claim about the working tree."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from seenred.cli.interruptible import interruptible
from seenred.cli.output import Output
from seenred.cli.progress import Progress
from seenred.cli.proof_view import (
    exit_code,
    explain_proof,
    proof_rows,
    suite_told,
    totals,
    unjudged_row,
)
from seenred.cli.row import harmless, show_rows, show_text
from seenred.cli.workbench import Workbench, open_workbench
from seenred.domain.count import counted
from seenred.domain.proof import Proof
from seenred.errors import UsageError
from seenred.referee.audit.change import SUBMODULE
from seenred.referee.audit.rename_map import rename_map
from seenred.referee.audit.settled import settled
from seenred.referee.kept_red import require_reds, tampered_since
from seenred.referee.named_function import find_function
from seenred.referee.proof.complexity import prove_complexity
from seenred.referee.proof.covered import prove_covered
from seenred.referee.proof.green import prove_green
from seenred.referee.proof.minimal import prove_minimal
from seenred.referee.proof.red import prove_red
from seenred.referee.proof.structural import prove_structural
from seenred.referee.working_change import WorkingChange


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it.

    Attributes:
        header: what was compared with what, on which Python.
        lines: first line of each test that was found by parsing.
    """

    header: str
    proofs: tuple[Proof, ...]
    lines: Mapping[str, int]
    submodules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be judged.

    Attributes:
        doing: what is shown meanwhile.
        asked: tests as a person names them.
        aside: what else is to be told of what was compared.
    """

    doing: str
    claim: Callable[[Workbench], Awaitable[tuple[Proof, ...]]]
    asked: Sequence[str] = ()
    aside: Callable[[WorkingChange], str] = lambda _: ""


def red(asked: str, introduces: frozenset[str], options: Mapping[str, Any]) -> int:
    """Is this new test red for the right reason?

    Args:
        introduces: names that the code to come will define: `withdraw`, `bank:Account.withdraw`.
    """

    async def claim(bench: Workbench) -> tuple[Proof, ...]:
        (test_id,), layout = bench.tests, bench.work.layout
        change, runner, blobs = bench.work.change, bench.referee.recollecting, bench.referee.blobs
        before = await runner.observe(change.base)
        trees = change.laid_over, change.tree
        proof = await prove_red(
            runner, blobs, *trees, test_id, introduced=introduces, before=before, layout=layout
        )
        if proof.reason != "passes-already":
            return (_with_option(proof),)
        return proof, await prove_covered(runner, blobs, change.tree, test_id, layout=layout)

    return _prove(Question(f"red: {asked}", claim, [asked]), options)


def _with_option(proof: Proof) -> Proof:
    if proof.reason != "test-typo":
        return proof
    remedy = "correct the name, or --introduces it, if the code to come will define it"
    return replace(proof, remedy=remedy)


def green(asked: Sequence[str], red_file: Path | None, options: Mapping[str, Any]) -> int:
    """Are these tests green, untampered, and able to fail?"""
    kept = _read_reds(red_file) if red_file else None

    async def claim(bench: Workbench) -> tuple[Proof, ...]:
        referee, work = bench.referee, bench.work
        change, runner, blobs = work.change, referee.recollecting, referee.blobs
        if kept is not None:
            reds = require_reds(kept, bench.tests)
            if refused := tampered_since(reds, change.tree, blobs):
                return (refused,)
        before = await runner.observe(change.base)
        red_tree, tree, parent = change.laid_over, change.tree, change.base
        proof = await prove_green(
            runner, blobs, before, red_tree, tree, bench.tests, parent=parent, layout=work.layout
        )
        if not runner.recalled:
            return (proof,)
        chosen = bool(bench.suite)
        return (await settled(proof, referee.certifier, parent, tree, chosen=chosen),)

    return _prove(Question(f"green: {' '.join(asked)}", claim, asked), options)


def _read_reds(path: Path) -> tuple[Proof, ...]:
    """The proofs of a document.

    Raises:
        UsageError: it cannot be read, or holds an audit.
    """
    from seenred.interop.document import from_json

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(
            "proof-unreadable",
            f"{path} cannot be read; give what `seenred prove red TEST_ID --json` printed.",
        ) from None
    found = from_json(text, str(path))
    return found if isinstance(found, tuple) else ()


def minimal(options: Mapping[str, Any]) -> int:
    """Which added code does no test require?"""

    async def claim(bench: Workbench) -> tuple[Proof, ...]:
        change, referee = bench.work.change, bench.referee
        return (await prove_minimal(referee.runner, referee.blobs, change.base, change.tree),)

    return _prove(Question("which added code no test requires", claim), options)


def structural(renamed: Sequence[str], options: Mapping[str, Any]) -> int:
    """Is the change purely structural, and how strongly is that known?

    Args:
        renamed: `OLD=NEW`; when none is given, what stayed the same but for its name is renamed.
    """
    names = _names(renamed)

    async def claim(bench: Workbench) -> tuple[Proof, ...]:
        referee, work = bench.referee, bench.work
        change = work.change
        known = names or rename_map(change, work.layout)
        base, tree = change.base, change.tree
        return (await prove_structural(referee.runner, referee.blobs, base, tree, known),)

    def aside(work: WorkingChange) -> str:
        seen = {} if names else rename_map(work.change, work.layout)
        told = ", ".join(f"{old} → {new}" for old, new in seen.items())
        return f"taken as renamed: {told}" if told else ""

    return _prove(Question("whether anything behaves otherwise", claim, aside=aside), options)


def complexity(function: str, options: Mapping[str, Any]) -> int:
    """How do the costs of a function grow with its input?"""

    async def claim(bench: Workbench) -> tuple[Proof, ...]:
        referee, tree, against = bench.referee, bench.work.change.tree, options["against"]
        blobs = referee.blobs
        place = find_function(tree, blobs, function)
        return (
            await prove_complexity(
                referee.runner,
                blobs,
                tree,
                place,
                base=referee.history.tree(against) if against else None,
                claim=options["claim"],
                inputs=options["inputs"],
                count=options["count"],
            ),
        )

    return _prove(Question(f"measuring {function}", claim), options)


def _names(renamed: Sequence[str]) -> dict[str, str]:
    """Old names to new ones.

    Raises:
        UsageError: one of them is not `OLD=NEW`, or a name has two new ones.
    """
    names: dict[str, str] = {}
    for pair in renamed:
        old, equals, new = (part.strip() for part in pair.partition("="))
        dotted = all(part.isidentifier() for name in (old, new) for part in name.split("."))
        if not (equals and dotted):
            raise UsageError(
                "rename-unreadable",
                f"--rename {pair!r} is not OLD=NEW; write names such as Cart.add=Cart.put.",
            )
        if names.setdefault(old, new) != new:
            raise UsageError(
                "rename-twice", f"--rename gives {old} two new names: {names[old]} and {new}."
            )
    return names


def _prove(question: Question, options: Mapping[str, Any]) -> int:
    """Judge, print, and return the exit code."""
    output = Output.of(options)
    with Progress(Console(stderr=True)) as progress:
        progress.doing(question.doing)
        judged = interruptible(lambda: _judge(question, options))
        seconds = progress.seconds

    def text(console: Console) -> None:
        show_text(console, Text(harmless(judged.header)))
        rows = [] if output.explain else [r for each in judged.proofs for r in proof_rows(each)]
        if output.explain:
            for proof in judged.proofs:
                explain_proof(console, proof)
        if judged.submodules:
            rows.append(unjudged_row({SUBMODULE: judged.submodules}))
        show_rows(console, rows)
        show_text(console, totals(judged.proofs, seconds, hint=not output.explain))

    output.show(judged.proofs, text, judged.lines)
    return exit_code(judged.proofs)


async def _judge(question: Question, options: Mapping[str, Any]) -> Judged:
    async with open_workbench(options, question.asked) as bench:
        work = bench.work
        proofs = await question.claim(bench)
        files = counted(len(work.change.files), "changed file")
        interpreter = bench.referee.runner.interpreter
        aside = question.aside(work), suite_told(bench.suite)
        told = (interpreter, work.told, files, *aside, "nothing written")
        return Judged(" · ".join(filter(None, told)), proofs, bench.known, work.submodules)
