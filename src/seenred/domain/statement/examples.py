"""Examples of a function that stand on one line: calls, arrows and doctests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seenred.domain import nesting
from seenred.domain.literal import leading_literal, split_arguments
from seenred.domain.statement.binding import Example
from seenred.domain.statement.lines import Line
from seenred.domain.statement.signature import IGNORED, parse_signature

_CALL = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\(")
_SAYS = re.compile(
    r"^[`*]*\s*[,;]?\s*(?:(?P<strong>==|-{1,2}>|={1,2}>|→|⇒|⟶|↦|➜|≈"
    r"|(?:#|//)\s*(?:==|->|=>|→|⇒|=|returns?:?|should (?:return|be)|prints?:?|outputs?:?"
    r"|evaluates to)\s*"
    r"|(?:which\s+)?(?:should|must|will|would|shall)\s+(?:return|give|be|yield|produce|equal"
    r"|evaluate to|output)"
    r"|(?:which\s+)?(?:returns?|gives?|yields?|produces?|outputs?|evaluates\s+to|equals)\b:?"
    r"|(?=(?:(?:should|must|will)\s+)?(?:raises?|throws?)\b))"
    r"|(?P<weak>=|:|is|#|//))\s*(?P<value>.*)$",
    re.DOTALL,
)
_PRINT = re.compile(r"(?:\b(?:print|console\.log|puts|repr)\()$")
_ASSERT = re.compile(r"\b(?:[\w.]*assert\w*[Ee]quals?|[Tt]est\.\w*equals?|expect)\($")


@dataclass(frozen=True, slots=True)
class Found:
    """The examples of a statement, and the lines that only look like some."""

    examples: tuple[Example, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()


def find_calls(lines: Sequence[Line], name: str | None) -> Found:
    """Calls with a stated outcome; of `name` alone when it is called anywhere."""
    calls = list(_calls(lines))
    if name and any(call.function == name for call, _ in calls):
        calls = [(call, read) for call, read in calls if call.function == name]
    elif calls:
        common = Counter(call.function for call, read in calls if read).most_common(1)
        calls = [(c, read) for c, read in calls if common and c.function == common[0][0]]
    return Found(
        tuple(call for call, read in calls if read),
        tuple(
            (call.line, f"{call.inputs} {call.output}".strip()) for call, read in calls if not read
        ),
    )


def find_doctests(lines: Sequence[Line]) -> Found:
    """`>>> f(1)` with the value or the exception that follows."""
    examples: list[Example] = []
    unread: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        if not (match := re.match(r"\s*>>>\s?(.*)$", line.text)):
            continue
        source, after = _continued(match[1], lines, index + 1)
        output = _doctest_output(lines, after)
        call = _sole_call(source)
        if call and output:
            code = "print(" not in source  # what is printed has no quotes
            examples.append(Example(line.number, call[1], output, function=call[0], code=code))
        elif output:
            unread.append((line.number, source))
    return Found(tuple(examples), tuple(unread))


def find_arrows(lines: Sequence[Line]) -> Found:
    """`input -> output` lines that call nothing."""
    examples: list[Example] = []
    unread: list[tuple[int, str]] = []
    for line in lines:
        text = re.sub(r"^\s*(?:[-*•]\s+|\d+[.)]\s+)", "", line.plain)
        if (
            line.fence
            or ">>>" in text
            or re.match(r"(?:async\s+)?(?:def|fn|func|class|type|Given)\b", text)
        ):
            continue
        for piece in _arrow_pieces(text):
            halves = list(_halves(piece))
            if len(halves) == 2 and _reads_as_input(halves[0]):
                examples.append(Example(line.number, halves[0].strip("` "), halves[1].strip()))
            elif len(halves) > 1 and _looks_literal(halves[0]) and _looks_literal(halves[1]):
                unread.append((line.number, piece.strip()))
    return Found(tuple(examples), tuple(unread))


def _arrow_pieces(text: str) -> list[str]:
    for separator in ";,":
        pieces = nesting.split(text, separator)
        if len(pieces) > 1 and all(len(list(_halves(piece))) == 2 for piece in pieces):
            return pieces
    return [text]


def _halves(text: str) -> Iterator[str]:
    """The text cut at its arrows, those in quotes, brackets and after a note's mark left alone."""
    starts = {index for index, char in nesting.outside(text) if char in "-=→⇒⟶↦➜➞"}
    ticked = {m.start() for m in re.finditer(r"(?<=`)\s*(?:-{1,2}>|={1,2}>|→|⇒)", text)}
    position = 0
    for match in re.finditer(r"(?<![<=-])(?:-{1,2}>|={1,2}>|→|⇒|⟶|↦|➜|➞)", text):
        comment = (
            re.search(r"\s#|//|\s—\s|\(", text[position : match.start()]) if position else None
        )
        if comment or not (
            match.start() in starts or match.start() in ticked or _inside_ticks(text)
        ):
            continue
        yield text[position : match.start()]
        position = match.end()
    yield text[position:]


