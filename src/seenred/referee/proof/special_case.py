"""Code that knows its tests by heart: constant bodies, and branches on a test's own input."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seenred.domain.source_text import parsed
from seenred.referee.proof.placed_test import Function, place

_VALUES = (ast.Constant, ast.Tuple, ast.List, ast.UnaryOp, ast.Dict)
# values on which honest code branches too: the ends of its domain
_COMMON = (None, True, False, 0, 1, -1, 2, "", b"", ())


@dataclass(frozen=True, slots=True)
class Known:
    """The literals of some tests.

    Attributes:
        given: `repr` of those that the tests hand to calls, and of cells of their tables.
        expected: of those that they compare with, and of the same cells.
    """

    given: frozenset[str]
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A place where production code gives back what a test expects.

    Attributes:
        kind: `constant-body` or `special-case`.
        function: bare name of the function around it.
    """

    kind: str
    line: int
    what: str
    function: str = ""


def known_of(source: bytes, test_ids: Iterable[str]) -> Known:
    """The literals of tests of one file."""
    module = _module(source)
    found = [place(module, test) for test in test_ids] if module else []
    places = [function for function in found if function is not None]
    given: set[str] = set()
    expected: set[str] = set()
    for function in places:
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
                given |= {value for argument in arguments for value in _literals(argument)}
                if ast.unparse(node.func).startswith("self.assert"):
                    expected |= {v for argument in node.args for v in _literals(argument)}
            elif isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                expected |= {value for side in sides for value in _literals(side)}
        for decorator in function.decorator_list:
            cells = set(_literals(decorator))
            given, expected = given | cells, expected | cells
    return Known(frozenset(given), frozenset(expected))


def special_cases(source: bytes, known: Known) -> tuple[Remembered, ...]:
    """Branches on what a test gives that give back what it expects."""
    module = _module(source)
    found: list[Remembered] = []
    for function in _functions(module):
        tables = _tables(module, function) if module else {}
        for node in ast.walk(function):
            for line, what in _branches(node, known, tables):
                found.append(Remembered("special-case", line, what, function.name))
    return tuple(dict.fromkeys(found))


def constant_bodies(source: bytes) -> tuple[Remembered, ...]:
    """Functions that take something and give back a literal, whatever it is."""
    return tuple(
        Remembered("constant-body", body.lineno, ast.unparse(body), function.name)
        for function in _functions(_module(source))
        if (body := _only_statement(function)) is not None
        and isinstance(body, ast.Return)
        and body.value is not None
        and _is_literal(body.value)
        and any(True for _ in _parameters(function))
    )


def triangulation(tests: bytes, function: str) -> str:
    """A further example that tells a constant from the behaviour: a call with another argument."""
    module = _module(tests)
    for call in ast.walk(module) if module else ():
        if isinstance(call, ast.Call) and _last(call.func) == function:
            for leaf in (leaf for argument in call.args for leaf in ast.walk(argument)):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, int | float | str):
                    leaf.value = _another(leaf.value)
                    return ast.unparse(call)
    return f"{function}(…)"


def _module(source: bytes) -> ast.Module | None:
    try:
        return parsed(source)
    except (SyntaxError, ValueError):
        return None


def _functions(module: ast.Module | None) -> Iterator[Function]:
    for node in ast.walk(module) if module else ():
        if isinstance(node, Function):
            yield node


def _literals(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        yield from _literal_of(each)


def _literal_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, _VALUES) and _is_literal(node):
        yield repr(ast.literal_eval(node))


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _branches(
    node: ast.AST, known: Known, tables: dict[str, ast.Dict]
) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.If) and _asks(node.test, known) and _answers(node.body, known):
        yield node.lineno, f"if {ast.unparse(node.test)}: {ast.unparse(node.body[0])}"
    elif isinstance(node, ast.IfExp) and _asks(node.test, known) and _is_expected(node.body, known):
        yield node.lineno, ast.unparse(node)
    elif isinstance(node, ast.match_case):
        if _uncommon(node.pattern, known.given) and _answers(node.body, known):
            yield node.body[0].lineno, f"case {ast.unparse(node.pattern)}"
    elif isinstance(node, ast.Return) and node.value is not None:
        table = _looked_up(node.value, tables)
        if table is not None and _is_answer_book(table, known):
            yield node.lineno, ast.unparse(node)


def _asks(test: ast.expr, known: Known) -> bool:
    """Whether a condition compares something with an uncommon literal that a test gives."""
    compared = [
        side
        for node in ast.walk(test)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.In | ast.Is)
        for side in (node.left, *node.comparators)
    ]
    return any(_uncommon(side, known.given) for side in compared)


def _uncommon(node: ast.AST, given: frozenset[str]) -> bool:
    common = {repr(value) for value in _COMMON}
    nodes = _compared(node)
    return any(
        value in given and value not in common for each in nodes for value in _literal_of(each)
    )


def _compared(node: ast.AST) -> Iterator[ast.AST]:
    """What a side of a comparison is made of.

    A divisor and an index are left out: "a multiple of three" and "the third part" are rules, be
    three a test's input or not.
    """
    yield node
    for child in ast.iter_child_nodes(node):
        if not _is_rule(node, child):
            yield from _compared(child)


def _is_rule(node: ast.AST, child: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod) and child is node.right
    return isinstance(node, ast.Subscript) and child is node.slice


def _answers(body: list[ast.stmt], known: Known) -> bool:
    """Whether a branch ends by giving an expected literal."""
    last = body[-1]
    value = last.value if isinstance(last, ast.Return | ast.Assign) else None
    return value is not None and _is_expected(value, known)


def _is_expected(value: ast.expr, known: Known) -> bool:
    return _is_literal(value) and repr(ast.literal_eval(value)) in known.expected


def _tables(module: ast.Module, function: Function) -> dict[str, ast.Dict]:
    return {
        target.id: node.value
        for node in (*module.body, *ast.walk(function))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _looked_up(value: ast.expr, tables: dict[str, ast.Dict]) -> ast.Dict | None:
    """The table of `TABLE[x]` or `TABLE.get(x)`."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        holder = value.func.value if value.func.attr == "get" else None
    else:
        holder = value.value if isinstance(value, ast.Subscript) else None
    if isinstance(holder, ast.Name):
        return tables.get(holder.id)
    return holder if isinstance(holder, ast.Dict) else None


def _is_answer_book(table: ast.Dict, known: Known) -> bool:
    """Every key is given by a test, every value expected."""
    keys = [key for key in table.keys if key is not None]
    return (
        bool(keys)
        and any(_uncommon(key, known.given) for key in keys)
        and all(_is_given(key, known) for key in keys)
        and all(_is_expected(value, known) for value in table.values)
    )


def _is_given(key: ast.expr, known: Known) -> bool:
    """Whether a test gives a key, or all parts of it: `(2, 3)` of `add(2, 3)`."""
    if _is_literal(key) and repr(ast.literal_eval(key)) in known.given:
        return True
    parts = key.elts if isinstance(key, ast.Tuple) else []
    return bool(parts) and all(_is_given(part, known) for part in parts)


def _only_statement(function: Function) -> ast.stmt | None:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[0] if len(body) == 1 else None


def _parameters(function: Function) -> Iterator[ast.arg]:
    arguments = function.args
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)


def _last(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


def _another(value: float | str) -> float | str:
    if isinstance(value, bool):
        return not value
    return f"{value}x" if isinstance(value, str) else value + 1
