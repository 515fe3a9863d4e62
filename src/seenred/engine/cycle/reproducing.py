"""Shows a defect twice: as its user sees it, and by the smallest test that shows it."""

from __future__ import annotations

import re
from dataclasses import replace

from seenred.agents.code_reply import NoCode
from seenred.agents.red.writer import RedRequest, WrittenTest, read_red, red_prompt
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.cycle import Evidence, Seen
from seenred.domain.cycle_event import Phase, PhaseProven
from seenred.domain.event import Noted
from seenred.domain.plan import PlanItem
from seenred.domain.proof import Proof, Verdict
from seenred.domain.provenance import value_origins
from seenred.domain.smallest_test import is_smallest, size_of
from seenred.engine.cycle.desk import Aim, CycleDesk, RedTest
from seenred.engine.cycle.linting import smell_complaints
from seenred.engine.cycle.location.location import Location
from seenred.engine.cycle.location.ranking import Frame
from seenred.engine.cycle.red import prove, write_test
from seenred.engine.cycle.siting import located_by
from seenred.engine.cycle.voting import voted

_FRAME = re.compile(r"(?P<path>.+):(?P<line>\d+) in (?:.*\.)?(?P<function>\w+)$")


async def reproduce(desk: CycleDesk, tries: int) -> Evidence:
    """One proposal for the test; once that shows a defect, the smallest one beside it."""
    evidence = await write_test(desk, tries)
    if evidence.seen is Seen.RED and desk.aim is Aim.DEFECT:
        await _show_smallest(desk)
    return evidence


async def _show_smallest(desk: CycleDesk) -> None:
    """Where none is found, one test has to do, and that is told."""
    frame, function = _failing(desk, desk.red.proof)
    if frame is not None:
        # where it fails is better known than where a report's words pointed to
        desk.seen_at, desk.location = desk.tested, await located_by(desk, [frame])
    if is_smallest(desk.red.source, function):
        desk.listener(Noted("The reproduction is the smallest test of it."))
        return
    smaller = await _smaller(desk, function)
    if isinstance(smaller, str):
        desk.listener(Noted(f"Going on with the reproduction alone: {smaller}."))
        return
    desk.beside, desk.test = (smaller.test_id,), replace(desk.red, tree=smaller.tree)
    proof = smaller.proof
    desk.tell(
        PhaseProven(Phase.RED, proof, smaller.test_id, smaller.source, smaller.told, proof.seconds)
    )


def _failing(desk: CycleDesk, proof: Proof) -> tuple[Frame | None, str]:
    """Where the code broke, and in what function; nowhere when only the test says that it did."""
    found = _FRAME.match(str(proof.values.get("frame", "")))
    if found is None or found["path"] == desk.red.path or found["path"] not in desk.base.files:
        return None, ""
    return Frame(found["path"], int(found["line"])), found["function"]


async def _smaller(desk: CycleDesk, function: str) -> RedTest | str:
    """A smaller test that is red for the right reason beside the first; why there is none."""
    request = _request(desk, function)
    reply = await desk.asker.ask(desk.step("smaller"), red_prompt(request))
    written = read_red(reply, request)
    if isinstance(written, NoCode):
        return f"the reply with a smaller test {written.reason}"
    if size_of(written.source) >= size_of(desk.red.source):
        return "the smaller test is not smaller"
    vouched = await _vouched(desk, request, written)
    if vouched is None:
        return "nobody vouches for what the smaller test expects"
    test = await prove(desk, vouched, desk.red.tree)
    if smell_complaints(desk.court.blobs, test.tree, (test.test_id,), desk.command.protocol):
        return "the smaller test knows how the code is made"
    if test.proof.verdict is not Verdict.PROVEN:
        return f"the smaller test is not red for the right reason, {test.proof.decisive}"
    return test


async def _vouched(
    desk: CycleDesk, request: RedRequest, written: WrittenTest
) -> WrittenTest | None:
    async def ask(prompt: Prompt) -> Reply:
        return await desk.asker.ask(desk.step("value"), prompt)

    origins = value_origins(written.source, desk.item, desk.plan.title)
    said = replace(written, origins=origins)
    return said if said.is_vouched else await voted(ask, request, said)


def _request(desk: CycleDesk, function: str) -> RedRequest:
    """What the report says is background here: the inputs of a smaller test are others."""
    subject = function or _subject(desk.located)
    called = f"one call of `{subject}`" if subject else "one call"
    return RedRequest(
        item=PlanItem(f"the defect is shown by {called} in a single assertion"),
        module=desk.located.module,
        code=desk.located.code,
        tests=desk.court.text(desk.red.tree, desk.tested.test_file),
        names=desk.located.names,
        name=f"{desk.red.test_id.rpartition('::')[2]}_in_{subject or 'one_call'}".lower(),
        title=f"{desk.item.text}\n{desk.item.details}",
    )


def _subject(located: Location) -> str:
    return located.symbols[0].symbol.own_name if located.symbols else ""
