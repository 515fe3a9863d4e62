from seenred.agents.code_writer import Broken, Refused
from seenred.domain.observation import Ending, Failure, Observation, Outcome, SeenTest, Uncollected
from seenred.engine.cycle.refusing import refusal

FILES = {
    "test_lamp.py": """\
import pytest
from lamp import Lamp


@pytest.mark.parametrize("n", [1, 2])
def test_many(n):
    assert Lamp(n).lit


def test_dark():
    assert not Lamp(0).lit
"""
}
MANY = '@pytest.mark.parametrize("n", [1, 2])\ndef test_many(n):\n    assert Lamp(n).lit\n'
DARK = "def test_dark():\n    assert not Lamp(0).lit\n"


def failed(test_id: str, decisive: str) -> SeenTest:
    return SeenTest(test_id, Outcome.FAILED, failure=Failure("AssertionError", decisive=decisive))


def test_each_failing_test_is_shown_with_its_source_and_the_decisive_line():
    seen = Observation(tests=(failed("test_lamp.py::test_dark", "assert not True"),))
    assert refusal("code", seen, FILES.__getitem__) == Refused(
        "code", "test_dark: assert not True", (Broken(DARK, "assert not True"),)
    )


def test_of_a_table_the_first_failing_case_stands_for_all_and_is_named():
    seen = Observation(
        tests=(
            failed("test_lamp.py::test_many[1]", "assert False"),
            failed("test_lamp.py::test_many[2]", "assert None"),
        )
    )
    refused = refusal("code", seen, FILES.__getitem__)
    assert refused.broken == (Broken(MANY, "assert False, with [1]"),)


def test_an_earlier_test_that_broke_is_told_before_the_new_one():
    new, old = "test_lamp.py::test_many[1]", "test_lamp.py::test_dark"
    seen = Observation(tests=(failed(new, "assert False"), failed(old, "assert not True")))
    refused = refusal("code", seen, FILES.__getitem__, new="test_lamp.py::test_many")
    assert [each.test for each in refused.broken] == [DARK, MANY]
    assert refused.why == "breaks test_dark: assert not True"


def test_code_that_cannot_be_imported_is_told_as_that():
    down = Uncollected("test_lamp.py", Failure("NameError", decisive="NameError: 'Ligt'"))
    assert refusal("code", Observation(uncollected=(down,)), FILES.__getitem__) == Refused(
        "code", "NameError: 'Ligt'"
    )


def test_a_run_that_did_not_end_is_told_with_the_test_that_was_running():
    seen = Observation(ending=Ending.TIMED_OUT, running="test_lamp.py::test_dark")
    refused = refusal("code", seen, FILES.__getitem__)
    assert refused == Refused("code", "test_dark: timed out", (Broken(DARK, "timed out"),))


def test_a_test_whose_source_is_not_found_is_told_by_its_name():
    seen = Observation(tests=(failed("test_lamp.py::test_gone", "assert 0"),))
    refused = refusal("code", seen, FILES.__getitem__)
    assert refused.broken == ()
    assert refused.why == "test_gone: assert 0"
