import pytest

from seenred.agents.checker import checker_prompt, parse_checker, wants_a_length
from seenred.agents.code_reply import NoCode
from seenred.agents.given import Given
from seenred.agents.problem_solver import solve_prompt
from seenred.domain.checker import Checker
from seenred.domain.conversation import Reply
from seenred.domain.statement.statement import parse_statement

PAIR = "Write `pair(nums, target)`. Any valid answer is accepted.\n\npair([1, 2], 3) -> [0, 1]\n"
STREAM = "Read n from standard input and print any divisor.\n\nInput:\n6\nOutput:\n3\n"


def task(text: str) -> str:
    return checker_prompt(Given({"problem": text}), parse_statement(text)).messages[-1].text


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (PAIR, "def check(nums, target, answer) -> bool"),
        (PAIR + "Maximise the sum.\n", "def check(nums, target, answer, expected) -> bool"),
        (PAIR + "Give the longest.\n", "def check(nums, target, answer) -> bool"),
        (
            PAIR + "Find the shortest by cost.\n",
            "def check(nums, target, answer, expected) -> bool",
        ),
        (PAIR + "There are at most nine.\n", "def check(nums, target, answer) -> bool"),
        (STREAM, "def check(stdin, answer) -> bool"),
    ],
)
def test_the_wanted_head_is_named(text, head):
    assert f"`{head}:`" in task(text)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Return the longest substring that reads the same backwards.", True),
        ("Print any shortest word.", True),
        ("Return any word. The longest input has 100 letters.", False),
        ("Find the shortest route; each road has a cost.", False),
    ],
)
def test_lengths_are_compared_where_the_longest_is_asked_for(words, wanted):
    assert wanted is wants_a_length(parse_statement(words))


def test_the_statement_comes_first_as_for_the_solver():
    given = Given({"problem": PAIR})
    asked = checker_prompt(given, parse_statement(PAIR)).messages[-1].text
    solving = solve_prompt(given).messages[-1].text
    assert asked.partition("# Task")[0] == solving.partition("# Task")[0]


@pytest.mark.parametrize(
    ("body", "usable"),
    [
        ("return sum(nums[i] for i in answer) == target", True),
        ("return answer == solve(nums)", False),
        ("best = [0, 1]\n    return answer == best", False),
    ],
)
def test_a_checker_that_knows_one_answer_only_is_no_use(body, usable):
    text = f"```python\ndef check(nums, target, answer) -> bool:\n    {body}\n```"
    read = parse_checker(Reply(text, "m"), parse_statement(PAIR))
    assert isinstance(read, Checker if usable else NoCode)
