import pytest

from seenred.domain.term import terms

SAME = [
    ("withdrawing", "withdrawal"),
    ("adds", "adding"),
    ("splitting", "split"),
    ("deposits", "Deposited"),
    ("InsufficientFunds", "insufficient funds"),
    ("is_empty", "isEmpty"),
    ("HTTPServer", "http_servers"),
    ("rounded", "round"),
    ("entries", "an entry"),
    ("dividing", "divide"),
    ("page2", "page 2"),
    ("applied", "apply"),
    ("activation", "activates"),
    ("calculated", "calculation"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_forms_of_one_word_meet(left, right):
    assert terms(left) == terms(right)


@pytest.mark.parametrize(("left", "right"), [("cart", "card"), ("add", "adder"), ("tax", "taxi")])
def test_different_words_do_not_meet(left, right):
    assert not terms(left) & terms(right)


def test_words_of_any_sentence_do_not_count():
    assert terms("it returns the sum of all") == terms("sum")
