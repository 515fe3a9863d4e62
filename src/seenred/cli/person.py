"""Whoever sits at the terminal, asked about a test before code is written for it."""

from __future__ import annotations

import asyncio
import os
import sys
import termios
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

import click
from rich.console import Console
from rich.text import Text

from seenred.cli.cycle_view import CycleView
from seenred.cli.labelled import LABEL
from seenred.cli.row import harmless, show_text
from seenred.engine.cycle.ports import RedAnswer, RedChoice

_CHOICES = {
    "": RedChoice.ACCEPT,
    "y": RedChoice.ACCEPT,
    "e": RedChoice.EDITED,
    "r": RedChoice.REDRAW,
    "s": RedChoice.ABANDON,
    "q": RedChoice.QUIT,
}
_QUESTION = (
    ("Enter", "accept"),
    ("e", "edit"),
    ("r", "another one"),
    ("s", "skip the item"),
    ("q", "quit"),
)
# bytes of one line; a terminal gives no more at once
_LINE = 4096


class TerminalPerson:
    """A person who answers by a key and Enter; the end of input is `q`."""

    def __init__(self, view: CycleView, keys: TextIO | None = None) -> None:
        self._view = view
        self._keys = keys or sys.stdin

    async def judge_red(self, test_id: str, source: str, told: Sequence[str]) -> RedAnswer:
        """Show the test and ask until there is an answer."""
        console = self._view.ask_about(test_id, source, told)
        _forget_typed(self._keys)
        while True:
            _ask(console)
            line = await self._line()
            key = "q" if line is None else line.strip().lower()[:1]
            choice = _CHOICES.get(key)
            if choice is RedChoice.EDITED:
                edited, why = await asyncio.to_thread(_edited, source)
                if not why:
                    return RedAnswer(choice, edited)
                _say(console, why)
            elif choice is not None:
                return RedAnswer(choice)

    async def _line(self) -> str | None:
        """What is typed before Enter; None at the end of input; `input` cannot be cancelled."""
        loop, typed = asyncio.get_running_loop(), asyncio.Event()
        descriptor = self._keys.fileno()
        loop.add_reader(descriptor, typed.set)
        try:
            await typed.wait()
        finally:
            loop.remove_reader(descriptor)
        got = os.read(descriptor, _LINE)
        return got.decode(errors="replace") if got else None


def _forget_typed(keys: TextIO) -> None:
    """What was typed before there was a question is no answer to it."""
    with suppress(termios.error):
        termios.tcflush(keys, termios.TCIFLUSH)


def _ask(console: Console) -> None:
    text = Text()
    for key, meaning in _QUESTION:
        text.append(" · " if text else "", "dim").append(key, "bold").append(f" {meaning}", "dim")
    show_text(console, text, Text(" " * LABEL))


def _say(console: Console, told: str) -> None:
    show_text(console, Text(harmless(told), style="yellow"), Text(" " * LABEL))


def _edited(source: str) -> tuple[str, str]:
    """The text as the user's editor leaves it, or why there is none."""
    try:
        edited = click.edit(source, extension=".py")
    except click.ClickException as error:
        return "", f"{error.message}; set EDITOR to the one that you use"
    except ValueError as error:
        return "", f"EDITOR or the text cannot be read: {error}"
    if edited is None or not edited.strip() or edited.rstrip() == source.rstrip():
        return "", "nothing was changed"
    return edited, ""
