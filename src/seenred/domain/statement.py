"""Reads a statement: signature, examples, constraints; says what it could not read."""

from __future__ import annotations

import re

from seenred.domain.constraints import bounds_of, complexity_of, constraint_lines, time_limit_of
from seenred.domain.examples import Reading, read_function_examples, read_stdio_examples
from seenred.domain.literal import annotation_of
from seenred.domain.problem import (
    Case,
    Comparison,
    Parameter,
    Problem,
    ProblemKind,
    Signature,
)

_DEF = re.compile(r"^[ \t>`]*def\s+(\w+)\s*\((.*?)\)\s*(?:->\s*([^:\n]+))?\s*:?", re.M | re.S)
_PROSE = re.compile(
    r"(?:function|method|call(?:ed)?|named|implement|write|define)\s+(?:a\s+function\s+)?"
    r"(?:called\s+|named\s+)?`?(\w+)\s*\(([^()]*)\)`?(?:\s*->\s*`?([\w\[\], |]+))?",
    re.IGNORECASE,
)
_STDIO = re.compile(
    r"standard input|\bstdin\b|sample input|input format|first line (?:of (?:the )?input )?"
    r"(?:contains|consists|holds|gives)|read(?:s)? (?:from )?(?:the )?input",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"(?:print|return|output|report|give)\s+any(?:\s+(?:one\s+)?of\s+them|\s+valid|\s+such)?\b"
    r"|any\s+(?:valid|correct|one)\s+(?:answer|solution|result|of\s+them)"
    r"|any of (?:them|these) (?:is|will be)\s+\w+",
    re.IGNORECASE,
)
_ANY_ORDER = re.compile(r"in any order|order (?:of .{0,30})?(?:does not|doesn't) matter", re.I)
_TOLERANCE = re.compile(
    r"(?:within|error (?:of|at most|less than)|tolerance(?: of)?|not exceed)\s*"
    r"(?:\$)?(1e-?\d+|10\s*\^?\s*\{?[-−]\d+\}?|0\.0*1)",
    re.IGNORECASE,
)


def parse_statement(text: str, *, name: str = "") -> Problem:
    """The problem that a statement describes; `name` stands in for a missing function name."""
    text = text.replace("\r\n", "\n").expandtabs(4)
    signature = _signature(text)
    if signature is None and _STDIO.search(text):
        reading = read_stdio_examples(text)
        if reading.cases:
            return _problem(text, name, ProblemKind.STDIO, None, reading)
    reading = read_function_examples(text, signature)
    if not reading.cases and signature is None:
        stdio = read_stdio_examples(text)
        if stdio.cases:
            return _problem(text, name, ProblemKind.STDIO, None, stdio)
    signature = _completed(signature, reading, name)
    return _problem(text, name, ProblemKind.FUNCTION, signature, reading)


def _problem(
    text: str, name: str, kind: ProblemKind, signature: Signature | None, reading: Reading
) -> Problem:
    comparison, tolerance = _comparison(text)
    return Problem(
        title=_title(text, name),
        text=text,
        kind=kind,
        signature=signature,
        cases=reading.cases,
        bounds=bounds_of(text),
        constraints=constraint_lines(text),
        comparison=comparison,
        tolerance=tolerance,
        time_limit=time_limit_of(text),
        complexity=complexity_of(text),
        unparsed=reading.unparsed,
    )


def _title(text: str, name: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), name)
    return first.strip("# *").strip()[:100]


def _comparison(text: str) -> tuple[Comparison, float]:
    found = _TOLERANCE.search(text)
    if found:
        exponent = re.search(r"[-−](\d+)", found[1])
        value = 10.0 ** -int(exponent[1]) if exponent else float(found[1])
        return Comparison.TOLERANCE, value
    if _ANY_ORDER.search(text):
        return Comparison.UNORDERED, 1e-6
    if _ANY.search(text):
        return Comparison.ANY_VALID, 1e-6
    return Comparison.EXACT, 1e-6


def _signature(text: str) -> Signature | None:
    for pattern in (_DEF, _PROSE):
        found = pattern.search(text)
        if found:
            parameters = _parameters(found[2])
            if parameters is not None:
                return Signature(found[1], parameters, (found[3] or "").strip(" `"))
    return None


def _parameters(text: str) -> tuple[Parameter, ...] | None:
    found: list[Parameter] = []
    depth, part = 0, ""
    for char in f"{text},":
        depth += (char in "[(") - (char in "])")
        if char == "," and depth == 0:
            name, _, annotation = part.partition(":")
            if name.strip() and not re.fullmatch(r"\w+(\s*=.*)?", name.strip()):
                return None
            if name.strip() and name.strip() != "self":
                found.append(Parameter(name.strip(), annotation.split("=")[0].strip()))
            part = ""
        else:
            part += char
    if any(p.name[0].isdigit() for p in found):
        return None  # a call with values, not a signature
    return tuple(found)


def _completed(signature: Signature | None, reading: Reading, name: str) -> Signature | None:
    """The signature with what the examples tell: names and types."""
    if not reading.cases:
        return signature
    first = reading.cases[0]
    if signature is None:
        fallback = re.sub(r"\W+", "_", name).strip("_").lower() or "solve"
        names = reading.names or tuple(f"arg{i}" for i, _ in enumerate(first.arguments, 1))
        parameters = tuple(Parameter(n) for n in names)
        signature = Signature(reading.function or fallback, parameters)
    parameters = tuple(
        p if p.annotation else Parameter(p.name, _type(reading.cases, i))
        for i, p in enumerate(signature.parameters)
    )
    return Signature(signature.name, parameters, signature.returns or _result_type(reading.cases))


def _type(cases: tuple[Case, ...], index: int) -> str:
    return _common({annotation_of(c.arguments[index]) for c in cases if index < len(c.arguments)})


def _result_type(cases: tuple[Case, ...]) -> str:
    return _common({annotation_of(c.expected) for c in cases if c.expected is not None})


def _common(found: set[str]) -> str:
    if len(found) > 1:
        found.discard("list")  # an empty list says nothing of its items
    return found.pop() if len(found) == 1 and "" not in found else ""
