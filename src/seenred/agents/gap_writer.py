"""problem-solver in the green step, for models that fill gaps: only what is missing is written.

Shown code and asked to change it, the embedded model writes the same code once more: of 16 replies
to "a line break separates numbers too" 10 changed nothing, of 12 to other wordings none was right.
A gap cannot be copied. With the item's words as a comment and the gap behind `numbers = `, the
first filling was right, within a second.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from seenred.agents.code_reply import NoCode
from seenred.agents.code_writer import CodeRequest, newest
from seenred.domain.conversation import Prompt
from seenred.domain.gap import Gap, Room
from seenred.domain.placed_statement import FunctionNode, first_line

# Of a filling: what a function of the katas needs; a line is over much sooner.
MAX_TOKENS = 200
# Of the second and later fillings of a place.
TEMPERATURE = 0.8


@dataclass(frozen=True, slots=True)
class Place:
    """Where something may be missing in code that can be parsed.

    Attributes:
        name: what it is for, and of what: `assign add numbers`.
        before, after: the code around it, in whole lines.
        lead: how its first line begins.
        room: what it has room for.
        depth: spaces that its further lines begin with at least.
        definition: name of the outermost definition around it.
    """

    name: str
    before: str
    after: str
    lead: str
    room: Room
    depth: int
    definition: str


def places(code: str) -> tuple[Place, ...]:
    """The places of code, those where little is to be written first; none if it has no syntax."""
    try:
        module = ast.parse(code)
    except (SyntaxError, ValueError):
        return ()
    found = [place for node in module.body for place in _of_definition(code, node)]
    return tuple(sorted(found, key=lambda place: _ORDER.index(place.name.split()[0])))


_ORDER = ("assign", "condition", "method", "body", "last", "function", "class")


def _of_definition(code: str, node: ast.stmt) -> Iterator[Place]:
    rows = _Rows(code, getattr(node, "name", ""))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from _in_function(rows, node)
        head = f"{'async ' * isinstance(node, ast.AsyncFunctionDef)}def {node.name}("
        yield rows.place(f"function {node.name}", node, Room.BLOCK, 4, head)
    elif isinstance(node, ast.ClassDef):
        for each in node.body:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _in_function(rows, each)
        yield _new_method(rows, node)
        yield rows.place(f"class {node.name}", node.body, Room.LINES, node.body[0].col_offset)


def _new_method(rows: _Rows, owner: ast.ClassDef) -> Place:
    depth, end = owner.body[0].col_offset, owner.end_lineno or owner.lineno
    place = rows.insert(f"method {owner.name}", end, Room.BLOCK, depth + 4, " " * depth + "def ")
    return replace(place, before=f"{place.before.rstrip()}\n\n")


def _in_function(rows: _Rows, function: FunctionNode) -> Iterator[Place]:
    """Of a method like `__init__` only the class's own place has room: it serves the others."""
    body = function.body[bool(ast.get_docstring(function, clean=False)) :]
    if not body or body[0].lineno == function.lineno or function.name.startswith("__"):
        return
    name, depth = function.name, body[0].col_offset
    margin, begin = " " * depth, first_line(body[0]) - 1
    for argument in _arguments(function):
        lead = f"{margin}{argument} = "
        yield rows.insert(f"assign {name} {argument}", begin, Room.LINE, depth, lead)
    yield rows.insert(f"condition {name}", begin, Room.BLOCK, depth + 4, f"{margin}if ")
    yield rows.place(f"body {name}", body, Room.LINES, depth)
    if len(body) > 1:
        yield rows.place(f"last {name}", body[-1:], Room.LINES, depth)


