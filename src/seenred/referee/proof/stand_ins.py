"""Which missing names must stand in, so that a test file can be imported all the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree
from seenred.referee.proof.placed_test import parsed, path_of, place
from seenred.referee.proof.ports import Selection, SuiteRunner
from seenred.referee.proof.reason import (
    Ruling,
    Surroundings,
    of_failure,
    uncollected_with,
)

StandIns = Mapping[str, tuple[str, ...]]
# A file is looked at again after each missing name that no parsing foretold.
_MOST_LOOKS = 5


async def look(
    runner: SuiteRunner, tree: Tree, selection: Selection, test_id: str, around: Surroundings
) -> tuple[Observation, StandIns]:
    """What is seen of a test, with stand-ins where a new import takes its file down.

    The stand-ins are those of the observation; there are none where they were of no use.
    """
    first = await runner.observe(tree, selection)
    seen, known = first, dict(selection.stand_ins)
    for _ in range(_MOST_LOOKS):
        wanted = _wanted(seen, test_id, around)
        if wanted is None or wanted == known.get(path_of(test_id)):
            break
        known[path_of(test_id)] = wanted
        seen = await runner.observe(tree, replace(selection, stand_ins=known))
    if uncollected_with(seen, test_id) is not None:
        return first, selection.stand_ins
    return seen, known


def names_used(source: bytes, test_id: str, stand_ins: tuple[str, ...]) -> bool:
    """Whether a test's own lines mention one of the names that stand in."""
    module = parsed(source)
    function = place(module, test_id) if module else None
    if module is None or function is None:
        return False
    bare = {name.replace(":", ".").rpartition(".")[2] for name in stand_ins}
    bare |= {alias.asname for alias in _aliases(module) if alias.asname and alias.name in bare}
    mentioned = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    return not bare.isdisjoint(mentioned | attributes)


def _wanted(seen: Observation, test_id: str, around: Surroundings) -> tuple[str, ...] | None:
    """All stand-ins that the file of a test needs; None where that is not what it lacks."""
    down = uncollected_with(seen, test_id)
    if down is None:
        return None
    reason = of_failure(down.failure, around, at_collection=True)
    place = down.failure.innermost
    if reason.ruling is not Ruling.RIGHT or place is None or place.path != path_of(test_id):
        return None
    source = around.sources.get(path_of(test_id), b"")
    names = {*_new_imports(source, around), *_missing(down.failure.name_from, down.failure.name)}
    return tuple(sorted(names))


def _missing(module: str | None, name: str | None) -> Iterator[str]:
    if name:
        yield f"{module}:{name}" if module else name


def _new_imports(source: bytes, around: Surroundings) -> Iterator[str]:
    """What the file imports and the change introduces."""
    module = parsed(source)
    for node in ast.walk(module) if module else ():
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _new_packages(alias.name, around)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from _new_packages(node.module, around)
            for alias in node.names:
                if around.introduced.gives(node.module, alias.name):
                    yield f"{node.module}:{alias.name}"


def _new_packages(module: str, around: Surroundings) -> Iterator[str]:
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        name = ".".join(parts[:length])
        if around.introduced.has_module(name):
            yield name


def _aliases(module: ast.Module) -> Iterator[ast.alias]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from node.names
