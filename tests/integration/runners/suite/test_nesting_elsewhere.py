"""What other processes of the machine do beside a test that might want a sandbox of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from seenred.infrastructure.runners.suite.inside.nesting import _programs

WATCHING = """
import subprocess, sys
from seenred.infrastructure.runners.suite.inside.nesting import Nesting

class Refusing(Nesting):
    def _can_nest(self):
        return False

watching = Refusing()
watching.forget()
print("ready", flush=True)
if sys.stdin.readline().strip() == "child":
    subprocess.run([sys.executable, "-c", f"open({sys.argv[1]!r}, 'rb').close()"], check=True)
print(watching.refused(), flush=True)
"""


@pytest.fixture
def program():
    found = next(iter(_programs()), None)
    if found is None:
        pytest.skip("nothing here makes sandboxes")
    return found


def watched(program: str, what: str) -> str:
    with subprocess.Popen(
        [sys.executable, "-c", WATCHING, program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as watching:
        assert watching.stdout.readline() == "ready\n"
        if what == "another":
            Path(program).read_bytes()
        told, _ = watching.communicate(f"{what}\n")
    return told.strip()


def test_a_child_that_opens_what_makes_sandboxes_is_seen(program):
    assert watched(program, "child") == "True"


def test_what_another_process_of_the_machine_opens_is_not_the_test_s(program):
    assert watched(program, "another") == "False"
