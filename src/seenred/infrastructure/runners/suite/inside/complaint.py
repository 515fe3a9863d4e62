"""What processes that a test started had to say of what the sandbox refused them.

A test may show nothing of it: `assert done.returncode == 0`. So it is looked for where the test
keeps what they wrote: in the variables of its frames, and in what was captured.
"""

from __future__ import annotations

import re
import subprocess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# as C's `perror` ends a line, and as Python's tracebacks do
_REFUSED = re.compile(
    r"(?m)^.*(?:\bOperation not permitted"
    r"|\[Errno (?:13|30)\] (?:Permission denied|Read-only file system)).*$"
)
# characters of each text that are looked through, from its end
_MOST = 1 << 16
_LONGEST = 300


def of_children(error: BaseException | None, report: Any) -> str:
    """The first line that tells of a refusal; "" where there is none."""
    for text in _texts(error, report):
        found = _REFUSED.search(text)
        if found:
            return found[0].strip()[:_LONGEST]
    return ""


def _texts(error: BaseException | None, report: Any) -> Iterator[str]:
    yield from _written(error)
    trace = error.__traceback__ if error is not None else None
    while trace is not None:
        for value in trace.tb_frame.f_locals.values():
            yield from _written(value)
        trace = trace.tb_next
    for _, text in getattr(report, "sections", ()):
        yield from _written(text)


def _written(value: object) -> Iterator[str]:
    """Only of plain objects: others may be hostile, and nothing of theirs is called."""
    if type(value) is str:
        yield value[-_MOST:]
    elif type(value) is bytes:
        yield value[-_MOST:].decode(errors="replace")
    elif type(value) in (subprocess.CompletedProcess, subprocess.CalledProcessError):
        kept = vars(value)
        for name in ("stderr", "stdout", "output"):
            if type(kept.get(name)) in (str, bytes):
                yield from _written(kept[name])
