"""What of an environment can change how tests end, as one word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from seenred.infrastructure.environment.project_python import ProjectPython

# what installing, upgrading and removing a package changes in `site-packages`
_INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")


def fingerprint(python: ProjectPython) -> str:
    """Equal while the same interpreter has the same packages at the same places."""
    parts = (
        python.interpreter.executable,
        python.version,
        python.pytest,
        *python.plugins,
        *(f"{name}={path}" for name, path in sorted(python.editable.items())),
        *_installed(python.packages),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _installed(folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
        place = Path(folder)
        if place.is_dir():
            found = [each for each in place.iterdir() if each.suffix in _INSTALLED]
            yield from sorted(f"{each} {each.stat().st_mtime_ns}" for each in found)
