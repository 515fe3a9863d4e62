"""Where the values that a test expects are from: the plan's words, or only a model."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from seenred.domain.expectation import (
    Expectation,
    Function,
    Kind,
    expectations,
    leaves,
    literal_of,
    values_in,
)
from seenred.domain.plan import PlanItem
from seenred.domain.stated_value import Role, StatedValue, is_same, role_at, stated_values
from seenred.domain.word import has_word, is_denied, words_of

_UNCHANGED = re.compile(
    r"\b(?:unchanged|unaltered|untouched|as (?:it is|is|they are)|stays?|remains?"
    r"|(?:returns?|returned|gives?|is|are|comes back)\s+(?:itself|the same)(?!\s+[a-z]))\b",
    re.I,
)
_REFUSES = re.compile(
    r"\b(?:rais(?:es?|ing)|rejects?|rejected|refus(?:es?|ed)|errors?|exceptions?|fails?|invalid"
    r"|(?:is|are) not (?:allowed|possible|accepted|permitted)|cannot|can't|can’t|must not|may not"
    r"|throws?|forbid(?:s|den)?|disallow(?:s|ed)?|den(?:y|ies|ied)|illegal|impossible|complains?"
    r"|not allowed|only accepts?|prohibit(?:s|ed)?)\b",
    re.I,
)
_NAMES = re.compile(
    r"\b(?:messages?|names?|naming|mentions?|tells?|telling|says?|saying|shows?|lists?)\b", re.I
)
# the exceptions that a bare refusal means in Python
_USUAL_ERRORS = {
    *("ValueError", "TypeError", "KeyError", "IndexError", "LookupError", "ZeroDivisionError"),
    *("PermissionError", "OverflowError"),
}


class Origin(StrEnum):
    """Who vouches for an expected value."""

    ITEM = "the plan item"
    DETAILS = "its details"
    PARENT = "the item above it"
    SECTION = "its section"
    STATEMENT = "the statement"
    AGREED = "tests that were drawn apart"
    MODEL_ONLY = "only the model"


@dataclass(frozen=True, slots=True)
class ValueOrigin:
    """One expected value of a test.

    Attributes:
        value: as Python; the name of an exception.
        line: of the assertion, within the test's source.
        row: which case of a parametrised test, from 0; None when it has no cases.
        kind: how it is compared.
    """

    value: str
    origin: Origin
    line: int
    row: int | None = None
    kind: Kind = Kind.EQUAL

    @property
    def is_vouched(self) -> bool:
        """Whether anything but the model says so."""
        return self.origin is not Origin.MODEL_ONLY


def value_origins(
    test_source: str, item: PlanItem, statement: str = "", *, errors: Iterable[str] = ()
) -> tuple[ValueOrigin, ...]:
    """Each value that the first test function of a source expects, in order.

    Args:
        statement: more words of the user's that the plan is made from.
        errors: exceptions that the code under test has.

    Raises:
        SyntaxError: the source isn't Python.
    """
    functions = [n for n in ast.walk(ast.parse(test_source)) if isinstance(n, Function)]
    tests = [each for each in functions if each.name.startswith("test")]
    if not tests:
        return ()
    texts = _texts(item, statement)
    known = frozenset(errors) | _USUAL_ERRORS
    return tuple(
        origin for found in expectations(tests[0]) for origin in _origins(found, texts, known)
    )


def exceptions_in(code: str) -> tuple[str, ...]:
    """The exceptions that a module defines, by what they derive from."""
    try:
        classes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ClassDef)]
    except (SyntaxError, ValueError):
        return ()
    found: list[str] = []
    for node in classes:
        bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
        if any(re.search(r"(?:Error|Exception)$", base) or base in found for base in bases):
            found.append(node.name)
    return tuple(found)


def refuses(text: str) -> bool:
    """Whether an item's words ask for a refusal."""
    return bool(_REFUSES.search(text))


