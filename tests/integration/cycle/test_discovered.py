"""What a cycle offers for the list, and notes: of what it has committed, and of nothing else."""

import json

from go_project import ADD, CONSTANT_ADD, code

from seenred.domain.cycle import Minimality, Policy
from seenred.domain.cycle_event import Discovered, Ending

SPARE = "\n\ndef spare(a):\n    return a or 1\n"
SPARE_CONSTANT = code(f"def add(a, b):\n    return 5\n{SPARE}")


def strict(**rest):
    return Policy(minimality=Minimality.STRICT, **rest)


def claims(work, commit):
    noted = json.loads(work.project.git("notes", "--ref=seenred", "show", commit))
    return sorted(proof["claim"] for proof in noted["proofs"])


def test_a_constant_that_is_committed_has_its_test_offered(work):
    work.go(CONSTANT_ADD)
    assert len(work.seen(Discovered)) == 1
    assert "## Discovered" in work.project.read("PLAN.md")


def test_of_code_that_was_sent_back_nothing_is_offered_or_noted(work):
    done = work.go(SPARE_CONSTANT, ADD, policy=strict())
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    assert work.seen(Discovered) == []
    assert "Discovered" not in work.project.read("PLAN.md")
    assert claims(work, "HEAD") == ["green", "minimal", "red"]


def test_of_an_attempt_that_was_dropped_nothing_is_offered_or_noted(work):
    done = work.go(SPARE_CONSTANT, ADD, policy=strict(codes=1))
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    assert work.seen(Discovered) == []
    assert claims(work, "HEAD") == ["green", "minimal", "red"]
