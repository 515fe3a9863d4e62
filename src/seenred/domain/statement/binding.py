"""From an example as it is written to a case: arguments in the signature's order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from seenred.domain import nesting
from seenred.domain.literal import evaluate, parse_literal, render, split_arguments
from seenred.domain.problem import Case, Parameter, Signature
from seenred.domain.statement.expected import also_accepted, read_expected
from seenred.domain.statement.signature import infer_annotation

Pairs = tuple[tuple[str | None, str], ...]

_PROSE_BEFORE = re.compile(
    r"^.*?(?:\bexamples?\b|\be\.g\.|\binput\b|\bcase\b)\s*\d*\s*[:,.)]*\s*", re.I
)
_NAMES = {
    "list": "values",
    "str": "text",
    "int": "n",
    "float": "x",
    "dict": "mapping",
    "set": "items",
}


@dataclass(frozen=True, slots=True)
class Example:
    """An example as the statement writes it.

    Attributes:
        function: the name that was called, or None when only values are shown.
        code: written as code, so words are names and never strings.
    """

    line: int
    inputs: str
    output: str
    note: str = ""
    function: str | None = None
    code: bool = False


def read_inputs(example: Example, signature: Signature | None) -> Pairs | None:
    """The arguments of an example, named where it names them; None when they can't be read."""
    text = example.inputs.strip()
    noteless = re.sub(r"\s+(?:#.*|\([^()\d]*\))$", "", text)
    for candidate in (text, text.replace("`", ""), noteless, _PROSE_BEFORE.sub("", text, count=1)):
        pairs = _plain_pairs(candidate, example, signature)
        if pairs is not None:
            return pairs
    return None


def complete_signature(
    signature: Signature | None, name: str, inputs: Sequence[Pairs], outputs: Iterable[str]
) -> Signature:
    """The signature with the parameters and annotations that it lacks, taken from examples."""
    known = signature or Signature(name)
    if not known.parameters and inputs:
        known = replace(known, parameters=_invented(inputs))
    by_order = [order_arguments(pairs, known) for pairs in inputs]
    parameters = tuple(
        parameter
        if parameter.annotation
        else Parameter(parameter.name, infer_annotation(a[i] for a in by_order if a and i < len(a)))
        for i, parameter in enumerate(known.parameters)
    )
    returns = known.returns or infer_annotation(outputs)
    return Signature(known.name, parameters, returns)


def order_arguments(pairs: Pairs, signature: Signature) -> tuple[str, ...] | None:
    """The literals in the order of the signature's parameters; None when they don't fit."""
    names = [parameter.name for parameter in signature.parameters]
    given = [name for name, _ in pairs]
    if any(given) and all(name is None or name in names for name in given):
        values = {
            name or names[i]: literal for i, (name, literal) in enumerate(pairs) if i < len(names)
        }
        if len(values) != len(pairs) or (list(values) and set(values) != set(names[: len(values)])):
            return None
        return tuple(values[name] for name in names if name in values)
    literals = tuple(literal for _, literal in pairs)
    if len(literals) == len(names):
        return literals
    if len(literals) == 1 and len(names) > 1:
        value = evaluate(literals[0])
        if isinstance(value, tuple) and len(value) == len(names):
            return tuple(render(item) for item in value)
    return None


def bind(example: Example, signature: Signature, number: int, *, words: bool = True) -> Case | str:
    """The case that an example states, or a sentence why it can't be read.

    With `words`, an expected word without quotes is a string.
    """
    arguments = _arguments(example, signature)
    if isinstance(arguments, str):
        return arguments
    expected = read_expected(
        _output(example, signature), words=_words_expected(example, signature, words)
    )
    if expected is None:
        return (
            f"line {example.line}: the expected value of an example is not a literal: "
            f"{_short(example.output)}"
        )
    literal = expected.literal and _as_text(expected.literal, signature.returns)
    also = also_accepted(example.note, literal) if literal else ()
    return Case(
        name=f"example {number}",
        arguments=arguments,
        expected=literal,
        alternatives=tuple(dict.fromkeys((*expected.alternatives, *also))),
        raises=expected.raises,
        note=expected.note or example.note,
    )


