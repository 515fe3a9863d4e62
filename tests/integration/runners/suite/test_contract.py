"""What every suite runner sees, whatever it runs the tests with."""

from __future__ import annotations

from typing import Any

import pytest

from seenred.domain.observation import Ending, Observation, Outcome, Phase
from seenred.domain.tree import Entry
from seenred.referee.proof.ports import Selection

CALC = "def add(a, b):\n    return a + b\n"


def _outcomes(seen: Observation) -> dict[str, str]:
    return {test.rpartition("::")[2]: str(outcome) for test, outcome in seen.outcomes.items()}


def test_outcomes_are_told_in_the_order_of_the_file(project: Any) -> None:
    seen = project.observe(
        {
            "calc.py": CALC,
            "test_calc.py": """
import pytest
from calc import add
def test_passes(): assert add(1, 2) == 3
def test_fails(): assert add(1, 2) == 4
@pytest.mark.skip(reason="later")
def test_skipped(): pass
@pytest.mark.xfail(reason="known")
def test_expected(): assert False
@pytest.mark.xfail
def test_unexpected(): pass
@pytest.mark.xfail(strict=True)
def test_strict(): pass
@pytest.fixture
def broken(): raise OSError("down")
def test_set_up(broken): pass
@pytest.fixture
def untidy():
    yield
    raise OSError("left")
def test_torn_down(untidy): pass
""",
        }
    )

    assert seen.ending is Ending.COMPLETED
    assert _outcomes(seen) == {
        "test_passes": "passed",
        "test_fails": "failed",
        "test_skipped": "skipped",
        "test_expected": "xfailed",
        "test_unexpected": "xpassed",
        "test_strict": "failed",
        "test_set_up": "error",
        "test_torn_down": "error",
    }
    phases = {t.test_id.rpartition("::")[2]: t.phase for t in seen.tests}
    assert (phases["test_set_up"], phases["test_torn_down"]) == (Phase.SETUP, Phase.TEARDOWN)
    assert [t.reason for t in seen.tests if t.outcome is Outcome.SKIPPED] == ["later"]
    assert seen.selected == tuple(test.test_id for test in seen.tests)


def test_only_what_was_asked_for_runs(project: Any) -> None:
    files = {
        "tests/test_a.py": "def test_one(): pass\ndef test_two(): pass\n",
        "tests/test_b.py": "import pytest\n@pytest.mark.parametrize('n', [1, 2])\n"
        "def test_n(n): pass\n",
    }

    seen = project.observe(files, "tests/test_a.py::test_two", "tests/test_b.py::test_n")

    assert seen.selected == (
        "tests/test_a.py::test_two",
        "tests/test_b.py::test_n[1]",
        "tests/test_b.py::test_n[2]",
    )


@pytest.mark.parametrize("asked", ["tests/test_a.py", "tests/test_a.py::test_one"])
def test_no_file_beside_the_one_that_was_asked_for_is_collected(project: Any, asked: str) -> None:
    files = {
        "conftest.py": "FILES = []\ndef pytest_collect_file(file_path):\n"
        "    FILES.append(file_path.name)\n",
        "tests/__init__.py": "",
        "tests/test_a.py": "from conftest import FILES\n"
        "def test_one(): assert FILES.count('test_a.py') and 'test_b.py' not in FILES, FILES\n",
        "tests/test_b.py": "def test_two(): pass\n",
        "tests/more/test_c.py": "def test_three(): pass\n",
    }
    assert project.observe(files, asked).outcomes == {"tests/test_a.py::test_one": Outcome.PASSED}
    both = project.observe(files, "tests/more", "tests/test_b.py")
    assert set(both.outcomes) == {"tests/more/test_c.py::test_three", "tests/test_b.py::test_two"}


def test_a_file_that_is_a_link_is_found_by_its_own_name(project: Any) -> None:
    files = {"tests/test_a.py": "def test_one(): pass\n"}
    link = Entry(project.blobs.add(b"test_a.py"), link=True)
    tree = project.tree(files).with_changes({"tests/test_b.py": link})
    seen = project.wait(project.runner.observe(tree, Selection(("tests/test_b.py",))))
    assert seen.outcomes == {"tests/test_b.py::test_one": Outcome.PASSED}


def test_what_matches_nothing_is_unknown(project: Any) -> None:
    files = {"test_a.py": "def test_one(): pass\n"}

    seen = project.observe(
        files, "test_a.py::test_none", "test_b.py::test_x", "test_a.py::test_one"
    )

    assert set(seen.unknown) == {"test_a.py::test_none", "test_b.py::test_x"}
    assert _outcomes(seen) == {"test_one": "passed"}


