import asyncio

from seenred.engine.cycle.ports import Person, RedAnswer, RedChoice
from seenred.engine.cycle.unattended import Unattended


def test_where_nobody_watches_a_proven_red_is_accepted():
    person: Person = Unattended()
    answer = asyncio.run(person.judge_red("test_a.py::test_b", "def test_b(): ...", ()))
    assert RedAnswer(RedChoice.ACCEPT) == answer
