import pytest
from memory_blobs import MemoryBlobs

from seenred.errors import UsageError
from seenred.referee.line import read_place, statement_at

SOURCE = '''"""Doc."""

LIMIT = 3


def total(prices):
    """Add."""
    # nothing below zero
    if sum(prices) < 0:
        raise ValueError(
            prices,
        )
    return sum(prices)
'''


DOC = '"""Only this."""\n'
BLOBS = MemoryBlobs()
TREE = BLOBS.tree(
    {
        "src/cart.py": SOURCE,
        "src/broken.py": "def f(:\n",
        "src/doc.py": DOC,
        "tests/test_cart.py": SOURCE,
        "README.md": DOC,
    }
)


def _at(line, path="src/cart.py"):
    return statement_at(TREE, BLOBS, path, line)


@pytest.mark.parametrize(
    ("line", "where", "kind"),
    [
        (3, "src/cart.py:3", "deletion"),
        (6, "src/cart.py:6-13", "emptied"),
        (9, "src/cart.py:9-12", "deletion"),
        (11, "src/cart.py:10-12", "deletion"),
        (13, "src/cart.py:13", "deletion"),
    ],
)
def test_a_line_stands_for_its_smallest_statement(line, where, kind):
    found = _at(line)
    assert (where, kind) == (found.where, found.kind)


@pytest.mark.parametrize(
    ("line", "path", "code", "hint"),
    [
        (2, "src/cart.py", "line-without-statement", "is empty; the nearest is src/cart.py:3"),
        (8, "src/cart.py", "line-without-statement", "is a comment; the nearest is src/cart.py:9"),
        (7, "src/cart.py", "line-without-statement", "no statement that a test could require"),
        (1, "src/doc.py", "line-without-statement", "nor has any other line"),
        (99, "src/cart.py", "line-missing", "has 13 lines, and 99 is none of them"),
        (0, "src/cart.py", "line-missing", "and 0 is none"),
        (1, "src/crat.py", "file-missing", "did you mean src/cart.py"),
        (1, "tests/test_cart.py", "file-not-code", "no production code"),
        (1, "README.md", "file-not-code", "name a module"),
        (1, "src/broken.py", "file-not-python", "src/broken.py:1"),
    ],
)
def test_what_names_no_statement_is_refused_with_what_may_be_meant(line, path, code, hint):
    with pytest.raises(UsageError) as caught:
        _at(line, path)
    assert code == caught.value.code
    assert hint in caught.value.message


def test_a_place_is_a_path_and_a_line():
    assert ("C:/src/cart.py", 41) == read_place("C:/src/cart.py:41")


@pytest.mark.parametrize("text", ["src/cart.py", "src/cart.py:total", ":3", "src/cart.py:-1", ""])
def test_what_is_no_place_is_refused(text):
    with pytest.raises(UsageError, match="write PATH:LINE"):
        read_place(text)
