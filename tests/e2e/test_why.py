from __future__ import annotations

import json

import pytest
from repository import Repository

SETTINGS = '[tool.pytest.ini_options]\npythonpath = ["."]\n'
TESTS = "from cart import total\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n"
DISCOUNT = """\
def total(prices, discount=0):
    if discount < 0:
        raise ValueError(discount)
    # the rest
    return sum(prices) - discount
"""
DISCOUNTED = f"{TESTS}\n\ndef test_discount():\n    assert total([3], discount=1) == 2\n"


@pytest.fixture
def shop(seenred):
    """A project whose second commit brings a discount and a guard that no test needs."""
    repository = Repository(seenred.folder)
    code = "def total(prices):\n    return sum(prices)\n"
    files = {"pyproject.toml": SETTINGS, "cart.py": code, "tests/test_cart.py": TESTS}
    repository.commit("feat: total", files)
    repository.commit("feat: discount", {"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})
    return repository


def test_a_line_is_there_for_a_test_that_was_red_before_it(seenred, shop):
    before = shop.state()
    done = seenred("why", "cart.py:5")
    assert 0 == done.returncode, done.stderr
    line, test, red, commit = done.stdout.splitlines()
    assert "cart.py:5  return sum(prices) - discount" == line
    assert "✓ test    tests/test_cart.py::test_discount fails without it: " in test
    assert test.endswith("(and 1 more)")
    assert red.startswith("✓ red     tests/test_cart.py::test_discount before that commit: total()")
    assert f"- commit  {shop.git('rev-parse', '--short=7', 'HEAD')} feat: discount · Ada" in commit
    assert before == shop.state()


@pytest.mark.parametrize(
    ("line", "told"),
    [(2, "2 tests execute it, and none fails without it"), (3, "no test executes it")],
)
@pytest.mark.usefixtures("shop")
def test_a_line_that_no_test_requires_is_refuted(seenred, line, told):
    done = seenred("why", f"cart.py:{line}")
    assert 1 == done.returncode
    assert f"✗ test    {told}  → write a test that needs it, or delete it" in done.stdout


def test_a_line_may_be_older_than_the_test_that_requires_it(seenred, shop):
    shop.commit("feat: cheap", {"cart.py": DISCOUNT + "\n\ndef cheap(): return 1\n"})
    later = f"{DISCOUNTED}\n\ndef test_cheap():\n    import cart\n    assert cart.cheap() == 1\n"
    shop.commit("test: cheap", {"tests/test_cart.py": later})
    done = seenred("why", "cart.py:8")
    assert 0 == done.returncode
    assert "✓ test    tests/test_cart.py::test_cheap fails without it" in done.stdout
    assert "- red     no test that requires it came with that commit" in done.stdout


def test_an_uncommitted_line_has_no_commit_yet(seenred, shop):
    shop.write({"cart.py": DISCOUNT.replace("- discount", "- discount * 1")})
    done = seenred("why", "cart.py:5")
    assert done.stdout.splitlines()[-1] == "- commit  not committed yet"


@pytest.mark.usefixtures("shop")
def test_the_answer_is_a_document_too(seenred):
    data = json.loads(seenred("why", "cart.py:5", "--json").stdout)
    assert ["required", "call-mismatch"] == [proof["reason"] for proof in data["proofs"]]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("cart.py", "place-unreadable"),
        ("crt.py:1", "file-missing"),
        ("cart.py:99", "line-missing"),
        ("cart.py:4", "line-without-statement"),
    ],
)
@pytest.mark.usefixtures("shop")
def test_a_place_that_names_nothing_is_refused(seenred, place, code):
    done = seenred("why", place)
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith(f"[{code}]\n")
