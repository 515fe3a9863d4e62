from dataclasses import replace

import pytest

from seenred.agents.code_reply import NoCode
from seenred.agents.edit.edit import Edit
from seenred.agents.refactorer import (
    RefactorRequest,
    is_better,
    read_refactoring,
    refactor_prompt,
    worth_asking,
)
from seenred.domain.conversation import Reply

TWICE = """\
def first(rows):
    total = 0
    for row in rows:
        total += row
    return total


def second(rows):
    print(rows)
    total = 0
    for row in rows:
        total += row
    return total
"""
ONCE = """\
def first(rows):
    total = 0
    for row in rows:
        total += row
    return total


def second(rows):
    print(rows)
    return first(rows)
"""
REQUEST = RefactorRequest(path="shop/total.py", code=TWICE)


def reply(text: str) -> Reply:
    return Reply(text, "scripted")


def read(text: str, request: RefactorRequest = REQUEST) -> Edit | NoCode | None:
    return read_refactoring(reply(text), request)


def test_what_was_measured_is_what_is_asked_for():
    text = refactor_prompt(REQUEST).messages[-1].text
    assert TWICE in text
    assert "lines 2-5 in `first` and lines 10-13 in `second` are the same" in text
    assert "`shop/total.py`" in text


def test_a_model_may_always_say_that_nothing_is_needed():
    for request in (REQUEST, replace(REQUEST, code=ONCE)):
        assert "nothing" in refactor_prompt(request).messages[-1].text


def test_where_nothing_is_seen_any_improvement_of_structure_is_asked_for():
    text = refactor_prompt(replace(REQUEST, code=ONCE)).messages[-1].text
    assert "duplication" in text
    assert "name" in text


def test_what_an_earlier_proposal_was_refused_for_is_told():
    request = replace(REQUEST, refused="second([1]): 1 → None")
    assert "second([1]): 1 → None" in refactor_prompt(request).messages[-1].text


def test_tests_are_not_to_be_weakened():
    text = refactor_prompt(replace(REQUEST, tests=True)).messages[-1].text
    assert "every assertion" in text


def test_a_small_model_is_asked_only_where_something_is_measured():
    assert worth_asking(REQUEST)
    assert not worth_asking(replace(REQUEST, code=ONCE))


def test_only_what_was_just_written_is_looked_at():
    assert worth_asking(replace(REQUEST, changed=frozenset({11})))
    assert not worth_asking(replace(REQUEST, changed=frozenset({9})))


@pytest.mark.parametrize("text", ["nothing", "Nothing.", "**Nothing** needed.", "`nothing`\n"])
def test_nothing_is_an_answer(text: str):
    assert read(text) is None


def test_the_same_code_again_is_nothing():
    assert read(f"```python\n{TWICE}```") is None


def test_code_is_read_as_an_edit():
    edit = read(f"```python\n{ONCE}```")
    assert isinstance(edit, Edit)


def test_a_reply_without_code_that_says_something_else_is_no_use():
    assert isinstance(read("I would rename it."), NoCode)


def test_a_version_is_better_only_when_less_is_measured_in_it():
    assert is_better(TWICE, ONCE)
    assert not is_better(TWICE, TWICE.replace("row", "line"))
    assert not is_better(ONCE, TWICE)


def test_where_nothing_was_measured_a_version_that_smells_no_more_will_do():
    assert is_better(ONCE, ONCE.replace("row", "line"))
