from __future__ import annotations

import pytest
from memory_blobs import MemoryBlobs

from seenred.referee.audit.import_reach import ImportReach

FILES = {
    "src/shop/__init__.py": "",
    "src/shop/cart.py": "from shop.price import price\n",
    "src/shop/price.py": "from . import tax\n",
    "src/shop/tax.py": "RATE = 1\n",
    "src/shop/other.py": "X = 1\n",
    "src/shop/run.py": "import subprocess\nsubprocess.run(['x'])\n",
    "tests/conftest.py": "",
    "tests/e2e/conftest.py": "import subprocess\n",
    "tests/table.py": "ROWS = []\n",
}
PACKAGE, CART, PRICE, TAX, OTHER, RUN, CONFTEST, E2E, TABLE = FILES


@pytest.mark.parametrize(
    ("source", "reached"),
    [
        ("import shop.cart\n", {PACKAGE, CART, PRICE, TAX}),
        ("from shop import other\n", {PACKAGE, OTHER}),
        ("def test_a():\n    from shop.other import X\n", {PACKAGE, OTHER}),
        ("import table\n", {TABLE}),
        ("from tests.table import ROWS\n", {TABLE}),
        ("patch('shop.other.X', 2)\n", {PACKAGE, OTHER}),
        ("import_module('shop.other')\n", {PACKAGE, OTHER}),
        ("pytest_plugins = ['shop.other']\n", {PACKAGE, OTHER}),
        ("import os\n", set()),
        ("entry.executable\n", set()),
        ("PATHS = ['conftest.py', 'shop/run.py', 'shop.run says']\n", set()),
    ],
)
def test_a_test_file_reaches_what_it_imports_directly_or_not(
    source: str, reached: set[str]
) -> None:
    blobs = MemoryBlobs()
    tree = blobs.tree({**FILES, "tests/test_a.py": source})
    assert {"tests/test_a.py", CONFTEST, *reached} == ImportReach(blobs).reach(
        tree, "tests/test_a.py"
    )


@pytest.mark.parametrize(
    "source",
    [
        "import shop.run\n",
        "import runpy\nrunpy.run_path('x')\n",
        "def test_a(pytester): pass\n",
        "x = (\n",
        "import_module(name)\n",
    ],
)
def test_what_may_run_any_file_reaches_everything(source: str) -> None:
    blobs = MemoryBlobs()
    tree = blobs.tree({**FILES, "tests/test_a.py": source})
    assert set(tree.files) == ImportReach(blobs).reach(tree, "tests/test_a.py")


def test_the_key_changes_with_what_is_reached_and_with_nothing_else() -> None:
    blobs = MemoryBlobs()
    files = {**FILES, "tests/test_a.py": "import shop.cart\n"}
    reach = ImportReach(blobs)
    trees = [blobs.tree({**files, path: "Y = 2\n"}) for path in (OTHER, TAX, CONFTEST)]
    keys = [reach.key(tree, "tests/test_a.py") for tree in (blobs.tree(files), *trees)]
    assert [True, False, False] == [key == keys[0] for key in keys[1:]]
