"""Examples in a statement: arrows, calls, Input/Output blocks, doctests, tables, samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seenred.domain.literal import leading_literal, parse_literal, split_arguments
from seenred.domain.problem import Case, Signature

_ARROW = re.compile(r"\s*(?:->|→|=>|⇒|==>)\s*")
_LABEL = r"[ \t>*#_-]*(?:sample\s+|example\s+)?{0}(?:\s*#?\d+)?[*_ \t]*[:：]?[*_ \t]*"
_INPUT = re.compile(rf"^{_LABEL.format('input')}(.*)$", re.IGNORECASE)
_OUTPUT = re.compile(rf"^{_LABEL.format('output')}(.*)$", re.IGNORECASE)
_END = re.compile(
    r"^\s*[*#_ ]*(?:explanation|note|constraints?|example|sample|input|output|limits?)\b", re.I
)
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the examples.

    Attributes:
        names: parameter names that the examples give.
        function: the name that the examples call.
    """

    cases: tuple[Case, ...] = ()
    unparsed: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    function: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    line: int
    given: str
    wanted: str
    function: str = ""


def read_function_examples(text: str, signature: Signature | None) -> Reading:
    """All examples of a function problem, in the order of the text."""
    lines = text.splitlines()
    found = sorted(
        [*_blocks(lines), *_arrows(lines), *_calls(lines, signature), *_tables(lines)],
        key=lambda f: f.line,
    )
    cases: dict[tuple[str, ...], Case] = {}
    unparsed: list[str] = []
    names: tuple[str, ...] = ()
    for one in found:
        arguments = split_arguments(one.given)
        ordered = _ordered(arguments, signature) if arguments is not None else None
        if ordered is None:
            unparsed.append(f"line {one.line}: the input {one.given.strip()[:60]!r}")
            continue
        case = _case(len(cases) + 1, ordered, one.wanted)
        if case is None:
            unparsed.append(f"line {one.line}: the result {one.wanted.strip()[:60]!r}")
            continue
        names = names or tuple(n for n, _ in arguments or [] if n)
        cases.setdefault(ordered, case)
    function = next((f.function for f in found if f.function), "")
    return Reading(tuple(cases.values()), tuple(unparsed), names, function)


def read_stdio_examples(text: str) -> Reading:
    """Sample inputs and outputs of a program."""
    lines = text.splitlines()
    cases: list[Case] = []
    pending: str | None = None
    i = 0
    while i < len(lines):
        given, wanted = _INPUT.match(lines[i]), _OUTPUT.match(lines[i])
        if given or wanted:
            match = given or wanted
            block, i = _verbatim(lines, i + 1, match[1] if match else "")
            if given:
                pending = block
            elif pending is not None and block:
                name = f"example {len(cases) + 1}"
                cases.append(Case(name, stdin=f"{pending}\n", expected=f"{block}\n"))
                pending = None
            continue
        i += 1
    return Reading(tuple(cases))


def _verbatim(lines: list[str], i: int, first: str) -> tuple[str, int]:
    """The block that a label opens: on its line, fenced, indented or up to a blank line."""
    if first.strip():
        return first.strip(), i
    while i < len(lines) and not lines[i].strip():
        i += 1
    if i < len(lines) and lines[i].lstrip().startswith("```"):
        end = next((j for j in range(i + 1, len(lines)) if lines[j].lstrip()[:3] == "```"), i)
        return "\n".join(lines[i + 1 : end]), end + 1
    block: list[str] = []
    while i < len(lines) and lines[i].strip() and not _END.match(lines[i]):
        block.append(lines[i].strip())
        i += 1
    return "\n".join(block), i


def _blocks(lines: list[str]) -> Iterator[_Found]:
    """`Input: …` and `Output: …`, each on its line or on the lines below."""
    i, pending = 0, None
    while i < len(lines):
        given, wanted = _INPUT.match(lines[i]), _OUTPUT.match(lines[i])
        match = given or wanted
        if match is None:
            i += 1
            continue
        at = i + 1
        text, i = _block(lines, i, match[1])
        if given:
            pending = (at, text)
        elif pending is not None:
            yield _Found(pending[0], pending[1], text)
            pending = None


def _block(lines: list[str], i: int, first: str) -> tuple[str, int]:
    parts = [first.strip(" *`")] if first.strip(" *`") else []
    i += 1
    while i < len(lines) and not _END.match(lines[i]):
        line = lines[i].strip()
        if not line and parts:
            break
        if line and not line.startswith("```"):
            parts.append(line.strip("`"))
        i += 1
    joined = "\n".join(parts)
    if re.match(r"\s*\w+\s*=", joined):
        joined = ", ".join(p.rstrip(",") for p in parts)
    return joined, i


