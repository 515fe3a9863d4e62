"""A cycle as it goes: its transcript on standard output, progress on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from seenred.cli.cycle_status import CycleStatus
from seenred.cli.labelled import LABEL, Line, show_heading, show_lines
from seenred.cli.phase_view import change_lines, lines_of_test, red_lines, told_lines, verdict
from seenred.cli.proof_view import spent
from seenred.cli.row import harmless, show_text
from seenred.domain import cycle_event as e
from seenred.domain.event import Noted, Replied, TextArrived

# cells of a commit's short name
_NAME = 7
# phases that a cycle goes back to
_BACK = (e.Phase.LOCATE, e.Phase.TIDY, e.Phase.RED, e.Phase.GREEN)


class CycleView:
    """A listener of cycles' events; close it before anything else is printed.

    Args:
        out: for the transcript.
        progress: for what is only of interest now.
    """

    def __init__(self, out: Console, progress: Console, status: CycleStatus | None = None) -> None:
        self._out = out
        self._progress = progress
        self._status = status or CycleStatus(progress)
        self._started: e.CycleStarted | None = None
        # green waits for what is said of its lines
        self._green: e.PhaseProven | None = None
        self._asked: tuple[str, str, tuple[str, ...]] | None = None
        self._refusal: tuple[e.Phase, str] | None = None
        self._cycles = 0

    def __call__(self, event: e.CycleEvent) -> None:
        """Show one event."""
        match event:
            case e.CycleStarted():
                self._flush()
                self._started = event
                self._status.doing("running the tests as they are")
            case e.BaselineSeen():
                self._head(baseline_of(event))
            case e.PhaseProven():
                self._proven(event)
            case e.Discovered(texts):
                self._list(texts)
            case e.Committed():
                self._print([_commit_line(event)])
            case e.Rebased(commits):
                told = " (upon your new commits)"
                self._print([_commit_line(each, told) for each in commits])
            case e.CycleEnded():
                self._ended(event)
            case _:
                self._under_way(event)

    def _under_way(
        self, event: e.PhaseStarted | e.ProposalRefused | Noted | Replied | TextArrived
    ) -> None:
        """What is of interest only now."""
        match event:
            case TextArrived():
                self._status.token()
            case Replied():
                self._status.replied()
            case e.PhaseStarted(phase):
                self._begun(phase)
            case e.ProposalRefused():
                self._refused(event)
            case Noted(text, warning):
                self._aside(Text(harmless(text), style="yellow" if warning else "dim"))

    def close(self) -> None:
        """Show what still waits, and remove the live line."""
        self._flush()
        self._status.pause()

    def ask_about(self, test_id: str, source: str, told: Sequence[str]) -> Console:
        """Show a test that a person is to judge; where to ask."""
        self._status.pause()
        whole = source.expandtabs(4).splitlines()
        self._print([*lines_of_test(test_id, whole), *told_lines(told)])
        self._asked = (test_id, source, tuple(told))
        return self._out

    def _begun(self, phase: e.Phase) -> None:
        if self._green is not None and phase in _BACK:
            self._green = None
            self._aside(Text("green was sent back for what no test needs", style="dim"))
        elif phase is not e.Phase.MINIMAL:
            self._flush()
        self._status.phase(phase)

    def _proven(self, event: e.PhaseProven) -> None:
        if event.phase is e.Phase.MINIMAL:
            self._minimal(event)
            return
        self._flush()
        if event.phase is e.Phase.GREEN:
            self._green = event
        elif event.phase is e.Phase.RED:
            self._red(event)
        elif event.phase in (e.Phase.TIDY, e.Phase.REFACTOR):
            self._print(change_lines(event))
        else:
            for line in event.told:
                self._aside(Text(harmless(line), style="dim"))

    def _red(self, event: e.PhaseProven) -> None:
        asked, self._asked = self._asked, None
        if asked is None or asked[:2] != (event.where, event.code) or event.proof is None:
            self._print(red_lines(event))
            return
        told = [line for line in (*event.told, event.proof.decisive) if line not in asked[2]]
        *more, last = told_lines(told) if told else [Line(Text("accepted", style="dim"))]
        self._print([*more, replace(last, aside=verdict(event))])

    def _minimal(self, event: e.PhaseProven) -> None:
        unneeded = event.proof.unneeded if event.proof else ()
        green, self._green = self._green, None
        told = [line for line in event.told if not any(line.startswith(d.where) for d in unneeded)]
        if green is None:
            green = replace(event, told=())
        elif event.code:
            green = replace(green, code=event.code)
        self._print([*change_lines(green, unneeded), *told_lines(told)])

    def _refused(self, event: e.ProposalRefused) -> None:
        if event.phase in (e.Phase.MINIMAL, e.Phase.GREEN):
            self._green = None  # it was sent back
        self._status.refused(event.number)
        line = Text.assemble(("✗ ", "red"), (f"{event.phase} {event.number}  ", "dim"))
        again = event.number > 1 and self._refusal == (event.phase, event.why)
        self._refusal = event.phase, event.why
        why = "the same" if again else harmless(event.why)
        self._aside(line.append(why, style="dim"), cut=True)

    def _list(self, texts: Sequence[str]) -> None:
        labels = ["LIST", *[""] * len(texts)]
        self._print(
            Line(Text.assemble("+ ", harmless(text), (" (discovered)", "dim")), label)
            for label, text in zip(labels, texts, strict=False)
        )

    def _head(self, aside: str = "") -> None:
        """The header of a cycle, once what stands beside it is known."""
        started, self._started = self._started, None
        if started is None:
            return
        self._cycles += 1
        text = Text(harmless(started.plan), style="bold")
        text.append(f" {started.done}/{started.total} · next: " if started.total else " · ", "dim")
        text.append(harmless(started.item.text.removeprefix(f"{started.plan} ")), "bold")
        with self._status.hidden():
            if self._cycles > 1:
                self._out.print()
            show_heading(self._out, text, Text(aside, style="dim"))

    def _flush(self) -> None:
        """Print what waited for something that didn't come."""
        self._head()
        green, self._green = self._green, None
        if green is not None:
            self._print(change_lines(green))

    def _print(self, lines: Iterable[Line]) -> None:
        self._flush()
        with self._status.hidden():
            show_lines(self._out, lines)

    def _aside(self, text: Text, *, cut: bool = False) -> None:
        """One line of progress; on a terminal no longer than it is wide, if it is cut."""
        self._head()
        if cut and self._progress.is_terminal:
            text = Text(" ").join(text.split())
            text.truncate(max(self._progress.width - LABEL, 1), overflow="ellipsis")
        show_text(self._progress, text, Text(" " * LABEL))

    def _ended(self, event: e.CycleEnded) -> None:
        self._flush()
        self._status.pause()
        if event.reason:
            colour = "red" if event.ending is e.Ending.ABANDONED else "yellow"
            mark = "✗ " if event.ending is e.Ending.ABANDONED else "! "
            text = Text.assemble((f"{event.ending}: ", colour), harmless(event.reason))
            show_text(self._out, text, Text.assemble((mark, colour)))
        for line in _closing(event, self._out.width if self._out.is_terminal else None):
            show_text(self._out, line)


