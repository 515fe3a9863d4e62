import pytest

from seenred.domain.stated_value import Role, is_same, stated_values

IN, OUT, OPEN = Role.INPUT, Role.OUTPUT, Role.OPEN


def roles(text):
    return [(each.meanings[0], each.role) for each in stated_values(text)]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ('`add("1,2")` is 3', [("1,2", IN), (3, OUT)]),
        ("add(2, 3) == 5", [(2, IN), (3, IN), (5, OUT)]),
        ("adds 2 and 3 to 5", [(2, OPEN), (3, OPEN), (5, OPEN)]),
        ("the sum of 1 and 2 is 3", [(1, IN), (2, IN), (3, OUT)]),
        ("returns 0 for an empty string", [(0, OUT), ("", IN)]),
        ("depositing 50 gives a balance of 150", [(50, OPEN), (150, OUT)]),
        ("when the balance is 10, withdrawing 3 leaves 7", [(10, IN), (3, OPEN), (7, OUT)]),
        ('spaces become hyphens: "a b" → "a-b"', [("a b", OPEN), ("a-b", OUT)]),
        ("a price of 1,000 with 10% off costs 900", [(1000, IN), (10, IN), (900, OUT)]),
        ("`parse` turns `[1, 2]` into 3", [(1, OPEN), (3, OUT)]),
        ("a new `Cart` has a `total()` of 0", [(0, OUT)]),
        ("10 percent is taken off: 200 becomes 180", [(10, OPEN), (200, OPEN), (180, OUT)]),
        ("for `[1]`: 3", [(1, IN), (3, OUT)]),
        ("both scales meet at -40", [(-40, IN)]),
        ("twelve eggs are a dozen", [(12, OPEN)]),
        ("nothing is said here of the player's move", [(None, OPEN)]),
        ("pops the last item", []),
    ],
)
def test_a_value_has_the_role_that_the_words_give_it(text, stated):
    assert roles(text) == stated


@pytest.mark.parametrize(
    ("value", "meaning"),
    [(1000, 1000.0), ("1,000", 1000), ("1.50", 1.5), ([], ""), (None, None), ("a", "a")],
)
def test_values_are_compared_and_not_their_spelling(value, meaning):
    assert is_same(value, meaning)


@pytest.mark.parametrize(
    ("value", "meaning"),
    [(1, True), (0, False), (None, ""), (0, ""), ("", 0), ("a", "A"), (2, 3)],
)
def test_other_values_are_not_the_same(value, meaning):
    assert not is_same(value, meaning)


@pytest.mark.parametrize(
    "text", ["`", "``", "`a", "(", '"', "f(", "1,", "→", "a\x00b", "`f('`') is 3", "“x” → ‘y’"]
)
def test_half_a_text_is_read_as_far_as_it_goes(text):
    assert isinstance(stated_values(text), tuple)


def test_of_a_very_long_text_the_beginning_is_read():
    assert len(stated_values("f(1) is 2, and [ " * 100_000)) < 1000
