"""Where the test list lies, and how it is read and written."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.workspace.document import read_exact

NAMES = ("PLAN.md", "plan.md")


def find_plan(folder: Path, named: str | None = None) -> Path:
    """The nearest list: in this folder or above it, up to the root of the repository.

    Args:
        named: its path from the root, where the settings have one.

    Raises:
        UsageError: `plan-missing`.
    """
    if named:
        return _named(_upwards(folder)[-1], named)
    for place in _upwards(folder):
        for name in NAMES:
            if (place / name).exists():
                return place / name
    raise UsageError(
        "plan-missing",
        f"There is no {NAMES[0]} in {folder} or above it; `seenred init` begins one, "
        "`seenred plan FEATURE.md` drafts one from a description.",
    )


def plan_to_be(folder: Path, named: str | None = None) -> Path:
    """Where a list is made that is not there yet: here, or where the settings want it."""
    return _upwards(folder)[-1] / named if named else folder / NAMES[0]


def _named(root: Path, named: str) -> Path:
    if not (root / named).exists():
        raise UsageError(
            "plan-missing",
            f"There is no {named} in {root}, which the setting `go.plan` names; correct it.",
        )
    return root / named


def read_plan(path: Path) -> str:
    """The list as it lies there, byte order mark and line ends included.

    Raises:
        UsageError: as `read_document` for the file itself.
    """
    return read_exact(path)


def write_plan(path: Path, text: str) -> None:
    """Write the list whole: whoever reads it sees the old one or the new one.

    Raises:
        EnvironmentLacks: `plan-not-writable`.
    """
    try:
        _replace(path.resolve(), text.encode("utf-8"))
    except OSError as error:
        raise EnvironmentLacks(
            "plan-not-writable", f"{path} cannot be written: {error.strerror}; it is as it was."
        ) from None


def _replace(target: Path, content: bytes) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        new = Path(file.name)
        try:
            file.write(content)
            file.close()
            new.chmod(mode)
            new.replace(target)
        except OSError:
            new.unlink()
            raise


def _umask() -> int:
    """What new files of this process may not be allowed; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _upwards(folder: Path) -> tuple[Path, ...]:
    """The folder and those above it up to the repository's root; alone where there is none."""
    above = (folder, *folder.parents)
    root = next((n for n, place in enumerate(above) if (place / ".git").exists()), 0)
    return above[: root + 1]
