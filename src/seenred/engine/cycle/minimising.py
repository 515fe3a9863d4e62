"""Looks at a green for code that no test requires."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from seenred.agents.code_writer import Refused
from seenred.domain.cycle import Evidence, Minimality, Seen
from seenred.domain.cycle_event import Phase, PhaseProven, ProposalRefused
from seenred.domain.proof import Detail, Proof
from seenred.engine.cycle.desk import CycleDesk
from seenred.engine.cycle.difference import patch
from seenred.referee.proof.minimal import prove_minimal
from seenred.referee.proof.shrink import Shrunk, shrink


async def minimise(desk: CycleDesk, tries: int) -> Evidence:
    """Report it, cut it out, or send it back, as the policy has it."""
    mode = desk.command.policy.minimality
    shrunk = await _shrink(desk) if mode is Minimality.SHRINK else Shrunk(desk.green.tree, {})
    proof = await _prove(desk)
    if mode is Minimality.STRICT and proof.unneeded:
        return _sent_back(desk, tries, proof.unneeded)
    if proof.unneeded_effects and not desk.command.attended:
        # nobody would see what it does before it is done
        return _sent_back(desk, tries, proof.unneeded_effects)
    desk.code = replace(desk.green, suggested=(*desk.green.suggested, *proof.suggested))
    kept = [f"{_told(detail)}  ← kept" for detail in proof.unneeded]
    gone = [f"cut out, no test executes it: {_told(each)}" for each in shrunk.removed]
    code = _code_left(desk, shrunk.files) if shrunk.removed else ""
    told = (*gone, *kept)
    desk.tell(PhaseProven(Phase.MINIMAL, proof, code=code, told=told, seconds=proof.seconds))
    return Evidence(Seen.DONE)


def _sent_back(desk: CycleDesk, tries: int, unneeded: Sequence[Detail]) -> Evidence:
    """The code was green; it is to be written again without what no test requires."""
    shown = "; ".join(_told(detail) for detail in unneeded[:3])
    code = desk.court.text(desk.green.tree, desk.located.production[0])
    desk.refusals.append(Refused(code, f"no test requires this, leave it out: {shown}"))
    desk.retract(desk.green.proof)
    desk.code = None
    why = _told(unneeded[0])
    desk.listener(ProposalRefused(Phase.GREEN, tries + 1, why))
    return Evidence(Seen.UNNEEDED, why)


async def _prove(desk: CycleDesk) -> Proof:
    court = desk.court
    strict = desk.command.policy.minimality is Minimality.STRICT
    return await desk.steps.run(
        desk.step("minimal"),
        lambda: prove_minimal(
            court.runner, court.blobs, desk.red.tree, desk.green.tree, strict=strict
        ),
    )


async def _shrink(desk: CycleDesk) -> Shrunk:
    court, green = desk.court, desk.green
    shrunk = await desk.steps.run(
        desk.step("shrink"),
        lambda: shrink(court.runner, court.blobs, desk.red.tree, green.tree),
    )
    if shrunk.removed:
        desk.code = replace(green, tree=shrunk.tree)
    return shrunk


def _code_left(desk: CycleDesk, paths: Iterable[str]) -> str:
    """What the change is now, as a diff."""
    court, before, after = desk.court, desk.red.tree, desk.green.tree
    return patch({path: (court.text(before, path), court.text(after, path)) for path in paths})


def _told(detail: Detail) -> str:
    return f"{detail.where} {detail.what}".strip()
