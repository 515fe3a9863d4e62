import io
from dataclasses import replace

from judged import (
    AUDIT,
    FEATURE,
    GREEN,
    MINIMAL,
    RED,
    REMEMBERED,
    STRUCTURAL,
    TIDYING,
    VACUOUS,
)
from rich.console import Console

from seenred.cli.audit_view import Named, explain_audit, show_audit
from seenred.domain.audit import ChangeKind
from seenred.domain.proof import Verdict

MAIN = Named("main", "HEAD")


def _shown(audit, show=show_audit, named=MAIN):
    out = io.StringIO()
    show(Console(file=out), audit, named)
    return out.getvalue().splitlines()


def test_an_audit_is_one_screen():
    assert [
        ".venv 3.12 · main 91bd0f7..HEAD · 2 commits, 3 changed tests · nothing written",
        "✓ 1 test red before the change for the right reason, green on HEAD  43 passed",
        "✗ tests/test_cart.py::test_discount           green even with apply_discount() emptied"
        "  → Assert on what apply_discount returns.  3f2a91b",
        '✗ a19c04e "refactor: pricing <tidy> & \ufffd 50%"  not structural: price(0) 0 → None',
        "? tests/test_db.py::test_upsert               needs a server  → --allow-loopback  3f2a91b",
        "! src/cart.py:41-44                           no test notices deletion"
        "  → test total(): what `return 0` is for  3f2a91b",
        '! a19c04e "refactor: pricing <tidy> & \ufffd 50%"  says structural, is behavioral',
        "- not judged: README.md (documentation)",
        "2 proven · 2 refuted · 1 not proven · 14 s       details: --explain",
    ] == _shown(AUDIT)


def test_a_head_that_was_not_certified_is_not_called_green():
    lines = _shown(replace(AUDIT, certification=None))
    assert "✓ 1 test red before the change for the right reason" in lines


def test_a_red_head_is_a_line_of_its_own():
    broken = replace(GREEN, verdict=Verdict.REFUTED, decisive="2 failed")
    lines = _shown(replace(AUDIT, certification=broken))
    assert any(line.startswith("✗ HEAD as a whole ") for line in lines)


def test_a_head_without_a_test_is_not_called_green():
    none = replace(GREEN, verdict=Verdict.NOT_APPLICABLE, decisive="there is no test to run")
    lines = _shown(replace(AUDIT, certification=none))
    assert "- HEAD as a whole                             there is no test to run" in lines
    assert not any("green on HEAD" in line for line in lines)


def test_a_verdict_that_nothing_has_is_not_counted():
    audit = replace(AUDIT, commits=(TIDYING,), certification=None)
    assert "1 refuted · 14 s       details: --explain" == _shown(audit)[-1]


def test_minimal_is_summed_up_only_without_survivors():
    commit = replace(FEATURE, proofs=(replace(MINIMAL, verdict=Verdict.PROVEN, details=()),))
    lines = _shown(replace(AUDIT, commits=(commit,)))
    assert "✓ 1 commit without a statement that no test requires" in lines


def test_the_strength_of_what_is_structural_is_told():
    proof = replace(STRUCTURAL, verdict=Verdict.PROVEN, strength="tests+differential")
    commit = replace(TIDYING, kind=ChangeKind.STRUCTURAL, proofs=(proof,))
    lines = _shown(replace(AUDIT, commits=(commit,)))
    assert "✓ 1 commit purely structural  by tests+differential" in lines


def test_different_strengths_are_counted():
    proof = replace(STRUCTURAL, verdict=Verdict.PROVEN, strength="tests")
    proofs = (proof, replace(proof, strength="tests+differential"))
    lines = _shown(replace(AUDIT, commits=(replace(TIDYING, proofs=proofs),)))
    assert "✓ 2 commits purely structural  1 by tests, 1 by tests+differential" in lines


