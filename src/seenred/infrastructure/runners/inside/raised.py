"""What the candidate raised: in one line, and where."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import types
    from collections.abc import Iterator
    from typing import Any

# what the candidate's code is compiled as
FILE = "<solution>"


class LoadError(Exception):
    """The candidate cannot be called at all; its cause is what it raised, if it did."""


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
