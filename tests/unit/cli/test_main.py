"""What the command line does before it does anything."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "pydantic",
    "pydantic_ai",
    "pydantic_settings",
    "xllamacpp",
    "mlx_lm",
    "rich",
    "dbos",
    "sqlalchemy",
    "seenred.config.settings",
    "seenred.bootstrap",
)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["run", "--help"],
        ["use", "-h"],
        ["go", "-h"],
        ["init", "-h"],
        ["plan", "-h"],
        ["status", "-h"],
        ["verify", "-h"],
        ["resume", "-h"],
        ["--version"],
    ],
)
def test_help_imports_neither_a_model_library_nor_the_settings(words, tmp_path):
    program = (
        "import sys\nfrom seenred.cli.main import main\n"
        f"sys.argv[1:] = {words!r}\n"
        "try: main()\nexcept SystemExit as end: assert not end.code\n"
        f"print('imported:', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.endswith("imported: []\n"), done.stderr


def test_no_command_greets_with_the_next_step(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "seenred"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (0, "") == (done.returncode, done.stderr)
    assert "Run `seenred verify` in a repository of yours" in done.stdout
    assert done.stdout.index("seenred verify") < done.stdout.index("seenred solve")
    for command in ("init", "plan", "status", "go", "fix", "tidy"):
        assert f"  seenred {command} " in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_a_group_without_a_command_shows_its_commands_and_no_error_of_ours(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "seenred", "models"], cwd=tmp_path, capture_output=True, text=True
    )
    assert 2 == done.returncode
    assert done.stderr.startswith("Usage: seenred models")


def test_one_says_how_many_items_or_all_of_them(tmp_path):
    words = [sys.executable, "-m", "seenred", "go", "-n", "2", "--all"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert (2, "") == (done.returncode, done.stdout)
    assert "-n and --all exclude each other" in done.stderr


def test_a_full_disk_is_one_sentence(tmp_path):
    (tmp_path / "PLAN.md").write_text("- [ ] a\n")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "seenred", "status"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (3, 1) == (done.returncode, done.stderr.count("\n")), done.stderr
    assert "free some space and run this again. [disk-full]" in done.stderr
