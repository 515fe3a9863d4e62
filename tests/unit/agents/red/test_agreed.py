from seenred.agents.red.agreed import agreed_test
from seenred.agents.red.writer import RedRequest, WrittenTest, read_red
from seenred.domain.conversation import Reply
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import Origin


def drawn(*lines, item="adds"):
    body = "".join(f"    {line}\n" for line in lines)
    reply = Reply(f"```python\ndef test_adds():\n{body}```", "m")
    written = read_red(reply, RedRequest(PlanItem(item), "calc"))
    assert isinstance(written, WrittenTest)
    return written


TWO = drawn("assert add(1, 2) == 3", "assert add(2, 2) == 5")


def test_the_test_is_reduced_to_what_is_agreed():
    found = agreed_test([TWO, drawn("assert add(2, 2) == 4"), drawn("assert add(1, 2) == 3")])
    assert found is not None
    assert found.source == "def test_adds():\n    assert add(1, 2) == 3\n"
    assert [each.origin for each in found.origins] == [Origin.AGREED]
    assert found.is_vouched


def test_a_later_draw_is_taken_when_the_first_stands_alone():
    other = drawn("assert add(2, 2) == 4")
    assert agreed_test([drawn("assert add(1, 2) == 4"), other, other]) is not None


def test_draws_of_several_minds_make_no_test():
    assert (
        agreed_test([TWO, drawn("assert add(1, 2) == 4"), drawn("assert add(2, 2) == 4")]) is None
    )
    assert agreed_test([]) is None


def test_what_the_plan_says_needs_no_agreement():
    vouched = drawn("assert add(1, 2) == 3", item="adds: `add(1, 2)` is 3")
    assert agreed_test([vouched]) == vouched
