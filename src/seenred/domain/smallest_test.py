"""Whether a test shows a defect by as little as can show it: one call, one assertion."""

from __future__ import annotations

import ast

from seenred.domain.expectation import Function, name_of

# what compares or counts what was called, and is no call of the code under test
_AROUND = frozenset({"approx", "raises", "len", "sorted", "list", "tuple", "set", "dict", "str"})


def is_smallest(source: str, function: str = "") -> bool:
    """Whether a test is one assertion on one call.

    Args:
        function: where its failure comes from, as a frame names it; "" when that is the test. When
            it is another than the one that is called, a smaller test can call that one.
    """
    test = _test(source)
    if test is None or len(test.body) != 1 or test.decorator_list:
        return False
    calls = _calls(test)
    if len(calls) != 1:
        return False
    called = name_of(calls[0])
    return function in ("", called) or (function == "__init__" and called[:1].isupper())


def size_of(source: str) -> int:
    """How much a test does: its statements and its calls."""
    test = _test(source)
    if test is None:
        return 0
    statements = [node for node in ast.walk(test) if isinstance(node, ast.stmt)]
    return len(statements) + len(_calls(test))


def _calls(test: Function) -> list[ast.Call]:
    """Outermost calls of a test: one on an object that is just made is one call."""
    calls = [node for node in ast.walk(test) if isinstance(node, ast.Call)]
    receivers = {id(receiver) for call in calls for receiver in ast.walk(call.func)}
    return [call for call in calls if id(call) not in receivers and name_of(call) not in _AROUND]


def _test(source: str) -> Function | None:
    functions = [node for node in ast.parse(source).body if isinstance(node, Function)]
    return functions[-1] if functions else None