def test_a_file_that_cannot_be_collected_leaves_the_others(project: Any) -> None:
    files = {"test_a.py": "import nowhere\n", "test_b.py": "def test_one(): pass\n"}

    seen = project.observe(files)

    assert _outcomes(seen) == {"test_one": "passed"}
    (uncollected,) = seen.uncollected
    assert uncollected.path == "test_a.py"
    assert uncollected.failure.kind == "ModuleNotFoundError"
    assert uncollected.failure.name == "nowhere"


def test_the_next_tree_takes_the_place_of_the_last(project: Any) -> None:
    test = "from calc import add\ndef test_one(): assert add(1, 2) == 3\n"
    wrong = project.observe({"calc.py": CALC.replace("+", "-"), "test_a.py": test})

    right = project.observe({"calc.py": CALC, "test_a.py": test})
    gone = project.observe({"test_a.py": test})

    assert (_outcomes(wrong), _outcomes(right)) == ({"test_one": "failed"}, {"test_one": "passed"})
    assert gone.uncollected[0].failure.name == "calc"


def test_a_folder_that_became_empty_is_no_package_any_more(project: Any) -> None:
    test = "import part\ndef test_one(): pass\n"
    project.observe({"part/sub/mod.py": "", "test_a.py": test})

    seen = project.observe({"test_a.py": test})

    assert [u.failure.name for u in seen.uncollected] == ["part"]


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        ("import os\ndef test_one(): os._exit(0)\n", Ending.LEFT_EARLY),
        ("import os\nos._exit(0)\n", Ending.LEFT_EARLY),
        ("import sys\nsys.exit(0)\ndef test_one(): pass\n", Ending.LEFT_EARLY),
        ("import pytest\ndef test_one(): pytest.exit('bye', returncode=0)\n", Ending.LEFT_EARLY),
        ("import os\ndef test_one(): os.kill(os.getpid(), 11)\n", Ending.CRASHED),
        ("def test_one():\n    while True: pass\n", Ending.TIMED_OUT),
        ("while True: pass\n", Ending.TIMED_OUT),
    ],
)
def test_a_run_that_broke_off_is_never_complete(project: Any, body: str, ending: Ending) -> None:
    seen = project.observe({"test_a.py": body}, seconds=1.0)

    # some versions of pytest take leaving at the top of a file for an error of that file
    assert seen.ending is ending or seen.uncollected[0].failure.kind == "SystemExit"
    assert not any(test.outcome is Outcome.PASSED for test in seen.tests)


def test_leaving_by_sys_exit_fails_only_that_test(project: Any) -> None:
    body = "import sys\ndef test_one(): sys.exit(0)\ndef test_two(): pass\n"

    seen = project.observe({"test_a.py": body})

    assert _outcomes(seen) == {"test_one": "failed", "test_two": "passed"}
    assert seen.ending is Ending.COMPLETED


def test_the_test_that_hangs_is_named(project: Any) -> None:
    body = "def test_one(): pass\ndef test_two():\n    import time; time.sleep(99)\n"

    seen = project.observe({"test_a.py": body}, seconds=1.0)

    assert seen.running == "test_a.py::test_two"
    assert _outcomes(seen) == {"test_one": "passed"}


def test_a_broken_conftest_is_unusable_and_says_why(project: Any) -> None:
    files = {"conftest.py": "from calc import sub\n", "calc.py": CALC, "test_a.py": ""}

    seen = project.observe(files)

    assert seen.ending is Ending.UNUSABLE
    (uncollected,) = seen.uncollected
    assert uncollected.path == "conftest.py"
    assert (uncollected.failure.name, uncollected.failure.name_from) == ("sub", "calc")


def test_options_that_pytest_refuses_make_it_unusable(project: Any) -> None:
    files = {"pytest.ini": "[pytest]\naddopts = --no-such-option\n", "test_a.py": ""}

    seen = project.observe(files)

    assert seen.ending is Ending.UNUSABLE
    assert "--no-such-option" in seen.message


def test_nothing_collected_is_complete_and_empty(project: Any) -> None:
    seen = project.observe({"calc.py": CALC})

    assert (seen.ending, seen.selected, seen.exit_code) == (Ending.COMPLETED, (), 5)


def test_the_rest_may_be_left_after_a_failure(project: Any) -> None:
    body = "def test_one(): assert 0\ndef test_two(): pass\n"

    seen = project.observe({"test_a.py": body}, stop_at_failure=True)

    assert _outcomes(seen) == {"test_one": "failed"}
    assert seen.ending is Ending.COMPLETED


