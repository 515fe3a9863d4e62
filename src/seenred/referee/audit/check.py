"""What a test checks: each assertion with its subject, its comparison and what it expects."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Strength(IntEnum):
    """How much an assertion excludes; the order is all that matters."""

    NOTHING = 0  # true of almost every value: `is not None`, truthiness, `>= 0`
    SOME = 1  # a bound, a kind, a part
    NEAR = 2  # within a tolerance
    EXACT = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One assertion.

    Attributes:
        sides: source of what is compared; one of them is the subject.
        shown: the comparison and what it expects, for a person: `== 10.01`.
        weight: how many values it checks at once.
        conditions: how many `if` are around it.
        node: the expression.
    """

    sides: tuple[str, ...]
    operator: str
    shown: str
    strength: Strength
    line: int
    node: ast.AST
    weight: int = 1
    conditions: int = 0

    @property
    def text(self) -> str:
        """The assertion as written, in one line."""
        plain = not isinstance(self.node, ast.Call) or self.operator == "true"
        return "assert " * plain + " ".join(ast.unparse(self.node).split())


_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
# unittest's methods and the comparison that each stands for
_UNITTEST = {
    "assertEqual": "==",
    "assertEquals": "==",
    "assertDictEqual": "==",
    "assertListEqual": "==",
    "assertTupleEqual": "==",
    "assertSetEqual": "==",
    "assertSequenceEqual": "==",
    "assertMultiLineEqual": "==",
    "assertCountEqual": "== in any order",
    "assertNotEqual": "!=",
    "assertIs": "is",
    "assertIsNot": "is not",
    "assertIn": "in",
    "assertNotIn": "not in",
    "assertGreater": ">",
    "assertGreaterEqual": ">=",
    "assertLess": "<",
    "assertLessEqual": "<=",
    "assertAlmostEqual": "≈",
    "assertAlmostEquals": "≈",
    "assertIsInstance": "isinstance",
    "assertNotIsInstance": "not isinstance",
    "assertRegex": "matches",
    "assertNotRegex": "matches not",
}
_UNITTEST_ONE_SIDED = {
    "assertTrue": "is true",
    "assertFalse": "is false",
    "assertIsNone": "is None",
    "assertIsNotNone": "is not None",
}
_RAISES = ("raises", "assertRaises", "assertRaisesRegex", "warns", "assertWarns", "deprecated_call")
# a mock's assertions, from what says most to what says least
_MOCK_EXACT = ("assert_called_once_with", "assert_called_with", "assert_has_calls")
_MOCK_SOME = ("assert_any_call", "assert_called_once", "assert_called", "assert_not_called")


def checks_of(body: Sequence[ast.stmt]) -> tuple[Check, ...]:
    """The assertions of a function's body in the order of its lines."""
    return tuple(_in_statements(body, 0))


def repeats(nodes: Sequence[ast.stmt]) -> int:
    """How often a loop over a literal runs the assertions inside it, at most, counted once."""
    loops = (n for node in nodes for n in ast.walk(node) if isinstance(n, ast.For))
    rows = [len(loop.iter.elts) for loop in loops if isinstance(loop.iter, ast.List | ast.Tuple)]
    return max(rows, default=1)


def _in_statements(body: Sequence[ast.stmt], conditions: int) -> Iterator[Check]:
    for node in body:
        yield from _in_statement(node, conditions)


def _in_statement(node: ast.stmt, conditions: int) -> Iterator[Check]:
    if isinstance(node, ast.Assert):
        yield from _asserted(node.test, node.lineno, conditions)
    elif isinstance(node, ast.Expr | ast.Return) and isinstance(node.value, ast.Call | ast.Await):
        yield from _called(node.value, conditions)
    elif isinstance(node, ast.With | ast.AsyncWith):
        for item in node.items:
            yield from _called(item.context_expr, conditions)
    within = conditions + isinstance(node, ast.If | ast.Match)
    for name in ("body", "orelse", "finalbody"):
        yield from _in_statements(getattr(node, name, []), within)
    for handler in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
        yield from _in_statements(handler.body, within)


def _asserted(test: ast.expr, line: int, conditions: int) -> Iterator[Check]:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for value in test.values:
            yield from _asserted(value, line, conditions)
    elif isinstance(test, ast.Compare):
        sides = (test.left, *test.comparators)
        for left, operator, right in zip(sides, test.ops, test.comparators, strict=False):
            yield _comparison(left, _OPERATORS[type(operator)], right, test, conditions)
    else:
        yield _truth(test, conditions)


def _truth(test: ast.expr, conditions: int) -> Check:
    """A value of which only the truth is asserted; calls that compare say a little more."""
    some = isinstance(test, ast.Call) and not _is_plain_truth(test)
    strength = Strength.SOME if some else Strength.NOTHING
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        strength = Strength.SOME
    sides = (_source(test.args[0]),) if isinstance(test, ast.Call) and test.args else ()
    sides = (*sides, _source(test))
    return Check(sides, "true", "is true", strength, test.lineno, test, 1, conditions)


def _is_plain_truth(call: ast.Call) -> bool:
    return _name(call.func) in {"bool", "hasattr", "callable"}


