"""A reply becomes the items of a list, and what is not of the description is known."""

import pytest

from seenred.agents.code_reply import NoCode
from seenred.agents.plan_writer import MOST, invented, plan_prompt, read_items
from seenred.domain.conversation import Reply


def items(text, truncated=False):
    found = read_items(Reply(text, "scripted", truncated=truncated), "")
    return found.reason if isinstance(found, NoCode) else [item.text for item in found]


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] adds two numbers\n- [ ] subtracts\n",
        "Here is the list:\n\n```markdown\n# Tests\n- [ ] adds two numbers\n- [x] subtracts\n```\n",
        "1. adds two numbers.\n2. subtracts.\n",
        "* **adds two numbers**\n* subtracts\n\nI hope that this helps.",
        "- [ ] Test that adds two numbers\n- [ ] verify subtracts\n",
        "- [ ] adds two numbers\n- [ ] subtracts\n- [ ] adds two numbers\n",
        "- Sums:\n  - [ ] adds two numbers\n- Differences:\n  - subtracts\n",
    ],
)
def test_a_list_is_read_however_it_is_written(text):
    assert ["adds two numbers", "subtracts"] == items(text)


def test_an_example_under_an_item_belongs_to_it():
    assert ["adds: 1 + 2 is 3", "b"] == items("- [ ] adds.\n  - 1 + 2 is 3\n- [ ] b\n")


def test_an_item_that_is_cut_off_is_left_out():
    assert ["adds", "subtracts"] == items("- [ ] adds\n- [ ] subtracts\n- [ ] mult", truncated=True)


def test_a_list_without_an_end_is_ended():
    assert MOST == len(items("".join(f"- [ ] adds {'x' * n}\n" for n in range(1, 100))))


def test_the_same_said_of_values_that_nobody_gave_is_left_out():
    text = (
        '- [ ] "Hello World" becomes "hello-world"\n- [ ] " " becomes "-"\n'
        '- [ ] "" raises ValueError\n- [ ] "Café" becomes "cafe"\n- [ ] 7 words are cut to 3\n'
        '- [ ] "123" raises ValueError\n- [ ] "1234" raises ValueError\n'
    )
    found = read_items(Reply(text, "s"), '"Hello World": "hello-world"; "Café": "cafe"')
    assert not isinstance(found, NoCode)
    assert [
        '"Hello World" becomes "hello-world"',
        '"" raises ValueError',
        '"Café" becomes "cafe"',
        "7 words are cut to 3",
    ] == [item.text for item in found]


@pytest.mark.parametrize("text", ["", "I cannot do that.", "def test_a(): ...", "- [ ]\n- \n"])
def test_a_reply_without_a_list_says_so(text):
    assert "holds no list of tests" in items(text)


@pytest.mark.parametrize(
    ("text", "description", "expected"),
    [
        ("0.5 euro buys 15 minutes", "so 0.50 euro buys 15 minutes", ()),
        ("0.5 euro buys 20 minutes", "so 0.50 euro buys 15 minutes", ("20",)),
        ("two coins, 2 euro", "two coins", ()),
        ("an empty cart costs 0", "an empty cart is free", ()),
        ('gives "hello-world"', 'becomes "hello-world"', ()),
        ('gives "one-2-three" for 4', 'becomes "hello-world"', ("one-2-three", "4")),
        ("the meter's display is off at x2", "It's a meter", ()),
        ('says "is used up"', 'they see "is\nused up"', ()),
        ("15 minutes, 42 euro, 100 times", "fifteen minutes, forty-two euro, a hundred times", ()),
        ("at the 3 login, not at 2", "at the third login, not the second", ()),
        ("1000 and 0,5 and -3", "1,000 and 0.50", ("-3",)),
    ],
)
def test_values_that_the_description_lacks_are_known(text, description, expected):
    assert expected == invented(text, description)


def test_the_model_is_shown_an_example_that_keeps_the_rules():
    _, asked, listed, wanted = plan_prompt("  A meter takes coins.\n").messages
    assert wanted.text == "The description:\n\nA meter takes coins.\n\nWrite its test list."
    found = read_items(Reply(listed.text, "scripted"), asked.text)
    assert not isinstance(found, NoCode)
    assert 6 == len(found)
    assert () == tuple(value for item in found for value in item.invented)
