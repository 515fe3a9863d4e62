"""What a bug report or a docstring says of calls: what must come of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seenred.domain import nesting
from seenred.domain.literal import leading_literal
from seenred.domain.statement.examples import find_calls, find_doctests
from seenred.domain.statement.expected import leading_empty, read_expected
from seenred.domain.statement.lines import read_lines

_BUILTINS = {
    "set",
    "frozenset",
    "list",
    "tuple",
    "dict",
    "float",
    "int",
    "str",
    "range",
    "bytes",
    "bool",
}
_ERROR = r"`?(?:an?\s+)?`?((?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning|StopIteration)|Exception)\b"
_MUST_RAISE = re.compile(
    r"\b(?:(?:should|must|ought to|supposed to|expected (?:it )?to|expected?:?|has to"
    r"|to)\s+(?:have\s+)?(?:raised?|throw|thrown|raising)"
    rf"|expected:?|(?:instead of|rather than)(?:\s+(?:raising|throwing|an?))?)\s+{_ERROR}"
)
_SHOULD = re.compile(
    r"\b(?:(?:should|must|ought to|supposed to|has to)\s+(?:have\s+)?(?:return(?:ed)?"
    r"|be(?:en)?|gi?ven?|yield(?:ed)?|produced?"
    r"|equal(?:led)?|evaluate to|output|print(?:ed)?|==|=)"
    r"|expect(?:ed)?(?:\s+(?:result|value|output|answer|return value|behaviou?r))?(?:\s+(?:is"
    r"|was|it to be|it to return|to be|to get"
    r"|to return|to equal|it to equal))?"
    r"|(?:correct|right|proper)\s+(?:answer|result|value|output)(?:\s+(?:is|would be"
    r"|should be))?|(?:I|we|one)(?:['’]d|\s+would)?\s+(?:have\s+)?(?:want|expect)(?:ed)?)"
    r"\s*:?\s*(?P<value>\S.*)",
    re.I | re.DOTALL,
)
_INSTEAD = re.compile(
    r"\b(?:instead of|rather than|and not)\s+(?:(?:returning|giving|yielding|being"
    r"|printing)\s+)?(?P<value>.*)",
    re.I | re.DOTALL,
)
_EXPECTED_TO = re.compile(
    r"^`?\s*(?:to|should)\s+(?:be|return|equal|give|yield|produce|evaluate to)\s+(?P<value>.*)",
    re.I | re.DOTALL,
)
_BEFORE = re.compile(
    r"\b(?:expect(?:ed)?|should (?:return|be|get|give)"
    r"|want(?:ed)?)\s+(?P<value>\S.*?)\s+(?:from|for|when calling|out of)\s+`?$",
    re.I,
)
_BREAKS = re.compile(
    r"\b(?:raises?|raised|throws?|threw|crash(?:es|ed)?|fail(?:s|ed)? with|blows up|dies"
    r"|hangs?|never (?:returns|finishes|terminates)"
    r"|infinite (?:loop|recursion)|Traceback|(?:should|must) not (?:raise|crash|fail|throw"
    r"|hang))\b",
    re.I,
)
_FOLLOWS = re.compile(
    r"\s*(?:\W*(?:expected|actual|got|it should|should|but|instead|this should|the correct"
    r"|the right|(?:I|we)(?:'d|’d| had| have| would)?(?: have)? (?:expect|want)(?:ed)?)\b)",
    re.I,
)
_ENDS = re.compile(
    r"^[`*\"'”’]*\s*(?:$|[.;:!?)\n(—–]|-\s|#|,(?!\s*[-\d\[\"'(])|(?:but|and|not|got|instead|rather|yet|while|because|since|as|for|when|here"
    r"|like|per|in|given|however|actual|there|then)\b(?!\s*[-\d\[\"'(]\S*\s*$))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says must come of evaluating an expression.

    Attributes:
        expected: a Python literal.
        raises: name of the exception that is right.
        must_not_raise: the text complains of an exception or a hang, and names no value.
        quote: the words that say so.
    """

    expression: str
    expected: str | None = None
    raises: str | None = None
    must_not_raise: bool = False
    quote: str = ""


def parse_report(text: str, functions: Sequence[str]) -> tuple[Claim, ...]:
    """The claims of a bug report about calls of `functions`; an ambiguous one is left out."""
    text = text.replace("\r\n", "\n").replace("\ufeff", "")
    spans = list(_calls(text, functions))
    found: dict[str, Claim] = {}
    contradicted: set[str] = set()
    for index, (start, end) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        claim = _claim(text, start, end, following)
        if claim is None:
            continue
        known = found.setdefault(claim.expression, claim)
        if _says(known) != _says(claim):
            if known.must_not_raise:
                found[claim.expression] = claim
            elif not claim.must_not_raise:
                contradicted.add(claim.expression)
    return tuple(claim for name, claim in found.items() if name not in contradicted)


