import pytest

from seenred.interop.place import Place, place_of


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("src/cart.py:41", Place("src/cart.py", 41, 41)),
        ("src/cart.py:41-44", Place("src/cart.py", 41, 44)),
        ("src/cart.py:total", Place("src/cart.py")),
        ("tests/test_cart.py::test_total", Place("tests/test_cart.py")),
        ("tests/test_cart.py::test_total[a:b\n]", Place("tests/test_cart.py")),
        ("tests/data/input.json", Place("tests/data/input.json")),
        ("3f2a91b", None),
        ("", None),
    ],
)
def test_what_stands_in_a_proof_names_a_place(where, place):
    assert place == place_of(where)


def test_a_test_stands_at_the_line_that_is_known_of_it():
    lines = {"tests/test_cart.py::test_total": 12}
    assert Place("tests/test_cart.py", 12, 12) == place_of("tests/test_cart.py::test_total", lines)