def _comparison(
    left: ast.expr, operator: str, right: ast.expr, node: ast.AST, conditions: int
) -> Check:
    near = _is_approx(left) or _is_approx(right) or operator == "≈"
    strength = Strength.NEAR if near else _strength(operator, right)
    if any(_is_anything(side) for side in (left, right)):
        strength = Strength.NOTHING
    expected = left if _is_value(left) and not _is_value(right) else right
    operator = operator if expected is right else _mirrored(operator)
    return Check(
        (_source(left), _source(right)),
        "≈" if near else operator,
        _shown(operator, expected, right),
        strength,
        getattr(node, "lineno", 0),
        node,
        _weight(left, right),
        conditions,
    )


def _shown(operator: str, expected: ast.expr, right: ast.expr) -> str:
    if operator in {"in", "not in"} and expected is not right:
        return f"{_brief(expected)} {operator} it"
    return f"{operator} {_brief(expected)}"


def _strength(operator: str, expected: ast.expr) -> Strength:
    if operator in {"==", "is", "is None"}:
        return Strength.EXACT
    if operator == "is not" and _source(expected) == "None":
        return Strength.NOTHING
    if operator in {"!=", ">=", ">"} and _source(expected) in {"0", "None", "''", "[]", "{}"}:
        return Strength.NOTHING
    return Strength.SOME


def _called(call: ast.expr, conditions: int) -> Iterator[Check]:
    if isinstance(call, ast.Await):
        call = call.value
    if not isinstance(call, ast.Call):
        return
    name = _name(call.func)
    arguments = call.args
    if name in _RAISES:
        yield _raising(call, conditions)
    elif name in _UNITTEST and len(arguments) > 1:
        yield _comparison(arguments[0], _UNITTEST[name], arguments[1], call, conditions)
    elif name in _UNITTEST_ONE_SIDED and arguments:
        yield _one_sided(call, name, conditions)
    elif name in _MOCK_EXACT or name in _MOCK_SOME:
        yield _of_mock(call, name, conditions)
    elif _is_helper(call.func, name):
        sides = tuple(_source(each) for each in arguments) or (_source(call),)
        yield Check(sides, name, f"{name}()", Strength.EXACT, call.lineno, call, 1, conditions)


def _is_helper(function: ast.expr, name: str) -> bool:
    """Whether the name of a function of the tests' own says that it asserts."""
    own = isinstance(function, ast.Name) or ast.unparse(function).startswith("self.")
    named = name.lstrip("_").startswith(("assert", "check", "verify", "expect", "fail"))
    return named and (own or "assert" in name)


def _one_sided(call: ast.Call, name: str, conditions: int) -> Check:
    shown = _UNITTEST_ONE_SIDED[name]
    vague = shown in {"is true", "is not None"}
    strength = Strength.NOTHING if vague else Strength.EXACT
    if name == "assertTrue" and isinstance(call.args[0], ast.Compare):
        return next(_asserted(call.args[0], call.lineno, conditions))
    subject = _source(call.args[0])
    return Check((subject,), shown, shown, strength, call.lineno, call, 1, conditions)


def _raising(call: ast.Call, conditions: int) -> Check:
    expected = _source(call.args[0]) if call.args else ""
    match = next((_source(k.value) for k in call.keywords if k.arg == "match"), "")
    shown = f"raises {expected}" + (f" matching {match}" if match else "")
    sides = ("raises", expected, match)
    return Check(sides, "raises", shown, Strength.EXACT, call.lineno, call, 1, conditions)


def _of_mock(call: ast.Call, name: str, conditions: int) -> Check:
    subject = _source(call.func.value) if isinstance(call.func, ast.Attribute) else name
    anything = any(_is_anything(each) for each in call.args)
    exact = name in _MOCK_EXACT and not anything
    strength = Strength.EXACT if exact else Strength.SOME
    shown = f"{name}({', '.join(map(_brief, call.args))})"
    return Check((subject,), name, shown, strength, call.lineno, call, 1, conditions)


def _is_approx(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in {"approx", "isclose", "allclose"}


def _is_anything(node: ast.expr) -> bool:
    """Whether it equals every value by design (`mock.ANY`)."""
    return isinstance(node, ast.Name | ast.Attribute) and _name(node) in {"ANY", "Anything"}


def _is_value(node: ast.expr) -> bool:
    """Whether it is written out: a literal, or made of literals."""
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return _is_approx(node)
    return True


def _weight(left: ast.expr, right: ast.expr) -> int:
    both = isinstance(left, ast.Tuple | ast.List) and isinstance(right, ast.Tuple | ast.List)
    return max(1, len(left.elts)) if both and isinstance(left, ast.Tuple | ast.List) else 1


def _mirrored(operator: str) -> str:
    return {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(operator, operator)


def _name(node: ast.expr) -> str:
    """The last part of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _source(node: ast.AST) -> str:
    return ast.unparse(node)


def _brief(node: ast.AST) -> str:
    source = " ".join(_source(node).split())
    return source if len(source) <= 40 else source[:39] + "…"
