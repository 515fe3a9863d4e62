from seenred.domain.observation import Failure, Observation, Outcome, SeenTest, Uncollected
from seenred.engine.cycle.lacking import named_files


def failed(kind, message="", name=None, bases=()):
    failure = Failure(kind, bases, message, name=name)
    return SeenTest("test_a.py::test_a", Outcome.FAILED, failure=failure)


def test_a_file_that_could_not_be_opened_is_named():
    message = "[Errno 2] No such file or directory: 'data/rates.json'"
    seen = Observation(tests=(failed("FileNotFoundError", message),))
    assert named_files(seen, ()) == ("data/rates.json",)


def test_a_module_that_is_not_there_is_named_where_it_may_lie():
    failure = Failure("ModuleNotFoundError", ("ImportError",), name="shop._version")
    seen = Observation(uncollected=(Uncollected("test_a.py", failure),))
    assert named_files(seen, ["src"]) == ("shop/_version.py", "src/shop/_version.py")


def test_other_failures_name_nothing():
    seen = Observation(tests=(failed("AssertionError", "assert 'a.txt' == 'b.txt'"),))
    assert named_files(seen, ["src"]) == ()
    assert named_files(Observation(), ["src"]) == ()
