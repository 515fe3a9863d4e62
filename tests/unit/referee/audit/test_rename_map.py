from __future__ import annotations

from collections.abc import Mapping

from memory_blobs import MemoryBlobs

from seenred.domain.layout import Layout
from seenred.referee.audit.change import change_between
from seenred.referee.audit.rename_map import rename_map

PRICE = "def price(x):\n    if x > 3:\n        return price(x - 1)\n    return x * 2\n"
CLASS = "class Cart:\n    def add(self, x):\n        self.items.append(x)\n"


def renames(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    blobs = MemoryBlobs()
    change = change_between(blobs.tree(before), blobs.tree(after), blobs)
    return rename_map(change, Layout())


def test_a_renamed_function_is_found_by_what_it_does() -> None:
    after = {"shop.py": PRICE.replace("price", "cost")}
    assert {"price": "cost"} == renames({"shop.py": PRICE}, after)


def test_a_renamed_method_has_its_class() -> None:
    after = {"shop.py": CLASS.replace("add", "put")}
    assert {"Cart.add": "Cart.put"} == renames({"shop.py": CLASS}, after)


def test_a_moved_module_is_found_by_its_text() -> None:
    assert {"shop": "store.shop"} == renames({"shop.py": PRICE}, {"store/shop.py": PRICE})


def test_another_function_is_no_new_name() -> None:
    after = {"shop.py": "def cost(x):\n    return x * 3\n"}
    assert {} == renames({"shop.py": PRICE}, after)


def test_what_only_changed_inside_was_not_renamed() -> None:
    assert {} == renames({"shop.py": PRICE}, {"shop.py": PRICE.replace("3", "4")})


def test_a_test_file_that_moved_is_found_by_its_path() -> None:
    test = "from shop import price\n\n\ndef test_a():\n    assert price(1) == 2\n"
    before = {"tests/test_shop.py": test, "tests/one.json": "1", "tests/conftest.py": "A = 1\n"}
    after = {f"tests/a/{path[6:]}": text for path, text in before.items()}
    assert {old: f"tests/a/{old[6:]}" for old in before} == renames(before, after)


def test_of_several_that_are_alike_the_one_of_the_same_name_was_moved() -> None:
    test = "def test_a():\n    assert 1 == 1\n"
    before = {"tests/test_a.py": test, "tests/test_b.py": test}
    after = {"tests/x/test_b.py": test, "tests/x/test_a.py": test}
    assert {old: f"tests/x/{old[6:]}" for old in before} == renames(before, after)
