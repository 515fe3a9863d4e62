"""A statement's text read into a problem; what cannot be read is said, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seenred.domain import nesting
from seenred.domain.kept_arguments import wants_arguments_kept
from seenred.domain.literal import evaluate, parse_literal
from seenred.domain.problem import Case, Problem, ProblemKind, Signature
from seenred.domain.statement.binding import Example, bind, complete_signature, read_inputs
from seenred.domain.statement.blocks import (
    Block,
    describes_streams,
    find_blocks,
    unpaired_samples,
)
from seenred.domain.statement.comparison import find_comparison
from seenred.domain.statement.constraints import (
    find_complexity,
    find_constraints,
    find_time_limit,
)
from seenred.domain.statement.examples import Found, find_arrows, find_calls, find_doctests
from seenred.domain.statement.expected import read_expected
from seenred.domain.statement.lines import Line, read_lines
from seenred.domain.statement.signature import (
    find_signature,
    is_stateful_class,
    snake_case,
)
from seenred.domain.statement.table import Row, find_rows

_STDIO = re.compile(
    r"standard (?:in|out)put|\bstdin\b|\bstdout\b|\b(?:read|reads"
    r"|reading) (?:\w+ ){0,4}from (?:the )?(?:console|input|keyboard)"
    r"|\b(?:first|second|next|only|single|each|following"
    r"|last) (?:\w+ )?lines? (?:of (?:the )?(?:input|each [\w ]+|standard input) )?"
    r"(?:contains?|has|consists?|gives?|holds?)"
    r"|\binput line|\blines? contains?\b|\bthe input (?:consists|contains|is given|starts"
    r"|begins)|\bwrite a program\b|\binput format\b|\btest cases? (?:contains|consists)"
    r"|\bthe (?:input|output) (?:file|should be printed)",
    re.I,
)
_FUNCTION = re.compile(
    r"\b(?:write|implement|complete|define|create|code|build|provide|need|want|make)\s+(?:\w+\s+){0,4}(?:function|method)\b"
    r"|^\s*(?:async\s+)?def\s+\w+\(|\bclass Solution\b|^\s*>>>|\bthe function\b"
    r"|\bfunction signature\b",
    re.I | re.M,
)

_UNTITLED = re.compile(r"[.:;?(]$|\(|->|=|\b(?:in|out)put\b", re.I)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The cases found for one kind of problem, and what could not be read."""

    cases: tuple[Case, ...] = ()
    unparsed: tuple[str, ...] = ()
    signature: Signature | None = None


def parse_statement(text: str, *, name: str = "") -> Problem:
    """Read a statement; `name` is its file's, for a function that nothing else names."""
    lines = read_lines(text)
    name = re.sub(r"\.(?:txt|md|pdf)$", "", name)
    title = _title(lines, name)
    spelled = find_signature(lines)
    function = _read_function(lines, spelled, snake_case(title or name))
    stdio = _read_stdio(lines)
    kind = _kind(text, spelled, function, stdio)
    reading = function if kind is ProblemKind.FUNCTION else stdio
    comparison, tolerance = find_comparison(lines)
    constraints = find_constraints(lines, reading.signature)
    unread = tuple(
        f"line {number}: a constraint could not be read: {constraint}"
        for number, constraint in constraints.unread
    )
    return Problem(
        title=title,
        text=text,
        kind=kind,
        signature=reading.signature,
        cases=reading.cases,
        bounds=constraints.bounds,
        constraints=constraints.texts,
        comparison=comparison,
        tolerance=tolerance,
        time_limit=find_time_limit(lines),
        complexity=find_complexity(lines),
        kept_arguments=wants_arguments_kept(text),
        unparsed=(*reading.unparsed, *unread),
    )


