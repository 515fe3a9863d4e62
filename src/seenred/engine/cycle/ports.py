"""What a cycle needs from outside; adapters live in `seenred.infrastructure`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from seenred.domain.complaint import CheckReport
from seenred.domain.symbol import ModuleSymbols
from seenred.domain.tree import Tree


@dataclass(frozen=True, slots=True)
class CommitDraft:
    """What a commit is to say.

    Attributes:
        proofs: JSON documents of its proofs, kept as a git note; "" for none.
    """

    subject: str
    body: str = ""
    trailers: Mapping[str, str] = field(default_factory=dict)
    proofs: str = ""


class Checks(Protocol):
    """Format, lint and types of changed files, by the project's own tools or the settings'.

    Raises:
        SandboxFailed: the sandbox could not start.
    """

    async def run(self, base: Tree, tree: Tree) -> CheckReport:
        """What they hold against `tree` that they did not hold against `base`."""

    async def formatted(self, base: Tree, tree: Tree, paths: Iterable[str]) -> Tree:
        """The tree with these files as the project formats them; others are left alone."""

    async def close(self) -> None:
        """Let go of what they hold; harmless when called twice."""


class Delivery(StrEnum):
    """What became of the commits of a run."""

    DELIVERED = "delivered"  # the user's branch and tree stand at them
    MOVED = "moved"  # the user's branch has commits that the run's lacks: rebase, prove again
    BLOCKED = "blocked"  # the user's tree has changes in the same files: they stay on the branch


@dataclass(frozen=True, slots=True)
class PendingRun:
    """A run that ended, killed or not, before the user's branch got its commits.

    Attributes:
        commits: full hashes, oldest first; they lead on from where the user stands.
    """

    run: str
    commits: tuple[str, ...]


class Workshop(Protocol):
    """The user's repository, as far as a run may change it.

    Raises:
        UsageError: the repository is in no state to work on; the message says what to do.
    """

    @property
    def run(self) -> str:
        """Id of the run; its branch is `seenred/RUN`."""

    @property
    def tip(self) -> str:
        """Full hash of the commit that the run stands at; "" when the repository has none yet."""

    @property
    def tree(self) -> Tree:
        """The files of `tip`."""

    @property
    def onto(self) -> Tree:
        """The files of the commit that the run's commits stand upon: the user's."""

    @property
    def ahead(self) -> tuple[str, ...]:
        """Full hashes of the run's commits upon the user's, oldest first."""

    @property
    def detached(self) -> bool:
        """Whether the user stands on no branch, so that their commits have only the run's."""

    @property
    def obstacle(self) -> str:
        """What keeps the commits from the user's branch, for a person; "" when nothing does."""

    def read_plan(self, name: str) -> str:
        """The user's plan as it lies in the working tree now.

        Raises:
            UsageError: `plan-missing`, or it cannot be read.
        """

    def unknown(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of these files that lie in the user's working tree and not in `tree`.

        Args:
            paths: relative to its root, or absolute.
        """

    def commit_plan_first(self, name: str) -> str:
        """Commit the plan as it lies there, when it alone has changes, or there is no commit yet.

        Returns:
            the commit's full hash; "" when the plan has no changes, or other files have some, too.

        Raises:
            UsageError: as `read_plan` and `commit`.
            EnvironmentLacks: the disk is full.
        """

    def commit(self, tree: Tree, draft: CommitDraft) -> str:
        """Commit `tree` on the run's branch, by the user's identity and hooks; its full hash.

        Raises:
            UsageError: a hook refused, or nobody's identity is known.
            EnvironmentLacks: the disk is full.
        """

    def deliver(self) -> Delivery:
        """Fast-forward the user's branch and tree to `tip`, keeping the user's own changes.

        A plan that the user changed meanwhile gets the lines that the commits changed in it.

        Raises:
            EnvironmentLacks: the disk is full.
        """

    def rebase(self) -> bool:
        """Put the run's commits upon the user's branch; False, and as before, if they conflict.

        Of the plan, lines that both sides changed are the user's, and that is no conflict.
        """

    def drop(self, to: str) -> None:
        """Forget the run's commits after `to`."""

    def pending(self) -> tuple[PendingRun, ...]:
        """Earlier runs whose commits can be delivered as they are, ordered by id."""

    def adopt(self, run: str) -> None:
        """Take over the commits of a pending run, before there are any of this one's own.

        Raises:
            UsageError: `run-not-pending`.
        """


class RedChoice(StrEnum):
    """What a person says to a test that is red for the right reason."""

    ACCEPT = "accept"
    EDITED = "edited"
    REDRAW = "redraw"
    ABANDON = "abandon"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class RedAnswer:
    """A person's answer.

    Attributes:
        source: the test as the person has written it, where it was edited; else "".
    """

    choice: RedChoice
    source: str = ""


class Person(Protocol):
    """Whoever watches a cycle."""

    async def judge_red(self, test_id: str, source: str, told: Sequence[str]) -> RedAnswer:
        """What is to become of a test that was seen red, before any code is written for it.

        Args:
            source: of the test function alone.
            told: lines for a person: where its values are from, and what was seen.
        """


class SymbolCache(Protocol):
    """Knows what modules hold by the names of their blobs; it may forget."""

    def recall(self, blobs: Sequence[str]) -> Mapping[str, ModuleSymbols]:
        """Those that are known."""

    def keep(self, found: Mapping[str, ModuleSymbols]) -> None:
        """Know these from now on."""
