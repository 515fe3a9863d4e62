import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from go_project import PLAN, GoProject

ROOT = Path(__file__).parents[2]


def environment() -> dict[str, str]:
    """Ours, without settings of whoever runs the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SEENRED_")}
    ours = ("SEENRED_DATA", "SEENRED_DATABASE__URL")
    return {**kept, **{name: os.environ[name] for name in ours if name in os.environ}}


class Seenred:
    """Runs the command as a user does, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, timeout: float = 300) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "seenred", *words],
            cwd=self.folder,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def script(self, *replies: object) -> str:
        """A scripted model's name."""
        self.write("script.json", json.dumps(list(replies)))
        return "scripted:script.json"

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def report(self, folder: str = "output") -> dict:
        return json.loads(self.read(f"{folder}/report.json"))


@pytest.fixture
def seenred(tmp_path):
    return Seenred(tmp_path)


@pytest.fixture
def ours():
    """The command in this project's own folder."""
    return Seenred(ROOT)


@pytest.fixture
def examples():
    return ROOT / "examples"


@pytest.fixture
def plan_text():
    """The list of the project; a module may have another."""
    return PLAN


@pytest.fixture
def project(tmp_path, seenred, plan_text):
    """A repository with the list and nothing else, in which the command runs."""
    seenred.folder = tmp_path / "project"
    return GoProject(seenred.folder, plan_text)


@pytest.fixture
def go(seenred, project):
    """Run `go` with these replies; the command's outcome."""

    def run(*replies, options=("--yes",)):
        return seenred("go", *options, "--model", project.script(*replies))

    return run
