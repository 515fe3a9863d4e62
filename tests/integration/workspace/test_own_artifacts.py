"""What a run wrote it may write again; what it did not write it never touches."""

from __future__ import annotations

import pytest

from seenred.engine.records import RunTaken
from seenred.errors import UsageError
from seenred.infrastructure.workspace.own_artifacts import OwnArtifacts


class Folder:
    """One folder, written by one process of a run after the other."""

    def __init__(self, path) -> None:
        self.path = path
        self.claimed: dict[str, list[str]] = {}

    def open(self) -> OwnArtifacts:
        def claim(name: str, sha256: str) -> None:
            self.claimed.setdefault(name, []).append(sha256)

        return OwnArtifacts(self.path, {k: [*v] for k, v in self.claimed.items()}, claim)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "output")


def test_a_new_file_is_written_once(folder):
    artifacts = folder.open()
    assert str(folder.path / "a.py") == artifacts.write("a.py", "1")
    assert "1" == artifacts.read("a.py")
    with pytest.raises(UsageError, match="never overwritten"):
        artifacts.write("a.py", "2")


def test_the_next_process_of_the_run_writes_it_again(folder):
    folder.open().write("a.py", "1")
    for text in ("1", "2"):
        folder.open().write("a.py", text)
        assert text == (folder.path / "a.py").read_text()
    assert 2 == len(folder.claimed["a.py"])


def test_a_file_that_somebody_changed_meanwhile_stays(folder):
    folder.open().write("a.py", "1")
    (folder.path / "a.py").write_text("mine")
    with pytest.raises(UsageError, match="never overwritten"):
        folder.open().write("a.py", "1")


def test_numbers_are_given_as_if_the_run_had_not_been_interrupted(folder):
    folder.path.mkdir()
    (folder.path / "log.txt").write_text("of somebody else")
    for _ in range(2):
        artifacts = folder.open()
        for number in (2, 3):
            assert f"log_{number}.txt" == artifacts.free_name("log", ".txt")
            artifacts.write(f"log_{number}.txt", "x")


def test_a_process_that_lost_the_run_while_it_wrote_leaves_nothing(folder):
    def refuse(*_: str) -> None:
        raise RunTaken

    artifacts = OwnArtifacts(folder.path, {}, refuse, 1)
    with pytest.raises(RunTaken):
        artifacts.write("a.py", "1")
    assert [] == [*folder.path.iterdir()]


def test_what_processes_had_begun_is_gone_when_a_later_one_writes(folder):
    folder.path.mkdir()
    for partial in (".a.py.part", ".a.py.1.part"):
        (folder.path / partial).write_text("hal")
    OwnArtifacts(folder.path, {}, lambda *_: None, 2).write("a.py", "whole")
    assert ["a.py"] == [path.name for path in folder.path.iterdir()]


def test_what_a_killed_process_had_begun_is_finished_by_the_next(folder):
    folder.path.mkdir()
    (folder.path / ".a.py.part").write_text("hal")
    folder.open().write("a.py", "whole")
    assert ["a.py"] == [path.name for path in folder.path.iterdir()]


def test_a_name_that_leads_elsewhere_is_refused(folder):
    with pytest.raises(UsageError, match="not a plain file name"):
        folder.open().write("../a.py", "1")
