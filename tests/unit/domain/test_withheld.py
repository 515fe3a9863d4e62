import pytest

from seenred.domain.withheld import without_test

HEAD = "import pytest\n\nfrom calc import add, subtract\n"
ADDS = "\n\ndef test_adds():\n    assert add(1, 2) == 3\n"
SUBTRACTS = "\n\n@pytest.mark.slow\ndef test_subtracts():\n    assert subtract(3, 2) == 1\n"
IN_CLASS = "\n\nclass TestCalc:\n    def test_adds(self):\n        assert add(1, 2) == 3\n"
MORE = "\n    def test_subtracts(self):\n        assert subtract(3, 2) == 1\n"


def bare(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if line.strip())


@pytest.mark.parametrize(
    ("source", "names", "left"),
    [
        (HEAD + ADDS + SUBTRACTS, ["test_subtracts"], f"from calc import add\n{ADDS}"),
        (
            HEAD + ADDS + SUBTRACTS,
            ["test_adds"],
            "import pytest\nfrom calc import subtract\n" + SUBTRACTS,
        ),
        (
            "from calc import add, subtract\n" + IN_CLASS + MORE,
            ["TestCalc", "test_subtracts"],
            "from calc import add\n" + IN_CLASS,
        ),
        (
            "from calc import add, subtract\n" + ADDS + "\n\nclass TestMore:" + MORE,
            ["TestMore", "test_subtracts"],
            "from calc import add\n" + ADDS + "class TestMore:\n    pass\n",
        ),
    ],
)
def test_one_test_goes_with_the_imports_that_only_it_uses(source, names, left):
    assert bare(without_test(source, names)) == bare(left)


def test_what_nothing_used_before_stays():
    source = (
        "import unused\nfrom calc import add\n" + ADDS + "\n\ndef test_other():\n    assert 1\n"
    )
    assert without_test(source, ["test_adds"]).startswith("import unused\n")


def test_a_fixture_of_another_test_stays():
    source = (
        "from shop import cart\n\n\ndef test_a(cart):\n    pass\n\n\ndef test_b():\n    cart()\n"
    )
    assert "import cart" in without_test(source, ["test_b"])


@pytest.mark.parametrize("source", [HEAD + ADDS, "from calc import *\n" + IN_CLASS])
def test_of_the_only_test_nothing_is_left(source):
    names = ["TestCalc", "test_adds"] if "class" in source else ["test_adds"]
    assert without_test(source, names) is None


def test_a_test_that_is_not_there_changes_nothing():
    assert without_test(HEAD + ADDS, ["test_divides"]) == HEAD + ADDS
