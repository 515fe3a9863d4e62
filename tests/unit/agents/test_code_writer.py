from dataclasses import replace

import pytest

from seenred.agents.code_writer import (
    EARLIER_TOKENS,
    Broken,
    CodeRequest,
    Refused,
    Way,
    code_prompt,
    gap_round,
    way_of,
)

TEST = "def test_a_lamp_is_lit():\n    lamp = Lamp()\n    lamp.switch()\n    assert lamp.lit\n"
EARLIER = "def test_a_new_lamp_is_dark():\n    assert not Lamp().lit\n"
CODE = "class Lamp:\n    lit = False\n"
WRONG = "class Lamp:\n    lit = True\n\n    def switch(self):\n        pass\n"
REQUEST = CodeRequest(
    item="a lamp that is switched is lit",
    path="lamp.py",
    code=CODE,
    test=TEST,
    failure="AttributeError: 'Lamp' object has no attribute 'switch'",
    earlier=(EARLIER,),
)
REFUSED = Refused(
    WRONG, "2 tests fail", (Broken(EARLIER, "assert not True"), Broken(TEST, "assert False"))
)


def asked(request: CodeRequest, way: Way = Way.FRESH) -> str:
    return "\n".join(message.text for message in code_prompt(request, way).messages)


def test_the_item_its_test_its_failure_and_the_code_are_told():
    text = asked(REQUEST)
    for part in (REQUEST.item, TEST, REQUEST.failure, CODE, EARLIER, "`lamp.py`"):
        assert part in text


def test_what_stays_from_item_to_item_comes_first_so_that_its_prefix_is_computed_once():
    text = asked(REQUEST)
    assert text.index(EARLIER) < text.index(TEST) < text.index(CODE) < text.index(REQUEST.failure)


def test_a_module_that_does_not_exist_is_to_be_written_whole():
    text = asked(replace(REQUEST, code="", earlier=()))
    assert "`lamp.py` does not exist yet" in text
    assert "whole" in text


def test_the_new_behaviour_is_to_be_combined_with_the_old():
    assert "all 2 tests at once, so combine the old behaviour with the new" in asked(REQUEST)


def test_without_earlier_tests_no_old_behaviour_is_spoken_of():
    text = asked(replace(REQUEST, earlier=()))
    assert "combine" not in text
    assert "All tests" not in text


def test_code_that_is_right_for_the_tests_values_only_is_not_wanted():
    for way in Way:
        text = asked(replace(REQUEST, refused=(REFUSED,)), way)
        assert "other values than those of the tests" in text


def test_a_repair_shows_the_refused_code_the_broken_tests_and_how_they_failed():
    text = asked(replace(REQUEST, refused=(REFUSED,)), Way.REPAIR)
    assert WRONG in text
    assert "assert not True" in text
    assert "assert False" in text
    assert CODE not in text


def test_a_repair_shows_a_test_once():
    text = asked(replace(REQUEST, refused=(REFUSED,)), Way.REPAIR)
    assert text.count("def test_a_lamp_is_lit") == 1
    assert text.count("def test_a_new_lamp_is_dark") == 1


def test_of_several_refused_candidates_the_one_that_breaks_the_fewest_tests_is_repaired():
    better = Refused("class Lamp:\n    pass\n", "a test fails", REFUSED.broken[1:])
    request = replace(REQUEST, refused=(better, REFUSED))
    text = asked(request, Way.REPAIR)
    assert better.code in text
    assert WRONG not in text


def test_code_that_a_repair_only_repeated_is_not_repaired_again():
    again = replace(REFUSED, code=f"{WRONG}\n# again\n")
    request = replace(REQUEST, refused=(REFUSED, again))
    assert way_of(3, request) is not Way.REPAIR
    other = Refused("class Lamp:\n    pass\n", "a test fails", REFUSED.broken)
    assert way_of(3, replace(request, refused=(REFUSED, again, other))) is Way.REPAIR


def test_replies_that_only_repeat_are_counted():
    assert REQUEST.repeats == 0
    none = Refused("", "the reply holds no code")
    other = replace(REFUSED, code="x = 1\n")
    request = replace(REQUEST, refused=(REFUSED, none, other, REFUSED, none, REFUSED))
    assert request.repeats == 2


