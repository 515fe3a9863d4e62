"""Cycles in this very process, on a real repository and the real runner, with scripted replies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from go_project import GoProject

from seenred.bootstrap.going import Going
from seenred.config.settings import Settings
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.cycle_event import CycleEvent, Phase, PhaseProven, ProposalRefused
from seenred.domain.cycle_result import GoResult
from seenred.domain.event import Noted
from seenred.engine.commands import FixCommand, GoCommand, TidyCommand
from seenred.errors import ModelFailed
from seenred.infrastructure.models.scripted import Line, Script, ScriptedModel
from seenred.interop.document import to_json

Event = TypeVar("Event", bound=CycleEvent)


class CycleWork:
    """A project, a model that says what it is told to, and what was seen of the cycles.

    Attributes:
        meanwhile: what the user does before the model gives the reply with that number, from 1.
    """

    def __init__(self, project: GoProject) -> None:
        self.project = project
        self.meanwhile: dict[int, Callable[[], object]] = {}
        self.events: list[CycleEvent] = []
        self.model = ScriptedModel.of([])

    def go(self, *replies: str | Line, **command: Any) -> GoResult:
        """Take the next items of the plan."""
        asked = GoCommand(folder=self.project.path, **command)
        return asyncio.run(self._going(replies).go(asked))

    def fix(self, report: str, *replies: str | Line, **command: Any) -> GoResult:
        """Repair what was reported."""
        asked = FixCommand(folder=self.project.path, report=report, **command)
        return asyncio.run(self._going(replies).fix(asked))

    def tidy(self, path: str, *replies: str | Line, **command: Any) -> GoResult:
        """Put a file more simply."""
        asked = TidyCommand(folder=self.project.path, paths=(path,), **command)
        return asyncio.run(self._going(replies).tidy(asked))

    @property
    def asked(self) -> list[str]:
        """What the model was told last of each prompt."""
        return [prompt.messages[-1].text for prompt in self.model.prompts]

    @property
    def notes(self) -> list[str]:
        return [event.text for event in self.seen(Noted)]

    def seen(self, kind: type[Event]) -> list[Event]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def refused(self, phase: Phase) -> list[str]:
        """Why the proposals of a phase did not stand."""
        return [event.why for event in self.seen(ProposalRefused) if event.phase is phase]

    def proven(self, phase: Phase) -> list[PhaseProven]:
        return [event for event in self.seen(PhaseProven) if event.phase is phase]

    def _going(self, replies: tuple[str | Line, ...]) -> Going:
        script = Script([each if isinstance(each, Line) else Line(each) for each in replies])

        def answer(prompt: Prompt) -> Reply:
            self.meanwhile.pop(len(self.model.prompts), lambda: None)()
            try:
                return script.answer(prompt)
            except ModelFailed as failed:
                told = [e.why for e in self.seen(ProposalRefused)]
                failed.add_note(f"refused so far: {told}")
                raise

        self.model, self.events = ScriptedModel(answer), []
        return Going(Settings(), self.events.append, to_json, lambda *_: self.model)
