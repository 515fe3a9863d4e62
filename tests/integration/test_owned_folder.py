from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from seenred.errors import EnvironmentLacks
from seenred.infrastructure.owned_folder import OwnedFolder, remove_orphans

OWNER = """
from seenred.infrastructure.owned_folder import OwnedFolder
folder = OwnedFolder()
(folder.path / "tree").mkdir()
print(folder.path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's place for temporary files, for this test alone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_what_a_killed_owner_left_is_removed_and_what_a_living_one_has_is_kept() -> None:
    owners = [
        subprocess.Popen(
            [sys.executable, "-c", OWNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    killed, living = (Path(owner.stdout.readline().strip()) for owner in owners)
    owners[0].send_signal(signal.SIGKILL)
    owners[0].communicate()
    remove_orphans()
    assert (False, True) == (killed.exists(), (living / "tree").exists())
    owners[1].communicate("\n")
    remove_orphans()
    assert not living.exists()


def test_an_own_folder_is_no_orphan_until_it_is_removed() -> None:
    folder = OwnedFolder()
    remove_orphans()
    assert folder.path.is_dir()
    folder.remove()
    folder.remove()
    assert not folder.path.exists()


def test_nothing_else_is_touched(temporary: Path) -> None:
    (temporary / "seenred-run-file").write_text("")
    (temporary / "elsewhere").mkdir()
    (temporary / "seenred-run-link").symlink_to(temporary / "elsewhere")
    (temporary / "other").mkdir()
    remove_orphans()
    names = {"seenred-run-file", "seenred-run-link", "elsewhere", "other"}
    assert names == {path.name for path in temporary.iterdir()}


def test_where_no_temporary_folder_can_be_made_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_place() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", no_place)
    for wanting in (remove_orphans, OwnedFolder):
        with pytest.raises(EnvironmentLacks, match="name one in TMPDIR"):
            wanting()
