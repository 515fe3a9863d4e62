"""A checker, asked for before there is any solution: is this answer right by the statement?"""

from __future__ import annotations

import re

from seenred.agents.code_reply import NoCode, read_code
from seenred.agents.given import Given, conversation
from seenred.domain.checker import (
    ANSWER,
    EXPECTED,
    NAME,
    Checker,
    compares_with_one_answer,
    parameter_names,
    read_checker,
)
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.problem import Problem, ProblemKind

# Tokens of a reply; checkers of the embedded model take 60 to 200.
MAX_TOKENS = 320

_BEST = re.compile(
    r"\b(?:longest|shortest|largest|smallest|biggest|greatest|fewest|cheapest|earliest|latest"
    r"|highest|lowest|maxim\w+|minim\w+|optim\w+|best|(?<!at )(?:most|least))\b",
    re.IGNORECASE,
)

_LONGEST = re.compile(
    r"\b(?:return|print|find|output|give|determine|compute|choose|pick|build|construct|report)\w*"
    r"\b[^.]{0,80}\b(?:longest|shortest)\b",
    re.IGNORECASE,
)


def wants_the_best(problem: Problem) -> bool:
    """Whether the statement speaks of a best answer, so that answers have a size or a score."""
    limits = set(problem.constraints)
    lines = [line for line in problem.text.splitlines() if line.strip(" -*`") not in limits]
    return any(_BEST.search(line) for line in lines)


def wants_a_length(problem: Problem) -> bool:
    """Whether the longest or the shortest answer is asked for, so that lengths can be compared.

    Where there are weights, what is shortest is another matter.
    """
    weighed = re.search(r"\b(?:weigh|cost|distance|price|fare|toll)", problem.text, re.IGNORECASE)
    return weighed is None and _LONGEST.search(problem.text) is not None


def checker_prompt(given: Given, problem: Problem) -> Prompt:
    """Ask for one checker."""
    best = wants_the_best(problem)
    long = wants_a_length(problem)
    names = [*parameter_names(problem), ANSWER, *([EXPECTED] if best and not long else [])]
    program = problem.kind is ProblemKind.STDIO
    what = "the text that a program printed for the text `stdin`" if program else "not None"
    task = (
        "Do not solve the problem: several answers are right, and somebody else finds one. Write "
        f"the judge `def {NAME}({', '.join(names)}) -> bool:` that tells whether `{ANSWER}`, "
        f"{what}, is right for this input. For each demand that the statement makes on an answer, "
        "and for no other, write one comment and one `if not ...: return False` about `answer`; "
        "end with `return True`."
    )
    if long:
        task += " Its length is compared elsewhere: do not judge whether it is the longest."
    elif best:
        task += (
            f" `{EXPECTED}` is one right answer of several: use only its length, size or score, "
            f"never `{ANSWER} == {EXPECTED}`."
        )
    task += " Reply with one complete ```python block, nothing else."
    return Prompt(conversation(given, task), max_tokens=MAX_TOKENS)


def parse_checker(reply: Reply, problem: Problem) -> Checker | NoCode:
    """The checker of a reply, or why it cannot be used."""
    code = read_code(reply.text, NAME, reply.truncated)
    if isinstance(code, NoCode):
        return code
    checker = read_checker(code, problem)
    if isinstance(checker, str):
        return NoCode(f"holds a checker that {checker}")
    if compares_with_one_answer(code):
        return NoCode(f"compares `{ANSWER}` with one other answer, where several are right")
    return checker
