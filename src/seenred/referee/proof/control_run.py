"""Runs negative controls and tells which of them a test did not notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from seenred.domain.layout import DEFAULT, Layout
from seenred.domain.observation import Observation, Outcome
from seenred.domain.proof import Detail, Verdict
from seenred.domain.tree import Tree
from seenred.referee.proof.control import Control, Controls, controls_of
from seenred.referee.proof.control_data import data_controls
from seenred.referee.proof.placed_test import function_id, path_of
from seenred.referee.proof.ports import Blobs, Selection, SuiteRunner, Variant

_RED = (Outcome.FAILED, Outcome.ERROR)


# A control takes no longer than the test itself; on a busy machine anything less is noise.
_PATIENCE_FACTOR, _LEAST_SECONDS = 5.0, 2.0


class Fate(StrEnum):
    """What became of a control."""

    RED = "red"
    SURVIVED = "survived"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class _Run:
    """A control and where it is laid."""

    control: Control
    files: dict[str, bytes]


async def run_controls(
    runner: SuiteRunner,
    blobs: Blobs,
    tree: Tree,
    test_ids: Sequence[str],
    layout: Layout = DEFAULT,
    limits: Selection = Selection(),
) -> tuple[Detail, ...]:
    """What the controls of some green tests show: survivors first, then what has no control."""
    details: list[Detail] = []
    for function in dict.fromkeys(function_id(test) for test in test_ids):
        judged = [test for test in test_ids if function_id(test) == function]
        details += await _of_function(runner, blobs, tree, function, judged, layout, limits)
    return tuple(details)


async def _of_function(
    runner: SuiteRunner,
    blobs: Blobs,
    tree: Tree,
    function: str,
    judged: Sequence[str],
    layout: Layout,
    limits: Selection,
) -> list[Detail]:
    path = path_of(function)
    found = _found(blobs.read(tree.files[path].blob), function)
    runs = [_Run(control, {path: control.content}) for control in found.controls]
    runs += _data_runs(tree, blobs, function, layout)
    chosen = Selection(
        tests=(function,), seconds=limits.seconds, memory=limits.memory, hash_seed=limits.hash_seed
    )
    # the test as it is: controls may change the ids of its cases, not their order
    plain = await runner.observe(tree, chosen)
    chosen = replace(chosen, seconds=_limit(plain, limits))
    seen = await runner.observe_variants(tree, [Variant(run.files, chosen) for run in runs])
    places = _places(plain, judged)
    fates = [_fate(each, plain, places) for each in seen]
    unnoticed = [run for run, fate in zip(runs, fates, strict=True) if fate is Fate.SURVIVED]
    reached = await _reached(runner, tree, path, unnoticed, plain, places, chosen)
    return [
        *(_survivor(path, run, at) for run, at in zip(unnoticed, reached, strict=True)),
        *_inconclusive(path, runs, fates),
        *_bare(path, found.uncontrolled),
        _count(function, fates),
    ]


def _limit(plain: Observation, limits: Selection) -> float:
    slowest = max((test.seconds for test in plain.tests), default=0.0)
    return min(limits.seconds, max(_LEAST_SECONDS, _PATIENCE_FACTOR * slowest))


def _found(source: bytes, function: str) -> Controls:
    try:
        return controls_of(source, function)
    except SyntaxError:
        return Controls(())


def _data_runs(tree: Tree, blobs: Blobs, function: str, layout: Layout) -> list[_Run]:
    return [
        _Run(
            Control("data", 0, f"another content in {data.path}", b"", data.refutes),
            {data.path: data.content},
        )
        for data in data_controls(tree, blobs, function, layout)
    ]


async def _reached(
    runner: SuiteRunner,
    tree: Tree,
    path: str,
    unnoticed: Sequence[_Run],
    plain: Observation,
    places: Sequence[int],
    chosen: Selection,
) -> list[bool]:
    """For each control that was not noticed: does the test come by there at all?"""
    asked = [index for index, run in enumerate(unnoticed) if run.control.reached is not None]
    variants = [Variant({path: unnoticed[i].control.reached or b""}, chosen) for i in asked]
    seen = await runner.observe_variants(tree, variants) if variants else []
    reached = [True] * len(unnoticed)
    for index, observation in zip(asked, seen, strict=True):
        reached[index] = _fate(observation, plain, places) is Fate.RED
    return reached


def _places(plain: Observation, judged: Sequence[str]) -> list[int]:
    order = [test.test_id for test in plain.tests]
    return [order.index(test) for test in judged if test in order]


def _fate(seen: Observation, plain: Observation, places: Sequence[int]) -> Fate:
    """Red when each judged case is red; a run that tells nothing of them is inconclusive."""
    if seen.uncollected or len(seen.tests) != len(plain.tests) or not places:
        return Fate.INCONCLUSIVE
    red = all(seen.tests[place].outcome in _RED for place in places)
    return Fate.RED if red else Fate.SURVIVED


def _survivor(path: str, run: _Run, reached: bool) -> Detail:
    control = run.control
    where = f"{path}:{control.line}" if control.line else next(iter(run.files))
    if not reached:
        what = f"is not reached, so {control.what} shows nothing"
        return Detail(what, where, "not-reached", Verdict.NOT_APPLICABLE)
    kind = "forced-survived" if control.kind == "forced" else "control-survived"
    verdict = Verdict.REFUTED if control.refutes else Verdict.NOT_APPLICABLE
    return Detail(f"stays green with {control.what}", where, kind, verdict)


def _inconclusive(path: str, runs: Sequence[_Run], fates: Sequence[Fate]) -> list[Detail]:
    return [
        Detail(
            f"nothing could be seen with {run.control.what}",
            f"{path}:{run.control.line}",
            "control-inconclusive",
            Verdict.NOT_APPLICABLE,
        )
        for run, fate in zip(runs, fates, strict=True)
        if fate is Fate.INCONCLUSIVE
    ]


def _bare(path: str, lines: Iterable[int]) -> list[Detail]:
    what = "no control for this assertion"
    return [Detail(what, f"{path}:{n}", "no-control", Verdict.NOT_APPLICABLE) for n in lines]


def _count(function: str, fates: Sequence[Fate]) -> Detail:
    red = sum(fate is Fate.RED for fate in fates)
    verdict = Verdict.PROVEN if red else Verdict.NOT_APPLICABLE
    return Detail(f"{red} of {len(fates)} controls red", function, "controls", verdict)
