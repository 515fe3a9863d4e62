import dataclasses
from collections import Counter, OrderedDict

import pytest

from seenred.referee.proof.inside.seen_value import differ_by_rounding, form_of, renamer, show


@dataclasses.dataclass
class Item:
    name: str
    _cache: int = 0


def form(value):
    return form_of(value, str)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        (0.0, -0.0),
        ([1], (1,)),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([1], iter([1])),
        ("a", b"a"),
        ({}, OrderedDict()),
        (Item("a"), Item("b")),
        (None, 0),
        (Counter("a"), {"a": 1}),
        (int, float),
    ],
)
def test_what_can_be_told_apart_differs(one, other):
    assert form(one) != form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (float("nan"), float("nan")),
        ({1, 2, 3}, {3, 2, 1}),
        (Item("a", 1), Item("a", 2)),
        ((x for x in [1]), (x for x in (1,))),
        (object(), object()),
    ],
)
def test_what_cannot_be_told_apart_is_equal(one, other):
    assert form(one) == form(other)


def test_an_endless_generator_is_read_as_far_as_it_tells():
    def numbers():
        while True:
            yield 1

    assert form(numbers()) == form(numbers())


def test_a_renamed_class_has_its_new_name():
    named = form_of(Item("a"), renamer({"shop.Item": "shop.Article"}))
    assert "Article" == named[0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "None"),
        ([1, "a"], "[1, 'a']"),
        ({"a": 1.5}, "{'a': 1.5}"),
        (Item("a"), "Item(name='a')"),
    ],
)
def test_a_form_is_shown_as_the_value(value, expected):
    assert expected == show(form(value))


def test_rounding_is_told_from_another_number():
    assert differ_by_rounding(form([0.1 + 0.2]), form([0.3]))
    assert not differ_by_rounding(form([0.31]), form([0.3]))
    assert not differ_by_rounding(form([1]), form([1.0]))
