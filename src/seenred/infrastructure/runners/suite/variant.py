"""Variants of one tree that share a process: what it is told, and what it tells of each."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from typing import Any

from seenred.domain.execution import Ending as ProcessEnding
from seenred.domain.observation import Observation
from seenred.infrastructure.runners.suite import told
from seenred.referee.proof.ports import Selection, Variant

# tests that one variant may hold at most to be sure of its time
_MOST = 120
# what one process is sent at one time
_BATCH = 200


def batches(variants: Sequence[Variant]) -> list[list[int]]:
    """Numbers of variants that may share a process, in order."""
    found: dict[tuple[Any, ...], list[list[int]]] = {}
    for number, variant in enumerate(variants):
        if variant.selection.trace:
            continue  # its lines are those of its own tree
        parts = found.setdefault(_shared(variant.selection), [[]])
        if len(parts[-1]) == _BATCH:
            parts.append([])
        parts[-1].append(number)
    return [part for parts in found.values() for part in parts]


def _shared(selection: Selection) -> tuple[Any, ...]:
    stand_ins = tuple(sorted((p, tuple(n)) for p, n in selection.stand_ins.items()))
    return selection.hash_seed, selection.memory, stand_ins


def together(selections: Sequence[Selection]) -> Selection:
    """What is collected for all of them."""
    every = any(not selection.tests for selection in selections)
    tests = () if every else dict.fromkeys(t for s in selections for t in s.tests)
    first = selections[0]
    return Selection(
        tests=tuple(tests),
        hash_seed=first.hash_seed,
        memory=first.memory,
        stand_ins=first.stand_ins,
        seconds=max(selection.seconds for selection in selections),
    )


def to_dict(variant: Variant) -> dict[str, Any]:
    """As the process reads it."""
    selection = variant.selection
    return {
        "files": {path: base64.b64encode(text).decode() for path, text in variant.files.items()},
        "tests": list(selection.tests),
        "deselected": list(selection.deselected),
        "shuffle": selection.shuffle,
        "seconds": selection.seconds,
        "stop_at_failure": selection.stop_at_failure,
        "limit": limit_of(variant),
    }


def limit_of(variant: Variant) -> float:
    """Seconds for all tests of a variant together."""
    return variant.selection.seconds * (min(len(variant.selection.tests), _MOST) or _MOST) + 1.0


def read(
    lines: Iterable[dict[str, Any]], nonce: str, variants: Sequence[Variant]
) -> dict[int, Observation]:
    """What was seen of each variant that ran to an end of its own."""
    shared: list[dict[str, Any]] = []
    own: dict[int, list[dict[str, Any]]] = {}
    ends: dict[int, dict[str, Any]] = {}
    refused: set[int] = set()
    for line in lines:
        number = line.get("variant")
        if number is None and "uncollected" in line:
            shared.append(line)
        if not isinstance(number, int):
            continue
        if isinstance(line.get("ended"), int):
            ends[number] = line
        elif "cannot" in line:
            refused.add(number)
        else:
            own.setdefault(number, []).append(line)
    return {
        number: told.read(
            [*own[number], *_concerning(variants[number], shared)], nonce, _process(end)
        )
        for number, end in ends.items()
        if number in own.keys() - refused and 0 <= number < len(variants)
    }


def _concerning(variant: Variant, uncollected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What could not be collected of the files that a variant's tests are in."""
    files = {test.partition("::")[0] for test in variant.selection.tests}
    return [
        line
        for line in uncollected
        if not files or str(line["uncollected"]).split("::")[0] in files
    ]


def _process(end: dict[str, Any]) -> told.Process:
    code, seconds = int(end["ended"]), end.get("seconds")
    late = end.get("late") is True
    return told.Process(
        ProcessEnding.TIMED_OUT if late else ProcessEnding.EXITED,
        code,
        float(seconds) if isinstance(seconds, int | float) else 0.0,
    )
