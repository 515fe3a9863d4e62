from __future__ import annotations

import json
import subprocess
import sys

import pytest
from repository import Repository

CART = "def total(prices):\n    return sum(prices)\n"
TESTS = """\
from cart import total


def test_total():
    assert total([1, 2]) == 3
"""
DISCOUNT = """\
def total(prices, discount=0):
    if discount < 0:
        raise ValueError(discount)
    return sum(prices) - discount
"""
DISCOUNTED = (
    TESTS
    + """

def test_discount():
    assert total([1, 2], discount=1) == 2
"""
)
SETTINGS = '[tool.pytest.ini_options]\npythonpath = ["."]\n'


@pytest.fixture
def shop(seenred):
    """A project with one commit."""
    repository = Repository(seenred.folder)
    files = {"pyproject.toml": SETTINGS, "cart.py": CART, "tests/test_cart.py": TESTS}
    repository.commit("feat: total", files)
    return repository


def test_red_of_an_uncommitted_test_is_proven(seenred, shop):
    shop.write({"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})
    before = shop.state()
    done = seenred("prove", "red", "test_discount")
    assert 0 == done.returncode, done.stderr
    header, row, totals = done.stdout.splitlines()
    assert "working tree against HEAD (it has uncommitted changes)" in header
    assert row.startswith("✓ tests/test_cart.py::test_discount  total() got an unexpected keyword")
    assert totals.startswith("1 proven · ")
    assert "" == done.stderr
    assert before == shop.state()


def test_a_test_that_passes_already_is_no_red(seenred, shop):
    shop.write({"tests/test_cart.py": DISCOUNTED.replace(", discount=1) == 2", ") == 3")})
    done = seenred("prove", "red", "test_discount")
    assert 1 == done.returncode
    assert "✗ tests/test_cart.py::test_discount  passes without the change" in done.stdout
    (covered,) = [line for line in done.stdout.splitlines() if line.startswith("✓")]
    assert covered.startswith("✓ tests/test_cart.py::test_discount  ")


def test_a_name_that_the_code_to_come_will_define_is_told(seenred, shop):
    tax = f"{TESTS}\n\ndef test_tax():\n    from cart import tax\n    assert tax(100) == 20\n"
    shop.write({"tests/test_cart.py": tax})
    untold = seenred("prove", "red", "test_tax")
    assert 1 == untold.returncode
    assert "--introduces it" in untold.stdout
    told = seenred("prove", "red", "test_tax", "--introduces", "tax")
    assert 0 == told.returncode
    assert "`tax` is missing from cart" in told.stdout


def test_code_that_no_test_requires_is_shown_with_a_test_to_write(seenred, shop):
    shop.write({"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})
    done = seenred("prove", "minimal")
    assert 125 == done.returncode
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("!")]
    assert row.startswith("! cart.py:2-3  no test notices deletion  → ")


def test_what_no_test_executes_is_cut_out_by_a_patch(seenred, shop):
    unused = "\n\ndef half(price):\n    return price / 2\n"
    shop.write({"cart.py": CART + unused})
    before = shop.state()
    done = seenred("prove", "minimal", "--shrink")
    assert 0 == done.returncode, done.stderr
    assert "→ pipe this into `git apply`" in done.stderr
    assert before == shop.state()
    subprocess.run(["git", "apply"], cwd=shop.path, input=done.stdout, text=True, check=True)
    assert CART == (shop.path / "cart.py").read_text()


def test_where_everything_is_executed_nothing_is_cut(seenred, shop):
    shop.write({"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})
    done = seenred("prove", "minimal", "--shrink")
    assert (0, "") == (done.returncode, done.stdout)
    assert "✓ nothing can be cut" in done.stderr


def test_green_follows_a_red_that_was_kept(seenred, shop):
    shop.write({"tests/test_cart.py": DISCOUNTED})
    red = seenred("prove", "red", "test_discount", "--json")
    (seenred.folder.parent / "red.json").write_text(red.stdout)
    shop.write({"cart.py": DISCOUNT})
    done = seenred("prove", "green", "test_discount", "--red", "../red.json")
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "✓ tests/test_cart.py::test_discount" in done.stdout


def test_what_was_recalled_certifies_no_green(seenred, shop):
    shop.write({"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})
    first = seenred("prove", "green", "test_discount", "--explain")
    assert 0 == first.returncode, first.stdout + first.stderr
    assert "the whole suite" not in first.stdout
    again = seenred("prove", "green", "test_discount", "--explain")
    assert 0 == again.returncode, again.stdout + again.stderr
    assert "the whole suite: 2 passed, run cold" in again.stdout


def test_a_test_that_was_changed_after_its_red_is_tampered(seenred, shop):
    shop.write({"tests/test_cart.py": DISCOUNTED})
    red = seenred("prove", "red", "test_discount", "--json")
    (seenred.folder.parent / "red.json").write_text(red.stdout)
    weaker = DISCOUNTED.replace("discount=1) == 2", "discount=1) > 0")
    shop.write({"cart.py": DISCOUNT, "tests/test_cart.py": weaker})
    done = seenred("prove", "green", "test_discount", "--red", "../red.json")
    assert 1 == done.returncode
    assert "tests/test_cart.py is not as it was when the test was red" in done.stdout


def test_a_refactoring_is_structural_with_its_strength(seenred, shop):
    shop.write({"cart.py": "def total(prices):\n    added = sum(prices)\n    return added\n"})
    done = seenred("prove", "structural")
    assert 0 == done.returncode, done.stdout
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("✓")]
    assert "tests+differential" in row


RENAMED = {
    "cart.py": CART.replace("total", "added"),
    "tests/test_cart.py": TESTS.replace("import total", "import added").replace(
        "total([", "added(["
    ),
}


SLOW = """\
import pytest

from cart import total


def test_without_discount():
    assert "discount" not in total.__code__.co_varnames


def test_negative():
    with pytest.raises(ValueError):
        total([1], discount=-1)
"""


@pytest.fixture
def slow(shop):
    """A change after which a test that takes long fares worse."""
    shop.commit("test: what takes long", {"slow/test_slow.py": SLOW})
    shop.write({"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})


@pytest.mark.usefixtures("slow")
def test_of_the_other_tests_a_part_can_be_chosen_and_that_is_said(seenred):
    everything = seenred("prove", "green", "test_discount")
    assert 1 == everything.returncode
    assert "slow/test_slow.py::test_without_discount" in everything.stdout
    for _ in range(2):  # what passed is recalled in the second one
        done = seenred("prove", "green", "test_discount", "--suite", "./tests", "--explain")
        assert 0 == done.returncode, done.stdout + done.stderr
        header = done.stdout.splitlines()[0]
        assert header.endswith(" · of the other tests only tests · nothing written")
    assert "the whole suite" not in done.stdout
    assert "the suite as chosen: 2 passed, run cold" in done.stdout


@pytest.mark.usefixtures("slow")
def test_a_test_is_judged_wherever_it_lies_and_so_are_those_beside_it(seenred):
    done = seenred("prove", "green", "test_negative", "--suite", "tests")
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert row.startswith("✗ slow/test_slow.py::test_negative  slow/test_slow.py::test_without")


@pytest.mark.usefixtures("slow")
def test_of_a_chosen_suite_the_rest_requires_no_code(seenred):
    assert 0 == seenred("prove", "minimal").returncode
    part = seenred("prove", "minimal", "--suite", "tests/test_cart.py")
    assert "! cart.py:2-3  no test notices deletion" in part.stdout
    patch = seenred("prove", "minimal", "--shrink", "--suite", "tests")
    assert 0 == patch.returncode, patch.stderr


@pytest.mark.usefixtures("slow")
def test_a_chosen_suite_is_said_for_every_claim(seenred):
    for words in (["red", "test_discount"], ["structural"], ["minimal"]):
        done = seenred("prove", *words, "--suite", "tests")
        assert " · of the other tests only tests · " in done.stdout.splitlines()[0], done.stderr


def test_a_submodule_is_said_not_to_be_judged(seenred, shop):
    at = shop.git("rev-parse", "HEAD")
    shop.git("update-index", "--add", "--cacheinfo", f"160000,{at},vendor/lib")
    shop.git("commit", "--quiet", "--message", "chore: a library")
    (shop.path / "vendor/lib").mkdir(parents=True)
    shop.write({"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})
    told = "- not judged: vendor/lib (a submodule; its files are in another repository)"
    for words in (["red", "test_discount"], ["minimal", "--explain"]):
        assert told in seenred("prove", *words).stdout.splitlines()


CHECKS = {"pytest.ini": "[pytest]\npythonpath = .\npython_files = check_*.py\n"}


def test_tests_are_found_where_the_project_says_they_are(seenred, shop):
    shop.commit("test: checks", {**CHECKS, "checks/check_cart.py": TESTS})
    shop.write({"cart.py": DISCOUNT, "checks/check_cart.py": DISCOUNTED})
    red = seenred("prove", "red", "check_cart.py::test_discount")
    assert 0 == red.returncode, red.stdout + red.stderr
    green = seenred("prove", "green", "check_cart.py::test_discount")
    assert 0 == green.returncode, green.stdout + green.stderr


def test_a_test_that_passes_already_there_is_covered(seenred, shop):
    shop.commit("test: checks", {**CHECKS, "checks/check_cart.py": TESTS})
    shop.write({"checks/check_cart.py": TESTS.replace("test_total", "test_again")})
    done = seenred("prove", "red", "test_again")
    (covered,) = [line for line in done.stdout.splitlines() if line.startswith("✓")]
    assert covered.startswith("✓ checks/check_cart.py::test_again  ")


def test_a_rename_is_seen_and_said(seenred, shop):
    shop.write(RENAMED)
    done = seenred("prove", "structural")
    assert 0 == done.returncode, done.stdout
    assert "· taken as renamed: total → added ·" in done.stdout.splitlines()[0]


def test_a_module_that_moved_is_seen_and_said(seenred, shop):
    shop.change({"cart.py": None, "shop/__init__.py": "", "shop/cart.py": CART})
    shop.write({"tests/test_cart.py": TESTS.replace("from cart", "from shop.cart")})
    done = seenred("prove", "structural")
    assert 0 == done.returncode, done.stdout
    assert "taken as renamed: cart → shop.cart" in done.stdout


def test_a_rename_that_is_declared_is_all_that_counts(seenred, shop):
    shop.write(RENAMED)
    assert 125 == seenred("prove", "structural", "--rename", "total=summed").returncode
    done = seenred("prove", "structural", "--rename", "total=added")
    assert 0 == done.returncode, done.stdout
    assert "taken as renamed" not in done.stdout


def test_growth_is_measured_by_counting_too(seenred, shop):
    pairs = "def pairs(items):\n    found = 0\n    for a in items:\n        for b in items:\n"
    shop.write({"pairs.py": f"{pairs}            found += a < b\n    return found\n"})
    inputs = ["--count", "--inputs", "(list(range(n)),)"]
    done = seenred("prove", "complexity", "pairs.py:pairs", *inputs, "--claim", "O(n log n)")
    assert 1 == done.returncode, done.stdout
    assert "✗ pairs.py:pairs  O(n²)" in done.stdout


def test_explained_a_proof_tells_how_to_see_it_again(seenred, shop):
    shop.commit("feat: discount", {"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})
    done = seenred("prove", "red", "test_discount", "--explain")
    assert "against HEAD~1 (it is clean)" in done.stdout
    assert "again    seenred prove red tests/test_cart.py::test_discount" in done.stdout


def test_a_proof_is_a_document(seenred, shop):
    shop.write({"cart.py": DISCOUNT, "tests/test_cart.py": DISCOUNTED})
    data = json.loads(seenred("prove", "red", "test_discount", "--json").stdout)
    (proof,) = data["proofs"]
    assert ("red", "proven", "call-mismatch") == (
        proof["claim"],
        proof["verdict"],
        proof["reason"],
    )


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["red", "test_totl"], "test-unknown", "did you mean tests/test_cart.py::test_total"),
        (["red", "test_total", "--base", "mian"], "revision-unknown", "did you mean main"),
        (["red", "test_total", "--python", "/nowhere"], "python-missing", "--python"),
        (["minimal", "--json", "--output-format", "sarif"], "formats-several", "exclude"),
        (["complexity", "cart.py:totl"], "function-missing", "did you mean total"),
        (["minimal", "--shrink", "--json"], "shrink-format", "patch"),
        (["green", "test_total", "--red", "nowhere.json"], "proof-unreadable", "prove red"),
        (["green", "test_total", "--red", "pyproject.toml"], "proof-unreadable", "not JSON"),
        (["structural", "--rename", "total"], "rename-unreadable", "OLD=NEW"),
        (["structural", "--rename", "a=b", "--rename", "a=c"], "rename-twice", "b and c"),
        (["minimal", "--suite", "test"], "suite-missing", "did you mean tests?"),
        (["minimal", "--shrink", "--suite", "test"], "suite-missing", "did you mean tests?"),
        (["blue"], "command-unknown", "red"),
    ],
)
@pytest.mark.usefixtures("shop")
def test_bad_input_is_one_sentence(seenred, words, code, hint):
    done = seenred("prove", *words)
    assert (2, "") == (done.returncode, done.stdout)
    (line,) = done.stderr.splitlines()
    assert line.endswith(f"[{code}]")
    assert hint in line


@pytest.mark.parametrize("claim", ["red", "green"])
def test_a_name_that_several_tests_have_is_refused_with_all_of_them(seenred, shop, claim):
    shop.write({"tests/test_till.py": TESTS})
    done = seenred("prove", claim, "test_total")
    assert (2, "") == (done.returncode, done.stdout)
    (line,) = done.stderr.splitlines()
    ids = "tests/test_cart.py::test_total, tests/test_till.py::test_total"
    assert f"test_total names 2 tests; give one of {ids}." in line
    assert line.endswith("[test-ambiguous]")


def test_outside_of_a_repository_nothing_is_judged(seenred):
    done = seenred("prove", "minimal")
    assert 2 == done.returncode
    assert "[not-a-repository]" in done.stderr


def test_a_folder_that_was_removed_is_said(tmp_path):
    command = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m seenred prove minimal"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert 2 == done.returncode
    assert "[folder-gone]" in done.stderr
