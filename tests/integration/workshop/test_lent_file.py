from __future__ import annotations

from pathlib import Path

import pytest
from memory_blobs import MemoryBlobs

from seenred.errors import UsageError
from seenred.infrastructure.workshop.lent_file import lent_files


@pytest.fixture
def blobs() -> MemoryBlobs:
    return MemoryBlobs()


def write(root: Path, path: str, text: str) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_files_are_lent_by_name_and_folders_with_all_that_is_in_them(
    tmp_path: Path, blobs: MemoryBlobs
) -> None:
    write(tmp_path, "_version.py", "V = 1\n")
    write(tmp_path, "data/rates.json", "{}")
    write(tmp_path, "data/more/big.bin", "x")
    write(tmp_path, "other.py", "")
    lent = lent_files(tmp_path, ["_version.py", "./data/"], blobs)
    assert {"_version.py": b"V = 1\n", "data/rates.json": b"{}", "data/more/big.bin": b"x"} == {
        path: blobs.read(entry.blob) for path, entry in lent.items()
    }


def test_a_program_stays_one_that_can_be_run(tmp_path: Path, blobs: MemoryBlobs) -> None:
    write(tmp_path, "tool", "#!/bin/sh\n").chmod(0o755)
    write(tmp_path, "text", "")
    lent = lent_files(tmp_path, ["tool", "text"], blobs)
    assert (True, False) == (lent["tool"].executable, lent["text"].executable)


def test_what_is_not_there_is_told(tmp_path: Path, blobs: MemoryBlobs) -> None:
    with pytest.raises(UsageError, match=r"worktree\.copy names data, .* No such file") as caught:
        lent_files(tmp_path, ["data"], blobs)
    assert "copy-unreadable" == caught.value.code


def test_a_link_leads_nowhere_but_into_the_repository(tmp_path: Path, blobs: MemoryBlobs) -> None:
    root = tmp_path / "project"
    write(tmp_path, "home/key", "secret")
    write(root, "real/rates.json", "{}")
    (root / "inside").symlink_to(root / "real")
    assert ["inside/rates.json"] == list(lent_files(root, ["inside"], blobs))
    (root / "outside").symlink_to(tmp_path / "home")
    (root / "real" / "key").symlink_to(tmp_path / "home" / "key")
    for name in ("outside", "outside/key", "real"):
        with pytest.raises(UsageError, match=f"worktree.copy names {name}, ") as caught:
            lent_files(root, [name], blobs)
        assert "copy-outside" == caught.value.code


def test_what_git_keeps_for_itself_is_not_lent(tmp_path: Path, blobs: MemoryBlobs) -> None:
    write(tmp_path, ".git/config", "token")
    for name in (".git", ".git/config", "."):
        with pytest.raises(UsageError) as caught:
            lent_files(tmp_path, [name], blobs)
        assert "copy-outside" == caught.value.code
