"""What checks hold against files, and which of it a change has brought."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that one check holds against a file.

    Attributes:
        check: what complains, as a person would call it: `ruff check`.
        where: `path:line`, a path, or "" where the check names no place.
        what: one line.
        code: the line of source that it is about, without its indentation; "" where unknown.
    """

    check: str
    where: str
    what: str
    code: str = ""

    @property
    def path(self) -> str:
        """The file, without the line."""
        path, _, line = self.where.rpartition(":")
        return path if path and line.isdecimal() else self.where

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What all checks of one change have to say.

    Attributes:
        complaints: only what the change has brought.
        ran: the checks that were run.
        not_run: for a person, each with what to do: a tool that is not there.
    """

    complaints: tuple[Complaint, ...] = ()
    ran: tuple[str, ...] = ()
    not_run: tuple[str, ...] = ()


# from the surest sign that two complaints are the same one to the weakest; in a file that kept its
# name a complaint may have moved, or its line may have been edited for another reason
_SAME: tuple[Callable[[Complaint], Hashable], ...] = (
    lambda c: (c.check, c.path, c.what, c.code),
    lambda c: (c.check, c.path, c.what),
    lambda c: (c.check, c.path, _NUMBER.sub("", c.what), c.code),
)


def introduced(
    before: Iterable[Complaint], after: Iterable[Complaint], moved: Iterable[str] = ()
) -> tuple[Complaint, ...]:
    """The complaints of `after` that `before` doesn't have, wherever their lines went.

    Args:
        moved: paths that only `before` has; what was said of them may be said of another file now.
    """
    old, new = list(before), list(after)
    gone = frozenset(moved)
    for same in _SAME:
        old, new = _unpaired(old, new, same)
    candidates = [complaint for complaint in old if complaint.path in gone]
    return tuple(_unpaired(candidates, new, lambda c: (c.check, c.what, c.code))[1])


def _unpaired(
    old: Sequence[Complaint], new: Sequence[Complaint], same: Callable[[Complaint], Hashable]
) -> tuple[list[Complaint], list[Complaint]]:
    """What is left of both when each of the one has taken one of the other that is the same."""
    return _without(old, Counter(map(same, new)), same), _without(
        new, Counter(map(same, old)), same
    )


def _without(
    these: Sequence[Complaint],
    those: Counter[Hashable],
    same: Callable[[Complaint], Hashable],
) -> list[Complaint]:
    left: list[Complaint] = []
    for complaint in these:
        key = same(complaint)
        if those[key] > 0:
            those[key] -= 1
        else:
            left.append(complaint)
    return left
