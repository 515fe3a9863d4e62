"""problem-solver in the green step: only enough code for a red test."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from seenred.agents.given import SYSTEM
from seenred.domain.conversation import Message, Prompt, Speaker

# Of a reply: the longest class of the embedded model's over eight items had 420 tokens.
MAX_TOKENS = 1024
# Of tests that are green already, in tokens of a prompt; what is older is left out.
EARLIER_TOKENS = 1500
# Of one failing test and its failure that a repair shows; more than three confuse a small model.
SHOWN_BROKEN = 3
_CHARACTERS = 4  # of a token of code, about


class Way(StrEnum):
    """How a candidate is asked for.

    FRESH shows the code as it was before the test; REPAIR the refused candidate and what it broke;
    PLAIN asks for the simplest thing; UNSEEN shows tests and no code.
    """

    FRESH = "fresh"
    REPAIR = "repair"
    PLAIN = "plain"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Broken:
    """A test that fails with a candidate: its source, and the decisive line of its failure."""

    test: str
    failure: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that did not stand.

    Attributes:
        code: the located code as the candidate made it; "" when the reply held none.
        why: the proof's decisive line, or what was wrong with the reply.
        broken: tests that fail with it, the one that was to become green among them.
    """

    code: str
    why: str
    broken: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """What a red test asks the code for.

    Attributes:
        item: the plan item's words.
        path: of the file to be changed.
        code: its located part as it is now; "" where the file does not exist.
        test: source of the red test.
        failure: the decisive line of its failure.
        earlier: sources of tests of the same code that pass and must go on to, oldest first.
        neighbours: signatures of other code that may be used.
        refused: candidates that did not stand, oldest first.
    """

    item: str
    path: str
    code: str
    test: str
    failure: str
    earlier: tuple[str, ...] = ()
    neighbours: str = ""
    refused: tuple[Refused, ...] = ()

    @property
    def repeats(self) -> int:
        """How many of the refused candidates only repeat an earlier one."""
        shapes = [shape for each in self.refused if (shape := _shape(each))]
        return len(shapes) - len(set(shapes))


def way_of(number: int, request: CodeRequest) -> Way:
    """How the candidate with this number, from 1, is asked for."""
    ladder = (Way.FRESH, Way.REPAIR, Way.UNSEEN, Way.REPAIR, Way.PLAIN, Way.REPAIR)
    way = ladder[(number - 1) % len(ladder)]
    if way is Way.REPAIR and not _repairable(request):
        return Way.FRESH
    return way


def code_prompt(request: CodeRequest, way: Way = Way.FRESH) -> Prompt:
    """Ask for only enough code to make the red test green."""
    refused = _repairable(request) if way is Way.REPAIR else None
    sections = _repair(request, refused) if refused else _fresh(request, way)
    task = f"# Task\n{_task(request, way)}"
    text = "\n\n".join(each for each in (*sections, task) if each)
    messages = (Message(Speaker.SYSTEM, SYSTEM), Message(Speaker.USER, text))
    return Prompt(messages, max_tokens=MAX_TOKENS)


def _repairable(request: CodeRequest) -> Refused | None:
    """The refused candidate that breaks the fewest tests, of those that nothing repeated.

    A small model that was shown its wrong code and wrote it again does so once more.
    """
    counts = Counter(_shape(each) for each in request.refused)
    once = [each for each in request.refused if each.code and counts[_shape(each)] == 1]
    return min(reversed(once), key=lambda each: len(each.broken) or 1, default=None)


def _shape(refused: Refused) -> str:
    """Its code but for comments and layout; "" where it has none."""
    try:
        return ast.dump(ast.parse(refused.code)) if refused.code else ""
    except (SyntaxError, ValueError):
        return refused.code


def _fresh(request: CodeRequest, way: Way) -> Iterable[str]:
    # what stays from item to item comes first: a local model computes such a prefix once
    yield _tests("Tests that pass already", _newest(request.earlier))
    yield _neighbours(request)
    if request.code and way is not Way.UNSEEN:
        yield f"# `{request.path}` now\n{_fenced(request.code)}"
    yield f"# The new test: {request.item}\n{_fenced(request.test)}"
    if way is not Way.UNSEEN:
        yield f"It fails now: {request.failure}"


def _repair(request: CodeRequest, refused: Refused) -> Iterable[str]:
    broken = refused.broken[:SHOWN_BROKEN]
    shown = {each.test for each in broken}
    yield _tests("Tests that pass", [t for t in _newest(request.earlier) if t not in shown])
    yield _neighbours(request)
    yield f"# `{request.path}`\n{_fenced(refused.code)}"
    if request.test not in shown:
        yield f"# Test that passes: {request.item}\n{_fenced(request.test)}"
    if not broken:
        yield f"It was refused: {refused.why}"
    for each in broken:
        yield f"# A test that fails\n{_fenced(each.test)}\nIt shows: {each.failure}"


def _task(request: CodeRequest, way: Way) -> str:
    name = f"`{request.path}`"
    if way is Way.REPAIR:
        aim = f"Find the mistake in {name} and correct it, so that every test passes."
    elif way is Way.UNSEEN or not request.code:
        absent = "" if request.code else f"{name} does not exist yet. "
        every = "the new test passes" if not request.earlier else "every test above passes"
        aim = f"{absent}Write the whole {name}, so that {every}."
    else:
        kept = " and all tests above still pass" if request.earlier else ""
        aim = f"Change {name} so that the new test passes{kept}."
    enough = (
        "Write the simplest thing that could work."
        if way is Way.PLAIN
        else "Write only enough code for that."
    )
    general = (
        "It must be right for any input of this kind: do not compare with the literal values of "
        "a test."
    )
    return " ".join((aim, enough, general, _form(request, way)))


def _form(request: CodeRequest, way: Way) -> str:
    whole = way is Way.UNSEEN or not request.code
    what = f"the whole `{request.path}`" if whole else "each function or class that changes, whole"
    return f"Reply with one ```python block that holds {what}, without tests, and nothing else."


def _neighbours(request: CodeRequest) -> str:
    return f"# What else is there\n{_fenced(request.neighbours)}" if request.neighbours else ""


def _newest(tests: Sequence[str]) -> list[str]:
    """As many of the last tests as fit."""
    kept: list[str] = []
    left = EARLIER_TOKENS * _CHARACTERS
    for test in reversed(tests):
        left -= len(test)
        if left < 0:
            break
        kept.append(test)
    return kept[::-1]


def _tests(heading: str, tests: Sequence[str]) -> str:
    joined = "\n\n".join(test.strip("\n") for test in tests)
    return f"# {heading}\n{_fenced(joined)}" if tests else ""


def _fenced(code: str) -> str:
    return f"```python\n{code.strip(chr(10))}\n```"