def parse_docstring(text: str, functions: Sequence[str]) -> tuple[Claim, ...]:
    """The claims of a docstring: its doctests, and calls with the value that they return."""
    lines = read_lines(text)
    found: list[Claim] = []
    for function in functions:
        examples = (*find_doctests(lines).examples, *find_calls(lines, function).examples)
        for example in examples:
            expected = read_expected(example.output)
            if example.function != function or expected is None:
                continue
            expression = f"{function}({example.inputs})"
            if _is_closed(expression, functions):
                quote = lines[example.line - 1].text.strip()
                found.append(Claim(expression, expected.literal, expected.raises, quote=quote))
    stated: dict[str, Claim] = {}
    for claim in (*found, *parse_report(text, functions)):
        stated.setdefault(claim.expression, claim)
    return tuple(stated.values())


def _says(claim: Claim) -> tuple[str | None, str | None]:
    return claim.expected, claim.raises


def _calls(text: str, functions: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each outermost call of one of the functions begins and ends."""
    if not functions:
        return
    names = "|".join(re.escape(name) for name in sorted(functions, key=len, reverse=True))
    position = 0
    for match in re.finditer(rf"(?<![\w.])(?:\w+\.)?(?:{names})\(", text):
        if match.start() < position:
            continue
        end = nesting.closing(text, match.end() - 1)
        while end is not None and (chained := re.match(r"\.\w+\(", text[end + 1 :])):
            end = nesting.closing(text, end + chained.end())
        if end is not None and _is_closed(_expression(text[match.start() : end + 1]), functions):
            position = end + 1
            yield match.start(), end + 1


def _expression(source: str) -> str:
    """The call as Python, typographic quotes made straight and a module's name left out."""
    plain = source.translate(str.maketrans("“”‘’−", "\"\"''-"))
    return " ".join(re.sub(r"^\w+\.(?=\w+\()", "", plain).split("\n"))


def _is_closed(expression: str, functions: Sequence[str]) -> bool:
    """Whether it is Python and needs no name but the functions and plain types."""
    try:
        tree = ast.parse(expression, mode="eval")
    except (SyntaxError, ValueError, RecursionError):
        return False
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names <= {*functions, *_BUILTINS} and "..." not in expression


def _claim(text: str, start: int, end: int, following: int) -> Claim | None:
    before = re.split(r"\n\s*\n|(?<=[.!?])\s", text[max(0, start - 160) : start])[-1]
    after = _context(text[end:following])
    expression = _expression(text[start:end])
    quote = " ".join(f"{before}{text[start:end]}{after}".split())[:300]
    if raised := _MUST_RAISE.search(after):
        return Claim(expression, raises=raised[1].rsplit(".", 1)[-1], quote=quote)
    for pattern, place in (
        (_BEFORE, before),
        (_EXPECTED_TO, after),
        (_SHOULD, after),
        (_INSTEAD, after),
    ):
        if pattern is _EXPECTED_TO and not re.search(
            r"(?i)\bexpect(?:ed)?\s+(?:that\s+)?`?$", before
        ):
            continue
        if (match := pattern.search(place)) and (
            value := leading_value(match["value"])
        ) is not None:
            return Claim(expression, value, quote=quote)
    if re.search(r"\bassert\s+$", before) and (equal := re.match(r"\s*(?:==|is)\s+(.*)", after)):
        value = leading_value(equal[1])
        return Claim(expression, value, quote=quote) if value is not None else None
    if _BREAKS.search(after) and not re.search(r"(?i)\bshould raise\b", after):
        return Claim(expression, must_not_raise=True, quote=quote)
    return None


def _context(after: str) -> str:
    """The rest of the paragraph, and the next one when it goes on about the same call."""
    paragraphs = re.split(r"\n[ \t]*\n", after)
    kept = paragraphs[0]
    for paragraph in paragraphs[1:3]:
        if not _FOLLOWS.match(paragraph):
            break
        kept += "\n" + paragraph
    return kept[:600]


def leading_value(text: str) -> str | None:
    """The literal that a text begins with, if the rest doesn't change its meaning."""
    text = text.lstrip(" `*\n:")
    found = leading_literal(text) or leading_empty(text)
    if found is None:
        return None
    literal, rest = found
    return literal if _ENDS.match(rest) else None
