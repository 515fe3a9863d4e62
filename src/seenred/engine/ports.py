"""What the engine needs from outside; adapters live in `seenred.infrastructure`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from seenred.domain.account import Account
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.run import RecordedStep

T = TypeVar("T")


class Model(Protocol):
    """Answers prompts.

    Raises:
        ModelFailed: no answer can be had; the message says why and what to do.
    """

    @property
    def name(self) -> str:
        """`provider:model`, as reports show it."""

    @property
    def fills_gaps(self) -> bool:
        """Whether it completes prompts that have a `gap`."""

    async def complete(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Reply:
        """Answer one prompt; `on_text` gets each piece of the reply as it arrives."""

    async def close(self) -> None:
        """Let go of what the model holds; harmless when called twice."""


class Steps(Protocol):
    """Performs each step of a run once, in order, and recalls what it gave.

    Attributes:
        seconds: wall-clock time inside steps so far, that of recalled ones included.
    """

    seconds: float

    @property
    def elapsed(self) -> float:
        """Seconds that the run has worked so far; right after a recalled step, as it was then."""

    async def run(
        self,
        name: str,
        step: Callable[[], Awaitable[T]],
        shape: Any = None,
        kept: Callable[[T], T] | None = None,
    ) -> T:
        """Perform `step` under `name`, unique within the run, or recall its result.

        What a step raises is never recorded: it is performed again.

        Args:
            shape: the type of the result, made of what JSON can hold; of None nothing is recorded.
            kept: what of the result is recorded; None: all of it.
        """


# Performs a run of one kind, by its id; what it returns is plain data, and the run is done. What it
# raises leaves the run open.
Performer = Callable[[str, Steps], Awaitable[Any]]


class RunStopped(Exception):
    """A performer had to stop before the end; the run stays open.

    Attributes:
        result: what it has, as plain data.
    """

    def __init__(self, result: Any) -> None:
        super().__init__("the run stopped before its end")
        self.result = result


class Engine(Protocol):
    """Performs runs durably: each recorded step once, whatever happens to the process.

    It knows runs by their ids and kinds alone; what they were asked is recorded elsewhere.
    """

    async def run(self, run: str, kind: str) -> Any:
        """Perform a run here, or go on where its record ends; of one that is done, its result.

        When this is cancelled, the run's performer is, and may still raise what it has.

        Raises:
            Exception: what the performer raised.
        """

    async def enqueue(self, run: str, kind: str, queue: str) -> None:
        """Put a run on a queue; one that was begun goes on where its record ends."""

    async def work(self, queue: str, most: int) -> None:
        """Perform the runs of a queue, at most so many at a time, until this is cancelled.

        The performers of those at work are cancelled then, and have ended when this has.
        """

    async def cancel(self, run: str) -> None:
        """Stop a run, whoever performs it; it can be gone on with.

        Raises:
            UsageError: `run-unknown`.
        """

    async def copy(self, origin: str, run: str, before: str) -> None:
        """Begin `run` with the recorded steps of `origin` that come before one.

        Raises:
            UsageError: `step-unknown`.
        """

    async def stranded(self, runs: Sequence[str], present: Callable[[str], bool]) -> list[str]:
        """Those of queued runs that no queue holds and nobody who is present has taken from one.

        Args:
            present: whether the process of that name is.
        """

    async def recorded(self, run: str) -> list[RecordedStep]:
        """The recorded steps of a run, in order."""

    async def close(self) -> None:
        """Let go of everything; runs that are at work can be gone on with."""


class Accounts(Protocol):
    """Keeps accounts by key, for all who share it."""

    async def change(self, key: str, change: Callable[[Account], Account]) -> Account:
        """Put what `change` makes of an account in its place, and return it.

        It is one transaction: nobody else changes the account meanwhile, and what `change`
        raises leaves it as it was. A key that is new has an empty account.
        """


class Artifacts(Protocol):
    """Keeps what a run leaves behind; a name is written once."""

    @property
    def location(self) -> str:
        """Where a person finds them."""

    def write(self, name: str, content: str) -> str:
        """Write a new artifact and return its path; never overwrites."""

    def read(self, name: str) -> str | None:
        """Content of an artifact of this run, or None."""

    def free_name(self, stem: str, suffix: str) -> str:
        """`stem` + `suffix`, or the first of `stem_2`, `stem_3`, … that is not there yet."""