def test_an_order_is_drawn_from_a_seed(project: Any) -> None:
    body = "".join(f"def test_{n}(): pass\n" for n in range(9))

    first = project.observe({"test_a.py": body}, shuffle=1)
    again = project.observe({"test_a.py": body}, shuffle=1)

    assert first.selected == again.selected
    assert first.selected != project.observe({"test_a.py": body}).selected


def test_deselected_tests_do_not_run(project: Any) -> None:
    body = "def test_one(): pass\ndef test_two(): pass\n"

    seen = project.observe({"test_a.py": body}, deselected=("test_a.py::test_one",))

    assert _outcomes(seen) == {"test_two": "passed"}


def test_the_hash_seed_is_the_one_that_was_asked_for(project: Any) -> None:
    body = "import os\ndef test_one(): assert hash('a') == 0, hash('a')\n"

    seeds = [project.observe({"test_a.py": body}, hash_seed=seed) for seed in (1, 2, 1)]

    one, two, again = (seen.tests[0].failure.message for seen in seeds)
    assert one == again != two


@pytest.mark.parametrize("layout", ["src/pkg/calc.py", "pkg/calc.py"])
def test_packages_are_imported_without_being_installed(project: Any, layout: str) -> None:
    test = "from pkg.calc import add\ndef test_one(): assert add(1, 2) == 3\n"

    seen = project.observe({layout: CALC, "tests/test_a.py": test})

    assert _outcomes(seen) == {"test_one": "passed"}


def test_a_module_from_elsewhere_is_foreign(project: Any) -> None:
    body = """
import sys, tempfile, pathlib
place = pathlib.Path(tempfile.mkdtemp())
(place / "calc.py").write_text("x = 1")
sys.path.insert(0, str(place))
import calc
def test_one(): pass
"""

    seen = project.observe({"calc.py": CALC, "tests/test_a.py": body})

    assert list(seen.foreign) == ["calc"]


def test_a_missing_name_can_be_stood_in_for(project: Any) -> None:
    body = """
from calc import add, sub
from calc.more import mul
def test_add(): assert add(1, 2) == 3
def test_sub(): assert sub(2, 1) == 1
def test_mul(): assert mul(2, 1) == 2
"""
    files = {"calc/__init__.py": CALC, "test_a.py": body}

    seen = project.observe(files, stand_ins={"test_a.py": ("calc:sub", "calc.more")})

    assert _outcomes(seen) == {"test_add": "passed", "test_sub": "failed", "test_mul": "failed"}
    sub, mul = (test.failure for test in seen.tests if test.failure)
    assert (sub.kind, sub.name, sub.name_from) == ("ImportError", "sub", "calc")
    assert (mul.kind, mul.name) == ("ModuleNotFoundError", "calc.more")


def test_nothing_is_left_of_a_stand_in(project: Any) -> None:
    body = "import calc\nfrom calc import sub\ndef test_one(): assert not hasattr(calc, 'sub')\n"

    seen = project.observe(
        {"calc.py": CALC, "test_a.py": body}, stand_ins={"test_a.py": ("calc:sub",)}
    )

    assert _outcomes(seen) == {"test_one": "passed"}


def test_the_lines_that_each_test_executes_are_told(project: Any) -> None:
    calc = """
def add(a, b):
    return a + b
def sub(a, b):
    if a:
        return [a - n for n in (b,)][0]
    return -b
"""
    body = "import calc\ndef test_add(): calc.add(1, 2)\ndef test_sub():\n    calc.sub(1, 2)\n"
    body += "    calc.sub(1, 2)\ndef test_both(): calc.add(1, 2); calc.sub(0, 1)\n"

    seen = project.observe({"calc.py": calc, "test_a.py": body}, trace=("calc.py",))

    executed = {t.rpartition("::")[2]: dict(lines) for t, lines in seen.executed.items()}
    assert executed == {
        "": {"calc.py": {2, 4}},
        "test_add": {"calc.py": {3}},
        "test_sub": {"calc.py": {5, 6}},
        "test_both": {"calc.py": {3, 5, 7}},
    }


def test_lines_of_threads_and_of_later_imports_count(project: Any) -> None:
    body = """
import threading
def test_one():
    import late
    thread = threading.Thread(target=late.go)
    thread.start()
    thread.join()
"""
    files = {"late.py": "def go():\n    x = 1\n    return x\n", "test_a.py": body}

    seen = project.observe(files, trace=("late.py",))

    assert dict(seen.executed["test_a.py::test_one"]) == {"late.py": {1, 2, 3}}
