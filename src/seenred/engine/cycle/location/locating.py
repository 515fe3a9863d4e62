"""Finds where an item's test and code go: by parsing, and never by asking a model."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from seenred.domain.layout import is_test
from seenred.domain.plan import Plan, PlanItem
from seenred.domain.symbol import Symbol, SymbolKind
from seenred.domain.term import terms
from seenred.domain.tree import Tree
from seenred.engine.cycle.location.location import Found, Location, Signature, render
from seenred.engine.cycle.location.other_language import other_project
from seenred.engine.cycle.location.place import (
    awaited_module,
    module_name,
    named_new,
    new_module,
    test_place,
)
from seenred.engine.cycle.location.project import NoSymbolCache, Project
from seenred.engine.cycle.location.question import Question
from seenred.engine.cycle.location.ranking import Frame, Ranked, named_files, ranked
from seenred.engine.cycle.ports import SymbolCache
from seenred.referee.proof.ports import Blobs

__all__ = ["Frame", "Location", "locate", "render"]

# a module is another candidate, a definition located, when it scores this share of the best
_CLOSE, _RELATED = 0.5, 0.3
_MOST_MODULES, _MOST_SYMBOLS, _MOST_SIGNATURES = 3, 8, 40
_MOST_TESTS = 30  # files of tests that are parsed where not all are
_SURE = 10.0  # the score of a definition that inline code names


async def locate(
    tree: Tree,
    blobs: Blobs,
    item: PlanItem,
    plan: Plan,
    *,
    cache: SymbolCache | None = None,
    frames: Sequence[Frame] = (),
) -> Location:
    """Where the item's test and code go.

    Args:
        frames: places that the last failure came through, the innermost first.
    """
    known = NoSymbolCache() if cache is None else cache
    return await asyncio.to_thread(located, tree, blobs, item, plan, cache=known, frames=frames)


def located(
    tree: Tree,
    blobs: Blobs,
    item: PlanItem,
    plan: Plan,
    *,
    cache: SymbolCache,
    frames: Sequence[Frame] = (),
) -> Location:
    """`locate`, in this thread."""
    project = Project.read(tree, blobs, cache)
    project = other_project(project, item, blobs) or project
    question = Question.of(item, _text(plan, tree, blobs))
    order = ranked(project, question, frames)
    closer = project.parsed(_promising(project, order, item, frames), blobs, cache)
    if closer is not project:
        project, order = closer, ranked(closer, question, frames)
    production = _production(project, question, item, order)
    project = project.parsed(_around(project, production), blobs, cache)
    path = production[0]
    symbols = _symbols(project, order, production, blobs)
    is_new = path not in tree
    return Location(
        production=production,
        module=module_name(project, path),
        test_file=_test_file(project, question, item, path),
        test_name=_named_test(item),
        source="" if is_new else _source(tree, blobs, path),
        is_new=is_new,
        symbols=symbols,
        signatures=tuple(_signatures(project, production, symbols)),
        names=() if is_new else _names(project, path),
    )


def _promising(
    project: Project, order: Ranked, item: PlanItem, frames: Sequence[Frame]
) -> Iterator[str]:
    """The files to be parsed where not all of them were, the most telling first."""
    yield from (frame.path for frame in frames)
    yield item.test_id.partition("::")[0]
    yield from _imported_by(project, item)
    yield from order.tests[:_MOST_TESTS]
    yield from (path for path, _ in order.modules)


def _around(project: Project, production: Sequence[str]) -> Iterator[str]:
    """The located modules, and those whose signatures are shown beside them."""
    yield from production
    yield from project.imported(production[0]).values()


def _text(plan: Plan, tree: Tree, blobs: Blobs) -> str:
    """The plan's whole text, where the tree has it; else its items'."""
    if plan.name in tree:
        return _source(tree, blobs, plan.name)
    return "\n".join(item.text for item in plan.items)


def _source(tree: Tree, blobs: Blobs, path: str) -> str:
    return blobs.read(tree.files[path].blob).decode("utf-8", "replace")


def _production(
    project: Project, question: Question, item: PlanItem, order: Ranked
) -> tuple[str, ...]:
    awaited = awaited_module(project, item.test_id.partition("::")[0])
    if awaited or not project.code:
        return (awaited or new_module(project, question),)
    own = [path for path, weight in named_files(project, question) if weight == 1]
    new = named_new(project, question)
    is_said = bool(new) and (bool(question.paths) or bool(question.modules))
    best = order.modules[0][1] if order.modules else 0.0
    if new and not own and (is_said or best < _SURE) and new not in project.tree:
        return (new,)
    tested = _imported_by(project, item)
    close = [path for path, score in order.modules if score >= best * _CLOSE]
    found = list(dict.fromkeys([*own, *_first_of(tested, close), *close]))
    if not found:
        found = _otherwise(project, question)
    return tuple(found[:_MOST_MODULES])


def _first_of(tested: Sequence[str], close: Sequence[str]) -> list[str]:
    """What the named test imports; of several the one that fits the item best."""
    return [path for path in close if path in tested] or list(tested)


def _imported_by(project: Project, item: PlanItem) -> list[str]:
    test = item.test_id.partition("::")[0]
    return list(dict.fromkeys(project.imported(test).values())) if test in project.tests else []


def _otherwise(project: Project, question: Question) -> list[str]:
    """Where nothing of the item is known: the only module, the plan's, the most tested one."""
    if len(project.written) == 1:
        return list(project.written)
    counts = dict.fromkeys(project.written, 0)
    for test in project.tests:
        for path in set(project.imported(test).values()):
            counts[path] = counts.get(path, 0) + 1
    title = terms(question.title)
    return [max(counts, key=lambda path: (len(title & terms(path)), counts[path], -len(path)))]


