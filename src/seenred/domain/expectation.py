"""What the assertions of a test expect, case by case, read from its syntax."""

from __future__ import annotations

import ast
import copy
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

Function = ast.FunctionDef | ast.AsyncFunctionDef
Node = TypeVar("Node", bound=ast.AST)

_EQUAL = {
    *("assertEqual", "assertListEqual", "assertDictEqual", "assertSetEqual", "assertTupleEqual"),
    *("assertSequenceEqual", "assertCountEqual", "assertMultiLineEqual", "assertAlmostEqual"),
    "assertIs",
}
_TRUTH = {"assertTrue": True, "assertFalse": False}
_RAISES = {"raises", "assertRaises", "assertRaisesRegex", "warns", "assertWarns"}
_CONSTRUCTORS = {
    *("Decimal", "Fraction", "date", "datetime", "time", "timedelta", "set", "frozenset"),
    *("list", "tuple", "dict", "str", "int", "float", "bytes", "approx"),
}

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], object]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_LARGE = 10**9


class Kind(StrEnum):
    """How an assertion compares."""

    EQUAL = "equal"
    MEMBER = "member"
    TRUTH = "truth"
    RAISES = "raises"
    RELATION = "relation"  # an order, an inequality, two results with each other


@dataclass(frozen=True, slots=True)
class Expectation:
    """One value that one assertion of a test expects.

    Attributes:
        statement: the assertion.
        values: the literals that it expects, a container's one by one; of `RAISES` the names of
            the exceptions; none when what it expects is computed.
        whole: the expected value in one piece, where it is a literal.
        actual: the expression that is judged, local names put in.
        given: the statements that come before it and are no plain assertions.
        match: of `RAISES`, the text that the message must hold.
        row: which case of a parametrised test, from 0; None when it has no cases.
    """

    statement: ast.stmt
    kind: Kind
    values: tuple[object, ...]
    whole: object = None
    actual: ast.expr | None = None
    given: tuple[ast.stmt, ...] = ()
    match: str | None = None
    row: int | None = None


def expectations(function: Function) -> tuple[Expectation, ...]:
    """All that a test expects, in its order; a parametrised one's case by case."""
    rows = cases(function)
    if not rows:
        return tuple(_of_body(function, {}, None))
    return tuple(
        found for number, row in enumerate(rows) for found in _of_body(function, row, number)
    )


def cases(function: Function) -> tuple[Mapping[str, ast.expr], ...]:
    """The rows of a test's one `parametrize`, by parameter; none when it has none or several."""
    called = [call for call in parametrizations(function) if len(call.args) > 1]
    if len(called) != 1 or not isinstance(called[0].args[1], ast.List | ast.Tuple):
        return ()
    columns = parameter_names(called[0].args[0])
    rows = [cells_of(row, len(columns)) for row in called[0].args[1].elts]
    if any(len(row) != len(columns) for row in rows):
        return ()
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


def parametrizations(function: Function) -> Iterator[ast.Call]:
    """The calls of `pytest.mark.parametrize` above a test."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and name_of(decorator) == "parametrize":
            yield decorator


def name_of(call: ast.Call) -> str:
    """The last name of what is called."""
    return ast.unparse(call.func).rpartition(".")[2]


def is_assertion(statement: ast.stmt) -> bool:
    """Whether a statement asserts something: plainly, by unittest's methods, by `raises`."""
    if isinstance(statement, ast.Assert):
        return True
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return name_of(statement.value).startswith("assert") or name_of(statement.value) in _RAISES
    return isinstance(statement, ast.With | ast.AsyncWith) and _raising(statement) is not None


def literal_of(node: ast.expr) -> tuple[bool, object]:
    """Whether an expression is a value that is written down, and that value.

    Arithmetic of numbers counts, and types made from literals: `Decimal("1.5")` is "1.5" here.
    """
    try:
        return True, ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        pass
    if isinstance(node, ast.Call) and name_of(node) in _CONSTRUCTORS:
        known = [literal_of(argument) for argument in node.args]
        if all(each[0] for each in known) and not node.keywords:
            values = [each[1] for each in known]
            return True, values[0] if len(values) == 1 else tuple(values)
        if name_of(node) == "approx" and known and known[0][0]:
            return known[0]
    return _computed(node)


