import pytest

from seenred.agents.red.made_object import with_objects

BOOK = "class Book:\n    def __init__(self, limit=3):\n        self.limit = limit\n"
TEST = 'def test_it():\n    book.add("Ann")\n    assert book.size == 1\n'
MADE = 'def test_it():\n    book = Book()\n    book.add("Ann")\n    assert book.size == 1\n'


def test_the_object_is_made():
    assert with_objects(TEST, BOOK, ["Book"]) == MADE


@pytest.mark.parametrize(
    ("source", "code", "names"),
    [
        (MADE, BOOK, ["Book"]),
        (TEST, "", []),
        (TEST, BOOK + "class Page: ...\n", ["Book", "Page"]),
        (TEST, "class Book:\n    def __init__(self, owner): ...\n", ["Book"]),
        (TEST, "class Book(Base): ...\n", ["Book"]),
        (TEST.replace("test_it()", "test_it(book)"), BOOK, ["Book"]),
        (TEST, BOOK + "book = Book()\n", ["Book", "book"]),
        (
            "def test_it():\n    with pytest.raises(KeyError):\n        Book().get(1)\n",
            BOOK,
            ["Book"],
        ),
    ],
)
def test_else_it_stays_as_it_is(source, code, names):
    assert with_objects(source, code, names) == source
