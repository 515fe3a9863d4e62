from seenred.agents.fix_plan import Reviewed, findings_to_fix, render_fix_plan, reviewed_version
from seenred.domain.finding import Finding, Review, Severity, Trial
from seenred.domain.problem import Authority

HINT = Finding(Severity.MINOR, "f", "name is unclear")
REAL = Finding(
    Severity.CRITICAL, "f", "fails on empty", fix="check", trial=Trial(arguments=("[]",))
).confirmed(Authority.CRASH, "f([]) raised IndexError")
REVIEW = Review((REAL, HINT), recommendations=("add types",), coverage_gaps=())
PLAN = render_fix_plan(REVIEW, Reviewed("solution_v1.py", "a" * 64))


def test_the_plan_has_its_sections_in_order():
    headings = [line for line in PLAN.splitlines() if line.startswith("## ")]
    assert [
        "## Critical",
        "## Major",
        "## Minor",
        "## Recommendations",
        "## Test coverage gaps",
    ] == headings


def test_confirmed_and_hint_are_told_apart():
    assert "### [confirmed] fails on empty" in PLAN
    assert "### [hint] name is unclear" in PLAN
    assert "Evidence: f([]) raised IndexError" in PLAN


def test_the_reviewed_version_is_read_back():
    assert Reviewed("solution_v1.py", "a" * 64) == reviewed_version(PLAN)
    assert reviewed_version("# my own plan\n") is None


def test_a_fixer_sees_only_what_is_confirmed():
    shown = findings_to_fix(REVIEW)
    assert "fails on empty" in shown
    assert "name is unclear" not in shown
