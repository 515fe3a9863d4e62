import asyncio

from seenred.agents.red.writer import RedRequest, WrittenTest, read_red
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.plan import PlanItem
from seenred.domain.provenance import Origin
from seenred.engine.cycle.voting import voted

REQUEST = RedRequest(PlanItem("pushes and pops"), "stack", names=("Stack",))
TEST = """```python
def test_x():
    stack = Stack()
    stack.push(1)
    stack.push(2)
    assert stack.pop() == 2
    assert stack.pop() == 1
```"""


def vote(*told, test=TEST):
    written = read_red(Reply(test, "m"), REQUEST)
    assert isinstance(written, WrittenTest)
    asked: list[Prompt] = []

    async def ask(prompt: Prompt) -> Reply:
        asked.append(prompt)
        return Reply(f"So it is.\nValue: {told[len(asked) - 1]}", "m")

    return asyncio.run(voted(ask, REQUEST, written)), asked


ONE = TEST.replace("    assert stack.pop() == 2\n", "")


def test_one_reply_of_the_same_mind_confirms_a_value():
    found, asked = vote("1", test=ONE)
    assert found is not None
    assert found.source.endswith("assert stack.pop() == 1\n")
    assert [each.origin for each in found.origins] == [Origin.AGREED]
    assert len(asked) == 1


def test_what_is_not_confirmed_stays_as_a_step():
    found, asked = vote("1", "5", "5")
    assert found is not None
    assert found.source.splitlines()[-2:] == ["    stack.pop()", "    assert stack.pop() == 1"]
    assert len(asked) == 3


def test_each_value_is_confirmed_by_itself():
    found, _ = vote("1", "2")
    assert found is not None
    assert len(found.origins) == 2


def test_two_replies_of_another_mind_put_the_test_in_doubt():
    found, asked = vote("3", "3", test=ONE)
    assert found is None
    assert len(asked) == 2


def test_a_second_reply_may_confirm():
    found, _ = vote("3", "1", test=ONE)
    assert found is not None
    assert found.source.endswith("assert stack.pop() == 1\n")


def test_a_value_that_nobody_repeats_settles_nothing():
    found, asked = vote("4", "the sum", test=ONE)
    assert found is None
    assert len(asked) == 2
    assert len({prompt.seed for prompt in asked}) == 2


def test_without_a_written_value_nobody_is_asked():
    found, asked = vote(test="```python\ndef test_x():\n    assert Stack().pop() > Stack()\n```")
    assert (found, asked) == (None, [])
