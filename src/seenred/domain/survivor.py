"""Mutants that no test noticed, put together and turned into tests to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from seenred.domain.mutant import Mutant

# kinds that take all on their lines along, the more telling ones first
_WHOLE = ("deletion", "reversion", "handler")


@dataclass(frozen=True, slots=True)
class Survivor:
    """A piece of code that no test requires.

    Attributes:
        first, last: its lines; adjacent deletions are one.
        what: what no test notices.
        suggestion: a test that would require it, for the list.
        reached: a test executes it.
        effect: what it does outside of the code; "" for nothing.
    """

    path: str
    first: int
    last: int
    kind: str
    what: str
    scope: str
    suggestion: str
    reached: bool
    effect: str

    @property
    def where(self) -> str:
        """`path:line` or `path:first-last`."""
        lines = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.path}:{lines}"


def survivors(unnoticed: Iterable[tuple[Mutant, bool]]) -> tuple[Survivor, ...]:
    """The unneeded pieces in the order of the text; what lies inside another one goes with it.

    Args:
        unnoticed: mutants that every test let pass, and whether a test executes them.
    """
    each = [_survivor(mutant, reached) for mutant, reached in unnoticed]
    each.sort(key=lambda one: (one.path, one.first, -one.last, _rank(one)))
    return tuple(_joined(_outermost(each)))


def _survivor(mutant: Mutant, reached: bool) -> Survivor:
    return Survivor(
        path=mutant.path,
        first=mutant.first,
        last=mutant.last,
        kind=mutant.kind,
        what=mutant.what,
        scope=mutant.scope,
        suggestion=_suggestion(mutant, reached),
        reached=reached,
        effect=mutant.effect,
    )


def _outermost(found: Sequence[Survivor]) -> list[Survivor]:
    return [one for one in found if not any(_goes_with(one, other) for other in found)]


def _goes_with(one: Survivor, other: Survivor) -> bool:
    """Whether the other one already says it: it is around it, or the same lines as a whole."""
    if one.path != other.path or other.kind not in _WHOLE:
        return False
    around = other.first <= one.first and one.last <= other.last
    same = (one.first, one.last) == (other.first, other.last)
    return around and (not same or _rank(other) < _rank(one))


def _rank(one: Survivor) -> int:
    return _WHOLE.index(one.kind) if one.kind in _WHOLE else len(_WHOLE)


def _joined(found: Sequence[Survivor]) -> Iterator[Survivor]:
    """Deletions on adjacent lines of one scope become one."""
    current: Survivor | None = None
    for one in found:
        if current and _follows(one, current):
            reached = current.reached or one.reached
            effect = current.effect or one.effect
            last = max(current.last, one.last)
            current = replace(current, last=last, reached=reached, effect=effect)
            continue
        if current:
            yield current
        current = one
    if current:
        yield current


def _follows(one: Survivor, other: Survivor) -> bool:
    same = (one.path, one.scope, one.kind) == (other.path, other.scope, "deletion")
    return same and other.kind == "deletion" and one.first <= other.last + 1


def _suggestion(mutant: Mutant, reached: bool) -> str:
    place = f"{mutant.scope}()" if mutant.scope else mutant.path
    piece = _quoted(mutant.what) or mutant.code
    if not reached and mutant.kind in ("deletion", "reversion"):
        return f"{place}: a call that reaches `{mutant.code}`"
    sentences = {
        "guard": f"{place} where `{piece}` is false",
        "operand": f"{place} where only `{piece}` decides",
        "arm": f"{place} where the result is `{piece}`",
        "filter": f"{place} with an item for which `{piece}` is false",
        "handler": f"{place} where `{piece}` is raised",
        "default": f"{_called(mutant)} without `{piece.partition('=')[0]}`",
        "keyword": f"{place} where `{piece}` makes a difference",
        "decorator": f"{_called(mutant)}: what `{piece}` does for it",
        "reversion": f"{place} where `{mutant.code}` and {mutant.what.partition(' put')[0]} differ",
    }
    return sentences.get(mutant.kind, f"{place}: what `{mutant.code}` is for")


def _quoted(text: str) -> str:
    found = re.search(r"`(?:and |or |except )?(.*)`", text)
    return found[1] if found else ""


def _called(mutant: Mutant) -> str:
    """The function that is defined there, as a call."""
    found = re.match(r"(?:async )?(?:def|class) (\w+)", mutant.code)
    qualified = f"{mutant.scope}.{found[1]}" if found and mutant.scope else (found or [""])[0]
    return f"{found[1] if found and not mutant.scope else qualified}()"
