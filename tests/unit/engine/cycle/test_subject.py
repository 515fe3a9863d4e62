import pytest

from seenred.domain.plan import PlanItem
from seenred.engine.cycle.subject import body_of, subject_of


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("rejects a withdrawal above the balance", "feat: reject a withdrawal above the balance"),
        ("Rejects a negative amount.", "feat: reject a negative amount"),
        ("carries the one", "feat: carry the one"),
        ("matches a pattern", "feat: match a pattern"),
        ("passes the salt", "feat: pass the salt"),
        ("`add('')` is 0", "feat: `add('')` is 0"),
        ("is empty when it is new", "feat: is empty when it is new"),
        ("an empty string is 0", "feat: an empty string is 0"),
        ("discusses\n  the weather", "feat: discuss the weather"),
        ("balance", "feat: balance"),
        ("spaces around a number do not matter", "feat: spaces around a number do not matter"),
        ("numbers above 1000 are ignored", "feat: numbers above 1000 are ignored"),
        ("An account can be in debt", "feat: an account can be in debt"),
        ("refuses orders that are empty", "feat: refuse orders that are empty"),
    ],
)
def test_a_subject_is_the_item_as_a_command(text, subject):
    assert subject_of("feat", PlanItem(text)) == subject


def test_what_was_not_done_keeps_the_items_own_words():
    item = PlanItem("rejects a debt")
    assert subject_of("chore", item, "abandon ") == "chore: abandon rejects a debt"


def test_a_long_item_is_cut_at_a_word_and_stands_in_the_body():
    item = PlanItem("refuses a transfer " + "between two accounts of one owner " * 3)
    subject = subject_of("feat", item)
    assert len(subject) <= 72
    assert subject.endswith(" …") is False
    assert subject.endswith("…")
    assert body_of(item, subject) == " ".join(item.text.split())


def test_a_short_item_needs_no_body():
    assert body_of(PlanItem("is empty"), "feat: is empty") == ""
