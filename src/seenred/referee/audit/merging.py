"""Runs of the same tests in parts: put together, and taken apart by file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from seenred.domain.observation import Observation

Executed = Mapping[str, Mapping[str, frozenset[int]]]


def merged(parts: Iterable[Observation]) -> Observation:
    """One run out of several of different tests; how it ended is told by the last."""
    whole = Observation()
    for part in parts:
        whole = replace(
            part,
            selected=(*whole.selected, *part.selected),
            tests=(*whole.tests, *part.tests),
            uncollected=(*whole.uncollected, *part.uncollected),
            unknown=(*whole.unknown, *part.unknown),
            foreign={**whole.foreign, **part.foreign},
            executed=_both(whole.executed, part.executed),
            seconds=whole.seconds + part.seconds,
        )
    return whole


def of_file(whole: Observation, path: str) -> Observation:
    """The part of a run that belongs to one test file; what runs at import stays with each."""
    return replace(
        whole,
        selected=tuple(test for test in whole.selected if _is_in(test, path)),
        tests=tuple(test for test in whole.tests if _is_in(test.test_id, path)),
        uncollected=tuple(each for each in whole.uncollected if _is_in(each.path, path)),
        unknown=tuple(each for each in whole.unknown if _is_in(each, path)),
        executed={t: lines for t, lines in whole.executed.items() if not t or _is_in(t, path)},
        seconds=sum(test.seconds for test in whole.tests if _is_in(test.test_id, path)),
    )


def _is_in(test_id: str, path: str) -> bool:
    return test_id.partition("::")[0] == path


def _both(one: Executed, other: Executed) -> dict[str, dict[str, frozenset[int]]]:
    both = {test: dict(lines) for test, lines in one.items()}
    for test, files in other.items():
        known = both.setdefault(test, {})
        for path, lines in files.items():
            known[path] = known.get(path, frozenset()) | lines
    return both