def test_a_broken_test_of_another_file_is_shown_whole():
    other = "def test_a_house_has_lamps():\n    assert House().lamps\n"
    refused = Refused(WRONG, "1 test fails", (Broken(other, "assert []"),))
    text = asked(replace(REQUEST, refused=(refused,)), Way.REPAIR)
    assert other in text
    assert "assert []" in text


def test_a_repair_without_broken_tests_says_why_it_was_refused():
    refused = Refused(WRONG, "answers a test's own input: if x == 7", ())
    text = asked(replace(REQUEST, refused=(refused,)), Way.REPAIR)
    assert "answers a test's own input: if x == 7" in text


def test_a_rewrite_shows_no_code_at_all_but_every_test():
    text = asked(replace(REQUEST, refused=(REFUSED,)), Way.UNSEEN)
    assert CODE not in text
    assert WRONG not in text
    assert EARLIER in text
    assert TEST in text


def test_no_more_is_wanted_than_the_tests_need():
    assert "only what the tests need" in asked(REQUEST)
    assert "only enough code for this one test" in asked(replace(REQUEST, code="", earlier=()))


def test_the_simplest_thing_is_asked_for_as_such():
    assert "simplest" in asked(REQUEST, Way.PLAIN)


def test_of_many_earlier_tests_the_newest_are_shown():
    many = tuple(f"def test_{n}():\n    assert {n} == {n}\n" for n in range(1000))
    text = asked(replace(REQUEST, earlier=many))
    assert "test_999()" in text
    assert "test_0()" not in text
    assert len(text) < EARLIER_TOKENS * 5


@pytest.mark.parametrize("number", range(1, 9))
def test_the_first_candidate_and_any_without_a_refusal_is_no_repair(number):
    assert way_of(number, REQUEST) is not Way.REPAIR


def test_after_a_refusal_another_is_drawn_before_the_best_one_is_repaired():
    request = replace(REQUEST, refused=(REFUSED,))
    assert way_of(1, REQUEST) is Way.FRESH
    assert way_of(2, request) is Way.FRESH
    assert way_of(3, request) is Way.REPAIR


def test_another_draw_is_told_what_the_latest_one_did_wrong_but_not_shown_it():
    text = asked(replace(REQUEST, refused=(REFUSED,)))
    assert (
        "An earlier attempt was refused: `test_a_new_lamp_is_dark` fails: assert not True" in text
    )
    assert WRONG not in text
    assert "assert not True" in asked(replace(REQUEST, code="", refused=(REFUSED,)))
    assert "An earlier attempt" not in asked(REQUEST)


def test_every_way_is_gone_within_eight_candidates():
    request = replace(REQUEST, refused=(REFUSED,))
    assert {way_of(number, request) for number in range(1, 9)} == set(Way) - {Way.GAPS}


def test_a_model_that_fills_gaps_has_a_round_of_them_between_other_ways() -> None:
    ways = [way_of(number, REQUEST, fills_gaps=True) for number in range(1, 9)]
    assert ways[0] is Way.FRESH
    rounds = [gap_round(number) for number, way in enumerate(ways, 1) if way is Way.GAPS]
    assert rounds == [1, 2, 3]
    assert gap_round(8 + 2) == 4


def test_where_there_is_no_code_yet_there_are_no_gaps() -> None:
    empty = replace(REQUEST, code="")
    ways = {way_of(number, empty, fills_gaps=True) for number in range(1, 9)}
    assert Way.GAPS not in ways


def test_what_a_reviewer_said_beforehand_is_told_and_without_it_nothing_is():
    text = asked(replace(REQUEST, advice=("Lamp: `lit` must be set per lamp",)))
    assert "# What a reviewer says of it\n- Lamp: `lit` must be set per lamp" in text
    assert "reviewer" not in asked(REQUEST)


def test_the_item_is_told_once_where_code_is_extended():
    assert asked(REQUEST).count(REQUEST.item) == 1


@pytest.mark.parametrize("way", [Way.FRESH, Way.PLAIN, Way.UNSEEN])
def test_what_the_plan_is_about_comes_before_the_tests(way: Way) -> None:
    about = "`roll(pins)` is called for each ball."
    text = asked(replace(REQUEST, about=about, earlier=("def test_it(): ...\n",)), way)
    assert f"\n# What it is about\n{about}\n\n# Tests" in text


def test_the_first_code_is_not_told_all_that_the_plan_is_about() -> None:
    assert "roll" not in asked(replace(REQUEST, about="`roll(pins)` is called.", earlier=()))
