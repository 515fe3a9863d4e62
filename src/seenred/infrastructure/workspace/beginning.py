"""The files with which a project begins: made where there is none, never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.history.git_command import GitCommand
from seenred.infrastructure.workspace.plan_file import NAMES

PLAN = """\
# Plan

<!-- Say here in a sentence or two what the software is; it is read with every test. -->

## Test list

<!--
Write below this comment what is to be tested: simplest first, one behaviour in each, with a value
that can be checked. `seenred go` takes the first that is not marked: a failing test, the code that
it needs, a commit, a mark. These are examples, and nothing takes them while they are in a comment:

- [ ] an empty cart costs 0
- [ ] two items of 1.50 and 2.00 cost 3.50
- [ ] a negative price is refused: `Cart().add(-1)` raises ValueError
  The price is named in the message.

What is indented under a test belongs to it. A test may name its place in inline code:
`tests/test_cart.py::test_an_empty_cart_costs_nothing`.
-->
"""

SETTINGS = """\
# Settings of Seenred. Each line shows a default; remove its # to change it.

# [model]
# name = "local"           # provider:model; `seenred models list` shows what can be used here
# reasoning = "high"       # off, low, medium, high or max
# timeout = 600.0          # seconds that one reply may take

# [budget]                 # no limits by default
# max_tokens = 200000      # prompts and replies of one run together
# max_seconds = 1800.0
# max_cost = 1.00          # US dollars

# [run]
# candidates = 8           # at most so many are drawn for one step
# max_iterations = 5       # at most so many reviews, each with its fix
# output = "output"        # where `seenred solve` and `run` leave their results

# [sandbox]
# memory_mb = 512          # for each process inside
# seconds = 10.0           # for one call
"""

# without it only `python -m pytest` finds modules beside the folder of the tests
PYTEST = """\
[pytest]
pythonpath = .
"""
# a project that has one of these has its own way to be imported
CONFIGURED = (
    *("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "pyproject.toml", "tox.ini"),
    *("setup.cfg", "setup.py", "conftest.py", "Cargo.toml"),
)

# where results of `solve` and `run` go, and the numbered siblings that are made later
IGNORED = ("/output/", "/output-[0-9]*/")


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of one file.

    Attributes:
        made: it was made or got new lines; False: it is as it was.
        detail: what it holds, or why it was left.
    """

    name: str
    made: bool
    detail: str


def begin(folder: Path, settings: str = "") -> Iterator[Begun]:
    """Make what is missing, file by file.

    Args:
        settings: the file that has settings for this folder already, or "".

    Raises:
        UsageError: `init-blocked`, a folder has the name of a file, or `init-inside-git`, this is
            where git keeps its own; nothing was made then.
        EnvironmentLacks: `init-not-writable`.
    """
    _refuse_folders(folder)
    _refuse_insides(folder)
    try:
        yield _plan(folder)
        yield _settings(folder, settings)
        yield _ignored(folder)
        yield _pytest(folder)
    except OSError as error:
        raise EnvironmentLacks(
            "init-not-writable",
            f"{error.filename or folder} cannot be written: {error.strerror}; "
            "run this where you may write.",
        ) from None


def _refuse_folders(folder: Path) -> None:
    for name in (*NAMES, "seenred.toml", ".gitignore", "pytest.ini"):
        if (folder / name).is_dir():
            raise UsageError(
                "init-blocked", f"{folder / name} is a folder; rename it, then run this again."
            )


def _refuse_insides(folder: Path) -> None:
    asked = GitCommand(folder).attempt("rev-parse", "--is-inside-git-dir")
    if asked.returncode == 0 and asked.stdout.strip() == b"true":
        raise UsageError(
            "init-inside-git",
            f"{folder} is where git keeps a repository, and no working tree; run this in one.",
        )


def _plan(folder: Path) -> Begun:
    name = next((name for name in NAMES if (folder / name).exists()), NAMES[0])
    made = _made(folder / name, PLAN)
    return Begun(name, made, "the test list; yours to fill" if made else "your test list")


def _settings(folder: Path, settings: str) -> Begun:
    name = "seenred.toml"
    if settings and Path(settings) != folder / name:
        return Begun(name, False, f"{settings} has the settings")
    made = _made(folder / name, SETTINGS)
    return Begun(name, made, "every setting, in comments" if made else "your settings")


def _pytest(folder: Path) -> Begun:
    name = "pytest.ini"
    found = next((each for each in CONFIGURED if (folder / each).exists()), "")
    above = folder
    while not found and not (above / ".git").exists() and above != above.parent:
        above = above.parent
        found = next((f"{above / e}" for e in CONFIGURED if (above / e).exists()), "")
    if found:
        return Begun(name, False, "yours" if found == name else f"left to {found}")
    _made(folder / name, PYTEST)
    return Begun(name, True, "lets pytest import what lies here")


def _ignored(folder: Path) -> Begun:
    path = folder / ".gitignore"
    before = path.read_bytes() if path.exists() else b""
    lines = {line.strip() for line in before.decode(errors="replace").splitlines()}
    missing = [line for line in IGNORED if line not in lines]
    git = GitCommand(folder)
    if not missing or git.attempt("check-ignore", "-q", "output/x").returncode == 0:
        return Begun(path.name, False, "ignores output/ already")
    if git.attempt("ls-files", "--error-unmatch", "output").returncode == 0:
        return Begun(path.name, False, "output/ is tracked here")
    end = "\r\n" if b"\r\n" in before else "\n"
    gap = "" if not before or before.endswith(b"\n") else end
    with path.open("ab") as file:
        file.write((gap + end.join([*missing, ""])).encode())
    return Begun(path.name, True, f"{' and '.join(missing)}, where `seenred solve` writes")


def _made(path: Path, text: str) -> bool:
    """Whether it was not there and is now."""
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            _fill(path, file, text)
    except FileExistsError:
        return False
    return True


def _fill(path: Path, file: TextIO, text: str) -> None:
    """Write all of it; a part of it would be taken for the user's own file."""
    try:
        file.write(text)
        file.flush()
    except OSError:
        path.unlink()
        raise
