"""The error tree: a stable code, one sentence with the remedy, an exit code.

SeenredError
├── UsageError          2   bad input: a file, a flag, a name
├── EnvironmentLacks    3   the machine lacks something: a model, a sandbox, a key
│   ├── ModelFailed     3   a model that was there stopped answering
│   │   └── ModelFaltered   for now: the same call may succeed a little later
│   └── SandboxFailed   3   the sandbox could not start a command
├── BudgetSpent         4   tokens, seconds or cost ran out
└── NothingUsable       1   a model answered, and nothing of it could be used
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What every command answers to the shell."""

    YES = 0
    NO = 1
    USAGE = 2
    ENVIRONMENT = 3
    BUDGET = 4
    NOT_PROVEN = 125
    INTERRUPTED = 130


class SeenredError(Exception):
    """The root of everything that Seenred reports by itself.

    Args:
        code: stable and searchable, e.g. `statement-empty`.
        message: one sentence: what was wrong, where, and what to do.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class UsageError(SeenredError):
    """What the user gave cannot be used."""


class EnvironmentLacks(SeenredError):
    """This machine lacks something that the command needs."""

    exit_code = ExitCode.ENVIRONMENT


class ModelFailed(EnvironmentLacks):
    """A model crashed, timed out or refused; the run ends with what it has."""


class ModelFaltered(ModelFailed):
    """A model that may answer the same prompt a little later.

    Attributes:
        what: the message without its remedy.
        retry_after: seconds that the provider asks to wait; None: it did not say.
    """

    def __init__(
        self, code: str, what: str, remedy: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(code, f"{what}; {remedy or 'try again'}.")
        self.what = what
        self.retry_after = retry_after


class SandboxFailed(EnvironmentLacks):
    """The sandbox itself failed; says nothing about the code inside it."""


class BudgetSpent(SeenredError):
    """A limit on tokens, seconds or cost was reached."""

    exit_code = ExitCode.BUDGET


class NothingUsable(SeenredError):
    """The model answered, but not one reply could be used; the run ends with what it has."""

    exit_code = ExitCode.NO
