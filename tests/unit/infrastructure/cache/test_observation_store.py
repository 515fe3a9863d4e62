from __future__ import annotations

from pathlib import Path

import pytest

from seenred.domain.observation import Observation, Outcome, Phase, SeenTest
from seenred.infrastructure.cache.observation_store import ObservationStore

SEEN = Observation(
    ("test_a.py::test_a", "test_a.py::test_b"),
    (
        SeenTest("test_a.py::test_a", Outcome.PASSED, seconds=0.25),
        SeenTest("test_a.py::test_b", Outcome.SKIPPED, Phase.SETUP, reason="later"),
    ),
    seconds=0.5,
)


def test_another_run_of_the_program_knows_what_was_kept(tmp_path: Path) -> None:
    ObservationStore(tmp_path, "3.12").keep({"a": SEEN, "b": Observation()})
    assert {"a": SEEN, "b": Observation()} == ObservationStore(tmp_path, "3.12").recall(
        ["a", "b", "c"]
    )


def test_another_interpreter_or_project_knows_nothing_of_it(tmp_path: Path) -> None:
    ObservationStore(tmp_path, "3.12").keep({"a": SEEN})
    assert {} == ObservationStore(tmp_path, "3.13").recall(["a"])


def test_many_are_kept_and_recalled_at_once(tmp_path: Path) -> None:
    store = ObservationStore(tmp_path, "")
    store.keep({str(number): SEEN for number in range(3000)})
    assert 3000 == len(store.recall([str(number) for number in range(4000)]))


def test_the_longest_unused_go_when_there_are_too_many(tmp_path: Path) -> None:
    clock = iter(range(100))
    store = ObservationStore(tmp_path, "", most_bytes=1000, now=lambda: next(clock))
    for name in ("old", "used", "new"):
        store.keep({f"{name} {number}": SEEN for number in range(2)})
        store.recall(["used 0", "used 1"])
    store.keep({"last": SEEN})
    known = store.recall(["old 0", "used 0", "used 1", "last"])
    assert {"used 0", "used 1", "last"} == known.keys()


def test_a_damaged_file_is_forgotten(tmp_path: Path) -> None:
    store = ObservationStore(tmp_path, "")
    store.keep({"a": SEEN})
    (file,) = tmp_path.glob("observations*")
    file.write_bytes(b"no database at all" * 1000)
    assert {} == store.recall(["a"])
    store.keep({"a": SEEN})
    assert {"a": SEEN} == store.recall(["a"])


@pytest.mark.parametrize("content", ["{", '{"selected": 3}', "[]"])
def test_content_of_another_make_is_not_known(tmp_path: Path, content: str) -> None:
    store = ObservationStore(tmp_path, "")
    store.keep({"a": SEEN})
    with store.connected() as connection:
        connection.execute("UPDATE observation SET content = ?", (content,))
    assert {} == store.recall(["a"])


def test_where_nothing_can_be_written_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = ObservationStore(tmp_path / "file" / "cache", "")
    store.keep({"a": SEEN})
    assert {} == store.recall(["a"])
