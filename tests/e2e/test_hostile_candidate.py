"""A run whose candidates attack: each fails with one line, and the run goes on."""

import json

import pytest

STATEMENT = """Write a function `clamp(value, low, high)` that returns value, but at least low
and at most high.

clamp(5, 1, 3) -> 3
clamp(0, 1, 3) -> 1
"""
CANDIDATES = {
    "forks": ("import os\nwhile True: os.fork()", "crashed"),
    "opens a socket": (
        "import socket\nreturn socket.create_connection(('127.0.0.1', 9)) and 3",
        "raised PermissionError",
    ),
    "reads the home": (
        "import os\nreturn open(os.path.expanduser('~/.bashrc')).read()",
        "raised (FileNotFoundError|PermissionError)",
    ),
    "leaves": ("import os\nos._exit(0)", "crashed"),
}
ENDLESS = {
    "loops for ever": ("while True: pass", "did not finish in 5 s"),
    "eats memory": ("held = []\nwhile True: held.append(bytearray(10**7))", "ran out of memory"),
}
NO_FINDINGS = json.dumps({"findings": []})


def reply(body: str) -> dict:
    lines = "\n    ".join(body.splitlines())
    return {"text": f"```python\ndef clamp(value, low, high):\n    {lines}\n```", "repeat": True}


def run(seenred, body):
    seenred.write("p.txt", STATEMENT)
    review = {"text": NO_FINDINGS, "match": "findings", "repeat": True}
    model = seenred.script(review, reply(body))
    done = seenred("solve", "p.txt", "--model", model, "--candidates", "1")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("\nnot solved")
    assert not seenred.report()["solved"]
    assert (seenred.folder / "output/report.md").is_file()
    return seenred.read("output/test_results.txt")


@pytest.mark.parametrize("name", CANDIDATES)
def test_a_hostile_candidate_fails_with_what_it_did(seenred, name):
    import re

    body, says = CANDIDATES[name]
    assert re.search(says, run(seenred, body))


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_candidate_is_ended(seenred, name):
    body, says = ENDLESS[name]
    assert says in run(seenred, body)
