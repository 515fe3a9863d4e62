from __future__ import annotations

from collections.abc import Mapping

import pytest
from memory_blobs import MemoryBlobs

from seenred.referee.audit.change import change_between
from seenred.referee.audit.import_reach import ImportReach
from seenred.referee.audit.scope import affected_files, collected_files
from seenred.referee.configuration import layout_of

FILES = {
    "src/shop/cart.py": "from shop.price import price\n",
    "src/shop/price.py": "",
    "src/shop/other.py": "",
    "tests/test_cart.py": "from shop.cart import x\n",
    "tests/test_other.py": "import shop.other\n",
    "tests/conftest.py": "",
}


def affected(changes: Mapping[str, str]) -> set[str] | None:
    blobs = MemoryBlobs()
    base, tree = blobs.tree(FILES), blobs.tree({**FILES, **changes})
    layout = layout_of(tree, blobs)
    change = change_between(base, tree, blobs, layout)
    found = affected_files(change, ImportReach(blobs), blobs, layout)
    return None if found is None else set(found)


@pytest.mark.parametrize(
    ("changes", "files"),
    [
        ({"src/shop/price.py": "x = 1\n"}, {"tests/test_cart.py"}),
        ({"src/shop/other.py": "x = 1\n"}, {"tests/test_other.py"}),
        ({"src/shop/new.py": "x = 1\n"}, set()),
        ({"tests/test_new.py": "def test_n(): pass\n"}, {"tests/test_new.py"}),
        ({"tests/conftest.py": "X = 1\n"}, {"tests/test_cart.py", "tests/test_other.py"}),
        ({"tests/conftest.py": "collect_ignore = ['test_other.py']\n"}, None),
        ({"tests/conftest.py": "def pytest_configure(config): pass\n"}, None),
        ({"src/shop/prices.json": "{}"}, None),
        ({"tests/orders.json": "{}"}, None),
        ({"pytest.ini": "[pytest]\naddopts = -q\n"}, None),
    ],
)
def test_a_change_affects_the_test_files_that_can_reach_it(
    changes: Mapping[str, str], files: set[str] | None
) -> None:
    assert files == affected(changes)


def test_only_files_in_which_the_project_looks_for_tests_count() -> None:
    blobs = MemoryBlobs()
    settings = {"pytest.ini": "[pytest]\ntestpaths = tests\n"}
    elsewhere = {
        "examples/test_a.py": "",
        "tests/.hidden/test_b.py": "",
        "tests/build/test_c.py": "",
    }
    tree = blobs.tree({**FILES, **settings, **elsewhere})
    found = collected_files(tree, blobs, layout_of(tree, blobs))
    assert ("tests/test_cart.py", "tests/test_other.py") == found
