"""A checker: code that tells whether an answer is right where a statement allows several."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from seenred.domain.literal import render
from seenred.domain.problem import Case, Problem, ProblemKind

NAME = "check"
ANSWER = "answer"
# The parameter that gets the example's own answer, to compare how good two answers are.
EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Checker:
    """`check(<inputs>, answer)` or `check(<inputs>, answer, expected)`, as a module's source.

    Attributes:
        order: for each parameter, its place in (inputs …, answer, expected).
        compares: it takes a right answer to compare with.
        objects: it returns nothing but reasons against an answer, so silence is consent.
    """

    source: str
    order: tuple[int, ...]
    compares: bool = False
    objects: bool = False

    def arguments(self, case: Case, answer: str, kind: ProblemKind) -> tuple[str, ...]:
        """The literals of one call; `answer` is a literal, or the stdout of a program."""
        program = kind is ProblemKind.STDIO
        inputs = (render(case.stdin),) if program else case.arguments
        expected = case.expected or ""
        given = (*inputs, *((render(answer), render(expected)) if program else (answer, expected)))
        return tuple(given[place] for place in self.order)


def parameter_names(problem: Problem) -> tuple[str, ...]:
    """What a checker's first parameters are called."""
    if problem.kind is ProblemKind.STDIO:
        return ("stdin",)
    return tuple(p.name for p in problem.signature.parameters) if problem.signature else ()


def read_checker(source: str, problem: Problem) -> Checker | str:
    """The checker that a module holds, or why there is none, to complete `the checker …`."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return f"is not valid Python: {error}"
    function = definition(tree)
    if function is None:
        return f"defines no function `{NAME}`"
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    order = _order(names, parameter_names(problem))
    if order is None:
        return (
            f"takes ({', '.join(names)}) and must take ({_wanted(problem)}), perhaps followed by "
            f"`{EXPECTED}`"
        )
    compares = len(parameter_names(problem)) + 1 in order
    return Checker(source, order, compares, _only_objects(function))


def definition(tree: ast.Module) -> ast.FunctionDef | None:
    """The function `check` at top level, if there is one."""
    found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == NAME]
    return found[-1] if found else None


def compares_with_one_answer(source: str) -> bool:
    """Whether a checker asks for equality with an answer that it computed or was given.

    Such a checker refuses every other right answer.
    """
    function = definition(ast.parse(source))
    if function is None:
        return False
    inputs = {a.arg for a in function.args.args} - {ANSWER, EXPECTED}
    return any(
        _lazy(one, other, inputs) or _lazy(other, one, inputs)
        for node in ast.walk(function)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)
        for one, other in [(node.left, node.comparators[0])]
    )


# Calls that keep an answer's content, so that equality behind them is still equality.
_KEEPING = {"sorted", "set", "list", "tuple", "str", "Counter", "strip", "split", "splitlines"}


def _lazy(one: ast.expr, other: ast.expr, inputs: set[str]) -> bool:
    if not _is_name(_content(one), ANSWER):
        return False
    if _is_name(_content(other), EXPECTED):
        return True
    named = {n.id for n in ast.walk(other) if isinstance(n, ast.Name)}
    computed = bool(named - inputs - _KEEPING) and ANSWER not in named
    return computed and _is_name(one, ANSWER)


def _content(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in _KEEPING:
            node = node.func.value
        elif isinstance(node.func, ast.Name) and node.func.id in _KEEPING and node.args:
            node = node.args[0]
        else:
            return node
    return node


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _order(names: list[str], inputs: tuple[str, ...]) -> tuple[int, ...] | None:
    """By name where every name is known, else in order."""
    known = [*inputs, ANSWER, EXPECTED]
    if ANSWER in names and set(names) <= set(known):
        return tuple(known.index(name) for name in names)
    if len(names) in (len(inputs) + 1, len(inputs) + 2) and inputs:
        return tuple(range(len(names)))
    return None


def _wanted(problem: Problem) -> str:
    return ", ".join([*parameter_names(problem), ANSWER])


def _only_objects(function: ast.FunctionDef) -> bool:
    return all(_is_reason(value) for value in _returned(function))


def _is_reason(value: ast.expr) -> bool:
    is_text = isinstance(value, ast.Constant) and isinstance(value.value, str | None)
    return is_text or isinstance(value, ast.JoinedStr)


def _returned(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value
