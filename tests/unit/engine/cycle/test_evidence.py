"""What a model is told of each refusal."""

import pytest
from memory_blobs import MemoryBlobs

from seenred.domain.proof import Claim, Detail, Proof, Verdict
from seenred.engine.cycle.evidence import evidence_of

BLOBS = MemoryBlobs()
CODE = "def add(a, b):\n    if a == 2:\n        return 5\n    return a - b\n"
TESTS = """import pytest
from calc import add

@pytest.mark.parametrize("a", [1])
def test_adds(a):
    assert add(a, 1) == 2

def test_new():
    assert add(2, 3) == 5
"""
TREE = BLOBS.tree({"calc.py": CODE, "test_calc.py": TESTS})
NEW = "test_calc.py::test_new"


def told(claim, reason, decisive, *details, verdict=Verdict.REFUTED, subject=NEW, tree=TREE):
    found = tuple(Detail(what, where, kind, as_it) for what, where, kind, as_it in details)
    return evidence_of(Proof(claim, verdict, subject, reason, decisive, details=found), BLOBS, tree)


@pytest.mark.parametrize("verdict", [Verdict.PROVEN, Verdict.NOT_APPLICABLE])
def test_of_what_was_not_refused_nothing_is_told(verdict):
    assert told(Claim.GREEN, "green", "2 passed", verdict=verdict) == ""


def test_an_assertion_that_failed_is_told_as_seen_and_expected():
    failed = ("failed: assert -1 == 5", NEW, "failed", Verdict.REFUTED)
    assert told(Claim.GREEN, "failed", "failed: assert -1 == 5", failed) == (
        "The code was refused: the code gives -1, and the test expects 5.\n"
        "Correct the code, so that it gives what the test expects."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Failed: DID NOT RAISE <class 'bank.InsufficientFunds'>",
        "failed: Failed: DID NOT RAISE InsufficientFunds",
    ],
)
def test_what_was_not_raised_is_named(line):
    seen = told(Claim.GREEN, "failed", line)
    assert "nothing was raised, and InsufficientFunds is expected" in seen


@pytest.mark.parametrize(
    "line",
    [
        "failed: NameError: name 'x' is not defined",
        "failed: assert [1, 2, 3, ...] == [1, 2",
        "failed: assert add(1) in {2}",
        "failed: assert 1 == 2 == 3",
    ],
)
def test_a_line_that_is_no_plain_comparison_stays_as_it_is(line):
    assert told(Claim.GREEN, "failed", line).startswith(f"The code was refused: {line}.\n")


def test_a_test_that_fares_worse_is_shown_with_its_source_and_failure():
    case = "test_calc.py::test_adds[1]"
    what = "passed → failed: assert 0 == 2"
    seen = told(Claim.GREEN, "worse", f"{case} {what}", (what, case, "worse", Verdict.REFUTED))
    assert "passed → failed: assert 0 == 2" not in seen.partition("\n")[2]
    assert "def test_adds(a):\n    assert add(a, 1) == 2" in seen
    assert '@pytest.mark.parametrize("a", [1])' in seen
    assert "def test_new" not in seen


def test_several_that_fare_worse_are_told_but_not_without_end():
    ids = [f"test_calc.py::test_{n}" for n in range(9)]
    details = [("passed → failed: assert 0 == 2", each, "worse", Verdict.REFUTED) for each in ids]
    seen = told(Claim.GREEN, "worse", f"{ids[0]} passed → failed", *details)
    assert "- test_calc.py::test_1: passed before, and now the code gives 0" in seen
    assert "test_5" not in seen


def test_code_that_knows_a_test_by_heart_is_shown():
    what = "answers a test's own input: if a == 2"
    seen = told(
        Claim.GREEN,
        "special-case",
        f"calc.py:2 {what}",
        (what, "calc.py:2", "special-case", Verdict.REFUTED),
    )
    assert "- calc.py:2: `if a == 2:`" in seen
    assert "any input" in seen


