"""A git repository's commits and trees; nothing is ever written into it."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Self

from seenred.domain.tree import Entry, Tree
from seenred.errors import UsageError
from seenred.infrastructure.history.git_blobs import GitBlobs
from seenred.infrastructure.history.git_command import GitCommand, refusal
from seenred.infrastructure.history.git_commit import parse_commit
from seenred.infrastructure.history.git_working_tree import read_working_tree
from seenred.referee.proof.ports import Commit

__all__ = ["GitBlobs", "GitHistory"]

_LINK, _EXECUTABLE, _SUBMODULE = b"120000", b"100755", b"160000"


class GitHistory:
    """The repository that holds a folder.

    Args:
        path: any folder of it.
        blobs: where the content of changed and new files is kept; its own when None.

    Raises:
        UsageError: there is no repository.
        EnvironmentLacks: there is no git.
    """

    def __init__(self, path: Path, blobs: GitBlobs | None = None) -> None:
        if not path.is_dir():
            raise UsageError("not-a-folder", f"{path} is not a folder; name a repository's.")
        self._git = GitCommand(path)
        self._trees: dict[str, tuple[Tree, dict[str, str]]] = {}
        told = self._git.run("rev-parse", "--is-bare-repository", "--is-shallow-repository")
        self._bare, self._shallow = (word == b"true" for word in told.split()[:2])
        self.blobs = blobs or GitBlobs(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def root(self) -> Path:
        """The folder of the working tree.

        Raises:
            UsageError: the repository is bare.
        """
        if self._bare:
            raise UsageError(
                "repository-bare",
                f"{self._git.folder} is a bare repository without files or an environment; "
                "clone it and run this in the clone.",
            )
        told = self._git.run("rev-parse", "--show-toplevel")
        return Path(told.decode(errors="surrogateescape").rstrip("\n"))

    def resolve(self, revision: str) -> str:
        """The full hash of a commit.

        Raises:
            UsageError: no such revision, or it is not in this (shallow) clone.
        """
        asked = ("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        done = self._git.attempt(*asked)
        if done.returncode == 0:
            return done.stdout.decode().split()[-1]
        raise self._unknown(revision, done.stderr)

    def commits(self, base: str, head: str) -> tuple[Commit, ...]:
        """What `base..head` has, oldest first, first parents only; all of `head` when base is "".

        Raises:
            UsageError: there is nothing, or a shallow clone lacks the beginning.
        """
        wanted = [self.resolve(head), *([f"^{self.resolve(base)}"] if base else [])]
        listed = self._git.run("rev-list", "--first-parent", "--reverse", *wanted)
        names = listed.decode().split()
        if not names:
            raise UsageError(
                "range-empty",
                f"{base}..{head} has no commits: {head} is {base}, or lies before it; "
                f"name an older base, e.g. {head}~1..{head}.",
            )
        commits = tuple(self.commit(name) for name in names)
        if commits[0].parents and not self._has(commits[0].parents[0]):
            raise self._cut_off(f"{base}..{head}" if base else head)
        return commits

    def commit(self, revision: str) -> Commit:
        """One commit."""
        name = self.resolve(revision)
        return parse_commit(name, self.blobs.raw(name))

    def tree(self, revision: str) -> Tree:
        """The files of a commit; submodules are not among them."""
        return self._listed(revision)[0]

    def submodules(self, revision: str) -> dict[str, str]:
        """Submodules of a commit: path to the hash that they stand at."""
        return self._listed(revision)[1]

    def working_tree(self) -> Tree:
        """The files as they lie there now: tracked ones and new ones that are not ignored.

        Raises:
            UsageError: the repository is bare.
        """
        return read_working_tree(GitCommand(self.root), self.blobs)

    def close(self) -> None:
        """End the process that reads objects."""
        self.blobs.close()

    def _listed(self, revision: str) -> tuple[Tree, dict[str, str]]:
        name = self.resolve(revision)
        if name not in self._trees:
            listed = self._git.run("ls-tree", "-r", "-z", "--full-tree", name)
            self._trees[name] = parse_listing(listed)
        return self._trees[name]

    def _has(self, name: str) -> bool:
        try:
            self.blobs.raw(name)
        except KeyError:
            return False
        return True

    def _unknown(self, revision: str, stderr: bytes) -> UsageError:
        if b"ambiguous" in stderr:
            return UsageError(
                "revision-ambiguous", f"{revision} may be several commits; give more digits."
            )
        if b"not a git repository" in stderr or b"dubious ownership" in stderr:
            return refusal(self._git.folder, stderr)
        if not self._git.attempt("rev-list", "-n1", "--all").stdout:
            return UsageError(
                "no-commits", f"{self._git.folder} has no commits yet; there is nothing to audit."
            )
        if self._shallow:
            return self._cut_off(revision)
        near = get_close_matches(revision, self._names(), n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`git branch -a` lists the names."
        return UsageError("revision-unknown", f"There is no revision {revision!r} here; {hint}")

    def _names(self) -> list[str]:
        listed = self._git.run("for-each-ref", "--format=%(refname:short)")
        return [*listed.decode(errors="replace").split(), "HEAD"]

    def _cut_off(self, wanted: str) -> UsageError:
        return UsageError(
            "clone-shallow",
            f"This clone is shallow and lacks the history that {wanted} needs: "
            "`git fetch --unshallow` brings it; in a CI job, check out with `fetch-depth: 0`.",
        )


def parse_listing(listed: bytes) -> tuple[Tree, dict[str, str]]:
    """`MODE TYPE HASH\\tPATH\\0` …, as files and submodules."""
    files: dict[str, Entry] = {}
    submodules: dict[str, str] = {}
    for row in filter(None, listed.split(b"\0")):
        attributes, _, raw_path = row.partition(b"\t")
        mode, _, name = attributes.split()
        path = raw_path.decode(errors="surrogateescape")
        if mode == _SUBMODULE:
            submodules[path] = name.decode()
        else:
            files[path] = Entry(name.decode(), mode == _EXECUTABLE, mode == _LINK)
    return Tree(files), submodules
