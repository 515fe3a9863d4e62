"""The user's branch and working tree, moved on to the run's newest commit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seenred.engine.cycle.ports import Delivery
from seenred.errors import SeenredError
from seenred.infrastructure.workshop.journal import Journal, PlanMerge
from seenred.infrastructure.workshop.lasting_git import Answer, attempt_lasting
from seenred.infrastructure.workshop.own_work import read_own_work, require_room
from seenred.infrastructure.workshop.plan_file import PLAN_SUBJECT, PlanFile
from seenred.infrastructure.workshop.readiness import unfinished
from seenred.infrastructure.workshop.run_lock import held
from seenred.infrastructure.workshop.settling import index_entry, mend, set_index, settle
from seenred.infrastructure.workshop.standing import Standing, commit_at, current_branch
from seenred.infrastructure.workshop.writing_git import WritingGit, complaint

_MERGE = ("merge", "--quiet", "--ff-only", "--no-autostash", "--no-verify-signatures")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it.

    Attributes:
        obstacle: what stands in the way, for a person; "" when nothing does.
    """

    delivery: Delivery
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class FastForward:
    """Of the user's branch, from where they stand to `tip`.

    Attributes:
        standing: where the user stood when the run began.
        base: the commit that the run's commits lead on from; "" when that is none.
        plan: name of the file that the user may go on writing on; "" when there is none.
        read: blobs that the plan was read as.
    """

    standing: Standing
    run: str
    base: str
    tip: str
    plan: str = ""
    read: frozenset[str] = frozenset()

    def perform(self) -> Outcome:
        """Move branch and tree, or nothing at all.

        Raises:
            UsageError: another git holds the repository.
            EnvironmentLacks: the disk is full.
        """
        git = self.standing.git
        if current_branch(git) != self.standing.branch:
            return Outcome(Delivery.BLOCKED, f"{self._name()} is not checked out any more")
        word = unfinished(self.standing)
        if word:
            return Outcome(Delivery.BLOCKED, f"a {word} is in progress")
        head = commit_at(git, "HEAD")
        if head == self.tip:
            return Outcome(Delivery.DELIVERED)
        if not self._leads_on_from(head):
            return Outcome(Delivery.MOVED, f"{self._name()} has other commits now")
        work = read_own_work(git, head, self.tip)
        plan = self._plan_merge(head) if self.plan in work.in_the_way else None
        blocked = [path for path in work.in_the_way if not plan or path != plan.name]
        if blocked:
            return Outcome(Delivery.BLOCKED, f"uncommitted changes of {_listed(blocked)}")
        require_room(self.standing, head, self.tip)
        return self._merge(Journal(replace(self.standing, head=head), self.run, self.tip, plan))

    def _merge(self, journal: Journal) -> Outcome:
        journal.save()
        try:
            if journal.plan:
                # git keeps a changed file whose place in the index is what the merge wants
                set_index(self.standing.git, journal.plan.name, journal.plan.wanted)
            done = self._git_merge()
        except SeenredError:
            settle(journal)
            raise
        except BaseException:  # Ctrl-C has killed git
            mend(self.standing.common)
            raise
        if settle(journal):
            return Outcome(Delivery.DELIVERED)
        refused = complaint(self.standing.root, done.stderr)
        if refused.code in ("disk-full", "repository-locked"):
            raise refused
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return Outcome(Delivery.BLOCKED, said[0] if said else "git refused")

    def _git_merge(self) -> Answer:
        # a setting like `--no-ff` for this branch is meant for merges of the user's own
        options = f"branch.{self._name()}.mergeOptions="
        git = self.standing.git.with_environment({"GIT_REFLOG_ACTION": f"seenred {self.run}"})
        asked = ("-c", options, *_MERGE, "--no-overwrite-ignore", self.tip)
        with held(self.standing.common) as lock:
            return attempt_lasting(git, *asked, holding=lock)

    def _plan_merge(self, head: str) -> PlanMerge | None:
        """How the user's plan and the run's become one; None when that cannot be."""
        git, file = self.standing.git, PlanFile(self.standing, self.plan)
        wanted = _kind(
            git.run("--literal-pathspecs", "ls-tree", "--full-tree", self.tip, "--", self.plan)
        )
        if not wanted or not file.path.is_file() or file.path.is_symlink():
            return None
        bases = [*self.read, *self._committed_plans(head)]
        merged = file.merged(bases, wanted.split()[1])
        return PlanMerge(
            name=self.plan,
            staged=index_entry(git, self.plan),
            wanted=wanted,
            found=_kept(git, file.raw()),
            merged=_kept(git, merged),
        )

    def _committed_plans(self, head: str) -> list[str]:
        """Blobs of the plan where the user stands, and where it was committed as it lay there."""
        git = self.standing.git
        listed = git.run("log", "--format=%H %s", *([f"^{head}"] if head else []), self.tip)
        rows = [row.split(" ", 1) for row in listed.decode(errors="replace").splitlines()]
        commits = [name for name, subject in rows if subject == PLAN_SUBJECT]
        found = [
            commit_plan(git, name, self.plan) for name in (*commits, *([head] if head else []))
        ]
        return [blob for blob in found if blob] or [""]

    def _leads_on_from(self, head: str) -> bool:
        """Whether what lies between is the run's own: a commit that the user took back is not."""
        if not head or head == self.base:
            return head == self.base
        return self._descends(head, self.tip) and (not self.base or self._descends(self.base, head))

    def _descends(self, older: str, newer: str) -> bool:
        asked = ("merge-base", "--is-ancestor", older, newer)
        return self.standing.git.attempt(*asked).returncode == 0

    def _name(self) -> str:
        return self.standing.branch.removeprefix("refs/heads/") or "HEAD"


def commit_plan(git: WritingGit, commit: str, name: str) -> str:
    """Blob of a file in a commit; "" when it is not there."""
    return _kind(
        git.run("--literal-pathspecs", "ls-tree", "--full-tree", commit, "--", name)
    ).partition(" ")[2]


def _kind(listed: bytes) -> str:
    """`MODE BLOB` out of a line of `ls-tree`."""
    words = listed.decode(errors="replace").split()
    return f"{words[0]} {words[2]}" if words else ""


def _kept(git: WritingGit, content: bytes) -> str:
    return git.told("hash-object", "-w", "--stdin", stdin=content)


def _listed(paths: list[str]) -> str:
    shown = ", ".join(paths[:3])
    return f"{shown} and {len(paths) - 3} more" if len(paths) > 3 else shown
