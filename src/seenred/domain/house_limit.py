"""House limits: how long, branched and nested a piece of code may be; what was over stays so."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from seenred.domain.complaint import Complaint
from seenred.domain.file_protocol import HouseLimits
from seenred.domain.source_text import SourceText

CHECK = "house limits"
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Loop = ast.For | ast.AsyncFor | ast.While
_With = ast.With | ast.AsyncWith
_Try = ast.Try | ast.TryStar


@dataclass(frozen=True, slots=True)
class Size:
    """How large a function is.

    Attributes:
        name: qualified, `Account.withdraw`.
        line: of its `def`.
        lines: from its `def` to its end, its docstring left out.
        complexity: one more than its branches, as McCabe counts them.
        nesting: levels of blocks inside it; an `elif` is on the level of its `if`.
    """

    name: str
    line: int
    lines: int
    complexity: int
    nesting: int


def exceeded(
    before: Mapping[str, bytes], after: Mapping[str, bytes], limits: HouseLimits
) -> tuple[Complaint, ...]:
    """What a change has brought over a limit; what was over one before is nobody's fault now.

    Args:
        before: the changed files as they were, by path; after: as they are. What isn't Python is
            left out.
    """
    old = {path: text for path, source in before.items() if (text := _text(source))}
    found: list[Complaint] = []
    known = _over_already(old.values(), limits)
    long_lines = Counter(line.strip() for text in old.values() for line in text.lines)
    for path, source in after.items():
        text = _text(source)
        if text is None:
            continue
        was = len(old[path].lines) if path in old else 0
        found += _file(path, text, was, limits)
        found += _functions(path, text, known, limits)
        found += _lines(path, text, long_lines, limits)
    return tuple(found)


def sizes(module: ast.Module) -> tuple[Size, ...]:
    """Every function of a module, the inner ones too."""
    return tuple(_sizes(module.body, ""))


def _text(source: bytes) -> SourceText | None:
    try:
        return SourceText.of(source)
    except SyntaxError:
        return None


def _sizes(body: Iterable[ast.stmt], owner: str) -> Iterator[Size]:
    for node in body:
        if isinstance(node, _Function):
            name = f"{owner}{node.name}"
            yield Size(name, node.lineno, _length(node), 1 + _branches(node.body), _depth(node))
            yield from _sizes(node.body, f"{name}.")
        elif isinstance(node, ast.ClassDef):
            yield from _sizes(node.body, f"{owner}{node.name}.")
        else:
            yield from _sizes(_inner(node), owner)


def _length(node: _Function) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node, clean=False) is None:
        return lines
    words = node.body[0]
    return lines - ((words.end_lineno or words.lineno) - words.lineno + 1)


def _branches(body: Iterable[ast.stmt]) -> int:
    return sum(_own_branches(node) + _branches(_inner(node)) for node in body)


def _own_branches(node: ast.stmt) -> int:
    if isinstance(node, ast.If | _Loop | _Function):
        return 1
    if isinstance(node, _Try):
        return len(node.handlers) + bool(node.orelse)
    if isinstance(node, ast.Match):
        return len(node.cases) - _has_default(node)
    return 0


def _has_default(node: ast.Match) -> bool:
    last = node.cases[-1]
    pattern = last.pattern
    return last.guard is None and isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _inner(node: ast.stmt) -> list[ast.stmt]:
    """The statements of its blocks."""
    found: list[ast.stmt] = []
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        found += block if isinstance(block, list) else []
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        found += part.body
    return found


def _depth(node: ast.stmt) -> int:
    """Levels of blocks below a statement; those of a definition inside it are its own."""
    return max((_level(inner) for inner in _inner(node)), default=0)


def _level(node: ast.stmt) -> int:
    if isinstance(node, _Function | ast.ClassDef):
        return 0
    if isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        below = max((_level(inner) for inner in node.body), default=0)
        return max(1 + below, _level(node.orelse[0]))
    return (1 if isinstance(node, ast.If | _Loop | _With | _Try | ast.Match) else 0) + _depth(node)


def _over_already(texts: Iterable[SourceText], limits: HouseLimits) -> set[tuple[str, str]]:
    return {
        (size.name, kind)
        for text in texts
        for size in sizes(text.module)
        for kind, _ in _over(size, limits)
    }


def _over(size: Size, limits: HouseLimits) -> Iterator[tuple[str, str]]:
    """Each limit that a function is over, and what is said of it."""
    if size.lines > limits.function:
        yield "lines", f"is {size.lines} lines long, and {limits.function} are allowed; split it"
    if size.complexity > limits.complexity:
        told = f"has a complexity of {size.complexity}, and {limits.complexity} is allowed"
        yield "complexity", f"{told}; take branches out into functions of their own"
    if size.nesting > limits.nesting:
        told = f"is nested {size.nesting} levels deep, and {limits.nesting} are allowed"
        yield "nesting", f"{told}; return early, or take the inner block out"


def _functions(
    path: str, text: SourceText, known: set[tuple[str, str]], limits: HouseLimits
) -> Iterator[Complaint]:
    for size in sizes(text.module):
        for kind, told in _over(size, limits):
            if (size.name, kind) not in known:
                code = text.lines[size.line - 1].strip()
                yield Complaint(CHECK, f"{path}:{size.line}", f"{size.name} {told}", code)


def _lines(
    path: str, text: SourceText, known: Counter[str], limits: HouseLimits
) -> Iterator[Complaint]:
    left = Counter(known)
    for number, line in enumerate(text.lines, start=1):
        code = line.strip()
        left[code] -= 1
        if len(line) > limits.line and left[code] < 0:
            told = f"the line has {len(line)} characters, and {limits.line} are allowed"
            yield Complaint(CHECK, f"{path}:{number}", told, code)


def _file(path: str, text: SourceText, was: int, limits: HouseLimits) -> Sequence[Complaint]:
    lines = len(text.lines) - (text.lines[-1] == "")
    if lines <= limits.file or was > limits.file:
        return ()
    told = f"the file has {lines} lines, and {limits.file} are allowed; move a part of it"
    return (Complaint(CHECK, path, told),)
