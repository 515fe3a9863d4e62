"""Draws code candidates for a step and says what running them showed."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from seenred.agents.code_reply import NoCode, read_code
from seenred.agents.given import Given
from seenred.agents.splice import splice
from seenred.domain.check import SuiteResult
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.event import CandidateJudged
from seenred.domain.execution import Answer, Outcome
from seenred.engine.asking import candidate
from seenred.engine.desk import Desk


@dataclass(frozen=True, slots=True)
class Draft:
    """One candidate and what the tests said.

    Attributes:
        code: the reply's own code; `source` is the whole version that it makes.
    """

    number: int
    code: str
    source: str
    result: SuiteResult


async def draft(
    desk: Desk, step: str, prompt: Prompt, number: int, given: Given, base: str = ""
) -> Draft | None:
    """Candidate `number` of a step, judged by the suite; None when the reply was no use.

    Args:
        base: the module into which the reply's functions are put; empty for a whole solution.
    """
    name = f"{step}/candidate-{number}"

    def read(reply: Reply) -> tuple[str, str] | NoCode:
        code = read_code(reply.text, given.wanted, reply.truncated)
        if isinstance(code, NoCode):
            return code
        source = splice(base, code) if base else code
        return source if isinstance(source, NoCode) else (code, source)

    made = await desk.asker.ask_for(name, candidate(prompt, number), read)
    if isinstance(made, NoCode):
        desk.listener(CandidateJudged(number, False, f"no use: the reply {made.reason}"))
        return None
    code, source = made
    result = await desk.judge(name, source)
    desk.listener(CandidateJudged(number, result.all_pass, result.summary()))
    return Draft(number, code, source, result)


def same_code(one: str, other: str) -> bool:
    """Equal but for comments and layout; such candidates are not independent."""
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))


async def behaviour(desk: Desk, name: str, source: str) -> tuple[str, ...]:
    """What a source does with each generated input, as comparable values."""
    return tuple(_value(a) for a in await desk.answers(name, source, desk.generated))


def differences(desk: Desk, one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The generated inputs on which two behaviours differ, each as a line."""
    return [
        f"{trial.render()}: {a} and {b}"
        for trial, a, b in zip(desk.generated, one, other, strict=True)
        if a != b and "timed out" not in (a, b)
    ]


def _value(answer: Answer) -> str:
    if answer.outcome is Outcome.RETURNED:
        return answer.value.strip()
    if answer.outcome is Outcome.RAISED:
        return f"raises {answer.error.split(':')[0]}"
    return str(answer.outcome)
