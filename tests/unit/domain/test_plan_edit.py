"""Marks, reasons and new items are written; every other byte stays."""

import random
from dataclasses import replace

import pytest

from seenred.domain.checkbox import read_checklist
from seenred.domain.plan import (
    Mark,
    PlanItem,
    abandon,
    add_discovered,
    add_section,
    lists,
    mark_done,
    parse_plan,
    put_next,
)
from seenred.errors import UsageError


def first(text):
    item = parse_plan(text).next_item
    assert item is not None
    return item


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] a\n", "- [x] a\n"),
        ("- [] a\n", "- [x] a\n"),
        ("\ufeff- [ ] a", "\ufeff- [x] a"),
        ("# T\r\n\r\n*\t[ ]  a  \r\n\ttext\r\n", "# T\r\n\r\n*\t[x]  a  \r\n\ttext\r\n"),
        ("1. [x] z\n\t2. [ ] [ ] a\n", "1. [x] z\n\t2. [x] [ ] a\n"),
        ("a\x0b\u2028\n- [ ] b\r- [ ] c", "a\x0b\u2028\n- [x] b\r- [ ] c"),
    ],
)
def test_a_mark_changes_what_is_in_the_box(before, after):
    assert after == mark_done(before, first(before))


def test_marking_twice_is_marking_once():
    item = first("- [ ] a\n")
    once = mark_done("- [ ] a\n", item)
    assert once == mark_done(once, item)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("## S\nnew\n\n- [ ] b\n- [ ] a\n", "## S\nnew\n\n- [ ] b\n- [x] a\n"),
        ("## Z\n- [ ] a\n## S\n- [ ] a\n", "## Z\n- [ ] a\n## S\n- [x] a\n"),
        ("## S\n- [ ] a\n- [ ] b\n- [ ] a\n", "## S\n- [x] a\n- [ ] b\n- [ ] a\n"),
        ("## Another name\n- [ ] a\n", "## Another name\n- [x] a\n"),
    ],
)
def test_an_item_is_found_in_a_text_that_changed_meanwhile(now, expected):
    assert expected == mark_done(now, first("## S\n- [ ] a\n"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("## S\n- [ ] a\n", True),
        ("## S\n- [x] a\n", True),
        ("## S\n- [-] a\n", False),
        ("## S\n- [ ] b\n", False),
        ("", False),
    ],
)
def test_a_list_has_an_item_that_is_open_or_marked(now, expected):
    assert expected == lists(now, first("## S\n- [ ] a\n"))


def test_of_two_items_with_the_same_words_the_nearest_is_meant():
    text = "- [ ] a\n" * 3
    item = PlanItem("a", line=2)
    assert "- [ ] a\n- [x] a\n- [ ] a\n" == mark_done(text, item)
    assert "- [ ] a\n- [-] a\n  abandoned: why\n- [ ] a\n" == abandon(text, item, "why")


@pytest.mark.parametrize(
    "now",
    ["", "## S\n- [ ] b\n", "## S\n- [-] a\n", "## T\n- [ ] a\n## U\n- [ ] a\n", "```\n- [ ] a\n"],
)
def test_an_item_that_is_gone_is_said_to_be(now):
    with pytest.raises(UsageError) as refused:
        mark_done(now, first("## S\n- [ ] a\n"))
    assert "plan-item-gone" == refused.value.code
    assert "'a'" in refused.value.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] a\n  text\n- [ ] b\n", "- [-] a\n  abandoned: no\n  text\n- [ ] b\n"),
        ("- [ ] a", "- [-] a\n  abandoned: no"),
        ("10. [ ] a\r\n", "10. [-] a\r\n    abandoned: no\r\n"),
        ("- x\n\t- [ ] a\n\t\ttext\n", "- x\n\t- [-] a\n\t  abandoned: no\n\t\ttext\n"),
        ("- x\n  *   [ ] a\n", "- x\n  *   [-] a\n      abandoned: no\n"),
    ],
)
def test_an_abandoned_item_keeps_the_reason(before, after):
    assert after == abandon(before, first(before), "no")
    found = next(item for item in parse_plan(after).items if item.text == "a")
    assert (Mark.ABANDONED, "no") == (found.mark, found.reason)


