"""Whether tests notice when the functions that a commit brought do nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from seenred.domain.mutant import emptied
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.referee.audit.case import Case
from seenred.referee.audit.check import checks_of
from seenred.referee.audit.coded_test import Function, meaning_of, parsed, without_parameters
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner, Variant


async def green_when_emptied(
    case: Case, test_ids: Sequence[str], runner: SuiteRunner, blobs: Blobs
) -> Mapping[str, tuple[str, ...]]:
    """The tests that stay green, and the functions that were emptied.

    A test that asserts nothing but that no exception comes is let off when another of these
    tests needs the same functions.
    """
    new = _new_functions(case)
    chosen = {test_id: _executed(case, test_id, new) for test_id in test_ids}
    asked = [test_id for test_id in test_ids if any(chosen[test_id].values())]
    variants = [
        Variant(_without(case, chosen[test_id], blobs), Selection((test_id,))) for test_id in asked
    ]
    seen = await runner.observe_variants(case.change.tree, variants) if variants else []
    green = {test_id for test_id, each in zip(asked, seen, strict=True) if _passed(each, test_id)}
    noticed = {name for t in asked if t not in green for name in _names(chosen[t])}
    return {
        test_id: _names(chosen[test_id])
        for test_id in asked
        if test_id in green
        and (_asserts(case, test_id) or noticed.isdisjoint(_names(chosen[test_id])))
    }


Functions = Mapping[str, Mapping[str, Function]]


def _new_functions(case: Case) -> dict[str, dict[str, Function]]:
    """Functions that the parent has not, and that do something: path to name to node."""
    found: dict[str, dict[str, Function]] = {}
    for each in case.change.code:
        before = dict(_functions(parsed(each.before)))
        after = dict(_functions(parsed(each.after)))
        found[each.path] = {
            name: node
            for name, node in after.items()
            if name not in before and not _does_nothing(node)
        }
    return found


def _functions(module: ast.Module | None) -> Iterator[tuple[str, Function]]:
    """By qualified name; those nested in functions are emptied with them."""
    waiting: list[tuple[str, ast.stmt]] = [("", node) for node in (module.body if module else [])]
    while waiting:
        scope, node = waiting.pop()
        if isinstance(node, Function):
            yield scope + node.name, node
        elif isinstance(node, ast.ClassDef):
            waiting += [(f"{scope}{node.name}.", inner) for inner in node.body]


def _does_nothing(node: Function) -> bool:
    """Whether emptying it would change nothing."""
    bodies = ("pass", "...", "return", "return None")
    meanings = {meaning_of(ast.parse(f"def {node.name}(): {body}").body[0]) for body in bodies}
    plain = ast.parse(f"def {node.name}(): pass").body[0]
    if isinstance(plain, ast.FunctionDef):
        plain.body = list(node.body)
    return meaning_of(plain) in meanings


def _executed(case: Case, test_id: str, new: Functions) -> dict[str, dict[str, Function]]:
    """The new functions that the test runs; all of them where that was not recorded."""
    seen = [t for t in case.after.executed if without_parameters(t) == test_id]
    if not seen:
        return {path: dict(functions) for path, functions in new.items()}
    lines = {path: _lines(case, seen, path) for path in new}
    return {
        path: {n: f for n, f in functions.items() if _body_lines(f) & lines[path]}
        for path, functions in new.items()
    }


def _lines(case: Case, test_ids: Sequence[str], path: str) -> set[int]:
    return {line for t in test_ids for line in case.after.executed[t].get(path, ())}


def _body_lines(node: Function) -> set[int]:
    return set(range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1))


def _without(case: Case, chosen: Functions, blobs: Blobs) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path, functions in chosen.items():
        source = blobs.read(case.change.tree.files[path].blob) if functions else b""
        for name in functions:
            mutant = emptied(source, name, path=path)
            source = mutant.source if mutant else source
        if functions:
            files[path] = source
    return files


def _names(chosen: Functions) -> tuple[str, ...]:
    return tuple(name for functions in chosen.values() for name in functions)


def _passed(observation: Observation, test_id: str) -> bool:
    outcomes = [t.outcome for t in observation.tests if without_parameters(t.test_id) == test_id]
    ended = observation.ending is Ending.COMPLETED
    return ended and bool(outcomes) and all(outcome is Outcome.PASSED for outcome in outcomes)


def _asserts(case: Case, test_id: str) -> bool:
    tests = {t.test_id: t for t in (*case.tests.new, *(e.new.test for e in case.tests.edited))}
    test = tests.get(test_id)
    return test is not None and bool(checks_of(test.node.body))
