"""The child of one input: the candidate runs in it, and it says what came of it."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import sys
import time
import types

from .raised import FILE, LoadError, describe, describe_raised, line_of
from .values import LiteralError, argument, canonical, changed_argument, is_iterator, plain

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing would cost each command four milliseconds
    from collections.abc import Callable
    from typing import Any, NoReturn

    Job = dict[str, Any]

LOADED, UNLOADABLE, UNREADABLE = "L", "U", "R"
# what a busy machine lets a process wait is not its own time
_processor = time.process_time


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
