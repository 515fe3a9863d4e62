"""What we ask of others: the newest commits of this project are refuted in nothing."""

import subprocess
import sys

import pytest

# as many as a few minutes can judge, whatever they touch
BASE = "HEAD~2"


@pytest.mark.slow
def test_our_own_newest_commits_are_refuted_in_nothing(ours):
    reaches = ["git", "-C", str(ours.folder), "rev-parse", "--verify", "--quiet", BASE]
    if subprocess.run(reaches, stdout=subprocess.DEVNULL, check=False).returncode != 0:
        pytest.skip(f"the history of this checkout does not go back to {BASE}")
    words = ["--suite", "tests/unit", "--python", sys.executable]
    done = ours("verify", f"{BASE}..HEAD", *words, timeout=1200)
    assert [] == [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert done.returncode in (0, 125), done.stdout + done.stderr
