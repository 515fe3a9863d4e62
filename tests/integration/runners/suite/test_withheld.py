"""A process that a test starts, to which the sandbox refuses something."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from seenred.domain.observation import SeenTest
from seenred.domain.proof import Verdict
from seenred.infrastructure.sandbox.bubblewrap import find_bwrap
from seenred.referee.proof.red import prove_red

TESTS = """
import subprocess, sys

def ask(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

SOCKET = "import socket; socket.socket()"

def test_of_its_code_only():
    done = ask(SOCKET)
    assert done.returncode == 0

def test_that_keeps_nothing():
    assert 0 == ask(SOCKET).returncode

def test_that_lets_it_write():
    assert 0 == subprocess.run([sys.executable, "-c", SOCKET]).returncode

def test_that_checks():
    subprocess.run([sys.executable, "-c", SOCKET], check=True, capture_output=True)

def test_of_what_it_says():
    asked = subprocess.Popen([sys.executable, "-c", SOCKET], stderr=subprocess.PIPE)
    _, said = asked.communicate()
    assert asked.returncode == 0

def test_without_a_process():
    said = "PermissionError: [Errno 1] Operation not permitted"
    assert "" == said[:1]

def test_of_another_failure():
    done = ask("1 / 0")
    assert done.returncode == 0

def test_of_pairs():
    pair = "import asyncio, socket; socket.socketpair(); asyncio.run(asyncio.sleep(0))"
    assert 0 == ask(pair).returncode
"""


@pytest.fixture(scope="module")
def seen(project: Any) -> dict[str, SeenTest]:
    """What became of each test, by its name."""
    observation = project.observe({"test_started.py": TESTS})
    return {test.test_id.partition("::")[2]: test for test in observation.tests}


@pytest.mark.parametrize(
    "test",
    [
        "of_its_code_only",
        "that_keeps_nothing",
        "that_lets_it_write",
        "that_checks",
        "of_what_it_says",
    ],
)
def test_a_refusal_is_told(seen: dict[str, SeenTest], test: str) -> None:
    failure = seen[f"test_{test}"].failure
    assert failure is not None
    assert "Operation not permitted" in failure.withheld


def test_nothing_is_told_of_a_test_without_a_process(seen: dict[str, SeenTest]) -> None:
    failure = seen["test_without_a_process"].failure
    assert failure is not None
    assert "" == failure.withheld


@contextmanager
def others_at_work() -> Iterator[None]:
    """Somebody else on the machine opens what makes sandboxes, all the time."""
    done, program = threading.Event(), Path(find_bwrap() or "/usr/bin/unshare")

    def open_it() -> None:
        while not done.wait(0.002):
            program.read_bytes()

    other = threading.Thread(target=open_it)
    other.start()
    try:
        yield
    finally:
        done.set()
        other.join()


@pytest.fixture
def in_bubblewrap(request: pytest.FixtureRequest) -> None:
    """Landlock alone cannot tell whose process it was; a verdict is then withheld by chance."""
    runner = request.node.callspec.params["project"]
    if not runner.endswith("bubblewrap"):
        pytest.skip("files of one sandbox alone are bubblewrap's")


@pytest.mark.usefixtures("in_bubblewrap")
def test_nothing_is_told_of_what_others_do(project: Any) -> None:
    with others_at_work():
        observation = project.observe(
            {"test_started.py": TESTS}, "test_started.py::test_of_another_failure"
        )
    (test,) = observation.tests
    assert "" == test.failure.withheld


def test_pairs_of_sockets_are_to_be_had(seen: dict[str, SeenTest]) -> None:
    assert seen["test_of_pairs"].failure is None


def test_such_a_test_is_not_refuted(project: Any) -> None:
    tree = project.tree({"shop.py": "", "test_started.py": TESTS})
    test = "test_started.py::test_of_its_code_only"
    proof = project.wait(prove_red(project.runner, project.blobs, tree, tree, test))
    assert (Verdict.NOT_PROVEN, "confined") == (proof.verdict, proof.reason), proof.decisive