def _closing(event: e.CycleEnded, width: int | None) -> list[Text]:
    """What it cost and how to take it back, on two lines where one is not enough."""
    cost, undo = Text(cost_of(event), style="dim"), Text()
    if event.undo:
        undo = Text.assemble(("undo: ", "dim"), harmless(event.undo))
    whole = Text(" · ", style="dim").join([cost, undo]) if undo else cost
    return [whole] if width is None or whole.cell_len <= width else [cost, undo]


def _commit_line(commit: e.Committed, told: str = "") -> Line:
    name = (harmless(commit.commit[:_NAME]), "yellow")
    return Line(Text.assemble(name, f" {harmless(commit.subject)}", (told, "dim")), "COMMIT")


def baseline_of(seen: e.BaselineSeen) -> str:
    """How the tests are before anything is changed; what did not run now took no time."""
    if seen.recalled and seen.recalled >= seen.files:
        return f"{seen.passed} passed, remembered"
    took = f"{seen.passed} passed {spent(seen.seconds)}"
    return f"{took}, {seen.recalled} of {seen.files} files remembered" if seen.recalled else took


def cost_of(ended: e.CycleEnded) -> str:
    """Time, tokens and money, as far as there were any."""
    parts = [spent(ended.seconds)]
    if ended.tokens:
        parts.append(f"{_short(ended.tokens)} tokens")
    if ended.cost:
        parts.append(f"${ended.cost:.2f}" if ended.cost >= 0.005 else f"${ended.cost:.4f}")
    return " · ".join(parts)


def _short(number: int) -> str:
    return f"{number / 1000:.1f}k" if number >= 1000 else str(number)
