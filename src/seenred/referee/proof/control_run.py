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
    seen: Observation | None = None,
) -> tuple[Detail, ...]:
    """What the controls of some green tests show: survivors first, then what has no control.

    Args:
        seen: a run on `tree`, if there was one; what it lacks is run.
    """
    details: list[Detail] = []
    for function in dict.fromkeys(function_id(test) for test in test_ids):
        judged = [test for test in test_ids if function_id(test) == function]
        plain = (seen and _of(function, seen)) or await runner.observe(
            tree, _alone(function, limits)
        )
        details += await _of_function(runner, blobs, tree, function, judged, layout, limits, plain)
    return tuple(details)


async def _of_function(
    runner: SuiteRunner,
    blobs: Blobs,
    tree: Tree,
    function: str,
    judged: Sequence[str],
    layout: Layout,
    limits: Selection,
    plain: Observation,
) -> list[Detail]:
    # `plain` is the test as it is: controls may change the ids of its cases, not their order
    path = path_of(function)
    found = _found(blobs.read(tree.files[path].blob), function)
    runs = [_Run(control, {path: control.content}) for control in found.controls]
    runs += _data_runs(tree, blobs, function, layout)
    chosen = replace(_alone(function, limits), seconds=_limit(plain, limits))
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


def _alone(function: str, limits: Selection) -> Selection:
    return Selection(
        tests=(function,), seconds=limits.seconds, memory=limits.memory, hash_seed=limits.hash_seed
    )


def _of(function: str, seen: Observation) -> Observation | None:
    """The part of a run that belongs to one test function; None when it has no result of it."""
    tests = tuple(test for test in seen.tests if function_id(test.test_id) == function)
    return replace(seen, tests=tests) if tests else None


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
