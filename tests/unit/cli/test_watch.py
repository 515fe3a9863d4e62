"""How a run is shown while it goes."""

import io

from rich.console import Console

from seenred.cli.watch import LABEL, Watcher
from seenred.domain.event import Noted, RunStarted

STARTED = RunStarted("development", "p.txt", "local:qwen2.5-coder-0.5b", "bubblewrap + Landlock")
LONG = Noted("a hint that goes on and on until it is longer than any terminal is wide " * 2)


def shown(width, *, terminal):
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, color_system=None)
    watcher = Watcher(console)
    watcher(STARTED)
    watcher(LONG)
    watcher.close()
    return out.getvalue().splitlines()


def test_on_a_terminal_a_long_line_goes_on_under_its_own_column():
    lines = shown(60, terminal=True)
    assert len(lines) > 4
    assert all(len(line) <= 60 for line in lines)
    assert all(line.startswith(" " * LABEL) for line in lines[1:])
    assert all(line[LABEL] != " " for line in lines)


def test_in_a_log_a_line_stays_one_line():
    assert len(shown(60, terminal=False)) == 3
