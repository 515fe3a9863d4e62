"""Has the values that only a model expects of a test told again, apart from it, and counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from seenred.agents.agreed_red import agreed_test
from seenred.agents.red_value import Blank, blank, read_value, value_prompt, with_value
from seenred.agents.red_writer import RedRequest, WrittenTest
from seenred.agents.vouched import keep_only
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import ValueOrigin, value_origins

MOST = 2  # replies for the value; the test's own is one vote more


async def voted(
    ask: Callable[[Prompt], Awaitable[Reply]],
    request: RedRequest,
    written: WrittenTest,
    most: int = MOST,
) -> WrittenTest | None:
    """The test with the one value that two votes agree on before others do; None without such.

    Args:
        ask: sends a prompt to the model.
        most: replies for each value.
    """
    lines = [each.line for each in written.origins if not each.is_vouched and each.row is None]
    # from the last one on: what a test is about mostly stands at its end
    for line in dict.fromkeys(reversed(lines)):
        only = keep_only(written.source, {line})
        asked = blank(only)
        if asked is not None:
            votes = [replace(written, source=only, origins=_open(only))]
            return await _counted(ask, request, votes, asked, most)
    return None


async def _counted(
    ask: Callable[[Prompt], Awaitable[Reply]],
    request: RedRequest,
    votes: list[WrittenTest],
    asked: Blank,
    most: int,
) -> WrittenTest | None:
    for number in range(1, most + 1):
        told = read_value(await ask(value_prompt(request, asked, seed=number)))
        if told is not None:
            votes.append(with_value(votes[0], asked, told))
        if (found := agreed_test(votes)) is not None:
            # others of one mind show that the test's value is in doubt, not that theirs is right
            return found if found.source == votes[0].source else None
    return None


def _open(source: str) -> tuple[ValueOrigin, ...]:
    """The values of a test as nobody's but the model's."""
    return value_origins(source, PlanItem(""))
