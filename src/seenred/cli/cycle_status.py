"""What a cycle is doing right now: a live line on a terminal, nothing elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.status import Status
from rich.text import Text

from seenred.cli.row import harmless
from seenred.domain.cycle_event import Phase

_DOING = {
    Phase.LOCATE: "finding the place",
    Phase.TIDY: "tidying first",
    Phase.RED: "writing the test",
    Phase.GREEN: "writing the code",
    Phase.MINIMAL: "taking away what was added, piece by piece",
    Phase.REFACTOR: "looking for what can be simpler",
    Phase.COMMIT: "committing",
}
_LABELS = {Phase.RED: "red", Phase.GREEN: "green"}
# seconds before a rate says anything
_SETTLED = 0.5


class CycleStatus:
    """The live line; it counts seconds by itself."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._live: Status | None = None
        self._phase: Phase | None = None
        self._told = ""
        self._since = clock()
        self._candidate = 1
        self._tokens = 0
        self._first = 0.0
        self._writing = False

    def doing(self, told: str) -> None:
        """Something without a phase."""
        self._phase, self._told, self._since = None, told, self._clock()
        self.resume()

    def phase(self, phase: Phase) -> None:
        """A phase begins, or goes on with its next proposal."""
        if phase is not self._phase:
            self._phase, self._candidate, self._since = phase, 1, self._clock()
        self._tokens, self._writing = 0, False
        self.resume()

    def refused(self, number: int) -> None:
        """The proposal of that number did not stand."""
        self._candidate, self._tokens, self._writing = number + 1, 0, False

    def token(self) -> None:
        """A piece of a reply arrived."""
        if not self._tokens:
            self._first = self._clock()
        self._tokens, self._writing = self._tokens + 1, True
        self.resume()

    def replied(self) -> None:
        """A reply is complete: now it is judged."""
        self._writing = False

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Take the line away while something else is printed."""
        was = self._live is not None
        self.pause()
        yield
        if was:
            self.resume()

    def pause(self) -> None:
        """Take the line away until something happens."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def resume(self) -> None:
        """Show it, if somebody can see it."""
        if self._live is None and self._console.is_terminal and not self._console.is_dumb_terminal:
            self._live = Status(self, console=self._console, spinner="dots")
            self._live.start()

    def __rich__(self) -> Text:
        text = Text(style="dim", no_wrap=True, overflow="ellipsis")
        text.append_text(self.line())
        text.truncate(self._console.width - 4, overflow="ellipsis")
        return text

    def line(self) -> Text:
        """What it says now."""
        label = str(self._phase).upper() if self._phase in _LABELS else ""
        seconds = f"{self._clock() - self._since:.0f} s"
        colour = _LABELS.get(self._phase, "") if self._phase else ""
        parts = [*self._parts(), seconds]
        return Text.assemble((f"{label} " if label else "", colour), " · ".join(parts))

    def _parts(self) -> list[str]:
        if self._phase is None:
            return [harmless(self._told)] if self._told else []
        judging = self._tokens and not self._writing
        parts = ["judging" if judging else _DOING[self._phase]]
        if self._candidate > 1:
            parts.append(f"candidate {self._candidate}")
        elapsed = self._clock() - self._first
        if self._writing and elapsed >= _SETTLED:
            rate = self._tokens / elapsed
            parts.append(f"{rate:.0f} tokens/s" if rate >= 9.5 else f"{rate:.1f} tokens/s")
        return parts
