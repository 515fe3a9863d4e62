"""Draws code candidates for a step and says what running them showed."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seenred.agents.code_reply import NoCode, read_code
from seenred.agents.copied_argument import with_copied_arguments
from seenred.agents.edit.splice import splice
from seenred.agents.excerpt import elided
from seenred.agents.given import Given
from seenred.agents.missing_imports import with_missing_imports
from seenred.agents.program import read_program
from seenred.agents.solution_fixer import fix_prompt
from seenred.domain.check import SuiteResult
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.event import CandidateJudged
from seenred.domain.execution import Answer, Outcome
from seenred.domain.problem import ProblemKind
from seenred.engine.asking import candidate
from seenred.engine.workflow.desk import Desk
from seenred.referee.checking import Ruling
from seenred.referee.suite import OpenAnswer


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
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one candidate of a step is asked for.

    Attributes:
        number: of the candidate within its step, from 1.
        base: the module into which the reply's functions are put; empty for a whole solution.
        failed: a candidate to be repaired with its counterexample instead of a fresh one.
        first: nobody asked in this way before, so the likeliest reply is wanted.
        repeats: how many replies of the step so far only repeated another one.
    """

    number: int
    given: Given
    prompt: Prompt
    base: str = ""
    failed: Draft | None = None
    first: bool = False
    repeats: int = 0

    @property
    def asked(self) -> Prompt:
        """The prompt, with its sampling."""
        prompt = fix_prompt(_with_failure(self.given, self.failed)) if self.failed else self.prompt
        return candidate(prompt, self.number, self.first, self.repeats)

    def read(self, reply: Reply) -> tuple[str, str] | NoCode:
        """The code of a reply, and the whole version that it makes."""
        given = self.given
        code = (
            read_program(reply.text, reply.truncated)
            if given.kind is ProblemKind.STDIO
            else read_code(reply.text, given.wanted, reply.truncated)
        )
        if isinstance(code, NoCode):
            return code
        code = with_missing_imports(code)
        if not self.base:
            return code, code
        unseen = elided(given.inputs.get("version", "")) - {given.wanted}
        source = splice(self.base, code, unseen)
        return source if isinstance(source, NoCode) else (code, source)


async def draft(desk: Desk, step: str, attempt: Attempt) -> Draft | None:
    """One candidate of a step, judged by the suite; None when the reply was no use."""
    number = attempt.number
    name = f"{step}/candidate-{number}"
    made = await desk.asker.ask_for(name, attempt.asked, attempt.read)
    if isinstance(made, NoCode):
        desk.listener(CandidateJudged(number, False, f"no use: the reply {made.reason}"))
        return None
    code, source = made
    result = await desk.judge(name, source)
    if result.only_arguments_changed and not attempt.base and attempt.given.wanted:
        code = source = with_copied_arguments(code, attempt.given.wanted)
        result = await desk.judge(f"{name}/copied", source)
    desk.listener(CandidateJudged(number, result.all_pass, result.summary()))
    return Draft(number, code, source, result, attempt.failed is not None)


def to_repair(drafts: Sequence[Draft]) -> Draft | None:
    """The best failing draft, when the last one was fresh and failed; else draw afresh."""
    failing = [d for d in drafts if not d.result.all_pass]
    if not failing or drafts[-1].repaired:
        return None
    return max(failing, key=lambda d: d.result.passed)


def _with_failure(given: Given, failed: Draft) -> Given:
    """The failed code as the current one, and its failures as what is to be fixed.

    As a conversation ("you wrote", "running it showed") none of 3 replies of the embedded model
    was better than the code that it had written; asked in this way, 4 of 7 were, 2 of them right.
    """
    kept = {name: text for name, text in given.inputs.items() if name in ("problem", "report")}
    shown = {**kept, "version": failed.code, "fix_plan": shown_failures(failed.result)}
    return replace(given, inputs=shown, focus="")


def shown_failures(result: SuiteResult) -> str:
    """The failing tests in a form that a model can use."""
    shown = [f"{r.shown_by}: {r.detail}" for r in result.failures[:2]]
    return "; ".join(shown) or result.error


def same_code(one: str, other: str) -> bool:
    """Equal but for comments and layout; such candidates are not independent."""
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))


async def behaviour(desk: Desk, name: str, source: str) -> tuple[str, ...]:
    """What a source does with each generated input, as comparable values."""
    return tuple(_value(a) for a in await desk.answers(name, source, desk.generated))


async def differences(desk: Desk, name: str, one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The generated inputs on which two behaviours differ, each as a line.

    Where several answers are right, another one that the checkers accept is no difference.
    """
    differing = [
        OpenAnswer(trial, b, a)
        for trial, a, b in zip(desk.generated, one, other, strict=True)
        if a != b and "timed out" not in (a, b)
    ]
    rulings = await desk.perform(
        f"{name}/rulings", lambda: desk.suite.rulings(differing), list[Ruling]
    )
    return [
        f"{each.trial.render()}: {each.known} and {each.value}"
        for each, ruling in zip(differing, rulings, strict=True)
        if not ruling.right
    ]


def _value(answer: Answer) -> str:
    if answer.outcome is Outcome.RETURNED:
        return answer.value.strip()
    if answer.outcome is Outcome.RAISED:
        return f"raises {answer.error.split(':')[0]}"
    return str(answer.outcome)