def test_a_reason_is_one_line():
    after = abandon("- [ ] a\n", first("- [ ] a\n"), "expected 3,\n\n- [ ] seen 4\r\n")
    assert "- [-] a\n  abandoned: expected 3, - [ ] seen 4\n" == after


def test_an_item_that_a_person_marked_meanwhile_is_not_abandoned():
    with pytest.raises(UsageError, match="no longer"):
        abandon("- [x] a\n", first("- [ ] a\n"), "no")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "## Discovered\n\n- [ ] n\n"),
        ("- [ ] a\n", "- [ ] a\n\n## Discovered\n\n- [ ] n\n"),
        ("- [ ] a", "- [ ] a\n\n## Discovered\n\n- [ ] n"),
        ("* [ ] a\r\n\r\n", "* [ ] a\r\n\r\n## Discovered\r\n\r\n* [ ] n\r\n\r\n"),
        ("1. [ ] a\n", "1. [ ] a\n\n## Discovered\n\n- [ ] n\n"),
        ("## Discovered\n", "## Discovered\n\n- [ ] n\n"),
        (
            "## Discovered\n\n- [ ] a\n  text\n\n## B\n- [ ] b\n",
            "## Discovered\n\n- [ ] a\n  text\n- [ ] n\n\n## B\n- [ ] b\n",
        ),
        (
            "# discovered\n\nfound\n\n## Deep\n\n- [ ] a",
            "# discovered\n\nfound\n\n- [ ] n\n\n## Deep\n\n- [ ] a",
        ),
        ("## Discovered\nfound by Seenred:\n", "## Discovered\nfound by Seenred:\n\n- [ ] n\n"),
    ],
)
def test_what_was_discovered_is_added_under_its_heading(before, after):
    assert after == add_discovered(before, ["n"])
    assert "n" in [item.text for item in parse_plan(after).discovered]


@pytest.mark.parametrize("text", ["- [x] n\n", "## Discovered\n- [ ] N\n", "- [-]  n \n"])
def test_what_the_list_has_already_is_not_added(text):
    assert text == add_discovered(text, ["n", " n\n", "N", ""])


def test_several_are_added_in_order_each_in_one_line():
    added = add_discovered("- [ ] a\n", ["b\n  c", "d", "b c"])
    assert "- [ ] a\n\n## Discovered\n\n- [ ] b c\n- [ ] d\n" == added


@pytest.mark.parametrize(("text", "line"), [("- [ ] a\n\n```\ncode\n", 3), ("<!-- note\n", 1)])
def test_nothing_is_added_behind_what_is_never_closed(text, line):
    with pytest.raises(UsageError) as refused:
        add_discovered(text, ["n"])
    assert "plan-block-open" == refused.value.code
    assert f"in line {line} of the plan" in refused.value.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Plan\n", "# Plan\n\n## Cart\n\n- [ ] n\n"),
        ("# Plan\n\n## Cart\n- [x] a\n", "# Plan\n\n## Cart\n- [x] a\n- [ ] n\n"),
        (
            "## Test list\n\n### A\n\n- [ ] a\n\n## Notes\n",
            "## Test list\n\n### A\n\n- [ ] a\n\n### Cart\n\n- [ ] n\n\n## Notes\n",
        ),
        ("## Test list\n", "## Test list\n\n### Cart\n\n- [ ] n\n"),
        ("# X\n## Cart\n## Test list\n", "# X\n## Cart\n## Test list\n\n### Cart\n\n- [ ] n\n"),
        (
            "- [ ] a\n\n## Discovered\n\n- [ ] b\n",
            "- [ ] a\n\n## Cart\n\n- [ ] n\n\n## Discovered\n\n- [ ] b\n",
        ),
    ],
)
def test_a_section_is_added_where_it_counts(before, after):
    assert after == add_section(before, "Cart", ["n"])
    assert "Cart" in next(i.section for i in parse_plan(after).items if i.text == "n")


def test_tests_of_what_the_whole_list_is_about_need_no_heading():
    before = "# Cart\n\n## Test list\n\n- [x] a\n\n### Later\n\n- [ ] b\n"
    after = before.replace("- [x] a\n", "- [x] a\n- [ ] n\n")
    assert after == add_section(before, "Cart", ["n"])


