"""Folders for results: earlier ones stay, and what cannot be written is said before the work."""

from pathlib import Path

import pytest

from seenred.errors import UsageError
from seenred.infrastructure.workspace.artifacts import (
    FolderArtifacts,
    fresh_folder,
    shared_folder,
)

FOLDERS = [fresh_folder, shared_folder]


def test_a_folder_with_results_gets_numbered_siblings(tmp_path):
    wanted = tmp_path / "output"
    made = []
    for _ in range(3):
        made.append(fresh_folder(wanted).name)
        (tmp_path / made[-1] / "report.md").write_text("kept")
    assert ["output", "output-2", "output-3"] == made


def test_a_shared_folder_keeps_what_it_holds(tmp_path):
    (tmp_path / "solution_v1.py").write_text("kept")
    assert tmp_path == shared_folder(tmp_path)
    assert "kept" == (tmp_path / "solution_v1.py").read_text()


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_trial_leaves_nothing(tmp_path, folder):
    assert [] == list(folder(tmp_path / "a" / "b").iterdir())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_file_in_its_place_is_refused(tmp_path, folder):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(UsageError, match="is a file; name a folder"):
        folder(tmp_path / "taken")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc, which nobody can write")
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_cannot_be_made_is_refused(folder):
    with pytest.raises(UsageError, match="cannot be written") as caught:
        folder(Path("/proc/seenred/output"))
    assert "output-not-writable" == caught.value.code


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc, which nobody can write")
def test_a_folder_that_takes_no_file_is_refused_whatever_its_permissions_say():
    with pytest.raises(UsageError, match="cannot be written"):
        shared_folder(Path("/proc/self"))


def test_an_artifact_is_never_overwritten(tmp_path):
    artifacts = FolderArtifacts(tmp_path)
    artifacts.write("a.py", "1")
    with pytest.raises(UsageError, match="never overwritten"):
        artifacts.write("a.py", "2")
    assert "1" == artifacts.read("a.py")
