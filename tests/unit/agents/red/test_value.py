import pytest

from seenred.agents.red.value import blank, read_value, value_prompt
from seenred.agents.red.writer import RedRequest, WrittenTest, read_red
from seenred.domain.conversation import Reply
from seenred.domain.plan import PlanItem

REQUEST = RedRequest(PlanItem("removing an item takes its price off"), "cart", names=("Cart",))


def written(*lines):
    body = "".join(f"    {line}\n" for line in lines)
    found = read_red(Reply(f"```python\ndef test_x():\n{body}```", "m"), REQUEST)
    assert isinstance(found, WrittenTest)
    return found


TEST = written("cart = Cart()", "assert cart.remove(3) == 4")


def test_the_value_is_left_out_of_what_is_asked():
    asked = blank(TEST.source)
    assert asked is not None
    text = value_prompt(REQUEST, asked).messages[-1].text
    assert "assert cart.remove(3) == ____\n" in text
    assert "== 4" not in text
    assert asked.filled("4") == TEST.source


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("assert 4 == Cart().remove(3)", True),
        ("assert Cart().empty is False", True),
        ("assert Cart().remove(3) > 4", False),
        ("assert Cart().remove(3)", False),
    ],
)
def test_only_a_written_value_can_be_left_out(line, asked):
    assert (blank(written(line).source) is not None) is asked


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Three and one.\nValue: 4", "4"),
        ("**Value:** `'abc'`", "'abc'"),
        ("Value: 4\nValue: 5", "5"),
        ("value: [1, 2].", "[1, 2]"),
        ("Value: 2.5", "2.5"),
        ("Value: the sum", None),
        ("It is 4.", None),
    ],
)
def test_a_reply_ends_with_the_value(text, value):
    assert read_value(Reply(text, "m")) == value
