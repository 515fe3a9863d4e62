"""What is run in the sandbox and what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Limits:
    """What one command may use.

    Attributes:
        seconds: wall-clock deadline; the CPU time is limited to the same, rounded up.
        memory: address space of each process, bytes.
        processes: processes and threads at one time.
        file_size: the largest file that may be written, bytes.
        disk: all that may be written to the scratch directory, bytes.
        output: bytes of stdout and of stderr that are kept; more ends the command.
        progress: relative path of a file that grows as the command gets on, else "".
        pause: seconds for which that file, once it holds something, may stay as it is.
    """

    seconds: float = 10.0
    memory: int = 512 * 1024 * 1024
    processes: int = 32
    file_size: int = 16 * 1024 * 1024
    disk: int = 64 * 1024 * 1024
    output: int = 1024 * 1024
    progress: str = ""
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine that a command may read, and in which it starts.

    Attributes:
        path: where it lies, absolute.
        shown_at: where the command should see it; only a sandbox with a file system of its own
            can do that, elsewhere it is seen where it lies.
    """

    path: str
    shown_at: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command for the sandbox: its files are laid into an empty scratch directory.

    Attributes:
        argv: `{python}` as the first word stands for the interpreter inside, `{folder}` and
            `{scratch}` anywhere for the two folders as they are seen inside.
        files: relative path to content.
        environment: added to the few variables that every command has; placeholders as in `argv`.
        loopback: it may talk to itself by sockets; for a sandbox with a network of its own only.
        collect: relative paths that are read back afterwards, where they exist.
    """

    argv: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    stdin: bytes = b""
    collect: tuple[str, ...] = ()
    limits: Limits = Limits()
    folder: Folder | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    loopback: bool = False


class Ending(StrEnum):
    EXITED = "exited"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    TOO_MUCH_OUTPUT = "too much output"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Execution:
    """How a sandboxed command ended.

    Attributes:
        exit_code: the command's; 128 + signal when it was killed.
        seconds: wall-clock time.
        collected: the files asked for by `Command.collect` that existed.
    """

    ending: Ending
    exit_code: int
    stdout: bytes
    stderr: bytes
    seconds: float
    collected: Mapping[str, bytes] = field(default_factory=dict)


class Outcome(StrEnum):
    """How one call of a candidate ended."""

    RETURNED = "returned"
    RAISED = "raised"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    UNLOADABLE = "unloadable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a candidate did with one input.

    Attributes:
        value: for a function, `repr` of what it returned (of an in-place argument's final value
            when it returned None); for a program, its stdout.
        error: `ValueError: bad input`, one line.
        line: line of the candidate's source where it was raised.
        deliberate: the exception came from a `raise` statement of the candidate.
        seconds: processor time of the call; wall-clock time where it did not return.
    """

    outcome: Outcome
    value: str = ""
    error: str = ""
    line: int | None = None
    deliberate: bool = False
    seconds: float = 0.0
