"""The places in code that a text names: lines of tracebacks, `cart.py:12`."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from seenred.engine.cycle.location.ranking import Frame

_PATH = r"(?P<{0}>[\w./\\:~-]*[\w-]\.py)"
_PLACES = re.compile(
    r"\bFile [\"'](?P<quoted>[^\"'\n]+\.py)[\"'], line (?P<traced>\d+)"
    rf"|{_PATH.format('path')}`?(?::|#L|,? line |,? at line )(?P<line>\d+)"
    rf"|\bline (?P<of>\d+) (?:of|in) `?{_PATH.format('file')}"
)


def frames_in(text: str, paths: Collection[str]) -> tuple[Frame, ...]:
    """Those that lie in one of the files, the last that is named first, as it is the innermost.

    Args:
        paths: the project's; a text may name them from elsewhere: `/srv/app/shop/cart.py`.
    """
    found: list[Frame] = []
    for place in _PLACES.finditer(text):
        named = place["quoted"] or place["path"] or place["file"]
        line = place["traced"] or place["line"] or place["of"]
        if path := _known(named.replace("\\", "/"), paths):
            found.append(Frame(path, int(line)))
    return tuple(dict.fromkeys(reversed(found)))


def _known(named: str, paths: Collection[str]) -> str:
    """The project's file that is meant; "" for none, or if several may be."""
    if "site-packages/" in named:
        return ""
    parts = PurePosixPath(named).parts
    for start in range(len(parts)):
        if (tail := "/".join(parts[start:])) in paths:
            return tail
    ending = [path for path in paths if path.endswith(f"/{named.removeprefix('./')}")]
    return ending[0] if len(ending) == 1 else ""
