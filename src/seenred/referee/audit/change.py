"""What a commit changed, file by file, told from the two trees alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from seenred.domain.layout import DEFAULT, Layout, Part, is_dependencies, part_of
from seenred.domain.tree import Tree
from seenred.referee.audit.code_meaning import Nature, nature_of
from seenred.referee.configuration import is_about_tests, names_dependencies
from seenred.referee.proof.ports import Blobs

# git's large file storage puts this in the place of the content
_LFS = b"version https://git-lfs.github.com/spec/"
# why nothing is said of what a tree lacks
SUBMODULE = "a submodule; its files are in another repository"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs.

    Attributes:
        before, after: its content; None where it is not there.
    """

    path: str
    part: Part
    nature: Nature
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True)
class Change:
    """Everything that differs between a commit's parent and the commit."""

    base: Tree
    tree: Tree
    files: tuple[FileChange, ...]

    @cached_property
    def tests(self) -> tuple[FileChange, ...]:
        """Test files whose code differs."""
        return self._of(Part.TEST, Nature.CODE)

    @cached_property
    def support(self) -> tuple[FileChange, ...]:
        """conftest files, fixtures and data of tests."""
        return self._of(Part.TEST_SUPPORT, Nature.CODE, Nature.DATA)

    @cached_property
    def configuration(self) -> tuple[FileChange, ...]:
        """Files whose settings for pytest differ."""
        found = self._of(Part.TEST_CONFIG, Nature.DATA)
        return tuple(each for each in found if is_about_tests(each.path, each.before, each.after))

    @cached_property
    def production(self) -> tuple[FileChange, ...]:
        """The project's own code, and data that lies among it."""
        return self._of(Part.PRODUCTION, Nature.CODE, Nature.DATA)

    @cached_property
    def code(self) -> tuple[FileChange, ...]:
        """The project's own code without data."""
        return self._of(Part.PRODUCTION, Nature.CODE)

    @cached_property
    def dependencies(self) -> tuple[str, ...]:
        """Paths that name other dependencies than before."""
        return tuple(
            each.path
            for each in self.files
            if is_dependencies(each.path) and names_dependencies(each.path, each.before, each.after)
        )

    @cached_property
    def laid_over(self) -> Tree:
        """The old production code under the new tests, fixtures, data and test configuration."""
        return self.base.with_changes({path: self.tree.files.get(path) for path in self._about})

    @cached_property
    def under_old_tests(self) -> Tree:
        """The new production code under the old tests, fixtures, data and test configuration."""
        return self.tree.with_changes({path: self.base.files.get(path) for path in self._about})

    @property
    def _about(self) -> list[str]:
        return [each.path for each in (*self.tests, *self.shared)]

    @property
    def shared(self) -> tuple[FileChange, ...]:
        """What any test may use: support and settings."""
        return (*self.support, *self.configuration)

    @property
    def is_judged(self) -> bool:
        """Whether anything differs that running tests can tell something about."""
        return bool(self.production or self.tests or self.shared)

    @property
    def unjudged(self) -> tuple[tuple[str, str], ...]:
        """Paths about which nothing can be proven by running tests, each with the reason."""
        return tuple((each.path, reason) for each in self.files for reason in self._reasons(each))

    def _of(self, part: Part, *natures: Nature) -> tuple[FileChange, ...]:
        return tuple(f for f in self.files if f.part is part and f.nature in natures)

    def _reasons(self, each: FileChange) -> Iterator[str]:
        if each.after is not None and each.after.startswith(_LFS):
            yield "a pointer of git's large file storage; its content is not in the repository"
        elif each.path in self.dependencies:
            yield "dependencies; judged with the environment as it is now"
        elif each.nature in (Nature.TYPES, Nature.LAYOUT, Nature.MODE):
            yield each.nature
        elif each.part in (Part.DOCS, Part.OTHER):
            yield "docs" if each.part is Part.DOCS else "no code that tests run"
        elif each.part is Part.TEST_CONFIG and each not in self.configuration:
            yield "configuration"


def change_between(base: Tree, tree: Tree, blobs: Blobs, layout: Layout = DEFAULT) -> Change:
    """What differs between two trees; a file that only moved differs at both places."""
    return Change(base, tree, tuple(_differences(base, tree, blobs, layout)))


def _differences(base: Tree, tree: Tree, blobs: Blobs, layout: Layout) -> Iterator[FileChange]:
    packages = _folders_with_code(tree) | _folders_with_code(base)
    for path in tree.changed_from(base):
        before, after = (_content(each, path, blobs) for each in (base, tree))
        part = part_of(path, layout)
        if part is Part.PRODUCTION and not path.endswith(".py") and not _inside(path, packages):
            part = Part.OTHER
        yield FileChange(path, part, nature_of(path, before, after), before, after)


def _content(tree: Tree, path: str, blobs: Blobs) -> bytes | None:
    entry = tree.files.get(path)
    return blobs.read(entry.blob) if entry else None


def _folders_with_code(tree: Tree) -> set[str]:
    return {path.rpartition("/")[0] for path in tree.files if path.endswith(".py")}


def _inside(path: str, folders: set[str]) -> bool:
    """Whether one of the folders above the file has code; the root's scripts don't count."""
    parts = path.split("/")[:-1]
    return any("/".join(parts[:length]) in folders for length in range(1, len(parts) + 1))
