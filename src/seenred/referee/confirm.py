"""Confirms a finding by running it: a test fails, and its expectation has an authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from seenred.domain.execution import Answer, Outcome
from seenred.domain.finding import Finding, Trial
from seenred.domain.generation import is_valid_input
from seenred.domain.problem import Authority, Comparison, Problem, ProblemKind
from seenred.domain.report import Claim
from seenred.referee.checking import Ruling
from seenred.referee.suite import OpenAnswer, Suite, describe, judge_claim

# Two that agree: the fewest that can outvote the version under review.
AGREEING = 2

_CRASHES = {Outcome.RAISED, Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY, Outcome.CRASHED}


async def confirm(
    finding: Finding,
    source: str,
    suite: Suite,
    *,
    problem: Problem | None = None,
    peers: Sequence[str] = (),
    vouched: Sequence[tuple[str, str]] = (),
    report: str = "",
) -> Finding:
    """The finding as confirmed, refuted or left a hint.

    Args:
        peers: other candidates, drawn independently, that pass every test of the statement.
        vouched: expressions and results that the user's words state, for a module.
        report: the user's words.
    """
    trial = finding.trial
    if trial is None:
        return finding.hinted("no input was given that can be run")
    if problem is not None and not _allowed(problem, trial):
        return finding.hinted("the input is not one that the problem allows")
    answer = (await suite.answer(source, [trial]))[0]
    if answer.outcome is Outcome.UNLOADABLE:
        return finding.hinted(f"could not be tried: {answer.error}")
    others = [(await suite.answer(peer, [trial]))[0] for peer in peers]
    if answer.outcome in _CRASHES:
        return _crash(finding, answer, others, known_valid=problem is not None)
    if problem is not None and problem.comparison is Comparison.ANY_VALID:
        ruling = (await suite.rulings([OpenAnswer(trial, answer.value)]))[0]
        return _ruled(finding, answer, ruling)
    if trial.expected and in_words(report, trial.expression, trial.expected):
        vouched = [*vouched, (trial.expression, trial.expected)]
    return _value(finding, trial, answer, others, vouched)


def in_words(report: str, expression: str, expected: str) -> bool:
    """Whether a report names this call and, before any other call of it, this result."""
    if not expression or not report:
        return False
    words, call = _words(report), _words(expression)
    function = call.split("(")[0]
    _, found, after = words.partition(call)
    until_next_call = after.split(f"{function}(")[0]
    return bool(found) and _words(expected) in until_next_call


def _words(text: str) -> str:
    return "".join(text.split()).replace('"', "'")


def _allowed(problem: Problem, trial: Trial) -> bool:
    if problem.kind is ProblemKind.STDIO:
        return bool(trial.stdin and trial.stdin.strip())
    return is_valid_input(problem, trial.arguments)


def _crash(
    finding: Finding, answer: Answer, others: Sequence[Answer], known_valid: bool
) -> Finding:
    seen = _seen(finding.trial, answer)
    if answer.deliberate:
        return finding.hinted(f"{seen}, which the code raises on purpose")
    if others and all(other.outcome in _CRASHES for other in others):
        return finding.hinted(f"{seen}, and so do the other candidates: the input may be invalid")
    if not known_valid and answer.error.split(":")[0] in _CALLER_ERRORS:
        return finding.hinted(f"{seen}, which the call itself may have caused")
    agreed = _agreed(others)
    trial = replace(finding.trial, expected=agreed) if finding.trial and agreed else finding.trial
    return replace(finding, trial=trial).confirmed(Authority.CRASH, seen)


# Of a call that a reviewer made up, these say as little about the module as about the call.
_CALLER_ERRORS = {"NameError", "TypeError", "AttributeError", "ModuleNotFoundError"}


def _value(
    finding: Finding,
    trial: Trial,
    answer: Answer,
    others: Sequence[Answer],
    vouched: Sequence[tuple[str, str]],
) -> Finding:
    agreed = _agreed(others)
    if agreed is not None:
        return _against(replace(finding, trial=replace(trial, expected=agreed)), answer, agreed)
    stated = dict(vouched).get(trial.expression)
    if stated is not None:
        trial = replace(trial, expected=stated)
        if _matches(stated, answer):
            return finding.refuted(f"{_seen(trial, answer)}, as stated")
        return replace(finding, trial=trial).confirmed(
            Authority.REPORT, f"{_seen(trial, answer)}, stated: {stated}"
        )
    if trial.expected is not None and _matches(trial.expected, answer):
        return finding.refuted(f"{_seen(trial, answer)}, which is what the review expects")
    return finding.hinted(f"{_seen(trial, answer)}; only the review says that this is wrong")


def _ruled(finding: Finding, answer: Answer, ruling: Ruling) -> Finding:
    """Where several answers are right, neither a review nor other candidates can say which."""
    seen = _seen(finding.trial, answer)
    if ruling.right is None or finding.trial is None:
        return finding.hinted(f"{seen}; several answers can be right and no checker judges them")
    if ruling.right:
        return finding.refuted(f"{seen}, which is right by the checker")
    trial = replace(finding.trial, expected=None)
    why = f" ({ruling.reason})" if ruling.reason else ""
    return replace(finding, trial=trial).confirmed(
        Authority.CHECKER, f"{seen}, which is wrong by the checker{why}"
    )


def _against(finding: Finding, answer: Answer, agreed: str) -> Finding:
    if _matches(agreed, answer):
        return finding.refuted(f"{_seen(finding.trial, answer)}, and so do the other candidates")
    return finding.confirmed(
        Authority.AGREEMENT,
        f"{_seen(finding.trial, answer)}, the other candidates agree on {agreed}",
    )


def _agreed(others: Sequence[Answer]) -> str | None:
    values = Counter(o.value for o in others if o.outcome is Outcome.RETURNED)
    if not values:
        return None
    value, count = values.most_common(1)[0]
    return value if count >= AGREEING and 2 * count > len(others) else None


def _matches(expected: str, answer: Answer) -> bool:
    return judge_claim(Claim("", expected, None, False, ""), answer)[0]


def _seen(trial: Trial | None, answer: Answer) -> str:
    return f"input {trial.render() if trial else ''}: {describe(answer)}"