def _arrows(lines: list[str]) -> Iterator[_Found]:
    for number, raw in enumerate(lines, 1):
        line = re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", raw).strip()
        if _INPUT.match(line) and ":" in line.split("->")[0]:
            line = line.split(":", 1)[1].strip()
        parts = _ARROW.split(line, maxsplit=1)
        if len(parts) != 2 or line.startswith("def ") or "|" in line[:2]:
            continue
        given, wanted = parts[0].strip("` "), parts[1].strip("` ")
        call = re.fullmatch(r"(\w+)\((.*)\)", given, re.DOTALL)
        if call and not parse_literal(given):
            yield _Found(number, call[2], wanted, call[1])
        elif split_arguments(given) is not None or given[:1] in "[({\"'-0123456789":
            yield _Found(number, given, wanted)


_CALL_RESULT = re.compile(
    r"`?\b(\w+)\((.*?)\)`?\s*(?:==|=(?!=)|returns|should return|gives|is|#(?:\s*(?:->|=>|→))?)\s*"
    r"`?(\S.*)$"
)


def _calls(lines: list[str], signature: Signature | None) -> Iterator[_Found]:
    """`f(1) == 2`, `f(1) returns 2`, `f(1)  # 2` and doctests."""
    for number, raw in enumerate(lines, 1):
        line = raw.strip().removeprefix("- ").removeprefix("assert ")
        doctest = re.match(r">>>\s*(\w+)\((.*)\)\s*$", line)
        if doctest and number < len(lines):
            yield _Found(number, doctest[2], _doctest_result(lines, number), doctest[1])
            continue
        if _ARROW.search(line) and not line.startswith(">>>"):
            continue
        found = _CALL_RESULT.search(line)
        if found is None or (signature is not None and found[1] != signature.name):
            continue
        if split_arguments(found[2]) is not None and leading_literal(found[3]):
            yield _Found(number, found[2], found[3].split("`")[0], found[1])


def _doctest_result(lines: list[str], number: int) -> str:
    if lines[number].strip().startswith("Traceback"):
        for line in lines[number:]:
            raised = re.match(r"\s*(\w*(?:Error|Exception))\b", line)
            if raised:
                return f"raises {raised[1]}"
    return lines[number].strip()


def _tables(lines: list[str]) -> Iterator[_Found]:
    """Markdown tables; the columns before the one named output, result, … are the input."""
    header: list[str] = []
    for number, line in enumerate(lines, 1):
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if "|" not in line or len(cells) < 2:
            header = []
        elif not header:
            header = [c.lower().strip("`* ") for c in cells]
        elif not all(re.fullmatch(r":?-+:?", c) for c in cells):
            at = next((i for i, h in enumerate(header) if _RESULT.match(h)), None)
            if at and len(cells) > at:
                given = ", ".join(c.strip("`") for c in cells[:at])
                call = re.fullmatch(r"(\w+)\((.*)\)", given)
                yield _Found(number, call[2] if call else given, cells[at].strip("`"))


_RESULT = re.compile(r"output|expected|result|return|answer")


def _ordered(
    arguments: list[tuple[str | None, str]], signature: Signature | None
) -> tuple[str, ...] | None:
    """The literals in the order of the parameters; None when they cannot be its arguments."""
    values = tuple(value for _, value in arguments)
    if signature is None:
        return values
    names = [p.name for p in signature.parameters]
    given = {name: value for name, value in arguments if name}
    if len(given) == len(arguments) and set(given) == set(names):
        return tuple(given[name] for name in names)
    if len(values) != len(names):
        if len(names) == 1 and len(values) > 1:
            return None
        single = parse_literal(values[0]) if len(values) == 1 else None
        if single and single.startswith("(") and single.count(",") + 1 >= len(names):
            inner = split_arguments(single[1:-1])
            return tuple(v for _, v in inner) if inner and len(inner) == len(names) else None
        return None
    return values


def _case(number: int, arguments: tuple[str, ...], wanted: str) -> Case | None:
    name = f"example {number}"
    raised = re.match(r"`?(?:raises?|throws?|error:?)\s+`?(\w*(?:Error|Exception))", wanted.strip())
    if raised:
        return Case(name, arguments, raises=raised[1])
    alternatives = [parse_literal(part) for part in _OR.split(wanted)]
    if len(alternatives) > 1 and all(a is not None for a in alternatives):
        known = [a for a in alternatives if a is not None]
        return Case(name, arguments, expected=known[0], alternatives=tuple(known[1:]))
    named = re.match(r"\s*\w+\s*=\s*(?!=)(.*)", wanted, re.DOTALL)
    found = leading_literal(named[1] if named else wanted)
    if found is None:
        return None
    return Case(name, arguments, expected=found[0], note=found[1].strip(" #—–-()"))
