"""How a statement's words want answers compared."""

import pytest

from seenred.domain.problem import Comparison
from seenred.domain.statement.comparison import find_comparison
from seenred.domain.statement.lines import read_lines

EXACT, UNORDERED, TOLERANCE, ANY_VALID = Comparison


@pytest.mark.parametrize(
    ("words", "comparison"),
    [
        ("Return any of them.", ANY_VALID),
        ("Print any divisor of n.", ANY_VALID),
        ("Print any two positive integers whose sum is n.", ANY_VALID),
        ("Return any such list, in any order.", ANY_VALID),
        ("Find any path from a to b.", ANY_VALID),
        ("If several subsets do, return whichever you like.", ANY_VALID),
        ("If there are several, either one is fine.", ANY_VALID),
        ("There may be multiple solutions; any one will be accepted.", ANY_VALID),
        ("Output any valid permutation.", ANY_VALID),
        ("Do not print any extra text.", EXACT),
        ("Return any duplicates.", EXACT),
        ("Return -1 if you cannot find any pair.", EXACT),
        ("Return None if you find any negative number.", EXACT),
        ("Return either 'yes' or 'no'.", EXACT),
        ("Return a or b, whichever is smaller.", EXACT),
        ("If there are multiple solutions, return the smallest valid one.", EXACT),
        ("Return True if any item is odd.", EXACT),
        ("Never return any value below zero.", EXACT),
        ("The order of the result does not matter.", UNORDERED),
        ("Return all pairs; their order is irrelevant.", UNORDERED),
        ("The output need not be sorted.", UNORDERED),
        ("You may return the answer in any order.", UNORDERED),
        ("The numbers are given in no particular order.", EXACT),
        ("The input need not be sorted.", EXACT),
        ("The order of the items matters.", EXACT),
        ("Answers within 1e-5 of the right one are accepted.", TOLERANCE),
        ("Answers that are off by at most 1e-6 are fine.", TOLERANCE),
        ("The result may differ by no more than 0.001.", TOLERANCE),
        ("The relative error must be below 10^-6.", TOLERANCE),
        ("Two words differ by at most 1 letter.", EXACT),
        ("It must finish within 0.5 seconds.", EXACT),
    ],
)
def test_words_and_the_comparison_they_ask_for(words, comparison):
    assert comparison is find_comparison(read_lines(words))[0]
