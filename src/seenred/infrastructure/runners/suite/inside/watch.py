"""The limit of one test, kept by the kernel even when Python is stuck in C code.

A timer of the process sends SIGXCPU, which nobody handles, and who waits for the process takes it
for a limit that was hit. A thread that watches would cost each test its start and its end.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MONOTONIC = 1
# struct sigevent: a value, the signal, how to notify (0: by that signal), room to 64 bytes
_EVENT = ctypes.c_int * 16
# struct itimerspec: the interval, then the time to go; seconds and nanoseconds of each
_TIMES = ctypes.c_long * 4
# the process that is watched, and its timer: a fork has none
_timers: dict[int, ctypes.c_void_p] = {}


def start() -> None:
    """Keep limits in this process from now on.

    Raises:
        OSError: the kernel gives it no timer.
    """
    timer = ctypes.c_void_p()
    event = _EVENT(0, 0, signal.SIGXCPU)
    if _library().timer_create(_MONOTONIC, ctypes.byref(event), ctypes.byref(timer)):
        raise OSError(ctypes.get_errno(), "no timer")
    _timers.clear()
    _timers[os.getpid()] = timer


def arm(seconds: float) -> None:
    """End the process when this is not called again, or undone, within the time."""
    part, whole = math.modf(seconds)
    _set(_TIMES(0, 0, int(whole), int(part * 1e9)))


def disarm() -> None:
    """Nothing is running that has a limit."""
    _set(_TIMES())


def _set(times: ctypes.Array[ctypes.c_long]) -> None:
    timer = _timers.get(os.getpid())
    if timer is not None:
        _library().timer_settime(timer, 0, times, None)


def _library() -> Any:
    if not _libraries:
        own = ctypes.CDLL(None, use_errno=True)
        # before glibc 2.34 it has a library of its own
        _libraries.append(own if hasattr(own, "timer_create") else ctypes.CDLL("librt.so.1"))
    return _libraries[0]


_libraries: list[Any] = []
