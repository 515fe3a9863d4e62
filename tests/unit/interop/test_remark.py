from dataclasses import replace

from judged import (
    AUDIT,
    FEATURE,
    GREEN,
    MINIMAL,
    RED,
    REMEMBERED,
    SERVER,
    SKIPPED,
    STRUCTURAL,
    TIDYING,
    VACUOUS,
)

from seenred.interop.place import Place
from seenred.interop.remark import Level, remarks


def test_what_is_proven_or_not_applicable_is_no_remark():
    assert () == remarks((RED, SKIPPED))


def test_refuted_is_an_error_undecided_a_warning():
    assert [Level.ERROR, Level.WARNING] == [remark.level for remark in remarks((VACUOUS, SERVER))]


def test_each_survivor_is_a_warning_at_its_lines():
    (remark,) = remarks((MINIMAL,))
    assert (Level.WARNING, "minimal/survivor") == (remark.level, remark.rule)
    assert Place("src/cart.py", 41, 44) == remark.place


def test_a_verdict_on_a_commit_stands_at_the_first_place_of_its_details():
    (remark,) = remarks((STRUCTURAL,))
    assert Place("src/pricing.py", 7, 7) == remark.place


def test_text_has_the_decisive_line_and_the_remedy():
    (remark,) = remarks((VACUOUS,))
    assert (
        "green even with apply_discount() emptied. Assert on what apply_discount returns."
    ) == remark.text


def test_a_label_that_is_not_true_is_a_note():
    last = remarks(AUDIT)[-1]
    assert (Level.NOTE, "label/mismatch") == (last.level, last.rule)
    assert last.text.endswith("says structural, and is behavioral.")


def test_remarks_of_an_audit_name_their_commit():
    assert {FEATURE.name, TIDYING.name} == {remark.commit for remark in remarks(AUDIT)}


def test_a_notice_is_a_warning_at_its_line():
    (remark,) = remarks((replace(GREEN, details=(REMEMBERED,)),))
    assert (Level.WARNING, "green/special-case") == (remark.level, remark.rule)
    assert Place("src/roman.py", 3, 3) == remark.place
