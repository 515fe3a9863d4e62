import pytest

from seenred.agents.shadowed_method import with_callable_methods

GAME = """\
class Game:
    def __init__(self):
        self.score = 0  # of all rolls

    def roll(self, pins):
        self.score += pins
        self.tell(self.score, self.score())

    def score(self):
        return self.score
"""
TEST = "def test_roll():\n    game = Game()\n    game.roll(3)\n    assert game.score() == 3\n"


def test_an_attribute_that_hides_a_method_gets_another_name():
    fixed = with_callable_methods(GAME, TEST)
    assert fixed == (
        GAME.replace("self.score = 0", "self._score = 0")
        .replace("self.score +=", "self._score +=")
        .replace("tell(self.score,", "tell(self._score,")
        .replace("return self.score", "return self._score")
    )


def test_the_other_name_is_one_that_is_free():
    taken = GAME.replace("    def roll", "    def _score(self):\n        return 1\n\n    def roll")
    assert "self.score_ = 0" in with_callable_methods(taken, TEST)


@pytest.mark.parametrize(
    "source",
    [
        GAME.replace("def score", "@property\n    def score"),
        GAME.replace("def score", "def total"),
        "class Other:\n    def score(self):\n        return 1\n\n\n"
        + GAME.replace("def score", "def x"),
        "def broken(:\n",
        "",
    ],
)
def test_where_no_method_is_hidden_nothing_changes(source: str):
    assert with_callable_methods(source, TEST) == source


def test_where_the_test_does_not_call_it_nothing_changes():
    assert with_callable_methods(GAME, "assert Game().score == 0\n") == GAME


def test_a_line_with_letters_of_more_than_one_byte_is_changed_at_the_right_place():
    source = GAME.replace("self.tell(self.score,", 'self.tell("äöü", self.score,')
    assert 'self.tell("äöü", self._score,' in with_callable_methods(source, TEST)
