import pytest
from memory_blobs import MemoryBlobs

from seenred.errors import UsageError
from seenred.referee.named_function import find_function

SOURCE = """
def total(prices):
    return sum(prices)

class Cart:
    async def add(self, price): ...
"""
BLOBS = MemoryBlobs()
TREE = BLOBS.tree({"src/cart.py": SOURCE, "README.md": SOURCE, "src/broken.py": "def f(:"})


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("src/cart.py:total", "src/cart.py:total"),
        ("./src/cart.py:Cart.add", "src/cart.py:Cart.add"),
    ],
)
def test_a_function_is_named_by_its_file_and_its_class(place, found):
    assert found == find_function(TREE, BLOBS, place)


@pytest.mark.parametrize(
    ("place", "code", "hint"),
    [
        ("total", "function-unreadable", "write PATH:FUNCTION"),
        ("src/crat.py:total", "file-missing", "did you mean src/cart.py?"),
        ("src/cart.py:totl", "function-missing", "did you mean total?"),
        ("src/cart.py:zzz", "function-missing", "it has total, Cart.add."),
        ("README.md:total", "file-not-python", "name a module"),
        ("src/broken.py:f", "file-not-python", "name a module"),
    ],
)
def test_what_names_no_function_is_refused_with_the_nearest(place, code, hint):
    with pytest.raises(UsageError) as caught:
        find_function(TREE, BLOBS, place)
    assert code == caught.value.code
    assert hint in caught.value.message
