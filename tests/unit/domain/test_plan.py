"""What a list says is to be tested, and in which order."""

import pytest

from seenred.domain.plan import Mark, parse_plan
from seenred.errors import UsageError

BANK = """\
# Bank

Some words about it.

## Account

- [x] opens with a balance of 0
- [ ] rejects a withdrawal above the balance
  Raises `InsufficientFunds`, and the balance stays.
- [-] pays interest
  abandoned: three tries were refused: no rate is known
  at the end of the year

## Discovered

- [ ] rejects a negative amount
"""


def test_a_list_is_read():
    plan = parse_plan(BANK)
    assert (1, 3, 1) == (plan.done, plan.total, plan.abandoned)
    opens, rejects, pays = plan.items
    assert ("opens with a balance of 0", Mark.DONE, 7) == (opens.text, opens.mark, opens.line)
    assert "Account" == rejects.section
    assert "Raises `InsufficientFunds`, and the balance stays." == rejects.details
    assert Mark.ABANDONED is pays.mark
    assert "three tries were refused: no rate is known" == pays.reason
    assert "at the end of the year" == pays.details
    assert rejects == plan.next_item == plan.take()


def test_what_was_discovered_waits_for_a_person():
    plan = parse_plan(BANK.replace("- [ ] rejects a withdrawal", "- [x] rejects a withdrawal"))
    assert ["rejects a negative amount"] == [item.text for item in plan.discovered]
    assert (2, 3, None, None) == (plan.done, plan.total, plan.next_item, plan.take())


@pytest.mark.parametrize("heading", ["## Test list", "Test List\n---------", "# **Test list**:"])
def test_below_the_heading_test_list_alone_are_tests(heading):
    text = f"- [ ] buy milk\n\n{heading}\n\n- [ ] a\n\n### Deep\n\n- [ ] b\n\n# Other\n\n- [ ] c\n"
    assert ["a", "b"] == [item.text for item in parse_plan(text).items]


def test_an_empty_test_list_hides_the_other_boxes():
    plan = parse_plan("- [ ] buy milk\n\n## Test list\n\nlater\n")
    assert () == plan.items
    assert plan.next_item is None


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("# Bank\n\n## Test list\n\n### Account\n\n#### Money\n\n- [ ] a\n", "Account / Money"),
        ("# Bank\n\n- [ ] a\n", ""),
        ("# Bank\n\n- [x] z\n\n# Shop\n\n## Cart\n\n- [ ] a\n", "Shop / Cart"),
        ("- [ ] a\n", ""),
    ],
)
def test_a_section_leaves_out_the_title_and_the_list(text, section):
    item = parse_plan(text).next_item
    assert item is not None
    assert section == item.section


@pytest.mark.parametrize(
    ("text", "test_id"),
    [
        ("adds (`tests/test_calc.py::test_adds`)", "tests/test_calc.py::test_adds"),
        ("`test_a.py::TestB::test_c[1 + 1]` holds", "test_a.py::TestB::test_c[1 + 1]"),
        ("`add(1, 2)` is 3, in `tests/test_calc.py`", ""),
        ("`crate::add` is called", ""),
        ("adds", ""),
    ],
)
def test_an_item_may_name_its_test(text, test_id):
    item = parse_plan(f"- [ ] {text}\n").next_item
    assert item is not None
    assert (text, test_id) == (item.text, item.test_id)


def taken(text):
    """The items in the order in which they are taken."""
    order = []
    while (item := parse_plan(text).next_item) is not None:
        order.append(item.text)
        lines = text.split("\n")
        lines[item.line - 1] = lines[item.line - 1].replace("[ ]", "[x]")
        text = "\n".join(lines)
    return order


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [ ] a\n- [ ] b\n", "ab"),
        ("- [ ] a\n  - [ ] b\n  - [ ] c\n- [ ] d\n", "bcad"),
        ("- [ ] a\n  - [ ] b\n    - [ ] c\n  - [ ] d\n- [ ] e\n", "cbdae"),
        ("- [x] a\n  - [ ] b\n- [ ] c\n", "bc"),
        ("- [ ] a\n  - [x] b\n  - [-] c\n- [ ] d\n", "ad"),
        ("- [-] a\n  - [ ] b\n- [ ] c\n", "bc"),
        ("- a\n  - [ ] b\n  - [ ] c\n- [ ] d\n", "bcd"),
        ("## A\n- [ ] a\n## B\n  - [ ] b\n", "ab"),
    ],
)
def test_what_is_nested_comes_first_then_what_it_is_nested_under(text, expected):
    assert [*expected] == taken(text)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("# A\n", "plan-without-tests", "P.md has no test yet; write one"),
        ("## Discovered\n- [ ] a\n", "plan-without-tests", "tests only under `Discovered`; move"),
        ("- [x] a\n- [ ] \n- [ ] b\n", "plan-item-empty", "P.md:2 is a box without words"),
        ("- [ ] a\n- [ ] b\n- [ ] a\n", "plan-item-ambiguous", "'a' open in the lines 1 and 3;"),
        ("- [ ] a\n" * 3, "plan-item-ambiguous", "in the lines 1, 2 and 3;"),
    ],
)
def test_an_item_that_cannot_be_worked_on_is_refused_when_it_is_its_turn(text, code, told):
    with pytest.raises(UsageError) as refused:
        parse_plan(text, "P.md").take()
    assert code == refused.value.code
    assert told in refused.value.message


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] a\n- [ ] \n",
        "- [x] b\n- [ ] a\n- [x] a\n",
        "## A\n- [ ] a\n## B\n- [ ] a\n",
        "- x\n  - [ ] a\n- y\n  - [ ] a\n",
        "- [ ] a\n- [ ] b\n- [ ] b\n",
    ],
)
def test_an_item_is_taken_where_it_is_clear_enough(text):
    item = parse_plan(text).take()
    assert item is not None
    assert "a" == item.text


def test_windows_line_ends_and_a_byte_order_mark_are_read():
    plan = parse_plan("\ufeff# A\r\n\r\n- [ ] a\r\n  why\r\n")
    assert [("a", "", 3, "why")] == [(i.text, i.section, i.line, i.details) for i in plan.items]


def test_a_thousand_nested_items_are_read():
    text = "".join(f"{'  ' * (n % 50)}- [ ] item {n}\n" for n in range(1000))
    plan = parse_plan(text)
    assert 1000 == plan.total
    assert "item 49" == plan.take().text


def test_what_the_plan_is_about_stands_above_its_first_box():
    plan = parse_plan(
        "# Bank account\n\nAmounts are whole cents,\nin `bank.py`.\n\n## A\n- [ ] b\n"
    )
    assert (plan.title, plan.prose) == (
        "Bank account",
        "Amounts are whole cents, in `bank.py`.",
    )


@pytest.mark.parametrize("text", ["", "- [ ] b\n", "## Only a section\n- [ ] b\n", "# Plan\n"])
def test_a_plan_may_say_nothing_of_itself(text):
    assert (parse_plan(text).title, parse_plan(text).prose) == ("", "")


def test_what_a_comment_says_is_not_what_the_plan_is_about():
    head = "Bank\n====\n\n<!-- write\nhere -->\nCents.\n\n```\ncode\n```\n\n"
    text = f"{head}Sums\n---\n- one\n  two\n- [ ] b\n  three\n"
    plan = parse_plan(text)
    assert ("Bank", "Cents. - one two") == (plan.title, plan.prose)
    assert plan.about == "Bank\nCents. - one two"
