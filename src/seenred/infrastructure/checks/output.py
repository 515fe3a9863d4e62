"""What checks print, read into complaints: `path:line: what`, in the ways in which tools say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from seenred.domain.complaint import Complaint

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\x1b\(B")
# ruff, mypy, pyright, ty, flake8, clippy's short form
_PLACED = re.compile(
    r"^\s*(?P<path>(?!-->)[^\s:][^:\n]*\.\w+|/[^:\n]+):(?P<line>\d+)(?::\d+)?(?::|\s+-)?\s+(?P<what>\S.*)$"
)
# rustc's and ruff's long form: the message, then its place
_ARROW = re.compile(r"^\s*--> (?P<path>[^:\n]+):(?P<line>\d+):\d+$")
_DIFF = re.compile(r"^Diff in (?P<path>.+?)(?::| at line )(?P<line>\d+):?$")
_WOULD = re.compile(r"^(?:Would reformat:?|would reformat) (?P<path>.+)$")
_UNFORMATTED = "is not formatted"
# context that tools print beside their complaints
_BESIDE = ("note:", "help:")
_MOST = 200  # characters of one complaint


def read_complaints(
    check: str, output: str, relative: Callable[[str], str], code: Callable[[str, int], str]
) -> tuple[Complaint, ...]:
    """The complaints of one run; none where no line names a place.

    Args:
        relative: a path as the tool printed it, from the root of the project.
        code: a line of a file.
    """
    lines = _COLOUR.sub("", output).splitlines()
    found = (
        Complaint(check, f"{path}:{line}" if line else path, what[:_MOST], code(path, line))
        for path, line, what in _placed(lines, relative)
    )
    return tuple(dict.fromkeys(found))


def last_line(output: str) -> str:
    """What a tool said last, for one that names no place."""
    lines = [line.strip() for line in _COLOUR.sub("", output).splitlines() if line.strip()]
    return lines[-1][:_MOST] if lines else "it said nothing"


def _placed(lines: Sequence[str], relative: Callable[[str], str]) -> Iterator[tuple[str, int, str]]:
    before = ""
    for line in lines:
        if found := _WOULD.match(line):
            yield relative(found["path"]), 0, _UNFORMATTED
        elif found := _DIFF.match(line):
            yield relative(found["path"]), int(found["line"]), _UNFORMATTED
        elif found := _ARROW.match(line):
            if before.startswith("unformatted:"):
                yield relative(found["path"]), 0, _UNFORMATTED
            elif before:
                yield relative(found["path"]), int(found["line"]), _said(before)
        elif (found := _PLACED.match(line)) and not found["what"].startswith(_BESIDE):
            yield relative(found["path"]), int(found["line"]), _said(found["what"])
        before = line.strip()


def _said(what: str) -> str:
    return what.replace(" [*]", "").removeprefix("error: ").strip()
