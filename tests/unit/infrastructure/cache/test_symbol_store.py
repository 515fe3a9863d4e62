from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from seenred.domain.skim import skimmed
from seenred.domain.symbol import ModuleSymbols, symbols_of
from seenred.infrastructure.cache.symbol_store import SymbolStore

SOURCE = b'''
from .money import Money

RATE = 2


class Cart:
    """Holds."""

    def total(self, items: list[int]) -> int:
        return Money(sum(items)) * RATE
'''
MODULE = symbols_of(SOURCE)


def test_another_run_of_the_program_knows_what_was_kept(tmp_path: Path) -> None:
    SymbolStore(tmp_path).keep({"a": MODULE, "b": ModuleSymbols()})
    assert {"a": MODULE, "b": ModuleSymbols()} == SymbolStore(tmp_path).recall(["a", "b", "c"])


def test_what_was_only_skimmed_is_known_as_such_until_it_is_parsed(tmp_path: Path) -> None:
    store = SymbolStore(tmp_path)
    store.keep({"a": skimmed(SOURCE)})
    assert {"a": skimmed(SOURCE)} == store.recall(["a"])
    store.keep({"a": MODULE})
    assert {"a": MODULE} == store.recall(["a"])


def test_the_longest_unused_go_when_there_are_too_many(tmp_path: Path) -> None:
    clock = iter(range(100))
    store = SymbolStore(tmp_path, most_bytes=1000, now=lambda: next(clock))
    for name in ("old", "middle", "new"):
        store.keep({f"{name} {number}": MODULE for number in range(2)})
    known = store.recall(["old 0", "old 1", "new 0", "new 1"])
    assert {"new 0", "new 1"} == known.keys()


@pytest.mark.parametrize(
    "content",
    ["{", "[]", "[[3], [], false]", '[[["a"]], [], false]', "[[], [[1]], false]", "[[], []]"],
)
def test_content_of_another_make_is_not_known(tmp_path: Path, content: str) -> None:
    store = SymbolStore(tmp_path)
    store.keep({"a": MODULE})
    (file,) = tmp_path.glob("symbols*")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE module SET content = ?", (content,))
    assert {} == store.recall(["a"])


def test_what_is_written_is_plain_json(tmp_path: Path) -> None:
    SymbolStore(tmp_path).keep({"a": MODULE})
    (file,) = tmp_path.glob("symbols*")
    with closing(sqlite3.connect(file)) as connection:
        ((content,),) = connection.execute("SELECT content FROM module").fetchall()
    assert [["Money", ".money.Money"]] == json.loads(content)[1]


def test_where_nothing_can_be_written_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = SymbolStore(tmp_path / "file" / "cache")
    store.keep({"a": MODULE})
    assert {} == store.recall(["a"])
