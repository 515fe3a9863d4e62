import dataclasses
import datetime
import enum
import sys

import pytest

from seenred.referee.proof.inside.recipe import Kitchen, Recipe, Unsupported


class Colour(enum.Enum):
    RED = 1


@dataclasses.dataclass
class Item:
    name: str
    tags: list = dataclasses.field(default_factory=list)


class Plain:
    pass


class Opaque:
    def __init__(self, secret):
        self.secret = secret


def find(module, name):
    return getattr(sys.modules[module], name)


@pytest.fixture
def kitchen():
    return Kitchen(lambda module: module == __name__, {})


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 3, 2.5, "a", b"a", [1, [2]], (1,), {"a": [1]}, {1, 2}, frozenset([1])),
        *(Colour.RED, Item("a", ["b"]), datetime.date(2026, 1, 2), len, Item),
    ],
)
def test_what_is_made_again_is_equal(kitchen, value):
    made = kitchen.recipe(value).build(find)
    assert (type(value), value) == (type(made), made)


def test_what_is_made_again_shares_nothing(kitchen):
    value = [Item("a", ["b"])]
    recipe = kitchen.recipe(value)
    recipe.build(find)[0].tags.append("c")
    assert value == recipe.build(find)


def test_an_instance_is_made_as_it_was_seen_to_be_made():
    opaque = Opaque(3)
    seen = {id(opaque): Recipe("made", (__name__, "Opaque"), [Recipe("plain", 3)])}
    recipe = Kitchen(lambda module: module == __name__, seen).recipe(opaque)
    assert ("Opaque(3)", 3) == (recipe.show(), recipe.build(find).secret)


@pytest.mark.parametrize("value", [Opaque(1), (x for x in [1]), [0] * 1000])
def test_what_cannot_be_made_again_is_refused(kitchen, value):
    with pytest.raises(Unsupported):
        kitchen.recipe(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, "a"], "[1, 'a']"),
        ((1,), "(1,)"),
        ({"a": {1}}, "{'a': {1}}"),
        (set(), "set()"),
        (Item("a"), "Item(name='a', tags=[])"),
        (Colour.RED, "Colour.RED"),
        (len, "len"),
    ],
)
def test_a_recipe_is_shown_as_a_person_writes_it(kitchen, value, expected):
    assert expected == kitchen.recipe(value).show()
