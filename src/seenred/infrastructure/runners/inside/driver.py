"""Runs inside the sandbox: one forked child for each input, one line of JSON for each answer.

The parent never runs the candidate, so nothing that the candidate does to its own process (patch
a module, close files, exit) reaches an answer other than its own. Only the standard library, and
little of it; the candidate's imports from it are made once, before the forks.
"""

# pathlib would cost each command its import
# ruff: noqa: PTH108

from __future__ import annotations

import ast
import builtins
import ctypes
import gc
import importlib
import json
import os
import select
import signal
import sys
import time
import warnings

from .candidate import UNLOADABLE, Voice, child
from .raised import FILE, describe, line_of

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing would cost each command four milliseconds
    import types
    from typing import Any

    Job = dict[str, Any]

TOO_MANY_LEFT = 75  # processes of an earlier input are in the way: run the rest elsewhere
_NOT_DUMPABLE = (4, 0, 0, 0, 0)
_clock = time.perf_counter
_OUT = sys.stdout


def main() -> None:
    job = json.loads(sys.stdin.buffer.read())
    # the candidate must not reach our stdout through /proc
    ctypes.CDLL(None).prctl(*_NOT_DUMPABLE)
    warnings.simplefilter("ignore")
    try:
        code = compile(job["source"], FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        why = {"raised": describe(error), "line": line_of(error)}
        emit({"state": UNLOADABLE, "payload": json.dumps(why)})
        return
    # the site module, left out for speed, would give them
    vars(builtins).update(exit=sys.exit, quit=sys.exit)
    import_before_forking(job["source"])
    gc.freeze()
    for item in job["inputs"]:
        answer = attempt(job, code, item)
        emit(answer)
        if answer["state"] == UNLOADABLE or (answer["over"] and not answer["state"]):
            return  # it would be the same with every input


def emit(answer: dict[str, Any]) -> None:
    _OUT.write(json.dumps(answer) + "\n")
    _OUT.flush()


def import_before_forking(source: str) -> None:
    """Import what the candidate imports from the standard library, at its top level."""
    for node in ast.parse(source).body:
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            if name.partition(".")[0] in sys.stdlib_module_names - {"this", "antigravity"}:
                try:
                    importlib.import_module(name)
                except Exception:
                    continue  # the candidate meets the same error, and it is reported there


def attempt(job: Job, code: types.CodeType, item: Any) -> dict[str, Any]:
    """Fork a child for one input and wait for its answer."""
    reading, writing = os.pipe()
    out_reading, out_writing = os.pipe()
    stdin = as_file(item.encode() if job["mode"] == "feed" else b"")
    try:
        pid = os.fork()
    except OSError:
        os._exit(TOO_MANY_LEFT)
    if pid == 0:
        os.close(reading)
        os.close(out_reading)
        child(job, code, item, Voice(writing), stdin, out_writing)
    for fd in (writing, out_writing, stdin):
        os.close(fd)
    try:
        return watch(pid, job, reading, out_reading)
    finally:
        os.close(reading)
        os.close(out_reading)


def watch(pid: int, job: Job, answers: int, output: int) -> dict[str, Any]:
    """Read what the child says until it ends or its time is up; then end it."""
    taken = {answers: bytearray(), output: bytearray()}
    ended = os.pidfd_open(pid)
    poll = select.poll()
    for fd in (answers, output, ended):
        poll.register(fd, select.POLLIN)
    started, loaded, over = _clock(), False, ""
    gone = False
    while not gone and not over:
        left = started + job["seconds"] - _clock()
        for fd, _ in poll.poll(max(0, int(left * 1000) + 1)):
            gone = gone or fd == ended
            if fd in taken and not take(fd, taken[fd]):
                poll.unregister(fd)
        if taken[answers] and not loaded:
            started, loaded = _clock(), True
        over = over_limit(taken, job, started)
    os.close(ended)
    status = end(pid)
    seconds = _clock() - started
    for fd, into in taken.items():
        drain(fd, into, job["output"])
    return {
        "over": over,
        "state": taken[answers][:1].decode("latin-1"),
        "exit": os.waitstatus_to_exitcode(status),
        "seconds": seconds,
        "payload": taken[answers][1:].decode("utf-8", "replace"),
        "program": job["mode"] == "feed",
        "printed": taken[output].decode("utf-8", "replace"),
    }


def take(fd: int, into: bytearray) -> int:
    part = os.read(fd, 1 << 16)
    into.extend(part)
    return len(part)


def over_limit(taken: dict[int, bytearray], job: Job, started: float) -> str:
    if any(len(said) > job["output"] for said in taken.values()):
        return "output"
    return "time" if _clock() > started + job["seconds"] else ""


def end(pid: int) -> int:
    """End the child and its group; the child's wait status."""
    for kill, target in ((os.killpg, pid), (os.kill, pid)):
        try:
            kill(target, signal.SIGKILL)
        except OSError:
            continue  # the sandbox allows no groups: it ends what is left with the command
    return os.waitpid(pid, 0)[1]


def drain(fd: int, into: bytearray, limit: int) -> None:
    """Take what is still in the pipe; a survivor must not keep us waiting for its end."""
    os.set_blocking(fd, False)
    try:
        while len(into) <= limit and (part := os.read(fd, 1 << 16)):
            into.extend(part)
    except BlockingIOError:
        return


def as_file(content: bytes) -> int:
    """A file without a name that holds `content`, at its start."""
    name = f".stdin-{os.getpid()}"
    fd = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    os.unlink(name)
    view = memoryview(content)
    while view:
        view = view[os.write(fd, view) :]
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
