"""The child's side of a model in a child process: one request at a time, cancellable."""

from __future__ import annotations

import ctypes
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, NoReturn

Request = dict[str, Any]
Tell = Callable[[str], bool]
"""Sends a piece of the reply on; True means that nobody waits for more."""
Generate = Callable[[Request, Tell], dict[str, Any]]

PR_SET_PDEATHSIG = 1  # <sys/prctl.h>


class ChildError(Exception):
    """What the parent shall report: a stable code and one sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def serve(load: Callable[[], Generate]) -> NoReturn:
    """Load a model and answer requests until the parent closes the pipe or dies."""
    _die_with_parent()
    channel = _Channel(_private_stdout())
    requests: queue.Queue[tuple[int, Request]] = queue.Queue()
    threading.Thread(target=channel.read, args=(sys.stdin, requests), daemon=True).start()
    try:
        generate = load()
    except ChildError as error:
        channel.say(event="failed", code=error.code, message=error.message)
        os._exit(1)
    channel.say(event="ready")
    while True:
        channel.answer(*requests.get(), generate)


class _Channel:
    """Talks to the parent; knows which request was cancelled last."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._cancelled = 0

    def read(self, commands: IO[str], requests: queue.Queue[tuple[int, Request]]) -> None:
        """Runs in a thread. Leaves by `_exit`: taking native libraries down can hang."""
        for line in commands:
            command = json.loads(line)
            if command["do"] == "cancel":
                self._cancelled = command["id"]
            else:
                requests.put((command["id"], command["request"]))
        os._exit(0)

    def say(self, **event: object) -> None:
        self._out.write(json.dumps(event) + "\n")
        self._out.flush()

    def answer(self, number: int, request: Request, generate: Generate) -> None:
        def tell(text: str) -> bool:
            if text:
                self.say(event="text", id=number, text=text)
            return self._cancelled >= number

        try:
            reply = {} if self._cancelled >= number else generate(request, tell)
            self.say(event="done", id=number, **reply)
        except ChildError as error:
            self.say(event="failed", id=number, code=error.code, message=error.message)


def _die_with_parent() -> None:
    """Linux only; elsewhere the closed pipe does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _private_stdout() -> IO[str]:
    """Our own way to the parent; whatever a library prints goes to stderr."""
    ours = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return ours
