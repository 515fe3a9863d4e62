"""Gaps in code where only a little is missing, and what a model's filling makes of the code."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from seenred.agents.code_reply import NoCode
from seenred.agents.code_writer import CodeRequest
from seenred.agents.gap_writer import Place, filled, gap_prompt, places
from seenred.domain.conversation import Prompt
from seenred.domain.gap import Gap, Room

ADD = '''\
import os


def add(numbers):
    """The sum."""
    if not numbers:
        return 0
    return sum(int(number) for number in numbers.split(","))
'''

GAME = """\
class Game:
    def roll(self, pins):
        pass

    def score(self):
        return 0
"""

TEST = 'def test_break():\n    assert add("1\\n2,3") == 6\n'


def request_of(code: str = ADD) -> CodeRequest:
    return CodeRequest("a line break separates too", "calc.py", code, TEST, "ValueError: '1\\n2'")


def place_of(name: str, code: str = ADD) -> Place:
    return next(each for each in places(code) if each.name == name)


def gap_of(prompt: Prompt) -> Gap:
    assert prompt.gap is not None
    return prompt.gap


def test_an_argument_may_be_put_right_before_anything_else() -> None:
    place = place_of("assign add numbers")
    assert place.before.endswith('    """The sum."""\n')
    assert place.lead == "    numbers = "
    assert place.after.startswith("    if not numbers:")
    assert place.room is Room.LINE


def test_a_function_may_begin_with_a_condition() -> None:
    place = place_of("condition add")
    assert (place.lead, place.room, place.depth) == ("    if ", Room.BLOCK, 8)


def test_a_body_its_last_statement_and_a_function_may_be_written_anew() -> None:
    body, last, whole = place_of("body add"), place_of("last add"), place_of("function add")
    assert body.before.endswith('"""The sum."""\n')
    assert body.after == ""
    assert last.before.endswith("        return 0\n")
    assert last.after == ""
    assert whole.before == "import os\n\n\n"
    assert whole.lead == "def add("


def test_methods_and_their_class_are_places_too() -> None:
    names = [each.name for each in places(GAME)]
    assert "condition roll" in names
    assert "assign roll pins" in names
    assert "assign roll self" not in names
    assert "body score" in names
    assert names.index("class Game") > names.index("body score")


def test_what_can_be_said_in_a_line_comes_first() -> None:
    rooms = [each.room for each in places(ADD)]
    assert rooms[0] is Room.LINE
    assert rooms[-1] is Room.BLOCK


def test_code_that_cannot_be_parsed_has_no_places() -> None:
    assert places("def add(:") == ()


def test_the_gap_stands_under_the_item_and_the_tests_come_before_the_code() -> None:
    gap = gap_of(gap_prompt(request_of(), place_of("assign add numbers"), 1))
    assert gap.before.endswith("    # A line break separates too\n    numbers = ")
    assert gap.context.index(TEST.strip()) < len(gap.context)
    assert "# calc.py" in gap.context


def test_the_first_filling_of_a_place_is_not_sampled() -> None:
    place = place_of("body add")
    first, second = gap_prompt(request_of(), place, 1), gap_prompt(request_of(), place, 2)
    assert (first.temperature, first.seed) == (0.0, None)
    assert second.temperature > 0
    assert second.seed == 2


def test_a_filling_becomes_the_definition_that_holds_it_without_the_item() -> None:
    made = filled(place_of("assign add numbers"), 'numbers.replace("\\n", ",")\n')
    assert made == ADD.removeprefix("import os\n\n\n").replace(
        "    if not", '    numbers = numbers.replace("\\n", ",")\n    if not', 1
    )


def test_a_filling_that_goes_on_with_what_follows_ends_before_it() -> None:
    repeated = 'numbers.replace("\\n", ",")\n    if not numbers:\n        return 0\n'
    assert filled(place_of("assign add numbers"), repeated) == filled(
        place_of("assign add numbers"), 'numbers.replace("\\n", ",")\n'
    )


def test_lines_that_leave_the_gaps_depth_are_not_of_the_filling() -> None:
    made = filled(place_of("body add"), "    return 1\n\n\ndef other():\n    pass\n")
    assert isinstance(made, str)
    assert "other" not in made
    assert ast.parse(made)


@pytest.mark.parametrize("text", ["", "\n", "    # nothing\n"])
def test_an_empty_filling_is_no_code(text: str) -> None:
    assert isinstance(filled(place_of("body add"), text), NoCode)


def test_a_filling_that_breaks_the_module_is_no_code() -> None:
    assert isinstance(filled(place_of("assign add numbers"), "numbers.replace(\n"), NoCode)


def test_a_method_is_put_into_its_class() -> None:
    made = filled(place_of("body score", GAME), "        return self.pins\n")
    assert isinstance(made, str)
    assert made.startswith("class Game:")
    assert "return self.pins" in made
    assert "return 0" not in made


def test_a_filling_that_was_cut_off_is_taken_as_far_as_it_can_be_read() -> None:
    made = filled(place_of("body add"), '    total = 0\n    return total\n    numbers.split("')
    assert isinstance(made, str)
    assert made.endswith("    total = 0\n    return total\n")


def test_what_can_never_run_is_left_out() -> None:
    text = '"-" in numbers:\n        raise ValueError\n        numbers = ""\n'
    made = filled(place_of("condition add"), text)
    assert isinstance(made, str)
    assert '    if "-" in numbers:\n        raise ValueError\n    if not numbers' in made


def test_what_the_plan_is_about_is_the_first_comment() -> None:
    request = replace(request_of(), about="Sums\n`add` sums.")
    assert gap_of(gap_prompt(request, place_of("body add"), 1)).context.startswith(
        "# Sums `add` sums.\n"
    )


def test_a_class_may_lack_a_method() -> None:
    place = place_of("method Game", GAME + "\n\ndef other():\n    pass\n")
    assert place.before.endswith("        return 0\n\n")
    assert (place.lead, place.room, place.depth) == ("    def ", Room.BLOCK, 8)
    made = filled(place, "spare(self):\n        return True\n")
    assert made == f"{GAME}\n    def spare(self):\n        return True\n"


def test_a_class_that_ends_the_file_may_lack_one_too() -> None:
    made = filled(place_of("method Game", GAME.rstrip()), "spare(self):\n        return True\n")
    assert made == f"{GAME}\n    def spare(self):\n        return True\n"


def test_a_constructor_is_written_with_its_class_only() -> None:
    code = "class Game:\n    def __init__(self):\n        self.rolls = []\n"
    assert [each.name for each in places(code)] == ["method Game", "class Game"]