def _texts(item: PlanItem, statement: str) -> tuple[tuple[Origin, str], ...]:
    parents = [(Origin.PARENT, parent) for parent in reversed(item.parents)]
    every = [
        (Origin.ITEM, item.text),
        (Origin.DETAILS, item.details),
        *parents,
        (Origin.SECTION, item.section),
        (Origin.STATEMENT, statement),
    ]
    return tuple((origin, text) for origin, text in every if text.strip())


def _origins(
    found: Expectation, texts: Sequence[tuple[Origin, str]], errors: frozenset[str]
) -> Iterator[ValueOrigin]:
    origin = _origin(found, texts, errors)
    shown = repr(found.whole) if found.kind is not Kind.RAISES else ""
    if found.kind is Kind.RAISES:
        shown = ", ".join(str(name) for name in found.values)
    if not found.values:
        shown = ast.unparse(found.actual) if found.actual else "?"
    yield ValueOrigin(shown, origin, found.statement.lineno, found.row, found.kind)
    if found.match is not None:
        told = _unescaped(found.match)
        stated = any(
            told.lower() in text.lower() or _names_input(text, told, _inputs(found))
            for _, text in texts
        )
        yield ValueOrigin(
            repr(found.match),
            origin if stated and origin is not Origin.MODEL_ONLY else Origin.MODEL_ONLY,
            found.statement.lineno,
            found.row,
            Kind.MEMBER,
        )


def _origin(
    found: Expectation, texts: Sequence[tuple[Origin, str]], errors: frozenset[str]
) -> Origin:
    if found.kind is Kind.RELATION or not found.values:
        return Origin.MODEL_ONLY
    for origin, text in texts:
        if found.kind is Kind.RAISES:
            vouched = _vouches_error(text, found, errors)
        elif found.kind is Kind.TRUTH or isinstance(found.whole, bool):
            vouched = _vouches_truth(text, found) or _vouches_values(text, found)
        else:
            vouched = _vouches_values(text, found)
        if vouched:
            return origin
    return Origin.MODEL_ONLY


def _vouches_error(text: str, found: Expectation, errors: frozenset[str]) -> bool:
    names = [str(value) for value in found.values]
    named = all(re.search(rf"\b{re.escape(name)}\b", text) for name in names)
    if not named and re.search(r"\b[A-Z]\w*(?:Error|Exception)\b", text):
        return False
    refused = refuses(text) and all(
        name in errors or has_word(text, words_of(name)[0]) for name in names
    )
    used = _inputs(found)
    stated = stated_values(text)
    return bool(named or refused) and _uses_inputs(stated, used)


def _vouches_truth(text: str, found: Expectation) -> bool:
    """Whether the item says that the judged predicate holds, or that it doesn't."""
    wanted = bool(found.values[0])
    predicate = _predicate(found.actual)
    words = [w for w in words_of(predicate) if w not in {"is", "has", "was", "are", "can", "get"}]
    if not words or not all(has_word(text, word) for word in words):
        return False
    denied = is_denied(text, words)
    others = [
        each
        for each in stated_values(text)
        if not any(has_word(text[each.start : each.end], word) for word in words)
    ]
    return (
        denied is not None
        and denied != wanted
        and _uses_inputs(others, _inputs(found))
        and _is_of_stated(text, found.actual)
    )


def _predicate(actual: ast.expr | None) -> str:
    if isinstance(actual, ast.Call):
        actual = actual.func
    if isinstance(actual, ast.Attribute):
        return actual.attr
    return actual.id if isinstance(actual, ast.Name) else ""


def _vouches_values(text: str, found: Expectation) -> bool:
    stated = stated_values(text)
    used = _inputs(found)
    given = _inputs(found, parts=False)
    if _UNCHANGED.search(text) and all(_is_among(value, given) for value in found.values):
        return _uses_inputs(stated, used) and _is_of_stated(text, found.actual)
    if found.kind is Kind.MEMBER and all(_names_input(text, v, used) for v in found.values):
        return True
    told = all(_vouches_value(text, stated, value, used) for value in found.values)
    return told and _is_of_stated(text, found.actual)


