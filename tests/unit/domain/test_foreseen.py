import pytest

from seenred.domain.foreseen import foreseen_names


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("withdraw", "rejects a withdrawal above the balance"),
        ("deposit", "deposits add up"),
        ("deposits", "a deposit is kept"),
        ("apply_discount", "applies a discount to the total"),
        ("BankAccount", "a new bank account is empty"),
        ("account", "class BankAccount:"),
        ("adding", "adds two numbers"),
        ("rolls", "a spare adds the next roll"),
        ("rolling", "roll a ball"),
        ("is_empty", "it is empty"),
        ("wrap", "wraps at a word"),
        ("wrapper", "the wrapper keeps short lines"),
        ("ceil_to", "ceil to the next ten"),
        ("overdrawn", "is_overdrawn tells"),
        ("carried", "carries the one"),
        ("calculation", "calculates the tax"),
    ],
)
def test_a_name_is_foreseen_by_another_form_of_its_words(name, words):
    assert name in foreseen_names(f"{name}()", [words])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Acount", "a new account is empty"),
        ("apply_voucher", "applies a discount to the total"),
        ("frobnicate", "adds two numbers"),
        ("add_all", "adds two numbers"),
    ],
)
def test_a_name_of_which_nothing_speaks_is_not_foreseen(name, words):
    assert name not in foreseen_names(f"{name}()", [words])


def test_attributes_and_keywords_are_names_too():
    found = foreseen_names("Cart().total(rate=3)", ["the total of a cart at a rate"])
    assert {"Cart", "total", "rate"} <= found


def test_what_does_not_parse_names_nothing():
    assert foreseen_names("def (", ["def"]) == frozenset()
