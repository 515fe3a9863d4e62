"""Has the project's own checks look at a proposal that the referee has let pass."""

from __future__ import annotations

from collections.abc import Mapping

from seenred.agents.change_reviewer import Moment, ReviewRequest
from seenred.domain.event import Noted
from seenred.domain.proof import Proof
from seenred.domain.tree import Tree
from seenred.engine.cycle.desk import CycleDesk
from seenred.engine.cycle.difference import changed_lines
from seenred.engine.cycle.linting import house_complaints


async def complaints_of(desk: CycleDesk, tree: Tree) -> tuple[str, ...]:
    """What the change from the base to `tree` brings that a check holds against it."""
    before = desk.accepted
    report = await desk.steps.run(desk.step("checks"), lambda: desk.checks.run(before, tree))
    for missing in report.not_run:
        if missing not in desk.told:
            desk.told.add(missing)
            desk.listener(Noted(missing, warning=True))
    house = house_complaints(desk.court.blobs, before, tree, desk.command.protocol)
    return tuple(str(complaint) for complaint in (*report.complaints, *house))


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
