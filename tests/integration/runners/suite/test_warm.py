"""What holds of the warm runner alone: what it has ready, and when it does without."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seenred.domain.observation import Ending
from seenred.infrastructure.runners.suite.warm import WarmSuiteRunner
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.infrastructure.sandbox.landlock import LandlockSandbox

CONFTEST = "import pytest\n@pytest.fixture\ndef one(): return 1\n"
TEST = "def test_one(one): assert one == 1\n"


pytestmark = pytest.mark.parametrize(
    "project", ["warm-bubblewrap", "warm-landlock", "plain-bubblewrap"], indirect=True
)


def test_checks_share_one_process(project: Any) -> None:
    project.observe({"conftest.py": CONFTEST, "test_a.py": TEST})
    before = project.runner.zygotes

    project.observe({"conftest.py": CONFTEST.replace("1", "2"), "test_a.py": TEST})

    assert project.runner.zygotes == before


def test_nothing_of_one_check_is_there_in_the_next(project: Any) -> None:
    leave = """
import os, sys, tempfile, builtins
def test_one():
    builtins.left = 1
    os.environ["LEFT"] = "1"
    open(os.path.join(tempfile.gettempdir(), "left"), "w")
    sys.modules["left"] = sys
"""
    look = """
import os, sys, tempfile, builtins
def test_one():
    assert not hasattr(builtins, "left") and "LEFT" not in os.environ
    assert "left" not in sys.modules and "left" not in os.listdir(tempfile.gettempdir())
"""
    project.observe({"test_a.py": leave})

    seen = project.observe({"test_a.py": look})

    assert [test.failure for test in seen.tests] == [None]


def test_a_process_that_died_is_started_again(project: Any) -> None:
    project.observe({"test_a.py": "def test_one(): pass\n"})
    (*_, last) = project.runner.zygotes
    os.killpg(last, signal.SIGKILL)

    seen = project.observe({"test_a.py": "def test_one(): pass\n"})

    assert seen.ending is Ending.COMPLETED


@pytest.mark.parametrize(
    "conftest",
    [
        "def pytest_addoption(parser): parser.addoption('--depth', default='3')\n"
        "import pytest\n@pytest.fixture\ndef one(request):\n"
        "    return 1 if request.config.getoption('--depth') == '3' else 0\n",
        "pytest_plugins = ['more']\n",
    ],
)
def test_a_conftest_that_acts_at_the_start_is_served_by_a_session_from_its_start(
    project: Any, conftest: str
) -> None:
    seen = project.observe({"conftest.py": conftest, "more.py": CONFTEST, "test_a.py": TEST})

    assert [test.failure for test in seen.tests] == [None]
    assert seen.ending is Ending.COMPLETED


def test_a_plugin_of_the_project_itself_is_never_loaded_ahead(project: Any) -> None:
    files = {
        "pytest.ini": "[pytest]\naddopts = -p own_plugin\n",
        "own_plugin.py": "import os\nMINE = os.getpid()\n" + CONFTEST,
        "test_a.py": "import os, own_plugin\n"
        "def test_one(one): assert own_plugin.MINE == os.getpid()\n",
    }

    seen = project.observe(files)

    assert [test.failure for test in seen.tests] == [None]


def test_conftests_of_every_kind_have_their_turn(project: Any) -> None:
    conftest = """
import pytest
HEARD = []
def pytest_configure(config): HEARD.append("configure")
def pytest_sessionstart(session): HEARD.append("sessionstart")
def pytest_collection_modifyitems(items): HEARD.append("modifyitems")
@pytest.fixture
def heard(): return HEARD
"""
    files = {
        "tests/conftest.py": conftest,
        "tests/test_a.py": "def test_one(heard):\n"
        "    assert heard == ['configure', 'sessionstart', 'modifyitems']\n",
    }

    seen = project.observe(files)

    assert [test.failure and test.failure.decisive for test in seen.tests] == [None]


def test_the_name_says_when_sessions_are_begun_anew(
    project: Any, project_python: Any, blobs: Any, tmp_path: Path
) -> None:
    # the runner that the fixtures share has its own history: one of each kind, never used
    untried = replace(project_python, pytest="6.0.0")
    sandbox = LandlockSandbox(running_interpreter())

    tried = WarmSuiteRunner(sandbox, blobs, project_python, tmp_path)
    other = WarmSuiteRunner(sandbox, blobs, untried, tmp_path)

    assert project.runner.name.startswith("warm pytest")
    assert "begun anew" not in tried.name
    assert "begun anew for some checks: pytest 6.0.0 untried" in other.name
    for runner in (tried, other):
        project.wait(runner.close())
