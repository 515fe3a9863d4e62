"""Runs inside the sandbox: one forked child for each input, one line of JSON for each answer.

The parent never runs the candidate, so nothing that the candidate does to its own process (patch
a module, close files, exit) reaches an answer other than its own. Only the standard library, and
little of it; the candidate's imports from it are made once, before the forks.
"""

# pathlib would cost each command its import
# ruff: noqa: PTH108

from __future__ import annotations

import ast
import atexit
import builtins
import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import signal
import sys
import time
import types
import warnings

from .values import LiteralError, argument, canonical, changed_argument, is_iterator, plain

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing would cost each command four milliseconds
    from collections.abc import Callable, Iterator
    from typing import Any, NoReturn

    Job = dict[str, Any]

FILE = "<solution>"
LOADED, UNLOADABLE, UNREADABLE = "L", "U", "R"
TOO_MANY_LEFT = 75  # processes of an earlier input are in the way: run the rest elsewhere
_NOT_DUMPABLE = (4, 0, 0, 0, 0)
_clock = time.perf_counter
# what a busy machine lets a process wait is not its own time
_processor = time.process_time
_OUT = sys.stdout


class LoadError(Exception):
    """The candidate cannot be called at all; its cause is what it raised, if it did."""


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


# --- the parent: one child, its deadline and its end


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


# --- the child: the candidate's process


class Voice:
    """How the child tells its parent: a letter for the state, then JSON."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._state = ""

    def loaded(self) -> None:
        """The candidate's own time starts."""
        self._write(LOADED)

    def say(self, payload: dict[str, Any], state: str = LOADED) -> None:
        self._write(state if not self._state else "")
        self._write(json.dumps(payload))

    def _write(self, text: str) -> None:
        self._state = self._state or text[:1]
        view = memoryview(text.encode())
        while view:
            view = view[os.write(self._fd, view) :]


def child(
    job: Job, code: types.CodeType, item: Any, voice: Voice, stdin: int, output: int
) -> NoReturn:
    """Run the candidate on one input, say what came of it and leave."""
    try:
        take_streams(stdin, output if job["mode"] == "feed" else None)
        try:
            voice.say(MODES[job["mode"]](job, code, item, voice))
        except LoadError as error:
            voice.say({"raised": str(error), "line": line_of(error)}, UNLOADABLE)
        except LiteralError as error:
            voice.say({"raised": str(error)}, UNREADABLE)
        except BaseException as error:
            voice.say(describe_raised(error))
        os._exit(0)
    finally:
        os._exit(1)


def take_streams(stdin: int, output: int | None) -> None:
    """Give this process its own group, its stdin and, for a program, its stdout."""
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(stdin, 0)
    os.dup2(nowhere if output is None else output, 1)
    os.dup2(nowhere, 2)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def load(code: types.CodeType, name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__file__ = FILE
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        raise LoadError(describe(error)) from error
    return module


def find(module: types.ModuleType, name: str) -> Callable[..., Any]:
    """The function, or the method of `Solution`, that is to be called."""
    found = getattr(module, name, None)
    if callable(found):
        return found  # type: ignore[no-any-return]
    solution = getattr(module, "Solution", None)
    if isinstance(solution, type) and hasattr(solution, name):
        return getattr(solution(), name)  # type: ignore[no-any-return]
    there = [
        own
        for own, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__
    ]
    raise LoadError(f"no function {name!r}; defined are: {', '.join(there) or 'none'}")


def run_call(job: Job, code: types.CodeType, item: Any, voice: Voice) -> dict[str, Any]:
    module = load(code, "solution")
    function = find(module, job["function"])
    arguments = [argument(text) for text in item]
    voice.loaded()
    started = _processor()
    result = function(*arguments)
    value = plain(result) if is_iterator(result) else result
    seconds = _processor() - started
    if result is None:
        value = changed_argument(item, arguments)
    return {"value": canonical(value), "seconds": seconds}


def run_evaluate(job: Job, code: types.CodeType, item: Any, voice: Voice) -> dict[str, Any]:
    module = load(code, job["module"])
    voice.loaded()
    started = _processor()
    value = eval(item, {**vars(module), job["module"]: module})
    seconds = _processor() - started
    return {"value": canonical(value), "seconds": seconds}


def run_feed(_: Job, code: types.CodeType, __: Any, voice: Voice) -> dict[str, Any]:
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    sys.argv = ["solution.py"]
    voice.loaded()
    started = _processor()
    try:
        exec(code, module.__dict__)
    except SystemExit as leaving:
        if leaving.code not in (None, 0):
            raise
    finish_program()
    return {"value": None, "seconds": _processor() - started}


def finish_program() -> None:
    """What an interpreter does at its end: wait for threads, run exit functions, flush."""
    if threading := sys.modules.get("threading"):
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
    atexit._run_exitfuncs()
    sys.stdout.flush()


class OutOfTime(BaseException):
    """Ends a traced evaluation while its lines can still be told."""


def run_trace(job: Job, code: types.CodeType, item: Any, voice: Voice) -> dict[str, Any]:
    module = load(code, job["module"])
    voice.loaded()
    lines: set[int] = set()

    def tracer(frame: types.FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename != FILE:
            return None
        if event == "line":
            lines.add(frame.f_lineno)
        return tracer

    def stop(*_: object) -> None:
        raise OutOfTime

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, job["seconds"] * 0.8)
    sys.settrace(tracer)
    try:
        value = eval(item, {**vars(module), job["module"]: module})
        if is_iterator(value):
            plain(value)
    except BaseException:
        return {"lines": sorted(lines)}  # up to there
    finally:
        sys.settrace(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {"lines": sorted(lines)}


MODES = {"call": run_call, "evaluate": run_evaluate, "feed": run_feed, "trace": run_trace}


# --- exceptions


def describe(error: BaseException) -> str:
    """`ValueError: bad input`, one line."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg} (line {error.lineno})"
    text = " ".join(str(error).split())[:500]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def describe_raised(error: BaseException) -> dict[str, Any]:
    try:
        text = describe(error)
    except BaseException:
        text = type(error).__name__
    innermost = None
    for frame, line in frames(error):
        innermost = frame.f_code.co_filename, line
    memory = isinstance(error, MemoryError)
    own = innermost is not None and innermost[0] == FILE
    return {"raised": text, "line": line_of(error), "own": own, "memory": memory}


def line_of(error: BaseException) -> int | None:
    """The line of the candidate's innermost frame."""
    error = error.__cause__ if isinstance(error, LoadError) and error.__cause__ else error
    if isinstance(error, SyntaxError):
        return error.lineno
    lines = [line for frame, line in frames(error) if frame.f_code.co_filename == FILE]
    return lines[-1] if lines else None


def frames(error: BaseException) -> Iterator[tuple[types.FrameType, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
