"""Has code written until the test is green, and everything that was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from seenred.agents.code_reply import NoCode
from seenred.agents.code_writer import (
    CodeRequest,
    Refused,
    Way,
    code_prompt,
    gap_round,
    way_of,
)
from seenred.domain.cycle import Evidence, Seen
from seenred.domain.cycle_event import Phase, PhaseProven, ProposalRefused
from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Proof, Verdict
from seenred.engine.asking import candidate
from seenred.engine.cycle.checking import advised, complaints_of_code, reviewed
from seenred.engine.cycle.desk import CycleDesk, GreenCode
from seenred.engine.cycle.difference import patch
from seenred.engine.cycle.evidence import evidence_of
from seenred.engine.cycle.filling import fill_gaps
from seenred.engine.cycle.proposal import Proposal, judge, place, read_reply
from seenred.engine.cycle.refusing import refusal
from seenred.referee.proof.placed_test import function_id, source_of_test


async def write_code(desk: CycleDesk, tries: int) -> Evidence:
    """One proposal for the code, judged."""
    number = tries + 1
    made = await _propose(desk, number)
    if isinstance(made, NoCode):
        return _refused(desk, number, Refused("", f"the reply {made.reason}"))
    seen, proof = await judge(desk, made.tree)
    if proof.verdict is not Verdict.PROVEN:
        refused = _why_refused(desk, made, seen, proof)
        return _refused(desk, number, refused, proof.decisive or proof.reason)
    if complaints := await complaints_of_code(desk, made.tree):
        told = "\n".join(complaints)
        return _refused(desk, number, Refused(_code(desk, made), told), complaints[0])
    if objections := await reviewed(desk, made.tree, made.texts, proof):
        told = "\n".join(objections)
        return _refused(desk, number, Refused(_code(desk, made), told), objections[0])
    _accept(desk, made, proof)
    return Evidence(Seen.GREEN)


async def _propose(desk: CycleDesk, number: int) -> Proposal | NoCode:
    most = desk.command.policy.codes
    request = replace(_request(desk), advice=await advised(desk))
    way = way_of(number, request, fills_gaps=desk.asker.fills_gaps)
    if way is Way.GAPS:
        return await fill_gaps(desk, request, gap_round(desk.sample(number, most)))
    first = way is Way.UNSEEN and not desk.dropped
    sample = desk.sample(number, most)
    prompt = candidate(code_prompt(request, way), sample, first, request.repeats)

    texts = await desk.asker.ask_for(desk.step("code"), prompt, lambda r: read_reply(desk, r))
    return texts if isinstance(texts, NoCode) else await place(desk, texts)


def _request(desk: CycleDesk) -> CodeRequest:
    located, red = desk.located, desk.red
    path = located.production[0]
    return CodeRequest(
        item=desk.item.text,
        path=path,
        code=located.code,
        test="\n\n".join([red.source, *_beside(desk)]),
        failure=red.proof.decisive,
        earlier=tuple(_earlier(desk)),
        neighbours=located.neighbours,
        refused=tuple(desk.refusals),
        about=desk.plan.about,
    )


def _beside(desk: CycleDesk) -> Iterator[str]:
    """Sources of the further tests that must become green."""
    for test_id in desk.beside:
        yield source_of_test(lambda path: desk.court.text(desk.red.tree, path), test_id) or ""


def _earlier(desk: CycleDesk) -> Iterator[str]:
    """Tests of the same file that pass, in their order."""
    told: set[str] = set()
    for test in desk.baseline.tests:
        beside = test.test_id.startswith(f"{desk.red.path}::")
        function = function_id(test.test_id)
        if test.outcome is Outcome.PASSED and beside and function not in told:
            told.add(function)
            yield source_of_test(lambda path: desk.court.text(desk.base, path), function) or ""


def _why_refused(desk: CycleDesk, made: Proposal, seen: Observation, proof: Proof) -> Refused:
    """By the tests that fail; where none does, by what the referee holds against the code."""

    def read(path: str) -> str:
        return desk.court.text(made.tree, path)

    told = refusal(_code(desk, made), seen, read, desk.red.test_id)
    if told.broken:
        return told
    return replace(told, why=evidence_of(proof, desk.court.blobs, made.tree))


def _code(desk: CycleDesk, made: Proposal) -> str:
    return made.texts.get(desk.located.production[0], "")


def _refused(desk: CycleDesk, number: int, refused: Refused, decisive: str = "") -> Evidence:
    desk.refusals.append(refused)
    why = decisive or refused.why
    desk.listener(ProposalRefused(Phase.GREEN, number, why))
    return Evidence(Seen.REFUSED, why)


def _accept(desk: CycleDesk, made: Proposal, proof: Proof) -> None:
    told = tuple(notice.beside(proof.subject) for notice in proof.notices)
    desk.code = GreenCode(made.tree, proof, told, proof.suggested)
    before, where = desk.red.tree, next(iter(made.texts))
    code = patch({path: (desk.court.text(before, path), t) for path, t in made.texts.items()})
    desk.tell(PhaseProven(Phase.GREEN, proof, where, code, told, proof.seconds))
