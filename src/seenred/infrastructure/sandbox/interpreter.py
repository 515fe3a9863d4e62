"""The Python that runs inside, and the folders it needs."""

from __future__ import annotations

import importlib.util
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from seenred.errors import EnvironmentLacks

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
# enough for the dynamic loader and for local time; nothing that names users or keys
_SETTINGS = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime")


@dataclass(frozen=True, slots=True)
class Interpreter:
    """An interpreter and what has to be readable for it.

    Attributes:
        executable: its path, the same outside and inside.
        folders: its installation and packages, outermost only, none of them a home directory.
    """

    executable: str
    folders: tuple[str, ...]

    @property
    def readable(self) -> tuple[str, ...]:
        """Everything that a confined command may read, besides its scratch directory."""
        return (*_SYSTEM, *_SETTINGS, *self.folders)


def running_interpreter() -> Interpreter:
    """The interpreter that runs this program, with pytest if it has it."""
    wanted = [sys.prefix, sys.base_prefix, sysconfig.get_path("purelib")]
    wanted += [sysconfig.get_path("platlib"), str(Path(sys.executable).resolve().parent.parent)]
    pytest = importlib.util.find_spec("pytest")
    if pytest is not None and pytest.origin is not None:
        wanted.append(str(Path(pytest.origin).parent.parent))
    return Interpreter(sys.executable, outermost(wanted))


def system_folders() -> tuple[str, ...]:
    """`/usr`, `/lib` and their like, those that this machine has."""
    return tuple(folder for folder in _SYSTEM if Path(folder).exists())


def system_settings() -> tuple[str, ...]:
    return tuple(path for path in _SETTINGS if Path(path).exists())


def outermost(folders: list[str]) -> tuple[str, ...]:
    """The folders that exist and lie in none of the others or in the system's.

    Raises:
        EnvironmentLacks: one of them holds a home directory.
    """
    kept: list[Path] = []
    for folder in sorted({Path(folder) for folder in folders}, key=lambda path: len(path.parts)):
        covered = folder.is_relative_to("/usr") or any(folder.is_relative_to(k) for k in kept)
        if not covered and folder.is_dir():
            _refuse_home(folder)
            kept.append(folder)
    return tuple(str(folder) for folder in kept)


def _refuse_home(folder: Path) -> None:
    if folder == Path("/") or folder == Path.home() or Path.home().is_relative_to(folder):
        raise EnvironmentLacks(
            "python-prefix-too-wide",
            f"Python's installation is {folder}, which cannot be shown to hostile code because it"
            " holds a home directory; run seenred from a virtual environment.",
        )
