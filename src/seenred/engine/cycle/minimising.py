"""Looks at a green for code that no test requires."""

from __future__ import annotations

from dataclasses import replace

from seenred.agents.code_writer import Refused
from seenred.domain.cycle import Evidence, Minimality, Seen
from seenred.domain.cycle_event import Phase, PhaseProven
from seenred.domain.proof import Detail, Proof
from seenred.engine.cycle.desk import CycleDesk
from seenred.referee.proof.minimal import prove_minimal
from seenred.referee.proof.shrink import shrink


async def minimise(desk: CycleDesk) -> Evidence:
    """Report it, cut it out, or send it back, as the policy has it."""
    mode = desk.command.policy.minimality
    if mode is Minimality.SHRINK:
        await _shrink(desk)
    proof = await _prove(desk)
    if mode is Minimality.STRICT and proof.unneeded:
        shown = "; ".join(_told(detail) for detail in proof.unneeded[:3])
        why = f"no test requires this, leave it out: {shown}"
        code = desk.court.text(desk.green.tree, desk.located.production[0])
        desk.refusals.append(Refused(code, why))
        return Evidence(Seen.UNNEEDED, f"no test needs {_told(proof.unneeded[0])}")
    desk.discovered += [d.what for d in proof.details if d.kind == "suggested-test"]
    told = tuple(f"{_told(detail)}  ← kept" for detail in proof.unneeded)
    desk.tell(PhaseProven(Phase.MINIMAL, proof, told=told, seconds=proof.seconds))
    return Evidence(Seen.DONE)


async def _prove(desk: CycleDesk) -> Proof:
    court = desk.court
    strict = desk.command.policy.minimality is Minimality.STRICT
    return await desk.steps.run(
        desk.step("minimal"),
        lambda: prove_minimal(
            court.runner, court.blobs, desk.red.tree, desk.green.tree, strict=strict
        ),
    )


async def _shrink(desk: CycleDesk) -> None:
    court, green = desk.court, desk.green
    shrunk = await desk.steps.run(
        desk.step("shrink"),
        lambda: shrink(court.runner, court.blobs, desk.red.tree, green.tree),
    )
    if shrunk.removed:
        gone = tuple(f"cut out, no test executes it: {_told(each)}" for each in shrunk.removed)
        desk.code = replace(green, tree=shrunk.tree, told=(*green.told, *gone))


def _told(detail: Detail) -> str:
    return f"{detail.where} {detail.what}".strip()
