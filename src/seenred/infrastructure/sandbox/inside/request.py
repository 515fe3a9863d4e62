"""What the supervisor is asked to run, and what it reports; both cross as frames."""

from __future__ import annotations

from typing import NamedTuple

from .frames import pack, unpack


class Request(NamedTuple):
    """One command with its confinement.

    Attributes:
        scratch: the command's folder; files are laid there and collected from there.
        mode: `bubblewrap`, `landlock` or `none`.
        own_pids: this supervisor is the first process of a pid namespace.
        readable: paths that Landlock lets it read.
        cwd: where it starts.
        environment: variables besides the few that every command has.
        loopback: sockets are allowed, in a network of its own.
        seconds, memory, processes, file_size, disk, progress, pause: as in
            `seenred.domain.execution.Limits`.
    """

    argv: list[str]
    files: dict[str, bytes]
    stdin: bytes
    collect: list[str]
    scratch: str
    mode: str
    own_pids: bool
    readable: list[str]
    cwd: str
    environment: dict[str, str]
    seconds: float
    memory: int
    processes: int
    file_size: int
    disk: int
    loopback: bool = False
    progress: str = ""
    pause: float = 0.0

    def to_bytes(self) -> bytes:
        """As it goes through the pipe."""
        files = [part for name, data in self.files.items() for part in (name.encode(), data)]
        numbers = (self.seconds, self.memory, self.processes, self.file_size, self.disk)
        own_pids = "1" if self.own_pids else ""
        loopback = "1" if self.loopback else ""
        words = (self.scratch, self.mode, own_pids, self.cwd, loopback, self.progress)
        settings = (*words, repr(self.pause), *map(repr, numbers))
        variables = [word for pair in self.environment.items() for word in pair]
        lists = (self.argv, self.collect, self.readable, variables, settings)
        return pack([*(_pack_words(words) for words in lists), pack(files), self.stdin])

    @classmethod
    def from_bytes(cls, data: bytes) -> Request:
        """Read what `to_bytes` wrote."""
        *lists, files, stdin = unpack(data)
        words = ([w.decode() for w in unpack(x)] for x in lists)
        argv, collect, readable, variables, settings = words
        parts = unpack(files)
        scratch, mode, own_pids, cwd, loopback, progress, pause, seconds, *numbers = settings
        memory, processes, file_size, disk = map(int, numbers)
        return cls(
            argv,
            {name.decode(): content for name, content in zip(parts[::2], parts[1::2], strict=True)},
            stdin,
            collect,
            scratch,
            mode,
            bool(own_pids),
            readable,
            cwd,
            dict(zip(variables[::2], variables[1::2], strict=True)),
            float(seconds),
            memory,
            processes,
            file_size,
            disk,
            bool(loopback),
            progress,
            float(pause),
        )


class Report(NamedTuple):
    """How it ended; `failure` says what the sandbox itself could not do, else "".

    Attributes:
        ending: a value of `seenred.domain.execution.Ending`.
        seconds: wall-clock time of the command alone.
    """

    ending: str
    exit_code: int
    seconds: float
    failure: str
    collected: dict[str, bytes]

    def to_bytes(self) -> bytes:
        """As it goes through the pipe."""
        head = (self.ending, str(self.exit_code), repr(self.seconds), self.failure)
        files = [part for name, data in self.collected.items() for part in (name.encode(), data)]
        return pack([_pack_words(head), pack(files)])

    @classmethod
    def from_bytes(cls, data: bytes) -> Report:
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: it is cut off.
        """
        head, files = unpack(data)
        ending, exit_code, seconds, failure = (word.decode() for word in unpack(head))
        parts = unpack(files)
        collected = dict(zip((name.decode() for name in parts[::2]), parts[1::2], strict=True))
        return cls(ending, int(exit_code), float(seconds), failure, collected)


def _pack_words(words: list[str] | tuple[str, ...]) -> bytes:
    return pack(word.encode() for word in words)