def _is_of_stated(text: str, actual: ast.expr | None) -> bool:
    """Whether what is judged gets no example that the model chose: it may be a wrong one.

    What an object is made with, and what was done before, is set-up and no example.
    """
    stated = stated_values(text)
    calls = [node for node in ast.walk(actual) if isinstance(node, ast.Call)] if actual else []
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id[:1].isupper():
            continue
        for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
            written, value = literal_of(argument)
            told = any(_means(each, leaf) for each in stated for leaf in leaves(value))
            if written and not told and not (isinstance(value, str) and value in text):
                return False
    return True


def _names_input(text: str, told: object, used: Sequence[object]) -> bool:
    """Whether an item wants a message to name what was given, and `told` is that."""
    is_given = any(str(told) in str(each) for each in used if each is not None and each != "")
    return bool(told) and is_given and bool(_NAMES.search(text))


def _vouches_value(
    text: str, stated: Sequence[StatedValue], value: object, used: Sequence[object]
) -> bool:
    outputs = [
        number
        for number, each in enumerate(stated)
        if each.role is Role.OUTPUT and _means(each, value)
    ]
    if any(_uses_inputs(_example(stated, number), used) for number in outputs):
        return True
    if isinstance(value, str) and value and _is_said(text, stated, value, used):
        return True
    if any(each.role is Role.OUTPUT for each in stated):
        return False
    free = [each for each in stated if each.role is Role.OPEN and _means(each, value)]
    spent = sum(is_same(value, each) for each in used)
    others = [each for each in stated if each not in free]
    return len(free) > spent and _uses_inputs(others, used)


def _example(stated: Sequence[StatedValue], number: int) -> list[StatedValue]:
    """The inputs that belong to the output of that number: those before it, else those after it."""
    first = number
    while first > 0 and stated[first - 1].role is Role.OUTPUT:
        first -= 1
    before: list[StatedValue] = []
    for each in reversed(stated[:first]):
        if each.role is Role.OUTPUT:
            break
        before.insert(0, each)
    after: list[StatedValue] = []
    for each in stated[number + 1 :]:
        if each.role is Role.OUTPUT:
            break
        after.append(each)
    earlier = any(each.role is Role.OUTPUT for each in stated[: first - len(before)])
    if not before or (earlier and after and number == len(stated) - len(after) - 1):
        return after
    return before


def _is_said(text: str, stated: Sequence[StatedValue], value: str, used: Sequence[object]) -> bool:
    """Whether a text stands in the words as it is, as something that comes out."""
    telling = bool(re.search(r"[^a-z ]", value))
    for place in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text):
        before = [each for each in stated if each.end <= place.start()]
        around = [each for each in stated if each.start < place.start() < each.end]
        if around and around[0].role is not Role.OUTPUT:
            continue
        role = role_at(text, place.start(), before)
        sentence_start = not text[: place.start()].strip()
        if role is Role.OUTPUT or (role is Role.OPEN and telling and not sentence_start):
            others = [each for each in before if each.role is not Role.OUTPUT]
            later = [each for each in stated if each.start >= place.end()]
            fresh = role is Role.OUTPUT or not _is_among(value, used)
            if fresh and _uses_inputs(others or later, used):
                return True
    return False


def _means(stated: StatedValue, value: object) -> bool:
    return any(is_same(value, meaning) for meaning in stated.meanings)


def _is_among(value: object, used: Sequence[object]) -> bool:
    return any(is_same(value, each) for each in used)


def _uses_inputs(stated: Sequence[StatedValue], used: Sequence[object]) -> bool:
    """Whether a test is about the inputs that its item states."""
    inputs = [each for each in stated if each.role is not Role.OUTPUT and not each.loose]
    return all(any(is_same(u, m) for m in each.meanings for u in used) for each in inputs)


def _inputs(found: Expectation, *, parts: bool = True) -> list[object]:
    """The values that a test gives to what it tests; `parts`: the words of texts too."""
    expressions: list[ast.AST] = [*found.given]
    if found.actual is not None:
        expressions.append(found.actual)
    nodes = [node for each in expressions for node in ast.walk(each)]
    return values_in(nodes, parts=parts)


def _unescaped(pattern: str) -> str:
    return re.sub(r"\\(\W)", r"\1", pattern)