def _inside_ticks(text: str) -> bool:
    """Whether the whole example is one code span."""
    return text.startswith("`") and text.find("`", 1) > text.find(">") > 0


def _reads_as_input(text: str) -> bool:
    text = text.strip("` ")
    if _CALL.search(text):
        return False
    if split_arguments(text) is not None and text:
        return True
    tail = re.sub(
        r"^.*?(?:\bexamples?\b|\be\.g\.|\binput\b|\bcase\b)\s*\d*\s*[:,.)]*\s*",
        "",
        text,
        flags=re.I,
    )
    return bool(tail) and (_looks_literal(tail) or bool(re.fullmatch(r"[A-Za-z][\w-]*", tail)))


def _looks_literal(text: str) -> bool:
    return bool(
        re.match(
            r"""\s*`?\s*(?:[-−+]?\d|[\["'“‘({]|[A-Za-z_]\w*\s*=\s*[-\d\["'({]|true\b|false\b)""",
            text,
            re.I,
        )
    )


def _calls(lines: Sequence[Line]) -> Iterator[tuple[Example, bool]]:
    for index, line in enumerate(lines):
        if line.fence or re.match(r"\s*(?:>>>|(?:async\s+)?def\b|class\b|function\b)", line.text):
            continue
        text = _joined(lines, index)
        for match in _CALL.finditer(line.plain):
            if match[1] in IGNORED or match[1][0].isupper():
                continue
            start = text.find(match[0], match.start() if text.startswith(line.plain) else 0)
            end = nesting.closing(text, start + len(match[1]))
            if end is None or _is_head(text[start : end + 1], match[1]):
                continue
            if not _stands_alone(text[:start]):
                if re.search(r"\bassert\b", text):
                    yield Example(line.number, text, "", function=match[1]), False
                continue
            yield from _outcome(text, match[1], start, end, lines, index)


def _is_head(text: str, name: str) -> bool:
    """Whether `f(a, b: int)` names parameters and gives no values."""
    inside = text[len(name) + 1 : -1].strip()
    return bool(inside) and split_arguments(inside) is None and parse_signature(text) is not None


def _joined(lines: Sequence[Line], index: int) -> str:
    """The line, with those that follow while a bracket is open."""
    text = lines[index].plain
    for following in lines[index + 1 : index + 12]:
        if lines[index].block is None or not nesting.is_open(text):
            break
        text += "\n" + following.plain
    return text


def _stands_alone(before: str) -> bool:
    """Whether nothing is done with the result of the call: no operator, no call around it."""
    stripped = before.rstrip()
    if _PRINT.search(before) or _ASSERT.search(before):
        return True
    if stripped.endswith("(") and (
        len(stripped) < 2 or not (stripped[-2].isalnum() or stripped[-2] in "_)]")
    ):
        return True
    return not re.search(r"(?:[-+*/%(\[{<>=!&|^]|\bnot|\blambda)$", stripped) or stripped.endswith(
        "->"
    )


