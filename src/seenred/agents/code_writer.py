"""problem-solver in the green step: only enough code for a red test."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
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
    PLAIN asks for the simplest thing; UNSEEN shows tests and no code. GAPS leaves gaps in the code
    for the model to fill, see `gap_writer`.
    """

    FRESH = "fresh"
    REPAIR = "repair"
    PLAIN = "plain"
    UNSEEN = "unseen"
    GAPS = "gaps"


# None of some 20 repairs by the embedded model was right, most repeated the code. Drawn afresh,
# upon code of a person's 5 of 7 were, upon its own 2 of some 20. So a draw comes before a repair,
# at which larger models are good.
_LADDER = (
    *(Way.FRESH, Way.FRESH, Way.REPAIR, Way.PLAIN),
    *(Way.UNSEEN, Way.REPAIR, Way.FRESH, Way.PLAIN),
)
# Of a model that fills gaps: a round of fillings takes about the time of a reply.
_GAP_LADDER = (
    *(Way.FRESH, Way.GAPS, Way.FRESH, Way.GAPS),
    *(Way.UNSEEN, Way.GAPS, Way.REPAIR, Way.PLAIN),
)


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
        advice: what a reviewer said before anything was written.
        about: what the whole plan is about, in its own words. Without it no reply of six made a
            `score()` that an early test had allowed to be 0 count anything; with it three did.
    """

    item: str
    path: str
    code: str
    test: str
    failure: str
    earlier: tuple[str, ...] = ()
    neighbours: str = ""
    refused: tuple[Refused, ...] = ()
    advice: tuple[str, ...] = ()
    about: str = ""

    @property
    def repeats(self) -> int:
        """How many of the refused candidates only repeat an earlier one."""
        shapes = [shape for each in self.refused if (shape := _shape(each))]
        return len(shapes) - len(set(shapes))


def way_of(number: int, request: CodeRequest, *, fills_gaps: bool = False) -> Way:
    """How the candidate with this number, from 1, is asked for."""
    ladder = _GAP_LADDER if fills_gaps and request.code else _LADDER
    way = ladder[(number - 1) % len(ladder)]
    if way is Way.REPAIR and not _repairable(request):
        return Way.FRESH
    return way


def gap_round(number: int) -> int:
    """Which round of fillings, from 1, the candidate with this number is."""
    whole, rest = divmod(number, len(_GAP_LADDER))
    return whole * _GAP_LADDER.count(Way.GAPS) + _GAP_LADDER[:rest].count(Way.GAPS)


def code_prompt(request: CodeRequest, way: Way = Way.FRESH) -> Prompt:
    """Ask for only enough code to make the red test green.

    Asked to "change" the code "so that the new test passes and all tests above still pass", the
    embedded model dropped the old behaviour for the new in each of 3 replies to an item that needs
    both; asked to extend it, and to combine the two, 3 of 4 were right.
    """
    refused = _repairable(request) if way is Way.REPAIR else None
    earlier = newest(request.earlier)
    # what stays from item to item comes first: a local model computes such a prefix once
    sections = [_about(request), _tests(request, earlier), _neighbours(request)]
    if refused:
        sections += _refused_sections(request, refused, earlier)
    elif request.code and way is not Way.UNSEEN:
        sections += [_now(request, request.code), _red(request, earlier)]
    sections.append(_advice(request) if not refused else "")
    if way is Way.FRESH:
        sections.append(_lesson(request, earlier))
    sections.append(f"# Task\n{_task(request, way, len(earlier) + 1)}")
    text = "\n\n".join(each for each in sections if each)
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


def _about(request: CodeRequest) -> str:
    """Told of all that is planned, a small model writes all of it for the first test, and wrong."""
    told = request.about and request.earlier
    return f"# What it is about\n{request.about}" if told else ""


def _tests(request: CodeRequest, earlier: Sequence[str]) -> str:
    joined = "\n\n\n".join(test.strip("\n") for test in (*earlier, request.test))
    return f"# Tests of `{request.path}`\n{_fenced(joined)}"


def _now(request: CodeRequest, code: str) -> str:
    return f"# `{request.path}` now\n{_fenced(code)}"


def _red(request: CodeRequest, earlier: Sequence[str]) -> str:
    which = "All tests pass but the last, which is new" if earlier else "The test is new"
    return f"{which}: {request.item}\nIt fails: {request.failure}"


def _refused_sections(
    request: CodeRequest, refused: Refused, earlier: Sequence[str]
) -> Iterator[str]:
    yield _now(request, refused.code)
    if not refused.broken:
        yield f"It was refused: {refused.why}"
    for each in refused.broken[:SHOWN_BROKEN]:
        yield _failing(request, each, earlier)


def _failing(request: CodeRequest, broken: Broken, earlier: Sequence[str]) -> str:
    """A test that is shown already by its name alone."""
    known = broken.test in (*earlier, request.test) and _name(broken.test)
    which = f"`{known}`" if known else f"This test\n{_fenced(broken.test)}\n"
    return f"{which} fails: {broken.failure}"


def _lesson(request: CodeRequest, earlier: Sequence[str]) -> str:
    """What the latest candidate did wrong, without the candidate."""
    if not request.refused:
        return ""
    latest = request.refused[-1]
    told = [_failing(request, each, earlier) for each in latest.broken[:1]] or [latest.why]
    return f"An earlier attempt was refused: {told[0]}"


def _advice(request: CodeRequest) -> str:
    said = "\n".join(f"- {line}" for line in request.advice)
    return f"# What a reviewer says of it\n{said}" if said else ""


def _name(test: str) -> str:
    found = re.search(r"def (\w+)", test)
    return found[1] if found else ""


def _task(request: CodeRequest, way: Way, count: int) -> str:
    name = f"`{request.path}`"
    if way is Way.REPAIR:
        aim = f"Find the mistake in {name} and correct it: {request.item}."
    elif way is Way.UNSEEN or not request.code:
        absent = "" if request.code else f"{name} does not exist yet. "
        aim = f"{absent}Write the whole {name}. New in it: {request.item}."
    else:
        # the item's words once more in this place: 1 of 3 right, without them 3 of 3
        aim = f"Extend {name} so that the last test passes too. Keep what it can do already."
    return f"{aim} {_bounds(way, count)} {_form(request, way)}"


def _bounds(way: Way, count: int) -> str:
    """What the code must do, and no more.

    Where nothing is there yet, a small model that is told to think of other values writes all that
    such a module might have one day, from memory and wrong: later items then build on that.
    """
    simply = " in the simplest way that could work" if way is Way.PLAIN else ""
    if count == 1:
        return (
            f"Write only enough code for this one test{simply}: no method, no branch and no "
            "attribute that it does not need. Do not compare with the literal values of the test."
        )
    return (
        f"The code must pass all {count} tests at once, so combine the old behaviour with the new "
        f"one. Write only what the tests need{simply}, but compute it: it must be right for other "
        "values than those of the tests too."
    )


def _form(request: CodeRequest, way: Way) -> str:
    whole = way is Way.UNSEEN or not request.code
    what = f"the whole `{request.path}`" if whole else "each function or class that changes, whole"
    return f"Reply with one ```python block that holds {what}, without tests, and nothing else."


def _neighbours(request: CodeRequest) -> str:
    return f"# What else is there\n{_fenced(request.neighbours)}" if request.neighbours else ""


def newest(tests: Sequence[str]) -> list[str]:
    """As many of the last tests as fit."""
    kept: list[str] = []
    left = EARLIER_TOKENS * _CHARACTERS
    for test in reversed(tests):
        left -= len(test)
        if left < 0:
            break
        kept.append(test)
    return kept[::-1]


def _fenced(code: str) -> str:
    return f"```python\n{code.strip(chr(10))}\n```"
