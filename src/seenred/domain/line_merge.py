"""Changes of one text's lines, made in another text that somebody changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

Lines = list[bytes]


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """What leads from `base` to `theirs`, done to `ours`; where both changed a line, ours stays.

    Unlike in a merge by hunks, lines that stand side by side can be changed by the two.
    """
    if ours in (base, theirs):
        return theirs
    old, mine, new = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    place = _places(old, mine)
    edits = [edit for edit in _edits(old, new) if _fits(edit, place, old, mine)]
    for start, end, lines in reversed(edits):
        at = _position(start, place, len(mine))
        if mine[at : at + len(lines)] != lines or end > start:
            mine[at : at + end - start] = lines
    return b"".join(mine)


def merge_from_nearest(bases: Iterable[bytes], ours: bytes, theirs: bytes) -> bytes:
    """The same from the base that `theirs` was most likely made of: the one nearest to it."""
    return merge_lines(min(bases, key=lambda base: distance(base, theirs)), ours, theirs)


def distance(one: bytes, other: bytes) -> int:
    """How many lines have to be removed and added to make one text of the other."""
    old, new = (text.splitlines(keepends=True) for text in (one, other))
    return sum(end - start + len(lines) for start, end, lines in _edits(old, new))


def _edits(old: Lines, new: Lines) -> list[tuple[int, int, Lines]]:
    """Which lines of `old` give place to which lines, one by one where as many came as went."""
    edits = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if j - i == m - k:
            edits += [(i + n, i + n + 1, [new[k + n]]) for n in range(j - i)]
        else:
            edits.append((i, j, new[k:m]))
    return edits


def _places(old: Lines, mine: Lines) -> dict[int, int]:
    """Where each line of `old` that is still there stands in `mine`."""
    blocks = SequenceMatcher(None, old, mine, autojunk=False).get_matching_blocks()
    return {b.a + n: b.b + n for b in blocks for n in range(b.size)}


def _fits(edit: tuple[int, int, Lines], place: dict[int, int], old: Lines, mine: Lines) -> bool:
    """Whether the lines that an edit replaces stand together in `mine`, unchanged."""
    start, end, _ = edit
    if start == end:  # lines are only added
        return bool(old) or not mine
    wanted = range(place.get(start, -1), place.get(start, -1) + end - start)
    return all(place.get(line) == at for line, at in zip(range(start, end), wanted, strict=True))


def _position(line: int, place: dict[int, int], length: int) -> int:
    """Where a line of `old` stands, or would stand."""
    if line in place and line - 1 not in place:
        return place[line]
    before = [place[other] for other in place if other < line]
    return max(before) + 1 if before else (0 if place else length)
