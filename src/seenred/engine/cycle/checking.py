"""Has the project's own checks look at a proposal that the referee has let pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from seenred.agents.change_reviewer import Moment, ReviewRequest
from seenred.domain.complaint import Complaint
from seenred.domain.event import Noted
from seenred.domain.proof import Proof
from seenred.domain.tree import Tree
from seenred.engine.cycle.desk import CycleDesk
from seenred.engine.cycle.difference import changed_lines
from seenred.engine.cycle.linting import house_complaints


async def complaints_of(desk: CycleDesk, tree: Tree) -> tuple[str, ...]:
    """What the change from the base to `tree` brings that a check holds against it."""
    return tuple(str(complaint) for complaint in await _found(desk, tree))


async def complaints_of_code(desk: CycleDesk, tree: Tree) -> tuple[str, ...]:
    """The same of code for a red test: what was held against the test before it is only told.

    The code cannot answer it, and whatever comes next would be refused for it.
    """
    found = await _found(desk, tree)
    if not any(each.path == desk.red.path for each in found):
        return tuple(map(str, found))
    earlier = {_held(each) for each in await _found(desk, desk.red.tree)}
    of_test = [c for c in found if c.path == desk.red.path and _held(c) in earlier]
    _note(desk, [f"{each}; left as it is" for each in of_test])
    return tuple(str(complaint) for complaint in found if complaint not in of_test)


async def _found(desk: CycleDesk, tree: Tree) -> tuple[Complaint, ...]:
    before = desk.accepted
    report = await desk.steps.run(desk.step("checks"), lambda: desk.checks.run(before, tree))
    _note(desk, report.not_run)
    house = house_complaints(desk.court.blobs, before, tree, desk.command.protocol)
    return (*report.complaints, *house)


def _held(complaint: Complaint) -> tuple[str, str, str]:
    return complaint.check, complaint.path, complaint.what


def _note(desk: CycleDesk, warnings: Iterable[str]) -> None:
    """Tell each once in a cycle."""
    for warning in warnings:
        if warning not in desk.told:
            desk.told.add(warning)
            desk.listener(Noted(warning, warning=True))


async def reviewed(
    desk: CycleDesk, tree: Tree, texts: Mapping[str, str], proof: Proof
) -> tuple[str, ...]:
    """What a reviewer wants answered before the change goes on."""
    before = desk.red.tree
    diff = "\n".join(
        line
        for path in texts
        for line in changed_lines(desk.court.text(before, path), desk.court.text(tree, path))
    )
    request = ReviewRequest(
        Moment.AFTER,
        desk.item.text,
        plan=", ".join(desk.located.production),
        code=desk.located.code,
        test=desk.red.source,
        diff=diff,
        proven=(f"red: {desk.red.proof.decisive}", f"green: {proof.decisive}"),
        earlier=desk.reviews.earlier(Moment.AFTER),
    )
    proofs = (desk.red.proof, proof)
    return await desk.reviews.objections(desk.step("review"), request, proofs)


async def advised(desk: CycleDesk) -> tuple[str, ...]:
    """What a reviewer says of where the change goes, before it is written; the author hears it.

    Nothing waits for its agreement: the place follows from the item, and another one would too.
    """
    located = desk.located
    names = ", ".join(found.symbol.name for found in located.symbols)
    request = ReviewRequest(
        Moment.BEFORE,
        desk.item.text,
        plan="\n".join(part for part in (", ".join(located.production), names) if part),
        code=located.code,
        test=desk.red.source,
        proven=(f"red: {desk.red.proof.decisive}",),
    )
    if not desk.reviews.had[Moment.BEFORE]:
        await desk.reviews.objections(desk.step("review"), request, (desk.red.proof,))
    return desk.reviews.earlier(Moment.BEFORE)
