"""Tests that talk to themselves by sockets, where that is allowed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from seenred.domain.execution import Command
from seenred.domain.tree import Entry, Tree
from seenred.errors import EnvironmentLacks
from seenred.infrastructure.runners.suite.cold import ColdSuiteRunner
from seenred.infrastructure.runners.suite.open import for_project
from seenred.infrastructure.runners.suite.warm import WarmSuiteRunner
from seenred.infrastructure.sandbox.bait import Bait
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap, find_bwrap
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.infrastructure.sandbox.landlock import LandlockSandbox

SERVER = """
import socket
def test_server():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            client.send(b"x")
            assert server.accept()[0].recv(1) == b"x"
def test_other_families():
    for family in (17, 38, 40):
        try:
            socket.socket(family, socket.SOCK_DGRAM if family == 40 else socket.SOCK_RAW)
        except OSError as error:
            assert error.errno == 1
        else:
            raise AssertionError(family)
"""
OUTSIDE = """
import socket, pytest
def test_tcp():
    with pytest.raises(OSError): socket.create_connection(("127.0.0.1", {tcp}), 2)
def test_abstract():
    with pytest.raises(OSError): socket.socket(socket.AF_UNIX).connect("\\0" + {abstract!r})
"""


@pytest.fixture
def bubblewrap(project_python: Any) -> Any:
    bwrap = find_bwrap()
    if bwrap is None:
        pytest.skip("this machine has no bubblewrap")
    return for_project(Bubblewrap(bwrap, running_interpreter()), project_python)


def _observe(kind: Any, sandbox: Any, python: Any, blobs: Any, root: Path, text: str) -> Any:
    async def run() -> Any:
        runner = kind(sandbox, blobs, python, root, loopback=True)
        try:
            return await runner.observe(Tree({"test_a.py": Entry(blobs.add(text.encode()))}))
        finally:
            await runner.close()

    return asyncio.run(run())


@pytest.mark.parametrize("kind", [ColdSuiteRunner, WarmSuiteRunner])
def test_a_test_reaches_its_own_server(
    kind: Any, bubblewrap: Any, project_python: Any, blobs: Any, tmp_path: Path
) -> None:
    seen = _observe(kind, bubblewrap, project_python, blobs, tmp_path, SERVER)

    assert [test.failure for test in seen.tests] == [None, None]


def test_a_test_reaches_nobody_else(
    bubblewrap: Any, project_python: Any, blobs: Any, tmp_path: Path
) -> None:
    with Bait(tmp_path) as bait:
        seen = _observe(
            WarmSuiteRunner, bubblewrap, project_python, blobs, tmp_path, bait.aim(OUTSIDE)
        )

    assert [test.failure for test in seen.tests] == [None, None]


def test_a_sandbox_without_a_network_of_its_own_refuses() -> None:
    sandbox = LandlockSandbox(running_interpreter())

    with pytest.raises(EnvironmentLacks) as refused:
        asyncio.run(sandbox.run(Command(("{python}", "-c", ""), loopback=True)))

    assert refused.value.code == "no-loopback"
