"""A run performed again beside its record: what depends on a model or on a clock is recalled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, NoReturn, TypeVar

from seenred.domain.conversation import Prompt, Reply
from seenred.domain.run import RecordedStep
from seenred.errors import ModelFailed, UsageError
from seenred.infrastructure.durable.steps import Objects, RecordedSteps

T = TypeVar("T")


class RecordEnds(UsageError):
    """The run was interrupted, and goes no further than this."""


class SilentModel:
    """Stands where a model was; it is never asked."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        """As reports show it."""
        return self._name

    @property
    def fills_gaps(self) -> bool:
        """No gap is filled either."""
        return False

    async def complete(
        self,
        prompt: Prompt,
        on_text: Callable[[str], None] | None = None,  # noqa: ARG002 - the port's
    ) -> Reply:
        """Refuses.

        Raises:
            ModelFailed: always.
        """
        raise ModelFailed("replay-asks", f"A replay asks no model ({len(prompt.messages)}).")

    async def close(self) -> None:
        """Nothing is held."""


class ReplayedSteps(RecordedSteps):
    """The steps of a run that is replayed.

    Args:
        recalled_shapes: of the results that are recalled.
        offline: all are.
    """

    def __init__(
        self,
        recorded: Sequence[RecordedStep],
        objects: Objects,
        recalled_shapes: Sequence[Any],
        *,
        offline: bool,
    ) -> None:
        self._shape: Any = None
        self._shapes = recalled_shapes
        self._offline = offline
        self._left: Iterator[RecordedStep] = iter(recorded)
        super().__init__(self, objects)

    async def run(
        self,
        name: str,
        step: Callable[[], Awaitable[T]],
        shape: Any = None,
        kept: Callable[[T], T] | None = None,
    ) -> T:
        """As in every run, beside the record."""
        self._shape = shape
        return await super().run(name, step, shape, kept)

    async def once(self, name: str, make: Callable[[], Awaitable[Any]]) -> Any:
        """What the step gave, or gives now, with the times that are recorded.

        Raises:
            RecordEnds: nothing is recorded from here on.
            UsageError: `replay-differs`, another step is recorded in its place.
        """
        recorded = next(self._left, None)
        if recorded is None:
            raise RecordEnds("record-ends", f"The record ends before the step {name}.")
        if recorded.name != name:
            _differs(f"The next step is {name}, and was {recorded.name}.")
        if self._offline or self._shape in self._shapes:
            return recorded.record
        made = await make()
        # its time is none of what is compared
        self.seconds += recorded.record["seconds"] - made["seconds"]
        return {**made, **{k: recorded.record[k] for k in ("seconds", "elapsed")}}


def _differs(how: str) -> NoReturn:
    raise UsageError("replay-differs", how)
