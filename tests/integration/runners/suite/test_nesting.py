"""A test that makes a sandbox of its own, within the sandbox that it runs in."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from seenred.domain.observation import SeenTest
from seenred.infrastructure.sandbox.bubblewrap import find_bwrap

TESTS = """
import os, subprocess, sys

PROGRAM = {program!r}
ASKED = [PROGRAM, "--ro-bind", "/", "/", "--unshare-all", "true"]

def test_by_a_child_of_a_child():
    told = "import subprocess, sys; sys.exit(subprocess.run(" + repr(ASKED) + ").returncode)"
    assert 0 == subprocess.run([sys.executable, "-c", told], capture_output=True).returncode

def test_without_one():
    assert os.path.exists(PROGRAM) and 1 == 2

def test_of_its_version_only():
    done = subprocess.run([PROGRAM, "--version"], capture_output=True)
    assert done.returncode == 0

def test_of_a_child_beside_it():
    subprocess.run(ASKED, capture_output=True)
    asked = [sys.executable, "-c", "import socket; socket.socket()"]
    assert 0 == subprocess.run(asked).returncode

def test_that_lets_go_of_everything():
    subprocess.run(ASKED, capture_output=True)
    os.closerange(3, 256)
    reading, writing = os.pipe()
    assert 1 == 2
"""


@pytest.fixture(scope="module")
def seen(project: Any) -> dict[str, SeenTest]:
    """What became of each test, by its name."""
    program = find_bwrap()
    if program is None or shutil.which(program) is None:
        pytest.skip("this machine has no bubblewrap")
    observation = project.observe({"test_nested.py": TESTS.format(program=program)})
    return {test.test_id.partition("::")[2]: test for test in observation.tests}


def test_a_sandbox_that_is_refused_is_told(seen: dict[str, SeenTest]) -> None:
    failure = seen["test_by_a_child_of_a_child"].failure
    assert failure is not None
    assert "namespaces" == failure.withheld


def test_what_a_child_says_comes_before_a_sandbox_that_may_be_anybody_s(
    seen: dict[str, SeenTest],
) -> None:
    failure = seen["test_of_a_child_beside_it"].failure
    assert failure is not None
    assert "Operation not permitted" in failure.withheld


def test_nothing_is_told_of_others(seen: dict[str, SeenTest]) -> None:
    failure = seen["test_without_one"].failure
    assert failure is not None
    assert "" == failure.withheld
    assert seen["test_of_its_version_only"].failure is None


def test_a_test_that_lets_go_of_everything_still_ends(seen: dict[str, SeenTest]) -> None:
    assert seen["test_that_lets_go_of_everything"].failure is not None