def test_a_remark_is_a_comment_that_is_no_part_of_the_test():
    after = add_section("- [ ] a\n", "Cart", ["n", "m"], {"n": "check -->\n 7"})
    assert after.endswith("- [ ] n\n  <!-- check - -> 7 -->\n- [ ] m\n")
    assert ["", "", ""] == [item.details for item in parse_plan(after).items]


def written(chance):
    """A list as people may write it, with what makes reading hard."""
    end = chance.choice(["\n", "\r\n"])
    lines = []
    for number in range(chance.randint(1, 30)):
        indent = chance.choice(["", "", "  ", "\t", "    "])
        bullet = chance.choice(["-", "*", "1.", "-"])
        lines.append(
            chance.choice(
                [
                    f"{indent}{bullet} [{chance.choice('  xX-')}] item {number} `f({number})`",
                    f"{indent}{bullet} [ ] item {number}",
                    f"{indent}{bullet} [ ] the same",
                    f"{'#' * chance.randint(1, 4)} Heading {number}",
                    chance.choice(["## Test list", "## Discovered", "", "```", "~~~", "---"]),
                    f"{indent}words {number}\t\x0b é",
                    f"{indent}{bullet} entry {number}",
                    chance.choice(["<!--", "-->", "<!-- [ ] -->"]),
                ]
            )
        )
    return chance.choice(["", "\ufeff"]) + end.join(lines) + chance.choice(["", end, end * 3])


def differences(before, after):
    """Which characters stand in the place of which, in texts of one length."""
    return [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize("seed", range(150))
def test_every_edit_of_any_list_changes_that_alone(seed):
    text = written(random.Random(seed))
    plan = parse_plan(text)
    for item in plan.items:
        if not item.is_open:
            continue
        marked = mark_done(text, item)
        assert [(" ", "x")] == differences(text, marked)
        assert plan.done + 1 == parse_plan(marked).done
        left = abandon(text, item, "why not")
        assert plan.abandoned + 1 == parse_plan(left).abandoned
        assert "why not" in [one.reason for one in parse_plan(left).items]
    if read_checklist(text).open_since is not None:
        return
    grown = add_discovered(text, ["quite new"])
    again = parse_plan(grown)
    assert plan.items == tuple(shifted(again.items, plan.items))
    assert len(plan.discovered) + 1 == len(again.discovered)
    assert grown == add_discovered(grown, ["quite new"])
    assert is_within(text, grown)


def shifted(items, like):
    """The items with the lines of others: an insertion moves what is below it."""
    return [replace(item, line=other.line) for item, other in zip(items, like, strict=True)]


def is_within(text, grown):
    """Whether something was only inserted, at one place."""
    start = next(
        (i for i, (a, b) in enumerate(zip(text, grown, strict=False)) if a != b), len(text)
    )
    return grown.endswith(text[start:]) if start < len(text) else grown.startswith(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] a\n- [ ] b\n", "- [ ] new\n- [ ] a\n- [ ] b\n"),
        ("# T\n\n- [x] a\n* [ ]  b\n", "# T\n\n- [x] a\n* [ ] new\n* [ ]  b\n"),
        ("- [x] a\r\n- [] b\r\n", "- [x] a\r\n- [ ] new\r\n- [] b\r\n"),
        ("\ufeff- [ ] a\n", "\ufeff- [ ] new\n- [ ] a\n"),
        ("- [ ] a\n  - [ ] b\n", "- [ ] new\n- [ ] a\n  - [ ] b\n"),
        ("- [ ] new\n", "- [ ] new\n"),
        ("- [x] a\n\n## Discovered\n\n- [ ] new\n", "- [x] a\n\n## Discovered\n\n- [ ] new\n"),
    ],
)
def test_a_test_is_put_before_all_that_are_open(before, after):
    assert after == put_next(before, "new")


@pytest.mark.parametrize("text", ["# T\n", "# T\n\n- [x] a\n", "- a group\n  - [x] b\n"])
def test_where_nothing_is_open_it_is_the_next_in_a_section_of_its_own(text):
    item = first(put_next(text, "new"))
    assert ("new", "Defects") == (item.text, item.section)
