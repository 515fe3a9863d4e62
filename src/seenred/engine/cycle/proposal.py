"""Code of a reply in its place, and what the referee says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from seenred.agents.code_reply import NoCode
from seenred.agents.shadowed_method import with_callable_methods
from seenred.domain.conversation import Reply
from seenred.domain.observation import Observation
from seenred.domain.proof import Proof
from seenred.domain.tree import Tree
from seenred.engine.cycle.desk import CycleDesk
from seenred.engine.cycle.editing import read_texts
from seenred.referee.audit.settled import settled
from seenred.referee.proof.green import prove_green


@dataclass(frozen=True, slots=True)
class Proposal:
    """Code of a reply, in its place: path to the whole new file, and the tree with it."""

    texts: Mapping[str, str]
    tree: Tree


def read_reply(desk: CycleDesk, reply: Reply) -> dict[str, str] | NoCode:
    """The files that a reply changes."""
    located, red = desk.located, desk.red
    texts = read_texts(
        desk.court,
        red.tree,
        reply,
        located.production,
        owner=located.owner,
        wanted=red.introduced,
    )
    if isinstance(texts, NoCode):
        return texts
    return {path: with_callable_methods(text, red.source) for path, text in texts.items()}


async def place(desk: CycleDesk, texts: Mapping[str, str]) -> Proposal:
    """The tree with these files, formatted as the project does it."""
    tree = desk.court.changed(desk.red.tree, texts)
    tree = await desk.checks.formatted(desk.red.tree, tree, tuple(texts))
    return Proposal({path: desk.court.text(tree, path) for path in texts}, tree)


async def judge(desk: CycleDesk, tree: Tree) -> tuple[Observation, Proof]:
    """What its tests do, and whether they are green for it."""
    court, red = desk.court, desk.red

    async def look() -> tuple[Observation, Proof]:
        seen = await court.recollecting.observe(tree)
        proof = await prove_green(
            court.recollecting,
            court.blobs,
            desk.baseline,
            red.tree,
            tree,
            [red.test_id, *desk.beside],
            observation=seen,
            parent=desk.base,
            driving=True,
        )
        # what prepared processes have seen is not final
        return seen, await settled(proof, court.certifier, desk.base, tree)

    return await desk.steps.run(desk.step("green"), look)