def _title(lines: Sequence[Line], name: str) -> str:
    """The first heading or short first line; else the file's name."""
    for line in lines:
        plain = line.plain.strip("*# ")
        if not plain or line.fence:
            continue
        if line.block is not None:
            break
        if line.is_heading or (len(plain) <= 60 and not _UNTITLED.search(plain)):
            return re.sub(r"^(?i:title|problem)\s*:\s*", "", plain.replace("`", ""))
        break
    return name


def _kind(text: str, spelled: Signature | None, function: _Reading, stdio: _Reading) -> ProblemKind:
    """A program when the statement speaks of its input and output, else a function."""
    speaks_of_streams = len(_STDIO.findall(text)) + 2 * describes_streams(read_lines(text))
    wants_function = bool(spelled) + bool(_FUNCTION.search(text))
    if speaks_of_streams and stdio.cases and not (wants_function and function.cases):
        return ProblemKind.STDIO
    if wants_function:
        both = speaks_of_streams > 1 and stdio.cases
        read_better = len(function.cases) >= len(stdio.cases)
        return ProblemKind.STDIO if both and not read_better else ProblemKind.FUNCTION
    if speaks_of_streams:
        return ProblemKind.STDIO
    named = any(re.match(r"[A-Za-z_]\w*\s*=", case.stdin) for case in stdio.cases)
    return ProblemKind.FUNCTION if function.cases or named or not stdio.cases else ProblemKind.STDIO


def _read_function(lines: Sequence[Line], spelled: Signature | None, name: str) -> _Reading:
    examples, unread = _written_examples(lines, spelled)
    called = Counter(example.function for example in examples if example.function)
    if spelled is None or not spelled.parameters:
        name = spelled.name if spelled else called.most_common(1)[0][0] if called else name
    pairs = [
        p
        for e in examples
        if (p := read_inputs(e, spelled if spelled and spelled.parameters else None))
    ]
    outputs, words = _outputs(examples)
    signature = complete_signature(spelled, name, pairs, outputs)
    cases: list[Case] = []
    unparsed = [
        f"line {number}: this looks like an example and could not be read: {text}"
        for number, text in unread
    ]
    for example in examples:
        bound = bind(example, signature, len(cases) + 1, words=words)
        if isinstance(bound, str):
            unparsed.append(bound)
        else:
            cases.append(bound)
    if is_stateful_class(lines):
        unparsed.append(
            "line 1: a class with several methods is asked for; "
            "only calls of one function can be judged"
        )
    kept, contradictions = _distinct(cases)
    found = signature if spelled or kept else None
    return _Reading(kept, (*_in_order(unparsed), *contradictions), found)


def _outputs(examples: Sequence[Example]) -> tuple[list[str], bool]:
    """The expected literals, and whether a word without quotes may be one.

    Beside a number, a word could as well be prose, and the number could be a string.
    """
    strict = [r.literal for e in examples if (r := read_expected(e.output)) and r.literal]
    words = all(isinstance(evaluate(literal), str | bool | None) for literal in strict)
    read = [read_expected(e.output, words=words and not e.code) for e in examples]
    return [r.literal for r in read if r and r.literal], words


def _written_examples(
    lines: Sequence[Line], spelled: Signature | None
) -> tuple[list[Example], list[tuple[int, str]]]:
    """Every example in the order of the statement, and the lines that only look like one."""
    name = spelled.name if spelled else None
    doctests, calls, arrows = find_doctests(lines), find_calls(lines, name), find_arrows(lines)
    blocks = [_from_block(block) for block in find_blocks(lines)]
    parameters = [p.name for p in spelled.parameters] if spelled else []
    rows = [_from_row(row) for row in find_rows(lines, parameters)]
    if name and any(e.function == name for e in doctests.examples):
        others = [e for e in doctests.examples if e.function != name]
        doctests = Found(
            tuple(e for e in doctests.examples if e.function == name),
            (*doctests.unread, *((e.line, f"{e.function}({e.inputs})") for e in others)),
        )
    taken = {e.line for e in (*doctests.examples, *blocks, *rows)}
    loose = [e for e in (*calls.examples, *arrows.examples) if e.line not in taken]
    examples = sorted((*doctests.examples, *blocks, *rows, *loose), key=lambda e: e.line)
    read = {e.line for e in examples}
    unread = [
        *((n, t) for n, t in (*doctests.unread, *calls.unread, *arrows.unread) if n not in read),
        *((n, "an input without its output") for n in unpaired_samples(lines) if n not in read),
    ]
    return examples, sorted(set(unread))