def _arguments(example: Example, signature: Signature) -> tuple[str, ...] | str:
    """The arguments in order, or a sentence why they can't be read."""
    pairs = read_inputs(example, signature)
    if pairs is None:
        return (
            f"line {example.line}: the input of an example is not a literal: "
            f"{_short(example.inputs)}"
        )
    arguments = order_arguments(pairs, signature)
    if arguments is None and example.function and 0 < len(pairs) < len(signature.parameters):
        arguments = tuple(literal for _, literal in pairs)  # the others have defaults
    if arguments is None:
        wanted = ", ".join(parameter.name for parameter in signature.parameters)
        return (
            f"line {example.line}: an example gives {len(pairs)} values where "
            f"{signature.name}({wanted}) takes {len(signature.parameters)}"
        )
    return tuple(
        _as_text(literal, parameter.annotation)
        for literal, parameter in zip(arguments, signature.parameters, strict=False)
    )


def _words_expected(example: Example, signature: Signature, words: bool) -> bool:
    returns = signature.returns
    return not example.code and (words if not returns else "str" in returns)


def _output(example: Example, signature: Signature) -> str:
    """The output's text; words for a function that returns `str` are quoted whole."""
    text = example.output.strip()
    words = signature.returns == "str" and not example.code
    if (
        words
        and re.fullmatch(r"[\w ]*\w \w[\w ]*", text)
        and not re.search(r"\b(?:or|error|raises?|empty)\b", text)
    ):
        return repr(text)
    return text


def _plain_pairs(text: str, example: Example, signature: Signature | None) -> Pairs | None:
    parameters = signature.parameters if signature else ()
    only = parameters[0].annotation if len(parameters) == 1 else None
    if only == "str" and not example.code and _is_unquoted(text):
        return ((None, repr(text)),)
    flat = _separated(text)
    pairs = split_arguments(flat)
    if pairs is None and not example.code and _words_allowed(parameters):
        pairs = split_arguments(flat, bare=True)
    if only is None and (pairs is None) and " " in text:
        pairs = _by_spaces(text, len(parameters))
    if (
        only
        and re.match(r"(?:[Ll]ist|[Ss]equence)\b", only)
        and re.fullmatch(r"-?\d+(?: +-?\d+)+", text)
    ):
        return ((None, f"[{', '.join(text.split())}]"),)
    return pairs


def _is_unquoted(text: str) -> bool:
    return bool(text) and not re.search(r"""["'“”‘’\[\](){}=,`\n]""", text)


def _separated(text: str) -> str:
    """Line ends, semicolons and `and` between arguments as commas."""
    named = {m.start() for m in re.finditer(r"\s(?=\s*[A-Za-z_]\w*\s*=(?!=))", text)}
    cuts = {i for i, char in nesting.outside(text) if char in "\n;" or i in named}
    flat = "".join("," if i in cuts else char for i, char in enumerate(text))
    flat = re.sub(r"(,\s*)+,", ",", flat.strip().strip(","))
    return re.sub(r"(?:,\s*|\s)and\s+(?=[A-Za-z_]\w*\s*=)", ", ", flat)


def _by_spaces(text: str, count: int) -> Pairs | None:
    pieces = text.split()
    literals = [parse_literal(piece) for piece in pieces]
    if count < 2 or len(pieces) != count or None in literals:
        return None
    return tuple((None, literal) for literal in literals if literal is not None)


def _words_allowed(parameters: Sequence[Parameter]) -> bool:
    return not parameters or any(_may_be_text(parameter.annotation) for parameter in parameters)


def _may_be_text(annotation: str) -> bool:
    return not annotation or "str" in annotation


def _as_text(literal: str, annotation: str) -> str:
    """A number where the annotation says `str` was meant as its digits."""
    return repr(literal) if annotation == "str" and re.fullmatch(r"-?\d+", literal) else literal


def _invented(inputs: Sequence[Pairs]) -> tuple[Parameter, ...]:
    count = Counter(len(pairs) for pairs in inputs).most_common(1)[0][0]
    for pairs in inputs:
        if len(pairs) == count and pairs and all(name for name, _ in pairs):
            return tuple(Parameter(name or "") for name, _ in pairs)
    if count == 1:
        values = [pairs[0][1] for pairs in inputs if len(pairs) == 1]
        annotation = infer_annotation(values)
        return (Parameter(_NAMES.get(annotation.split("[")[0], "value")),)
    return tuple(Parameter("abcdefgh"[i] if i < 8 else f"a{i}") for i in range(count))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}..."
