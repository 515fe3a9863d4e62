"""The test that several draws agree on, where the plan's words leave its values open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seenred.agents.red.vouched import keep_only
from seenred.agents.red.writer import WrittenTest
from seenred.domain.agreed_value import LEAST, agreement
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import Origin, ValueOrigin, value_origins


def agreed_test(draws: Sequence[WrittenTest], least: int = LEAST) -> WrittenTest | None:
    """The first of the draws, reduced to what enough of them expect; None when that is nothing.

    What the plan vouches for needs no agreement.
    """
    sources = [draw.source for draw in draws]
    for draw in draws:
        if draw.is_vouched:
            return draw
        found = agreement(draw.source, sources, least)
        if found.lines and (found.rows or not found.all_rows):
            rows = found.rows if found.all_rows else None
            source = keep_only(draw.source, found.lines, rows)
            kept = [each for each in draw.origins if _is_kept(each, found.lines, found.rows)]
            placed = value_origins(source, PlanItem(""))
            origins = [
                replace(_agreed(each), line=at.line, row=at.row)
                for each, at in zip(kept, placed, strict=False)
            ]
            return replace(draw, source=source, origins=tuple(origins))
    return None


def _is_kept(origin: ValueOrigin, lines: frozenset[int], rows: frozenset[int]) -> bool:
    return origin.line in lines and (origin.row is None or origin.row in rows)


def _agreed(origin: ValueOrigin) -> ValueOrigin:
    return origin if origin.is_vouched else replace(origin, origin=Origin.AGREED)
