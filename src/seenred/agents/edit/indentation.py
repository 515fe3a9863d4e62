"""Indents code of one module as another one is indented."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from seenred.domain.source_text import SourceText

_USUAL = "    "
_BLANK = re.compile(r"[ \t]*")


def unit_of(text: SourceText) -> str:
    """What one level adds to the indentation; four spaces where nothing is indented."""
    lines = text.lines
    for node in ast.walk(text.module):
        body = getattr(node, "body", None)
        if not isinstance(node, ast.stmt) or not isinstance(body, list):
            continue
        outer, inner = blank(lines[node.lineno - 1]), blank(lines[body[0].lineno - 1])
        if inner.startswith(outer) and inner != outer:
            return inner[len(outer) :]
    return _USUAL


def blank(line: str) -> str:
    """The white space that a line begins with."""
    found = _BLANK.match(line)
    return found[0] if found else ""


def dedented(code: str) -> str:
    """The code without the white space that all of its lines begin with."""
    lines = code.splitlines()
    blanks = [blank(line) for line in lines if line.strip()]
    least = min(blanks, key=len, default="")
    shared = least if all(each.startswith(least) for each in blanks) else ""
    return "\n".join(line.removeprefix(shared) for line in lines)


def laid_out(code: str, prefix: str, unit: str) -> list[str]:
    """The lines of a definition as they stand behind `prefix`, each level one `unit` more.

    Lines inside of a string stay as they are, except a docstring's.
    """
    text = SourceText.of_text(code)
    own = unit_of(text)
    fixed = set(rows_in_strings(text))
    return [
        line if row in fixed else _shifted(line, own, prefix, unit)
        for row, line in enumerate(text.lines[:-1] if code.endswith("\n") else text.lines, 1)
    ]


def _shifted(line: str, own: str, prefix: str, unit: str) -> str:
    body = line.lstrip(" \t")
    if not body:
        return ""
    levels, rest = divmod(len(line) - len(body), len(own))
    return prefix + unit * levels + " " * rest + body


def rows_in_strings(text: SourceText) -> Iterator[int]:
    """Rows that begin inside of a string that is no docstring."""
    documented = {
        node.body[0].lineno
        for node in ast.walk(text.module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and ast.get_docstring(node, clean=False) is not None
    }
    readline = io.BytesIO(text.content).readline
    opened: list[int] = []
    for token in tokenize.tokenize(readline):
        name = tokenize.tok_name[token.type]
        start = token.start[0]
        if name == "FSTRING_START":
            opened.append(start)
        elif name == "FSTRING_END":
            start = opened.pop()
        elif name != "STRING":
            continue
        if start not in documented:
            yield from range(start + 1, token.end[0] + 1)
