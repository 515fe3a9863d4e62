"""What a module refuses on purpose it must go on refusing, whatever is fixed."""

from __future__ import annotations

from dataclasses import replace

from seenred.domain.execution import Answer
from seenred.domain.finding import Trial
from seenred.domain.problem import Authority
from seenred.domain.report import Claim
from seenred.domain.variation import varied
from seenred.engine.workflow.desk import Desk
from seenred.referee.suite import SourceSuite, judge_claim

# As many calls as are tried, and as are kept; each is a process of a few hundredths of a second.
TRIED = 60
KEPT = 12


async def guard_refusals(desk: Desk) -> None:
    """Calls like the claimed ones for which the module raises by its own `raise` become tests.

    An exception of a type that a failing test complains of may be the defect and is not kept.
    """
    suite = desk.suite
    if not isinstance(suite, SourceSuite) or not suite.claims:
        return
    claimed = [claim.expression for _, claim, _ in suite.claims]
    each = [varied(expression) for expression in claimed]
    calls = [text for row in _in_turn(each) for text in row if text not in claimed][:TRIED]
    trials = [Trial(expression=text) for text in dict.fromkeys([*claimed, *calls])]
    answers = await desk.answers("0-source/refusals", desk.subject.text, trials)
    told = dict(zip((trial.expression for trial in trials), answers, strict=True))
    suspect = {
        _type(told[claim.expression])
        for _, claim, _ in suite.claims
        if not judge_claim(claim, told[claim.expression])[0]
    }
    kept = [
        (f"as before: {text} raises {kind}", Claim(text, raises=kind), Authority.ORIGINAL)
        for text in dict.fromkeys(calls)
        if told[text].deliberate and (kind := _type(told[text])) not in suspect
    ]
    desk.suite = replace(suite, claims=(*suite.claims, *kept[:KEPT]))


def _type(answer: Answer) -> str:
    return answer.error.split(":")[0].strip()


def _in_turn(rows: list[tuple[str, ...]]) -> list[list[str]]:
    """The first of each row, then the second of each, so that every call gets its share."""
    longest = max(map(len, rows), default=0)
    return [[row[index] for row in rows if index < len(row)] for index in range(longest)]
