"""The code of a reply, statement by statement."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from seenred.agents.edit.indentation import blank, rows_in_strings
from seenred.domain.placed_statement import first_line
from seenred.domain.source_text import SourceText


@dataclass(frozen=True, slots=True)
class ReplyText:
    """Attributes: later: what follows in the reply on the same level."""

    text: SourceText
    later: Sequence[ast.stmt]

    def code(self, node: ast.stmt) -> str:
        """A statement's lines with the comments right above it, as if at the top level."""
        lines = self.text.lines
        first = first_line(node)
        while first > 1 and lines[first - 2].strip().startswith("#"):
            first -= 1
        return self._dedented(first, node)

    def bare(self, node: ast.stmt) -> str:
        """A statement's lines alone."""
        return self._dedented(first_line(node), node)

    def _dedented(self, first: int, node: ast.stmt) -> str:
        fixed = set(rows_in_strings(self.text))
        cut = len(blank(self.text.lines[first_line(node) - 1]))
        rows = range(first, (node.end_lineno or node.lineno) + 1)
        lines = {row: self.text.lines[row - 1] for row in rows}
        kept = [each if row in fixed else _cut(each, cut) for row, each in lines.items()]
        return "\n".join([*kept, ""])


def _cut(line: str, columns: int) -> str:
    return line[columns:] if not line[:columns].strip() else line.lstrip()
