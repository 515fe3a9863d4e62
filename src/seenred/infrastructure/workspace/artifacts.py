"""A folder for what a run leaves; earlier results are never overwritten."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile

from seenred.errors import UsageError


class FolderArtifacts:
    """Artifacts of one run in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def location(self) -> str:
        """The folder, as the user gave it."""
        return str(self._folder)

    def write(self, name: str, content: str) -> str:
        """Write a new file.

        Raises:
            UsageError: a file of that name is there, or the folder cannot be written.
        """
        path = inside(self._folder, name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
        except FileExistsError:
            raise UsageError(
                "artifact-exists", f"{path} is there already and is never overwritten."
            ) from None
        except OSError as error:
            raise unwritable(path, error) from None
        return str(path)

    def read(self, name: str) -> str | None:
        """Content of a file of this folder, or None."""
        path = inside(self._folder, name)
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def free_name(self, stem: str, suffix: str) -> str:
        """The first of `stem`, `stem_2`, `stem_3`, … with `suffix` that is not there yet."""
        name, number = f"{stem}{suffix}", 1
        while inside(self._folder, name).exists():
            number += 1
            name = f"{stem}_{number}{suffix}"
        return name


def inside(folder: Path, name: str) -> Path:
    """The file of that name in the folder.

    Raises:
        UsageError: it is no plain file name.
    """
    if Path(name).name != name or name in {"", ".", ".."}:
        raise UsageError("artifact-name", f"{name!r} is not a plain file name.")
    return folder / name


def fresh_folder(wanted: Path) -> Path:
    """`wanted` when it is new or empty, else the first free sibling `wanted-2`, `wanted-3`, ….

    Raises:
        UsageError: it is a file, or it cannot be made or written.
    """
    _refuse_file(wanted)
    number, folder = 1, wanted
    try:
        while folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            number += 1
            folder = wanted.with_name(f"{wanted.name}-{number}")
    except OSError as error:
        raise unwritable(folder, error) from None
    return _writable(folder)


def shared_folder(wanted: Path) -> Path:
    """`wanted`, made when it is not there; what it holds stays.

    Raises:
        UsageError: it is a file, or it cannot be made or written.
    """
    _refuse_file(wanted)
    return _writable(wanted)


def _refuse_file(wanted: Path) -> None:
    if wanted.exists() and not wanted.is_dir():
        raise UsageError("output-not-a-folder", f"{wanted} is a file; name a folder with --output.")


def _writable(folder: Path) -> Path:
    """The folder, made and tried: permissions alone do not tell it of every file system."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise unwritable(folder, error) from None


def unwritable(path: Path, error: OSError) -> UsageError:
    """The refusal of a path that the system does not let us write."""
    return UsageError(
        "output-not-writable",
        f"{path} cannot be written: {error.strerror}; name another folder with --output.",
    )
