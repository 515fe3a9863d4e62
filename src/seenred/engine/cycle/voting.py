"""Lets several replies vote on a value that only a model expects, before there is any solution."""

from __future__ import annotations

from seenred.agents.agreed_red import agreed_test
from seenred.agents.red_value import blank, read_value, value_prompt, with_value
from seenred.agents.red_writer import RedRequest, WrittenTest
from seenred.engine.asking import TEMPERATURE
from seenred.engine.cycle.desk import CycleDesk

# Replies that are asked for the value, and how many of them and the test must expect the same:
# with the test itself a vote of three to one, or of three against it.
VOTES, LEAST = 3, 3


async def voted_test(
    desk: CycleDesk, written: WrittenTest, request: RedRequest
) -> WrittenTest | None:
    """The test with the value that most say; None where they do not agree."""
    asked = blank(written)
    if asked is None:
        return None
    drawn = [written]
    for seed in range(1, VOTES + 1):
        prompt = value_prompt(request, asked, TEMPERATURE, seed)
        reply = await desk.asker.ask(desk.step("value"), prompt)
        if literal := read_value(reply):
            drawn.append(with_value(written, asked, literal))
    return agreed_test(drawn, LEAST)
