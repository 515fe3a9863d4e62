import pytest

from seenred.domain.perturbation import MOST, empty_like, perturbed, perturbed_output


@pytest.mark.parametrize(
    ("value", "among"),
    [
        (3, 4),
        (2.5, 3.5),
        (True, False),
        ("ab", "a"),
        ("ab", "bb"),
        ([1, 2], [1]),
        ([1, 2], [2, 2]),
        ([[1, 2]], [[1]]),
        ((1, 2), (2, 1)),
        ({"a": 1}, {"a": 2}),
        ({1, 2}, {1}),
        ([], [0]),
        (None, 0),
    ],
)
def test_a_perturbation_differs_a_little(value, among):
    found = perturbed(value)
    assert among in found
    assert value not in [each for each in found if type(each) is type(value)]


def test_there_are_only_so_many():
    assert MOST == len(perturbed([[1, 2, 3], [4, 5, 6], [7, 8, 9]]))


def test_an_output_is_changed_by_tokens_and_lines():
    found = perturbed_output("2\n1 3\n")
    assert {"3\n1 3\n", "2\n1 4\n", "2\n", "1 3\n2\n", "2\n3 1\n"} <= set(found)
    assert "2\n1 3\n" not in found


def test_an_output_of_one_word_can_only_be_changed():
    assert "NP\n" in perturbed_output("NO\n")
    assert "" not in perturbed_output("NO\n")


@pytest.mark.parametrize(("value", "empty"), [([1], []), ("a", ""), ((1,), ()), (3, None)])
def test_the_empty_value_has_the_same_type(value, empty):
    assert empty == empty_like(value)