def _symbols(
    project: Project, order: Ranked, production: Sequence[str], blobs: Blobs
) -> tuple[Found, ...]:
    """The best definitions of the located modules; a class that holds one is not said twice."""
    candidates = [each for each in order.symbols if each[0] in production]
    candidates.sort(key=lambda each: (production.index(each[0]) != 0, -each[2]))
    best = max((score for _, _, score in candidates), default=0.0)
    kept: list[tuple[str, Symbol]] = []
    for path, symbol, score in candidates:
        if score >= best * _RELATED and len(kept) < _MOST_SYMBOLS:
            kept.append((path, symbol))
    kept = kept or [(path, each) for path in production[:1] for each in _only_class(project, path)]
    sources = {
        path: _source(project.tree, blobs, path).splitlines() for path in {path for path, _ in kept}
    }
    return tuple(
        Found(path, s, "\n".join(sources[path][s.first - 1 : s.last]) + "\n") for path, s in kept
    )


def _only_class(project: Project, path: str) -> list[Symbol]:
    held = project.code[path].symbols if path in project.code else ()
    classes = [each for each in held if each.kind is SymbolKind.CLASS]
    return classes if len(classes) == 1 else []


def _signatures(
    project: Project, production: Sequence[str], symbols: Sequence[Found]
) -> Iterator[Signature]:
    """What the located definitions use of other files of the project."""
    count = 0
    for path in production[:1]:
        used = {name for each in symbols if each.path == path for name in each.symbol.uses}
        for bound, home in sorted(project.imported(path).items(), key=lambda each: each[1]):
            if used and bound not in used:
                continue
            for symbol in project.code[home].symbols:
                if bound in (symbol.name, symbol.owner) and count < _MOST_SIGNATURES:
                    count += 1
                    yield Signature(home, symbol)


def _test_file(project: Project, question: Question, item: PlanItem, path: str) -> str:
    named = item.test_id.partition("::")[0]
    if named:
        return named
    said = next((each for each in question.paths if is_test(each, project.layout)), "")
    if said:
        fitting = [each for each in project.tests if each == said or each.endswith(f"/{said}")]
        return fitting[0] if len(fitting) == 1 else said
    return test_place(project, path, sorted(question.words))


def _named_test(item: PlanItem) -> str:
    """`test_adds` of `tests/test_calc.py::TestCalc::test_adds[1-2]`."""
    return item.test_id.rpartition("::")[2].partition("[")[0]


def _names(project: Project, path: str) -> tuple[str, ...]:
    held = project.code.get(path)
    own = [s.name for s in held.symbols if "." not in s.name] if held else []
    return tuple(dict.fromkeys(own))
