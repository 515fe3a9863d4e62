"""The old version of some code and the new one, run against each other on generated inputs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import resources
from typing import Any

from seenred.domain.count import counted
from seenred.domain.layout import Layout, is_production, project_modules
from seenred.domain.observation import Ending, Observation, Outcome
from seenred.domain.proof import Detail, Verdict
from seenred.domain.renaming import Renaming
from seenred.domain.tree import Entry, Tree
from seenred.domain.version_pair import Version, VersionPair, Versions, compare_versions
from seenred.referee.configuration import layout_of
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner
from seenred.referee.proof.sensitivity import insensitive

# where the comparison lies in the tree; the name is no package of anybody's
PLACE = "_seenred_probe_"
_FIRST, _LAST = f"{PLACE}/test_first.py", f"{PLACE}/test_last.py"
# seconds for the comparison of one function, and bytes, on top of what the tests themselves use
_SECONDS, _MEMORY = 30.0, 2 * 1024 * 1024 * 1024

# seconds of tests that are watched; they are run again for each branch that is tried
_WATCHED = 2.0
_DIFFERS = "differs: "

_BEGIN = """import pathlib, sys
_place = pathlib.Path(__file__).parent
sys.path.insert(0, str(_place))
from seenred_inside_probe import session
sys.path.remove(str(_place))
session.begin(_place / "plan.json")

def test_watching():
    pass
"""
_COMPARE = """import pytest
from seenred_inside_probe import session

@pytest.mark.parametrize("index", range(len(session.current().targets)))
def test_same(index):
    differs, told = session.current().compare(index)
    if differs:
        pytest.fail("differs: " + told, pytrace=False)
    pytest.skip(told)

def test_unexecuted():
    pytest.skip(session.current().unexecuted())
"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What running two versions against each other has shown.

    Attributes:
        inputs: on how many the two were compared.
        differences: counterexamples, `price(0): 0 → None`.
        gaps: why it doesn't show everything; empty when nothing is left open.
        notes: functions that were not compared themselves; what changed in them may be reached
            through others.
    """

    inputs: int = 0
    differences: tuple[Detail, ...] = ()
    gaps: tuple[Detail, ...] = ()
    notes: tuple[Detail, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all that changed was reached, and nothing differs."""
        return not self.differences and not self.gaps and self.inputs > 0


async def compare(
    runner: SuiteRunner,
    blobs: Blobs,
    base: Tree,
    tree: Tree,
    renaming: Renaming,
    seen: Observation,
    paths: Iterable[str],
) -> Comparison:
    """Run the changed functions of both versions on inputs near those that the tests use.

    Args:
        seen: the whole suite on `tree` with the paths traced; tests that reach what has changed
            are run once more to see with what they call it.
        paths: the changed files of production code, of either version.

    Raises:
        SyntaxError: one of them isn't Python.
    """
    chosen = tuple(paths)
    old, new = version_of(blobs, base, chosen), version_of(blobs, tree, chosen)
    versions = compare_versions(old, new, renaming)
    left_open = tuple(_gap(what, where) for where, what in versions.blocked)
    if not versions.pairs:
        nothing = () if not any(versions.lines.values()) else (_gap("no function is in both", ""),)
        return Comparison(gaps=(*left_open, *nothing))
    plan = {"targets": [_target(pair) for pair in versions.pairs], "lines": versions.lines}
    probed = probed_tree(blobs, base, tree, renaming, plan, _COMPARE)
    tests = _telling(seen, versions.lines["new"])
    selection = Selection((_FIRST, *tests, _LAST), seconds=_SECONDS, memory=_MEMORY)
    comparison = _read(await runner.observe(probed, selection), versions, left_open)
    if not comparison.is_complete:
        return comparison
    tried = replace(selection, stop_at_failure=True)
    sources = _changed_sources(blobs, base, tree, versions)
    blind = await insensitive(runner, probed, tried, sources)
    return replace(comparison, gaps=blind)


