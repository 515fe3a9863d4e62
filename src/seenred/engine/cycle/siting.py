"""Says where an item's test goes, and its code, once a failure shows more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from seenred.domain.layout import is_production
from seenred.domain.proof import Proof
from seenred.engine.cycle.desk import CycleDesk
from seenred.engine.cycle.location.locating import locate
from seenred.engine.cycle.location.location import Location
from seenred.engine.cycle.location.other_language import language_of
from seenred.engine.cycle.location.question import Question
from seenred.engine.cycle.location.ranking import Frame
from seenred.errors import UsageError

_FRAME = re.compile(r"(?P<path>.+):(?P<line>\d+) in ")


async def site(desk: CycleDesk) -> None:
    """Where the error came from is where the code is wrong; a user sees it where it came out.

    A test is to use what the words name, though the error comes from another place.
    """
    desk.location = by_words = await located_by(desk)
    _require_python(by_words)
    if not desk.frames:
        return
    desk.location = await located_by(desk, desk.frames[:1])
    if len({frame.path for frame in desk.frames}) > 1:
        desk.seen_at = await located_by(desk, desk.frames[-1:])
    elif _is_named(desk, by_words):
        desk.seen_at = by_words


def _require_python(location: Location) -> None:
    """Nothing where the tests of the located code can be run.

    Raises:
        UsageError: `language-without-runner`.
    """
    path, language = location.production[0], language_of(location.production[0])
    if language is None:
        return
    found = next((each.symbol for each in location.symbols if each.path == path), None)
    where = f"{path}:{found.first} ({found.name})" if found else path
    raise UsageError(
        "language-without-runner",
        f"The item is about {where}, and tests in {language.name} cannot be run yet, only in "
        "Python; write this one yourself and mark it, or name a Python file in the item.",
    )


async def site_by_failure(desk: CycleDesk, red: Proof) -> None:
    """By where the test has failed too, else by the places in the report."""
    before = desk.located
    frames = [frame for frame in (_frame_of(red),) if frame and _is_code(desk, frame)]
    frames = frames or [frame for frame in desk.frames if _is_code(desk, frame)]
    if not frames or frames[0].path == before.production[0]:
        return
    found = await located_by(desk, frames)
    production = dict.fromkeys([*found.production, frames[0].path, *before.production])
    desk.location = replace(
        found,
        production=tuple(production),
        # the test was written already
        test_file=before.test_file,
        test_name=before.test_name,
    )


async def located_by(desk: CycleDesk, frames: Sequence[Frame] = ()) -> Location:
    """Where it goes by these places, too."""
    return await desk.steps.run(
        desk.step("locate"),
        lambda: locate(
            # with the item's own test, which tells by its imports where the code goes
            desk.workshop.tree,
            desk.court.blobs,
            desk.item,
            desk.plan,
            cache=desk.symbols,
            frames=frames,
        ),
    )


def _is_named(desk: CycleDesk, location: Location) -> bool:
    """Whether the item names a definition of the code that was found by its words."""
    names = Question.of(desk.item, "").names
    return any(found.symbol.own_name in names for found in location.symbols)


def _is_code(desk: CycleDesk, frame: Frame) -> bool:
    return frame.path in desk.base and frame.path.endswith(".py") and is_production(frame.path)


def _frame_of(red: Proof) -> Frame | None:
    found = _FRAME.match(str(red.values.get("frame", "")))
    return Frame(found["path"], int(found["line"])) if found else None
