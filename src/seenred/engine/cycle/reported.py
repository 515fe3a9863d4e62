"""What a report says in words, and the places in code that it shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from seenred.domain.item_claim import item_claims
from seenred.domain.plan import PlanItem
from seenred.domain.report import parse_report
from seenred.engine.cycle.location.ranking import Frame

_FRAME = re.compile(
    r"File \"(?P<path>[^\"\n]+\.py)\", line (?P<line>\d+)"
    r"|(?<![\w./\\-])(?P<short>[\w./\\-]+\.py):(?P<at>\d+)"
)
_FOREIGN = frozenset({"site-packages", "dist-packages"})


_TRACE = re.compile(
    r"^(?P<lead>[ \t]*)(?:Traceback \(most recent call last\):\n)?"
    r"(?:(?P=lead)[ \t]*File \"[^\"\n]+\", line \d+.*\n(?:(?P=lead)[ \t]{4,}.*\n)*)+",
    re.MULTILINE,
)
# characters of a report's first sentence that name the defect
LONGEST = 120


def reported(report: str) -> PlanItem:
    """A report as an item: its heading or first sentence names the defect.

    Its details are its words; the calls of a traceback and the numbers of lines are none that a
    test could use.
    """
    words = _TRACE.sub("", f"{report.strip()}\n")
    words = _FRAME.sub(lambda found: found["short"] or found["path"], words)
    lines = [line.strip("#*_ ") for line in words.splitlines() if line.strip("#*_ ")]
    first = lines[0] if lines else ""
    sentence = first.partition(". ")[0] if len(first) > LONGEST else first
    return PlanItem(sentence[:LONGEST].rstrip(". "), details=words.strip())


def more_general(item: PlanItem, names: Sequence[str]) -> str:
    """A test for the list that shows the same defect by other values; it repeats none of these.

    Args:
        names: that the code under test has.
    """
    claims = item_claims(item.text) or parse_report(item.text, names)
    if not claims:
        return f"another example than the reported one: {item.text}"
    called = claims[0].expression.partition("(")[0]
    return f"`{called}` is right for another example than the reported one"


def reported_frames(text: str, paths: Collection[str]) -> tuple[Frame, ...]:
    """The innermost first, as a traceback has it last.

    Args:
        paths: of the project; a report's own may begin in another folder, on another system.
    """
    found = []
    for match in _FRAME.finditer(text):
        said = (match["path"] or match["short"]).replace("\\", "/")
        path = _in_project(said, paths)
        if path:
            found.append(Frame(path, int(match["line"] or match["at"])))
    return tuple(dict.fromkeys(reversed(found)))


def _in_project(said: str, paths: Collection[str]) -> str:
    """The path that ends like the reported one, as long as only one does; else ""."""
    parts = PurePosixPath(said).parts
    if _FOREIGN & set(parts):
        return ""
    for start in range(len(parts)):
        end = "/".join(parts[start:])
        alike = [path for path in paths if path == end or path.endswith(f"/{end}")]
        if alike:
            return alike[0] if len(alike) == 1 else ""
    return ""