def _arguments(function: FunctionNode) -> list[str]:
    given = function.args
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The lines of code, of which places are made in one definition."""

    code: str
    definition: str

    def insert(self, name: str, row: int, room: Room, depth: int, lead: str = "") -> Place:
        return self._between(name, row, row, room, depth, lead)

    def place(
        self, name: str, nodes: ast.stmt | list[ast.stmt], room: Room, depth: int, lead: str = ""
    ) -> Place:
        """In place of statements that follow each other."""
        first, last = (nodes[0], nodes[-1]) if isinstance(nodes, list) else (nodes, nodes)
        end = last.end_lineno or last.lineno
        return self._between(name, first_line(first) - 1, end, room, depth, lead)

    def _between(self, name: str, start: int, end: int, room: Room, depth: int, lead: str) -> Place:
        rows = self.code.splitlines(keepends=True)
        before, after = "".join(rows[:start]), "".join(rows[end:])
        return Place(name, before, after, lead, room, depth, self.definition)


def gap_prompt(request: CodeRequest, place: Place, number: int) -> Prompt:
    """Have the place filled, for the `number`th time; the first filling is not sampled."""
    words = " ".join(request.item.split())
    hint = f"{_margin(place)}# {words[:1].upper()}{words[1:]}\n"
    gap = Gap(
        before=place.before + hint + place.lead,
        after=place.after,
        room=place.room,
        depth=place.depth,
        context=_context(request),
    )
    sampled = number > 1
    return Prompt(
        (),
        max_tokens=MAX_TOKENS,
        temperature=TEMPERATURE if sampled else 0.0,
        seed=number if sampled else None,
        gap=gap,
    )


def _margin(place: Place) -> str:
    if place.lead:
        return place.lead[: len(place.lead) - len(place.lead.lstrip())]
    return " " * place.depth


def _context(request: CodeRequest) -> str:
    """The tests, as a file that stands before the code."""
    tests = [test.strip("\n") for test in (*newest(request.earlier), request.test)]
    about = " ".join(request.about.split())
    around = [request.neighbours.strip("\n")] if request.neighbours else []
    return "\n\n\n".join([f"# {about or 'tests'}", *around, *tests, f"# {request.path}\n"])


def filled(place: Place, text: str) -> str | NoCode:
    """The definition around the place, with the text in it."""
    rows = list(_kept(place, text))
    if not place.lead and all(row.lstrip()[:1] in ("", "#") for row in rows):
        return NoCode("is empty")
    for end in range(len(rows), 0, -1):
        # a reply that met its limit ends within a line, or within a statement
        if definition := _definition(place, rows[:end]):
            return definition
    return NoCode("does not fit into the code")


def _definition(place: Place, rows: list[str]) -> str | None:
    """The definition with these rows in it; None where they make no syntax."""
    whole = f"{place.before}{place.lead}{''.join(rows)}{place.after}"
    try:
        module = ast.parse(whole)
    except (SyntaxError, ValueError):
        return None
    for node in module.body:
        if getattr(node, "name", "") == place.definition:
            begin = place.before.count("\n") + 1
            return _without_dead(whole, node, range(begin, begin + len(rows)))
    return None


def _without_dead(code: str, definition: ast.stmt, filling: range) -> str:
    """A definition's text, without what follows a `return` or a `raise` in the filling's rows."""
    dead = {row for node in ast.walk(definition) for row in _dead_rows(node) if row in filling}
    rows = enumerate(code.splitlines(keepends=True), 1)
    last = definition.end_lineno or definition.lineno
    own = range(first_line(definition), last + 1)
    return "".join(row for number, row in rows if number in own and number not in dead)


def _dead_rows(node: ast.AST) -> Iterator[int]:
    for block in ("body", "orelse", "finalbody"):
        statements = getattr(node, block, None)
        if not isinstance(statements, list):
            continue
        ends = [isinstance(each, ast.Return | ast.Raise) for each in statements]
        for each in statements[ends.index(True) + 1 :] if any(ends) else ():
            yield from range(first_line(each), (each.end_lineno or each.lineno) + 1)


def _kept(place: Place, text: str) -> Iterator[str]:
    """The text's lines up to where it leaves the gap, or begins with what follows there."""
    following = next((row for row in place.after.splitlines() if row.strip()), None)
    for number, row in enumerate(text.rstrip().splitlines()):
        begun = bool(number or not place.lead)
        if begun and row == following and number:
            return
        if begun and row.strip() and not row.startswith(" " * place.depth):
            return
        if number and place.room is Room.LINE:
            return
        yield f"{row}\n"
