"""Code that no test requires: reported, cut out, sent back."""

from go_project import ADD, code

from seenred.domain.cycle import Minimality, Policy
from seenred.domain.cycle_event import Ending, Phase

PRINTING = code("def add(a, b):\n    c = a\n    print(c)\n    return a + b\n")
SPARE = code("def add(a, b):\n    return a + b\n\n\ndef spare(a):\n    return a or 1\n")
STRICT = Policy(minimality=Minimality.STRICT)
SHRINK = Policy(minimality=Minimality.SHRINK)


def test_what_is_sent_back_is_told_as_a_refusal_of_the_green(work):
    work.go(PRINTING, ADD, policy=STRICT)
    (why,) = work.refused(Phase.GREEN)
    assert why == "calculator.py:3 no test notices deletion"
    assert len(work.proven(Phase.GREEN)) == 2
    assert "print" not in work.project.read("calculator.py")


def test_it_is_sent_back_twice_and_only_what_is_committed_is_proven(work):
    again = code("def add(a, b):\n    d = b\n    print(d)\n    return a + b\n")
    done = work.go(PRINTING, again, ADD, policy=STRICT)
    claims = [str(proof.claim) for proof in done.cycles[0].proofs]
    assert claims == ["red", "green", "minimal"]
    assert done.cycles[0].ending is Ending.COMMITTED
    assert len(work.refused(Phase.GREEN)) == 2
    assert "print" not in work.project.read("calculator.py")


def test_what_is_sent_back_for_ever_is_abandoned(work):
    strict = Policy(codes=2, restarts=0, minimality=Minimality.STRICT)
    done = work.go(PRINTING, PRINTING, policy=strict)
    assert done.cycles[0].ending is Ending.ABANDONED
    assert "calculator.py:3 no test notices deletion" in done.stopped
    assert not (work.project.path / "calculator.py").exists()


def test_an_abandonment_of_such_code_comes_upon_a_branch_that_moved(work):
    strict = Policy(codes=2, restarts=0, minimality=Minimality.STRICT)
    work.meanwhile[2] = lambda: work.project.commit("feat: mine", {"notes.txt": "mine\n"})
    done = work.go(PRINTING, PRINTING, policy=strict)
    assert done.cycles[0].ending is Ending.ABANDONED, done.stopped
    assert work.project.subjects[-2:] == ["feat: mine", "chore: abandon `add(2, 3)` is 5"]


def test_what_acts_outside_unneeded_is_sent_back_where_nobody_watches(work):
    done = work.go(PRINTING, ADD)
    assert done.cycles[0].ending is Ending.COMMITTED
    (why,) = work.refused(Phase.GREEN)
    assert why == (
        "calculator.py:3 no test needs this, and it acts outside of the code: `print(c)`"
    )
    assert "`print(c)`" in work.asked[-1]
    assert "print" not in work.project.read("calculator.py")


def test_what_acts_outside_unneeded_for_ever_is_abandoned(work):
    policy = Policy(codes=2, restarts=0, minimality=Minimality.SHRINK)
    done = work.go(PRINTING, PRINTING, policy=policy)
    assert done.cycles[0].ending is Ending.ABANDONED
    assert not (work.project.path / "calculator.py").exists()


def test_what_acts_outside_unneeded_is_only_shown_where_somebody_watches(work):
    done = work.go(PRINTING, attended=True)
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    (minimal,) = work.proven(Phase.MINIMAL)
    assert minimal.told == ("calculator.py:3 no test notices deletion  ← kept",)


def test_what_no_test_executes_is_cut_out_and_what_is_left_is_shown(work):
    done = work.go(SPARE, policy=SHRINK)
    assert done.cycles[0].ending is Ending.COMMITTED, done.stopped
    assert work.project.read("calculator.py") == "def add(a, b):\n    return a + b\n"
    (minimal,) = work.proven(Phase.MINIMAL)
    assert "+def add(a, b):" in minimal.code.splitlines()
    assert "spare" not in minimal.code


def test_where_nothing_is_cut_out_nothing_new_is_shown(work):
    work.go(ADD, policy=SHRINK)
    (minimal,) = work.proven(Phase.MINIMAL)
    assert minimal.code == ""


def test_without_minimality_nothing_is_looked_for(work):
    done = work.go(PRINTING, policy=Policy(minimality=Minimality.OFF))
    assert done.cycles[0].ending is Ending.COMMITTED
    assert work.proven(Phase.MINIMAL) == []
    assert "print" in work.project.read("calculator.py")
