"""A project that calls its tests otherwise is judged by its own word for them."""

import pytest

from seenred.domain.proof import Verdict
from seenred.referee.proof.generalising import prove_generalising
from seenred.referee.proof.minimal import prove_minimal
from seenred.referee.proof.shrink import shrink
from seenred.referee.proof.structural import prove_structural
from seenred.referee.proof.test_only import prove_test_only

SETTINGS = "[pytest]\npython_files = check_*.py\n"
OLD = "def price(n):\n    return n * 10\n"
NEW = "def price(n, off=0):\n    return n * 10 - off\n"
CHECKS = "from shop import price\n\ndef test_price():\n    assert price(2) == 20\n"
MORE = f"{CHECKS}\ndef test_off():\n    unused = 3\n    assert price(2, off=5) == 15\n"


@pytest.fixture
def tree(laboratory):
    def made(code, checks):
        return laboratory.tree({"pytest.ini": SETTINGS, "shop.py": code, "check_shop.py": checks})

    return made


def test_its_tests_are_no_code_that_a_test_should_require(laboratory, tree):
    proof = laboratory.run(prove_minimal, tree(OLD, CHECKS), tree(NEW, MORE))
    assert (Verdict.PROVEN, "all-noticed") == (proof.verdict, proof.reason), proof.decisive


def test_nothing_is_cut_out_of_its_tests(laboratory, tree):
    unrun = f"{MORE}\ndef unrun():\n    return 4\n"
    assert {} == laboratory.run(shrink, tree(OLD, CHECKS), tree(NEW, unrun)).files


def test_its_tests_must_stay_where_a_change_is_structural(laboratory, tree):
    swapped = OLD.replace("n * 10", "10 * n")
    kept = laboratory.run(prove_structural, tree(OLD, CHECKS), tree(swapped, CHECKS))
    assert (Verdict.PROVEN, "tests+differential") == (kept.verdict, kept.strength), kept.decisive
    edited = laboratory.run(prove_structural, tree(OLD, CHECKS), tree(swapped, MORE))
    assert (Verdict.REFUTED, "tests-changed") == (edited.verdict, edited.reason)


def test_its_tests_may_change_by_themselves(laboratory, tree):
    tidied = CHECKS.replace("price(2) == 20", "20 == price(2)")
    proof = laboratory.run(prove_test_only, tree(OLD, CHECKS), tree(OLD, tidied))
    assert (Verdict.PROVEN, "notices-as-much") == (proof.verdict, proof.reason), proof.decisive


def test_its_tests_stay_where_a_green_is_generalised(laboratory, tree):
    red, green = tree("", CHECKS), tree("def price(n):\n    return 20\n", CHECKS)
    assert (
        Verdict.PROVEN is laboratory.run(prove_generalising, red, green, tree(OLD, CHECKS)).verdict
    )
    proof = laboratory.run(prove_generalising, red, green, tree(OLD, MORE))
    assert (Verdict.REFUTED, "tests-changed") == (proof.verdict, proof.reason)
