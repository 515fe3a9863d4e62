import pytest
from memory_blobs import MemoryBlobs

from seenred.errors import UsageError
from seenred.referee.named_test import find_test, known_tests

KNOWN = [
    "tests/test_cart.py::test_total",
    "tests/test_cart.py::TestDiscount::test_rounds",
    "tests/test_shop.py::test_total",
    "tests/test_one.py::test_only",
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("tests/test_cart.py::test_total", "tests/test_cart.py::test_total"),
        ("./tests/test_cart.py::test_total[3-a]", "tests/test_cart.py::test_total[3-a]"),
        ("test_cart.py::test_total", "tests/test_cart.py::test_total"),
        ("test_rounds", "tests/test_cart.py::TestDiscount::test_rounds"),
        ("test_rounds[1]", "tests/test_cart.py::TestDiscount::test_rounds[1]"),
        ("TestDiscount::test_rounds", "tests/test_cart.py::TestDiscount::test_rounds"),
        ("tests/test_one.py", "tests/test_one.py::test_only"),
    ],
)
def test_the_end_of_an_id_names_it_where_only_one_has_it(asked, found):
    assert found == find_test(asked, KNOWN)


def test_a_name_of_several_tests_is_refused_with_their_ids():
    with pytest.raises(UsageError) as caught:
        find_test("test_total", KNOWN)
    assert "test-ambiguous" == caught.value.code
    assert "tests/test_cart.py::test_total, tests/test_shop.py::test_total" in caught.value.message


@pytest.mark.parametrize("asked", ["tests/test_cart.py::test_totl", "test_totl", "x::test_totals"])
def test_an_unknown_test_is_refused_with_the_nearest(asked):
    with pytest.raises(UsageError, match=r"did you mean .*test_total") as caught:
        find_test(asked, KNOWN)
    assert "test-unknown" == caught.value.code


def test_where_nothing_is_near_some_tests_are_named():
    with pytest.raises(UsageError, match=r"there are tests/test_cart\.py::test_total, "):
        find_test("zzz", KNOWN)


def test_a_project_without_tests_is_said_to_have_none():
    with pytest.raises(UsageError) as caught:
        find_test("test_total", [])
    assert "tests-missing" == caught.value.code


def test_tests_are_found_by_parsing_with_their_lines():
    blobs = MemoryBlobs()
    tests = "def test_one():\n    pass\nclass TestB:\n    async def test_two(self): pass\n"
    tree = blobs.tree(
        {"tests/test_a.py": tests, "tests/test_broken.py": "def test_(:", "shop/cart.py": tests}
    )
    assert {
        "tests/test_a.py::test_one": 1,
        "tests/test_a.py::TestB::test_two": 4,
    } == known_tests(tree, blobs)
    assert {} == known_tests(tree, blobs, paths=["tests/test_gone.py"])
