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
