"""What runs have left in a repository: their commits, the proofs noted on them, their branches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seenred.infrastructure.history.git_command import GitCommand

NOTES = "refs/notes/seenred"
# how far back a run's commits are looked for, and how many branches are looked at
NEWEST, BRANCHES = 1000, 20

_WITH_TEST = ("behavioral", "test-only")
_FIELD, _RECORD = "%x00", "%x1e"
_TRAILERS = ("Seenred-Run", "Change-Kind")


@dataclass(frozen=True, slots=True)
class RunCommit:
    """A commit that a run has made.

    Attributes:
        kind: `behavioral`, `structural`, `test-only` or `neutral`, as its trailer says.
        age: such as `2 hours ago`.
        proofs: the JSON document noted on it, or "".
    """

    name: str
    subject: str
    run: str
    kind: str
    age: str
    proofs: str = ""


@dataclass(frozen=True, slots=True)
class RunBranch:
    """A run's branch with commits that the user's branch lacks.

    Attributes:
        ahead: how many it has.
        behind: how many commits of the user's it lacks.
        in_use: a working tree stands at it: a run is at work.
    """

    name: str
    ahead: int
    behind: int
    in_use: bool = False


class GitRuns:
    """The repository that holds a folder, as far as runs have left something in it.

    Raises:
        UsageError: there is no repository.
        EnvironmentLacks: there is no git.
    """

    def __init__(self, folder: Path) -> None:
        self._git = GitCommand(folder)
        self._git.run("rev-parse", "--git-dir")

    @property
    def has_commits(self) -> bool:
        """Whether there is a commit to stand at."""
        return self._git.attempt("rev-parse", "--verify", "HEAD").returncode == 0

    def last_cycle(self) -> tuple[RunCommit, ...]:
        """The newest commits of one run, newest first, back to one that brought a test."""
        cycle: list[RunCommit] = []
        for commit in self._run_commits():
            if cycle and (commit.run != cycle[0].run or cycle[-1].kind in _WITH_TEST):
                break
            cycle.append(commit)
        return tuple(self._with_proofs(commit) for commit in cycle)

    def branches(self) -> tuple[RunBranch, ...]:
        """The runs' branches that have something to give."""
        pattern = ("--sort=-committerdate", f"--count={BRANCHES}", "refs/heads/seenred/")
        fields = "--format=%(refname:lstrip=2) %(worktreepath)"
        listed = self._git.run("for-each-ref", fields, *pattern).decode(errors="replace")
        found = [self._compared(*line.split(" ", 1)) for line in listed.splitlines()]
        return tuple(branch for branch in found if branch.ahead)

    def _run_commits(self) -> list[RunCommit]:
        trailers = [f"%(trailers:key={key},valueonly,separator=%x20)" for key in _TRAILERS]
        fields = ["%H", *trailers, "%cr", "%s"]
        done = self._git.attempt(
            "log",
            f"--max-count={NEWEST}",
            "--no-show-signature",
            "--encoding=UTF-8",
            f"--format={_FIELD.join(fields)}{_RECORD}",
        )
        records = done.stdout.decode(errors="replace").split("\x1e\n")
        found = (record.split("\0") for record in records if record.count("\0") == len(fields) - 1)
        return [
            RunCommit(name, subject, run, kind, age)
            for name, run, kind, age, subject in found
            if run
        ]

    def _with_proofs(self, commit: RunCommit) -> RunCommit:
        noted = self._git.attempt("notes", f"--ref={NOTES}", "show", commit.name)
        proofs = noted.stdout.decode(errors="replace") if noted.returncode == 0 else ""
        return RunCommit(
            commit.name, commit.subject, commit.run, commit.kind, commit.age, proofs.strip()
        )

    def _compared(self, name: str, worktree: str) -> RunBranch:
        asked = ("rev-list", "--left-right", "--count", f"HEAD...refs/heads/{name}")
        behind, ahead = (self._git.attempt(*asked).stdout.split() or (b"0", b"0"))[:2]
        return RunBranch(name, int(ahead), int(behind), bool(worktree))