def test_a_claim_about_a_commit_is_no_changed_test():
    commit = replace(FEATURE, proofs=(RED, replace(RED, subject=FEATURE.name)))
    assert "1 commit, 1 changed test " in _shown(replace(AUDIT, commits=(commit,)))[0]


def test_many_files_of_one_reason_are_counted():
    unjudged = tuple((f"docs/{name}.md", "documentation") for name in "abcde")
    lines = _shown(replace(AUDIT, commits=(replace(FEATURE, unjudged=unjudged),)))
    expected = "- not judged: docs/a.md, docs/b.md, docs/c.md and 2 more (documentation)"
    assert expected in lines


def test_a_long_subject_is_cut():
    commit = replace(TIDYING, subject="refactor: " + "very " * 20)
    shown = "\n".join(_shown(replace(AUDIT, commits=(commit,))))
    assert '"refactor: very very very very ver…"' in shown


def test_on_a_narrow_terminal_a_subject_leaves_room_for_its_verdict():
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system=None, width=60)
    show_audit(console, AUDIT, MAIN)
    assert '✗ a19c04e "refactor: pricin…"  not structural: ' in out.getvalue()


def test_explained_each_proof_is_told_in_full():
    lines = _shown(AUDIT, explain_audit)
    assert "3f2a91b feat: discounts  behavioral: refuted" in lines
    start = lines.index("✓ red tests/test_cart.py::test_total  proven: assertion")
    assert [
        "    because  assert 3 == 5",
        "    facts    line   4",
        "             share  0.5",
        "             alone  True",
        "    judged   tests/test_cart.py abababababab",
    ] == lines[start + 1 : start + 6]
    assert "  again: seenred verify 3f2a91b~1..3f2a91b --explain" in lines
    assert "! minimal 3f2a91b  not proven: survivors" in lines
    assert "    seen     ? src/cart.py:41-44  no test notices deletion" in lines
    assert "- README.md: documentation" in lines


def test_explained_a_wrong_label_stands_at_its_commit():
    assert any(
        line.endswith("behavioral, says structural: refuted")
        for line in _shown(AUDIT, explain_audit)
    )


def test_without_new_tests_the_head_has_a_line_of_its_own():
    commit = replace(FEATURE, proofs=(MINIMAL,))
    assert "✓ HEAD is green  43 passed" in _shown(replace(AUDIT, commits=(commit,)))


def test_a_commit_that_the_line_names_is_named_once():
    proof = replace(VACUOUS, decisive="weakened in 3f2a91b: == 3 → > 0", remedy="")
    lines = _shown(replace(AUDIT, commits=(replace(FEATURE, proofs=(proof,)),)))
    assert any(line.endswith("weakened in 3f2a91b: == 3 → > 0") for line in lines)


def test_all_proven_needs_no_hint():
    audit = replace(AUDIT, commits=(replace(FEATURE, proofs=(RED,)),))
    assert "2 proven · 14 s" == _shown(audit)[-1]


def test_a_range_that_nobody_named_is_explained():
    header = _shown(AUDIT, named=Named("91bd0f7" + "0" * 33, "HEAD", "what HEAD adds to main"))[0]
    assert " · what HEAD adds to main since 91bd0f7 · " in header


def test_a_base_that_was_named_by_its_hash_is_named_once():
    assert " · 91bd0f7..HEAD · " in _shown(AUDIT, named=Named("91bd0f7", "HEAD"))[0]


def test_code_that_knows_its_test_by_heart_is_noticed_and_refuses_nothing():
    green = replace(GREEN, subject="test_roman", details=(REMEMBERED,))
    lines = _shown(replace(AUDIT, commits=(replace(FEATURE, proofs=(RED, green)),)))
    assert [
        "✓ 1 test red before the change for the right reason, green on HEAD  43 passed",
        "! src/roman.py:3  answers a test's own input:"
        " if n == 4: return 'IV'  → let the code compute it for any input  3f2a91b",
        "- not judged: README.md (documentation)",
        "3 proven · 14 s       details: --explain",
    ] == lines[1:]
