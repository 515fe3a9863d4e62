"""Has the values that only a model expects of a test told again, apart from it, and counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from seenred.agents.red.value import Blank, blank, read_value, value_prompt
from seenred.agents.red.vouched import keep_only
from seenred.agents.red.writer import RedRequest, WrittenTest
from seenred.domain.agreed_value import same_expectation
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import Origin, value_origins

MOST = 2  # replies for each value
_VALUES = 3  # of one test that are asked about, the last ones


async def voted(
    ask: Callable[[Prompt], Awaitable[Reply]],
    request: RedRequest,
    written: WrittenTest,
    most: int = MOST,
) -> WrittenTest | None:
    """The test with those values that a vote confirms before two deny them; None without such.

    Args:
        ask: sends a prompt to the model.
        most: replies for each value; the test's own is one vote more.
    """
    lines = [each.line for each in written.origins if not each.is_vouched and each.row is None]
    confirmed: list[int] = []
    # what a test is about mostly stands at its end
    for line in list(dict.fromkeys(reversed(lines)))[:_VALUES]:
        alone = keep_only(written.source, {line})
        asked = blank(alone)
        if asked is not None and await _is_confirmed(ask, request, alone, asked, most):
            confirmed.append(line)
    if not confirmed:
        return None
    source = keep_only(written.source, confirmed)
    origins = [replace(each, origin=Origin.AGREED) for each in value_origins(source, PlanItem(""))]
    return replace(written, source=source, origins=tuple(origins))


async def _is_confirmed(
    ask: Callable[[Prompt], Awaitable[Reply]],
    request: RedRequest,
    alone: str,
    asked: Blank,
    most: int,
) -> bool:
    """Whether one of the replies expects what the test of one assertion does.

    Others of one mind show that its value is in doubt, not that theirs is right.
    """
    others: list[str] = []
    for number in range(1, most + 1):
        told = read_value(await ask(value_prompt(request, asked, seed=number)))
        if told is None:
            continue
        filled = asked.filled(told)
        if same_expectation(filled, alone):
            return True
        if any(same_expectation(filled, other) for other in others):
            return False
        others.append(filled)
    return False