def test_a_control_that_survived_says_what_was_tried():
    what = "stays green with 6 in place of 5"
    seen = told(
        Claim.GREEN,
        "control-survived",
        f"test_calc.py:9 {what}",
        (what, "test_calc.py:9", "control-survived", Verdict.REFUTED),
    )
    assert seen.startswith(
        "The code was refused: test_calc.py:9 the test passes too when it expects 6 in place of 5."
    )
    assert "`assert add(2, 3) == 5`" in seen


def test_a_line_with_two_faults_is_shown_once():
    found = [(f"calls {name}", "calc.py:2", "trick-frames", Verdict.REFUTED) for name in "ab"]
    seen = told(Claim.GREEN, "trick-frames", "calc.py:2 calls a", *found)
    assert seen.count("if a == 2") == 1


def test_that_the_test_gave_no_result_is_not_said_beside_the_reason():
    nothing = ("gave no result", NEW, "not-run", Verdict.REFUTED)
    assert told(Claim.GREEN, "left-early", "the run left early", nothing) == (
        "The code was refused: the run left early.\nDo not end the process in production code."
    )


def test_a_structural_difference_is_a_counterexample():
    found = ("add(2, 0): 5 → 2", "calc.py:add", "difference", Verdict.REFUTED)
    assert told(Claim.STRUCTURAL, "difference", "add(2, 0): 5 → 2", found, subject="change") == (
        "The refactoring was refused: `add(2, 0)` gave 5 before, and gives 2 now.\n"
        "Undo it: a refactoring leaves every result as it was."
    )


def test_code_that_no_test_needs_is_shown_line_by_line():
    survivors = [
        ("no test notices deletion", "calc.py:2-3", "survivor", Verdict.REFUTED),
        ("what is `a == 2` for", "calc.py:2-3", "suggested-test", Verdict.NOT_APPLICABLE),
    ]
    decisive = "calc.py:2-3 no test notices deletion"
    seen = told(Claim.MINIMAL, "survivors", decisive, *survivors, subject="added code")
    assert seen == (
        "The code was refused: calc.py:2-3 no test notices deletion.\n"
        "- calc.py:2-3: `if a == 2:`\n"
        "Take away what no test needs; keep all that the tests need."
    )


def test_a_red_for_the_wrong_reason_says_what_to_write_instead():
    seen = told(Claim.RED, "passes-already", "passes without the change")
    assert seen == (
        "The test was refused: passes without the change.\n"
        "Assert something that the code cannot do yet."
    )


def test_a_proof_without_a_decisive_line_is_told_by_its_reason():
    assert told(Claim.GREEN, "not-run", "").startswith("The code was refused: not run.")


@pytest.mark.parametrize("where", ["calc.py:99", "calc.py:0", "gone.py:1", "calc.py", "a::b"])
def test_a_place_that_is_not_there_does_no_harm(where):
    seen = told(Claim.GREEN, "worse", "it broke", ("broken", where, "worse", Verdict.REFUTED))
    assert f"- {where}: broken" in seen


def test_a_test_in_a_file_that_cannot_be_read_is_not_shown():
    tree = BLOBS.tree({"test_calc.py": "def test_adds(:\n"})
    found = ("passed → no result", "test_calc.py::test_adds", "worse", Verdict.REFUTED)
    seen = told(Claim.GREEN, "worse", "it broke", found, tree=tree)
    assert "```" not in seen


def test_never_more_than_a_hundred_and_fifty_words():
    long = ("word " * 400, "calc.py:1", "worse", Verdict.REFUTED)
    seen = told(Claim.GREEN, "worse", "much " * 500, long)
    assert len(seen.split()) <= 150
    assert seen.endswith("Keep the new behaviour, and keep what these tests ask for too.")


def test_a_test_that_is_too_long_is_left_out_whole():
    body = "\n".join(f"    assert add({n}, 1) == {n + 1}" for n in range(40))
    tree = BLOBS.tree({"test_calc.py": f"def test_adds():\n{body}\n"})
    found = ("passed → failed", "test_calc.py::test_adds", "worse", Verdict.REFUTED)
    assert "```" not in told(Claim.GREEN, "worse", "it broke", found, tree=tree)
