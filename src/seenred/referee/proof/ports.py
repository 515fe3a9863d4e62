"""What the proofs need from outside; adapters live in `seenred.infrastructure`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from seenred.domain.observation import Observation
from seenred.domain.tree import Tree


class Blobs(Protocol):
    """Content of files by name; what was added lives as long as the store."""

    def read(self, blob: str) -> bytes:
        """The content.

        Raises:
            KeyError: there is no such blob.
        """

    def add(self, content: bytes) -> str:
        """Keep content and return its name; the same content has the same name."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which tests to run, and how.

    Attributes:
        tests: node ids, or paths of files or folders; empty means all that the project collects.
        deselected: node ids to leave out.
        shuffle: seed of a random order; None keeps the project's.
        hash_seed: PYTHONHASHSEED of the run.
        stop_at_failure: the rest need not be run after the first test that does not pass.
        trace: paths whose executed lines are wanted for each test.
        stand_ins: names that a test file imports and nothing provides: each is bound to an object
            that raises when used, so that the file's other tests can be judged.
            Path of the test file to `module:name`s (or `module`s).
        seconds: limit of one test (set-up, call and tear-down), wall clock.
        memory: limit of the process, bytes.
    """

    tests: tuple[str, ...] = ()
    deselected: tuple[str, ...] = ()
    shuffle: int | None = None
    hash_seed: int = 0
    stop_at_failure: bool = False
    trace: tuple[str, ...] = ()
    stand_ins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: float = 10.0
    memory: int = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Variant:
    """A small change of a tree, and the tests that should notice it.

    Attributes:
        files: path to new content.
    """

    files: Mapping[str, bytes]
    selection: Selection


class SuiteRunner(Protocol):
    """Runs the tests of a project on any state of it; nothing is written into the user's tree.

    Raises:
        EnvironmentLacks: the project has no interpreter or no pytest.
        SandboxFailed: the sandbox could not start.
    """

    @property
    def name(self) -> str:
        """What runs them and what confines them, for a person."""

    @property
    def interpreter(self) -> str:
        """The Python that runs them: where it was found and its version, `.venv 3.12`."""

    async def observe(self, tree: Tree, selection: Selection = Selection()) -> Observation:
        """Run a selection and tell what was seen."""

    async def observe_variants(self, tree: Tree, variants: Sequence[Variant]) -> list[Observation]:
        """Run each variant as if it were a tree of its own; one observation each, in order."""

    async def close(self) -> None:
        """Let go of processes and folders; harmless when called twice."""


class Recollection(Protocol):
    """Observations of earlier runs, by keys that tell all they depend on; it may forget any."""

    def recall(self, keys: Sequence[str]) -> Mapping[str, Observation]:
        """Those that are known."""

    def keep(self, seen: Mapping[str, Observation]) -> None:
        """Know these from now on."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of a history.

    Attributes:
        name: its full hash.
        parents: hashes; the first is the one that it is compared with.
    """

    name: str
    subject: str
    parents: tuple[str, ...]
    author: str = ""
    trailers: Mapping[str, str] = field(default_factory=dict)


class History(Protocol):
    """A repository's commits and trees, read only."""

    def resolve(self, revision: str) -> str:
        """The full hash of a commit.

        Raises:
            UsageError: no such revision, or it is not in this (shallow) clone.
        """

    def commits(self, base: str, head: str) -> tuple[Commit, ...]:
        """What `base..head` has, oldest first, first parents only."""

    def commit(self, revision: str) -> Commit:
        """One commit."""

    def tree(self, revision: str) -> Tree:
        """The files of a commit; submodules are not among them."""

    def submodules(self, revision: str) -> Mapping[str, str]:
        """Submodules of a commit: path to the hash that they stand at."""

    def working_tree(self) -> Tree:
        """The files as they lie there now: tracked ones and new ones that are not ignored."""