def _telling(seen: Observation, lines: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """Passing tests that reach changed lines, as many as there is time for; else all of them."""
    passed = [test for test in seen.tests if test.outcome is Outcome.PASSED]
    reaching = [test for test in passed if _reaches(seen, test.test_id, lines)]
    chosen: list[str] = []
    left = _WATCHED
    for test in reaching or passed:
        if test.seconds <= left:
            chosen.append(test.test_id)
            left -= test.seconds
    return tuple(chosen)


def _reaches(seen: Observation, test: str, lines: Mapping[str, Sequence[int]]) -> bool:
    executed = seen.executed.get(test, {})
    return any(not executed.get(path, frozenset()).isdisjoint(own) for path, own in lines.items())


def _changed_sources(
    blobs: Blobs, base: Tree, tree: Tree, versions: Versions
) -> dict[str, tuple[bytes, tuple[int, ...]]]:
    """The files with changed functions, of both versions, where the comparison finds them."""
    found: dict[str, tuple[bytes, tuple[int, ...]]] = {}
    for version, files, folder in (("new", tree, ""), ("old", base, f"{PLACE}/before/")):
        for path, lines in versions.lines[version].items():
            found[folder + path] = (blobs.read(files.files[path].blob), lines)
    return found


def version_of(blobs: Blobs, tree: Tree, paths: Sequence[str]) -> Version:
    """Some modules of a tree, parsed."""
    sources = {path: blobs.read(tree.files[path].blob) for path in paths if path in tree}
    return Version(sources, module_names(tree, layout_of(tree, blobs)))


def module_names(tree: Tree, layout: Layout) -> dict[str, str]:
    """The shortest name by which each file of production code may be imported."""
    names: dict[str, str] = {}
    for module, path in project_modules(tree, layout).items():
        if path not in names or len(module) < len(names[path]):
            names[path] = module
    return names


def probed_tree(
    blobs: Blobs,
    base: Tree,
    tree: Tree,
    renaming: Renaming,
    plan: Mapping[str, object],
    last: str,
) -> Tree:
    """The tree with the old version's production code and what runs both of them beside it.

    Args:
        plan: `targets` and `lines`; the rest is added.
        last: the test module that runs after the project's own tests.
    """
    layout = layout_of(tree, blobs)
    modules = {*project_modules(base, layout), *project_modules(tree, layout)}
    code = {p: entry for p, entry in base.files.items() if is_production(p, layout)}
    whole = {
        "files": [p for p in tree.files if p.endswith(".py") and is_production(p, layout)],
        "tops": sorted({module.partition(".")[0] for module in modules}),
        "names": dict(renaming.names),
        "back": {new: old for old, new in renaming.names.items()},
        **plan,
    }
    before = {f"{PLACE}/before/{path}": entry for path, entry in code.items()}
    files: Mapping[str, bytes] = {
        f"{PLACE}/plan.json": json.dumps(whole).encode(),
        _FIRST: _BEGIN.encode(),
        _LAST: last.encode(),
        **inside_files(f"{PLACE}/seenred_inside_probe"),
    }
    return tree.with_changes({**before, **{p: Entry(blobs.add(c)) for p, c in files.items()}})


def _target(pair: VersionPair) -> dict[str, object]:
    return {**asdict(pair), "own_names": dict(pair.own_names or {})}


def inside_files(folder: str) -> dict[str, bytes]:
    """What runs in the project's interpreter, as files of a tree."""
    inside = resources.files("seenred.referee.proof") / "inside"
    found = [each for each in inside.iterdir() if each.name.endswith(".py")]
    return {f"{folder}/{each.name}": each.read_bytes() for each in found}


def _read(seen: Observation, versions: Versions, left_open: tuple[Detail, ...]) -> Comparison:
    last = seen.of(f"{_LAST}::test_unexecuted")
    if seen.ending is not Ending.COMPLETED or last is None or last.outcome is not Outcome.SKIPPED:
        why = f"the comparison {seen.ending} {seen.message}".strip()
        return Comparison(gaps=(*left_open, _gap(why, "")))
    unreached = [_gap(f"no compared input reaches {each}", "") for each in _unreached(last.reason)]
    each = [_of_pair(seen, index, pair) for index, pair in enumerate(versions.pairs)]
    return Comparison(
        inputs=sum(one.inputs for one in each),
        differences=tuple(detail for one in each for detail in one.differences),
        gaps=(*left_open, *(detail for one in each for detail in one.gaps), *unreached),
        notes=tuple(detail for one in each for detail in one.notes),
    )


def _of_pair(seen: Observation, index: int, pair: VersionPair) -> Comparison:
    test = seen.of(f"{_LAST}::test_same[{index}]")
    where = f"{pair.new[0]}:{pair.new[1]}".rstrip(":")
    if test is None:
        return Comparison(gaps=(_gap("not compared", where),))
    if test.outcome is not Outcome.SKIPPED:
        told = test.failure.message if test.failure else str(test.outcome)
        if not told.startswith(_DIFFERS):
            return Comparison(gaps=(_gap(f"not compared: {told[:200]}", where),))
        found = Detail(told.removeprefix(_DIFFERS), where, "difference", Verdict.REFUTED)
        return Comparison(inputs=1, differences=(found,))
    said = _said(test.reason)
    if not isinstance(said.get("compared"), int):
        return Comparison(gaps=(_gap("not compared: what it told cannot be read", where),))
    rounding, why = said.get("rounding"), said.get("why")
    gaps = (_gap(f"differs in rounding: {rounding}", where),) if rounding else ()
    note = Detail(str(why), where, "not-compared", Verdict.NOT_APPLICABLE)
    return Comparison(said["compared"], gaps=gaps, notes=(note,) if why else ())


def _unreached(reason: str) -> Iterator[str]:
    """Lines that no compared input has reached; the project's process may tell anything."""
    said = _said(reason)
    missing, more = said.get("missing"), said.get("more")
    if not isinstance(missing, list) or not isinstance(more, int):
        yield "all that has changed"
        return
    yield from map(str, missing)
    if more:
        yield f"{counted(more, 'more file')}"


def _said(reason: str) -> dict[str, Any]:
    try:
        said = json.loads(reason)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _gap(what: str, where: str) -> Detail:
    return Detail(what, where, "not-compared", Verdict.NOT_PROVEN)
