"""What is being judged right now: a live line on a terminal, a line for each step elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status
from rich.text import Text

from seenred.cli.row import harmless


class Progress:
    """The live line on stderr; gone before the result is printed."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = time.monotonic()
        self._live: Status | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._started

    def doing(self, text: str) -> None:
        """Show what is under way; only a terminal is told."""
        if not self._console.is_terminal:
            return
        room = self._console.width - 4
        shown = Text(harmless(text), style="dim", no_wrap=True, overflow="ellipsis")
        shown.truncate(room, overflow="ellipsis")
        if self._live is None:
            self._live = self._console.status(shown, spinner="dots")
            self._live.start()
        else:
            self._live.update(shown)

    def done(self, text: Text) -> None:
        """A line that stays where nobody watches a live one."""
        if not self._console.is_terminal:
            self._console.print(text, soft_wrap=True, highlight=False)
