"""Whether a test executes every line that a change touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from seenred.domain.observation import Observation
from seenred.domain.proof import Detail, Verdict
from seenred.domain.renaming import Renaming
from seenred.domain.version_pair import Version, changed_lines


def unreached(
    old: Version, new: Version, renaming: Renaming, before: Observation, after: Observation
) -> tuple[Detail, ...]:
    """Changed statements that no test executes, removed ones among them, in order."""
    lines = changed_lines(old, new, renaming)
    now = _missing(lines["new"], after, "is executed by no test")
    then = _missing(lines["old"], before, "was executed by no test before it was changed")
    return (*now, *then)


def _missing(
    changed: Sequence[tuple[str, range]], seen: Observation, what: str
) -> tuple[Detail, ...]:
    executed: dict[str, set[int]] = defaultdict(set)
    for paths in seen.executed.values():
        for path, lines in paths.items():
            executed[path] |= lines
    places = [(path, own[0]) for path, own in changed if executed[path].isdisjoint(own)]
    return tuple(
        Detail(what, f"{path}:{line}", "unexecuted", Verdict.NOT_PROVEN)
        for path, line in sorted(set(places))
    )