def leaves(value: object) -> tuple[object, ...]:
    """The plain values inside of a value; an empty container is one itself."""
    if isinstance(value, Mapping) and value:
        return tuple(leaf for pair in value.items() for each in pair for leaf in leaves(each))
    if isinstance(value, list | tuple | set | frozenset) and value:
        return tuple(leaf for each in value for leaf in leaves(each))
    return (value,)


def _computed(node: ast.expr) -> tuple[bool, object]:
    """Arithmetic of numbers, and text or lists that are repeated or joined."""
    if not isinstance(node, ast.BinOp) or type(node.op) not in _ARITHMETIC:
        return False, None
    left, right = literal_of(node.left), literal_of(node.right)
    if not (left[0] and right[0]) or _size(left[1]) * _size(right[1]) > _LARGE:
        return False, None
    compute: Callable[[Any, Any], object] = _ARITHMETIC[type(node.op)]
    try:
        return True, compute(left[1], right[1])
    except (TypeError, ZeroDivisionError, OverflowError, ValueError):
        return False, None


def _size(value: object) -> int:
    """What a repetition by it or of it may come to."""
    if isinstance(value, str | list | tuple):
        return max(1, len(value))
    return max(1, abs(int(value))) if isinstance(value, int | float) else 1


def parameter_names(names: ast.expr) -> list[str]:
    """What the first argument of `parametrize` names."""
    if isinstance(names, ast.Constant) and isinstance(names.value, str):
        return [each.strip() for each in names.value.split(",") if each.strip()]
    if isinstance(names, ast.List | ast.Tuple):
        return [str(each.value) for each in names.elts if isinstance(each, ast.Constant)]
    return []


def cells_of(row: ast.expr, width: int) -> Sequence[ast.expr]:
    """The values of one row of `parametrize` with so many names; none where it is not written."""
    if isinstance(row, ast.Call) and name_of(row) == "param":
        return row.args
    if width == 1:
        return [row]
    return row.elts if isinstance(row, ast.Tuple | ast.List) else []


def _of_body(
    function: Function, row: Mapping[str, ast.expr], number: int | None
) -> Iterator[Expectation]:
    given: list[ast.stmt] = []
    known: dict[str, ast.expr] = dict(row)
    for original in function.body:
        plain = {name: node for name, node in known.items() if isinstance(node, ast.Constant)}
        statement = _with(original, {**row, **plain})
        if is_assertion(statement):
            yield from _of_statement(original, statement, known, tuple(given), number)
            given += [statement] if isinstance(statement, ast.With | ast.AsyncWith) else []
            continue
        given.append(statement)
        _learn(statement, known)
        for inner in _inside(statement):
            yield from _of_statement(original, inner, known, tuple(given), number)


def _learn(statement: ast.stmt, known: dict[str, ast.expr]) -> None:
    """Remember what a simple name stands for; one that is bound again stands for nothing."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if isinstance(statement, ast.Assign) and isinstance(target, ast.Name):
        known[target.id] = _with(statement.value, known)
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            known.pop(node.id, None)


def _inside(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Assertions in loops, branches and other blocks."""
    for node in ast.walk(statement):
        if node is not statement and isinstance(node, ast.stmt) and is_assertion(node):
            yield node


class _Put(ast.NodeTransformer):
    def __init__(self, known: Mapping[str, ast.expr]) -> None:
        self._known = known

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id in self._known:
            return copy.deepcopy(self._known[node.id])
        return node


def _with(node: Node, known: Mapping[str, ast.expr]) -> Node:
    """A copy in which names are replaced by what they stand for."""
    put: Node = _Put(known).visit(copy.deepcopy(node))
    return put


def _of_statement(
    original: ast.stmt,
    statement: ast.stmt,
    known: Mapping[str, ast.expr],
    given: tuple[ast.stmt, ...],
    row: int | None,
) -> Iterator[Expectation]:
    for kind, expected, actual, match in _read(statement, known):
        written, value = (False, None) if expected is None else literal_of(expected)
        values = leaves(value) if written else ()
        if kind is Kind.RAISES and expected is not None:
            values = tuple(_error_names(expected))
        yield Expectation(
            original, kind, values, value if written else None, actual, given, match, row
        )


_Read = tuple[Kind, ast.expr | None, ast.expr | None, str | None]


