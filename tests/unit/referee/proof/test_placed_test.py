from __future__ import annotations

import pytest

from seenred.referee.proof.placed_test import parsed, place, source_digest, uses_project

SOURCE = b"""\
import json
from bank import account

MADE = account.Account()

def test_a():
    json.loads("{")
    assert account.find("x")

if True:
    def test_b(): ...

class TestC:
    def test_d(self): ...

def test_e(): MADE.x

def test_a():
    json.loads("[")
"""


@pytest.mark.parametrize(
    ("test_id", "line"),
    [
        ("t.py::test_a", 18),
        ("t.py::test_b", 11),
        ("t.py::test_b[1::2]", 11),
        ("t.py::TestC::test_d", 14),
        ("t.py::test_d", None),
        ("t.py", None),
    ],
)
def test_a_test_has_its_place(test_id: str, line: int | None) -> None:
    module = parsed(SOURCE)
    assert module is not None
    found = place(module, test_id)
    assert line == (found.lineno if found else None)


def test_the_digest_is_of_its_own_lines() -> None:
    before = source_digest(SOURCE, "t.py::test_e")
    assert before == source_digest(SOURCE.replace(b'"["', b'"]"'), "t.py::test_e")
    assert before != source_digest(SOURCE.replace(b"MADE.x", b"MADE.y"), "t.py::test_e")


@pytest.mark.parametrize(
    ("line", "uses"), [(4, True), (7, False), (8, True), (14, True), (16, True), (19, False)]
)
def test_the_project_is_used_or_not_yet(line: int, uses: bool) -> None:
    assert uses == uses_project(SOURCE, line, {"bank", "bank.account"})
