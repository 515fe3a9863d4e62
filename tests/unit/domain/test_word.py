import pytest

from seenred.domain.word import has_word, is_denied, is_related, words_of


def test_a_name_falls_into_its_words():
    assert words_of("is_leapYear2") == ("is", "leap", "year", "2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("withdraw", "withdrawal"),
        ("empty", "emptied"),
        ("add", "adds"),
        ("pop", "popped"),
        ("divide", "division"),
        ("Deposit", "deposits"),
    ],
)
def test_forms_of_a_word_are_related(one, other):
    assert is_related(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("balance", "bank"), ("to", "total"), ("pop", "push"), ("is", "item")]
)
def test_other_words_are_not(one, other):
    assert not is_related(one, other)


def test_a_text_has_a_word_in_any_form():
    assert has_word("rejects a withdrawal above the balance", "withdraw")
    assert not has_word("rejects a withdrawal", "deposit")


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("a new stack is empty", False),
        ("a stack with an item is not empty", True),
        ("is no longer empty after a push", True),
        ("a stack isn't empty after a push", True),
        ("an empty stack is not empty after a push", None),
        ("pops the last item", None),
    ],
)
def test_a_text_may_deny_a_word(text, denied):
    assert is_denied(text, ["empty"]) is denied
