from __future__ import annotations

import pytest
from memory_blobs import MemoryBlobs

from seenred.referee.proof.introduced import Introduced, defined_names, introduced


def change(before: dict[str, str], after: dict[str, str]) -> Introduced:
    blobs = MemoryBlobs()
    return introduced(blobs.tree(before), blobs.tree(after), blobs)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def add(a, b): ...", {"add", "add(a)", "add(b)"}),
        ("async def get(*, key): ...", {"get", "get(key)"}),
        ("RATE: float = 0.1\nLOW, HIGH = 1, 2", {"RATE", "LOW", "HIGH"}),
        (
            "class A:\n    x = 1\n    def f(self): self.y = 2",
            {"A", "A.x", "A.f", "A.f(self)", "A.y"},
        ),
        ("class A:\n    class B:\n        z: int", {"A", "A.B", "A.B.z"}),
        ("class A:\n    __slots__ = ('x', 'y')", {"A", "A.__slots__", "A.x", "A.y"}),
        ("from .cart import Cart, Item as Thing", {"Cart", "Thing"}),
        ("import os.path", {"os"}),
        ("if True:\n    fast = 1\nelse:\n    slow = 2", {"fast", "slow"}),
        ("try:\n    import x\nexcept ImportError:\n    x = None", {"x"}),
        ("for i in range(3): last = i", {"i", "last"}),
        ("P = namedtuple('P', 'x y')", {"P", "x", "y"}),
        ("C = Enum('C', ['RED'])", {"C", "RED"}),
        ("def broken(:", set()),
    ],
)
def test_a_module_defines_what_can_be_asked_of_it(source: str, names: set[str]) -> None:
    assert defined_names(source.encode()) == names


def test_what_the_old_module_had_is_not_new() -> None:
    found = change({"bank.py": "def add(a): ..."}, {"bank.py": "def add(a, b): ...\nX = 1"})
    assert found.names == {"bank:add(b)", "bank:X"}
    assert found.modules == frozenset()


def test_a_new_module_brings_the_packages_above_it() -> None:
    after = {"src/bank/__init__.py": "", "src/bank/money/euro.py": "class Euro: ..."}
    found = change({}, after)
    assert found.modules == {"bank", "bank.money", "bank.money.euro"}
    assert found.names == {"bank.money.euro:Euro"}


def test_tests_introduce_nothing() -> None:
    found = change({}, {"tests/test_a.py": "def helper(): ...", "tests/conftest.py": "x = 1"})
    assert found == Introduced()


@pytest.mark.parametrize(
    "spelling", ["withdraw", "Account.withdraw", "bank.account:Account.withdraw"]
)
def test_a_name_is_known_however_it_was_given(spelling: str) -> None:
    assert Introduced(frozenset({spelling})).has("withdraw")
    assert not Introduced(frozenset({spelling})).has("draw")


def test_an_import_is_given_by_its_module_only() -> None:
    found = Introduced(frozenset({"bank:Account", "Teller"}), frozenset({"bank.money"}))
    assert found.gives("bank", "Account")
    assert not found.gives("shop", "Account")
    assert found.gives("shop", "Teller")
    assert found.gives("bank.money", "anything")
    assert found.gives("bank", "money")