def _outcome(
    text: str, name: str, start: int, end: int, lines: Sequence[Line], index: int
) -> Iterator[tuple[Example, bool]]:
    before, rest = text[:start], text[end + 1 :]
    inputs = text[start + len(name) + 1 : end]
    literal = split_arguments(inputs) is not None
    number = lines[index].number
    if _PRINT.search(before):
        rest = re.sub(r"^\s*\)\s*;?", "", rest, count=1)
    value, strong = _stated(before, rest, lines, index, index + text.count("\n"))
    if value is None:
        if literal and re.search(r"==|\bassert\b|!=", text) and not _SAYS.match(rest.strip()):
            yield Example(number, f"{name}({inputs})", rest, function=name), False
        return
    readable = literal and (strong or leading_literal(value) is not None or "Error" in value[:40])
    printed = bool(_PRINT.search(before))
    if readable:
        yield Example(number, inputs, value, function=name, code=not printed), True
    elif literal or ((strong or leading_literal(value)) and re.search(r"[\d\[\"']", inputs)):
        yield Example(number, f"{name}({inputs})", value, function=name), False


def _stated(
    before: str, rest: str, lines: Sequence[Line], index: int, last: int
) -> tuple[str | None, bool]:
    """What is said of a call's outcome, and whether the words leave no other reading.

    The call stands on the lines from `index` to `last`.
    """
    if _ASSERT.search(before):
        inside = nesting.split(_until_close(rest).lstrip(" ,"))
        equal = re.match(r"\s*\)\s*\.to\w*\((.*?)\)", rest)
        return (equal[1] if equal else inside[0]), True
    raising = _raising_context(before, lines, index)
    if raising:
        return raising, True
    if re.search(r"\bassert\s+$", before):
        return _asserted(rest)
    if says := _SAYS.match(rest.lstrip()):
        return says["value"].strip(), says["strong"] is not None
    if not rest.strip(" ;`") and last + 1 < len(lines):
        following = re.match(
            r"\s*(?:#|//)?\s*(?:->|=>|→|⇒|returns?:?|Output:)\s*(.+)$", lines[last + 1].text
        )
        if following:
            return following[1], True
    return None, False


def _asserted(rest: str) -> tuple[str | None, bool]:
    compared = re.match(r"\s*(?:==|is)\s+(.*)$", rest, re.DOTALL)
    if not compared:
        return None, True
    value = nesting.split(compared[1])[0]
    return value.split("  #")[0], True


def _until_close(rest: str) -> str:
    depth = 0
    for index, char in enumerate(rest):
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return rest[:index]
    return rest


def _raising_context(before: str, lines: Sequence[Line], index: int) -> str | None:
    pattern = r"with\s+(?:pytest\.raises|self\.assertRaises)\(\s*(\w+)"
    same = re.search(pattern + r".*:\s*$", before)
    above = re.match(r"\s*" + pattern, lines[index - 1].text) if index else None
    found = same or (above if not before.strip() else None)
    return found[1] if found else None


def _continued(source: str, lines: Sequence[Line], index: int) -> tuple[str, int]:
    while index < len(lines) and (more := re.match(r"\s*\.\.\.\s?(.*)$", lines[index].text)):
        source += "\n" + more[1]
        index += 1
    return source, index


def _doctest_output(lines: Sequence[Line], index: int) -> str:
    shown: list[str] = []
    for line in lines[index : index + 60]:
        if (
            line.fence
            or not line.text.strip()
            or re.match(r"\s*>>>", line.text)
            or '"""' in line.text
        ):
            break
        shown.append(line.text.strip())
    if shown and shown[0].startswith("Traceback"):
        return next(
            (text for text in reversed(shown) if re.match(r"\w+(?:\.\w+)*(?::|$)", text)), ""
        )
    return "\n".join(shown)


def _sole_call(source: str) -> tuple[str, str] | None:
    """Name and arguments when the whole source is one call, `print` around it seen through."""
    source = source.split("  #")[0].strip()
    if printed := re.fullmatch(r"print\((.*)\)", source, re.DOTALL):
        source = printed[1]
    match = re.match(r"([A-Za-z_]\w*)\(", source)
    if not match or nesting.closing(source, match.end() - 1) != len(source) - 1:
        return None
    return (match[1], source[match.end() : -1]) if match[1] not in IGNORED else None