def _read(statement: ast.stmt, known: Mapping[str, ast.expr]) -> Iterator[_Read]:
    if isinstance(statement, ast.Assert):
        yield from _of_test(_with(statement.test, known), True)
    elif isinstance(statement, ast.With | ast.AsyncWith):
        call = _raising(statement)
        body = statement.body[-1] if statement.body else None
        actual = body.value if isinstance(body, ast.Expr | ast.Assign) else None
        if call is not None:
            yield _of_raises(call, _with(actual, known) if actual else None)
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        yield from _of_method(_with(statement.value, known))


def _of_test(test: ast.expr, wanted: bool) -> Iterator[_Read]:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _of_test(test.operand, not wanted)
    elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) and wanted:
        for operand in test.values:
            yield from _of_test(operand, True)
    elif isinstance(test, ast.Compare):
        yield from _of_compare(test, wanted)
    else:
        yield Kind.TRUTH, ast.Constant(wanted), test, None


def _of_compare(test: ast.Compare, wanted: bool) -> Iterator[_Read]:
    if len(test.ops) != 1:
        yield Kind.RELATION, None, test, None
        return
    compared, left, right = test.ops[0], test.left, test.comparators[0]
    if isinstance(compared, ast.In | ast.NotIn):
        value, holder = (left, right) if literal_of(left)[0] else (right, left)
        yield Kind.MEMBER, value, holder, None
    elif isinstance(compared, ast.Eq | ast.Is) and wanted:
        expected, actual = (left, right) if literal_of(left)[0] else (right, left)
        yield Kind.EQUAL, expected, actual, None
    else:
        yield Kind.RELATION, right, left, None


def _of_method(call: ast.Call) -> Iterator[_Read]:
    name = name_of(call)
    if name in _EQUAL and len(call.args) > 1:
        first, second = call.args[:2]
        expected, actual = (first, second) if literal_of(first)[0] else (second, first)
        yield Kind.EQUAL, expected, actual, None
    elif name in _TRUTH and call.args:
        yield from _of_test(call.args[0], _TRUTH[name])
    elif name == "assertIsNone" and call.args:
        yield Kind.EQUAL, ast.Constant(None), call.args[0], None
    elif name == "assertIn" and len(call.args) > 1:
        yield Kind.MEMBER, call.args[0], call.args[1], None
    elif name in _RAISES and call.args:
        function, given = call.args[1:2], call.args[2:]
        yield _of_raises(call, ast.Call(function[0], given, []) if function else None)
    else:
        yield Kind.RELATION, None, call, None


def _raising(statement: ast.With | ast.AsyncWith) -> ast.Call | None:
    for item in statement.items:
        call = item.context_expr
        if isinstance(call, ast.Call) and name_of(call) in _RAISES:
            return call
    return None


def _of_raises(call: ast.Call, actual: ast.expr | None) -> _Read:
    matched = [keyword.value for keyword in call.keywords if keyword.arg == "match"]
    if name_of(call).endswith("Regex"):
        matched += call.args[1:2]
    text = literal_of(matched[0])[1] if matched else None
    expected = call.args[0] if call.args else None
    return Kind.RAISES, expected, actual, text if isinstance(text, str) else None


def _error_names(expected: ast.expr) -> Iterator[str]:
    every = expected.elts if isinstance(expected, ast.Tuple) else [expected]
    yield from (ast.unparse(each).rpartition(".")[2] for each in every)


def values_in(nodes: Iterable[ast.AST], *, parts: bool = True) -> list[object]:
    """The values that are written in nodes, and the words and numbers within texts.

    Args:
        parts: what is within texts counts too.
    """
    values: list[object] = []
    for node in nodes:
        if isinstance(node, ast.expr):
            written, value = literal_of(node)
            values += [value, *leaves(value)] if written else []
    texts = [value for value in values if isinstance(value, str)]
    pieces = [part for text in texts for part in re.findall(r"-?\d+|\w+", text) if part != text]
    return [*_once(values), *(pieces if parts else [])]


def _once(values: Sequence[object]) -> list[object]:
    """Without the doubles that a value and its own leaves make."""
    found: list[object] = []
    for value in values:
        if not any(type(value) is type(each) and value == each for each in found):
            found.append(value)
    return found