def _from_block(block: Block) -> Example:
    inputs, output = "\n".join(block.inputs).strip(), "\n".join(block.outputs).strip()
    called = re.match(r"`?([A-Za-z_]\w*)\(", inputs)
    if called and nesting.closing(inputs, called.end() - 1) in (len(inputs.rstrip("`")) - 1,):
        inner = inputs.rstrip("`")[called.end() : -1]
        return Example(block.line, inner, output, block.note, function=called[1])
    return Example(block.line, _without_ticks(inputs), _without_ticks(output), block.note)


def _from_row(row: Row) -> Example:
    cells = row.cells
    if row.names:
        inputs = ", ".join(f"{name} = {cell}" for name, cell in zip(row.names, cells, strict=True))
        return Example(row.line, inputs, row.output, row.note)
    block = Block(row.line, (", ".join(cells),), (row.output,), row.note)
    return _from_block(block)


def _without_ticks(text: str) -> str:
    """A text that is one code span without its backticks."""
    return text[1:-1] if re.fullmatch(r"`[^`]*`", text) else text


def _read_stdio(lines: Sequence[Line]) -> _Reading:
    pairs = [(block.inputs, block.outputs, block.note) for block in find_blocks(lines)]
    pairs += [(row.cells, (row.output,), row.note) for row in find_rows(lines) if not row.names]
    if not pairs and _STDIO.search("\n".join(line.text for line in lines)):
        pairs = [((arrow.inputs,), (arrow.output,), "") for arrow in find_arrows(lines).examples]
    cases = [
        Case(f"sample {number}", stdin=_stream(given), expected=_stream(shown), note=note)
        for number, (given, shown, note) in enumerate(pairs, start=1)
    ]
    unpaired = [
        f"line {number}: a sample input has no output that could be read"
        for number in unpaired_samples(lines)
    ]
    kept, contradictions = _distinct(cases)
    return _Reading(kept, (*unpaired, *contradictions))


def _stream(texts: Sequence[str]) -> str:
    """Lines as a program reads them; a quoted literal is read as the string that it is."""
    text = "\n".join(_without_ticks(text) if len(texts) == 1 else text for text in texts)
    quoted = parse_literal(text) if re.fullmatch(r"""(["']).*\\n.*\1""", text) else None
    if quoted:
        text = str(evaluate(quoted))
    return text.rstrip("\n") + "\n"


def _distinct(cases: Sequence[Case]) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """Each input once; one that is stated with different answers is dropped and said."""
    by_input: dict[tuple[tuple[str, ...], str], list[Case]] = {}
    for case in cases:
        by_input.setdefault((case.arguments, case.stdin), []).append(case)
    kept: list[Case] = []
    said: list[str] = []
    for group in by_input.values():
        answers = {(case.expected, case.raises) for case in group}
        if len(answers) == 1:
            kept.append(replace(group[0], name=f"{group[0].name.split()[0]} {len(kept) + 1}"))
        else:
            said.append(
                f"{group[0].name} is stated with different answers: "
                + ", ".join(sorted(str(expected or raises).strip() for expected, raises in answers))
            )
    return tuple(kept), tuple(said)


def _in_order(sentences: Sequence[str]) -> list[str]:
    def line(sentence: str) -> int:
        match = re.match(r"line (\d+)", sentence)
        return int(match[1]) if match else 0

    return sorted(dict.fromkeys(sentences), key=line)
