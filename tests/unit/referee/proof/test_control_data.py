from __future__ import annotations

from memory_blobs import MemoryBlobs

from seenred.referee.proof.control_data import DataControl, data_controls

TEST = """
from pathlib import Path
DATA = Path(__file__).parent / "data"

def test_same(): assert f() == (DATA / "want.json").read_text()

def test_given():
    given = (DATA / "given.txt").read_text()
    assert f(given) == 5
"""
FILES = {
    "tests/test_a.py": TEST,
    "tests/data/want.json": '{"a": [1, 2]}\n',
    "tests/data/given.txt": "…",
    "tests/data/unnamed.txt": "abc",
    "tests/__snapshots__/test_a.ambr": "x0",
    "data/want.json": "{}",
}


def controls(name: str) -> tuple[DataControl, ...]:
    blobs = MemoryBlobs()
    return data_controls(blobs.tree(FILES), blobs, f"tests/test_a.py::{name}")


def test_each_named_file_is_changed_and_keeps_its_form() -> None:
    assert controls("test_same") == (
        DataControl("tests/data/want.json", b'{"a": [1, 0]}\n', refutes=True),
        DataControl("tests/__snapshots__/test_a.ambr", b"x1", refutes=False),
    )


def test_what_is_only_given_refutes_nothing() -> None:
    assert not any(control.refutes for control in controls("test_given"))


def test_a_test_that_is_not_there_has_none() -> None:
    assert controls("test_none") == ()
