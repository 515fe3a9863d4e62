"""Which tests a commit adds, edits, renames and removes, and what those that stay have lost."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from seenred.referee.audit.change import FileChange
from seenred.referee.audit.coded_test import CodedTest, coded_tests, parsed, support_functions
from seenred.referee.audit.test_hook import hooks_against_tests
from seenred.referee.audit.test_reach import definitions, reach_of
from seenred.referee.audit.weakening import (
    Weakening,
    weakenings_of_support,
    weakenings_of_test,
)

# as alike as this, a removed and a new test of one file are one test that was renamed and edited
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class PlacedTest:
    """A test with the file in which it stands."""

    test: CodedTest
    module: ast.Module
    reach: Mapping[str, str]

    @property
    def meaning(self) -> str:
        """Equal for two tests that do the same, whatever they are called."""
        marks = [ast.dump(d) for c in self.test.classes for d in c.decorator_list]
        return "\n".join((self.test.meaning, *marks, *map(str, sorted(self.reach.items()))))


@dataclass(frozen=True, slots=True)
class EditedTest:
    """One test in two versions; its name may differ too."""

    old: PlacedTest
    new: PlacedTest

    @property
    def weakenings(self) -> tuple[Weakening, ...]:
        """What the new version no longer notices, as far as its source tells."""
        old, new = self.old, self.new
        return weakenings_of_test(old.test, old.module, new.test, new.module)


@dataclass(frozen=True, slots=True)
class WeakenedSupport:
    """A fixture, a helper or a hook that lets tests pass.

    Attributes:
        where: `path:line`.
        name: of the function.
    """

    where: str
    name: str
    weakening: Weakening


@dataclass(frozen=True, slots=True)
class ChangedTests:
    """The tests of a commit.

    Attributes:
        renamed: other names or places for tests that are otherwise the same: old and new.
    """

    new: tuple[CodedTest, ...]
    edited: tuple[EditedTest, ...]
    renamed: tuple[tuple[CodedTest, CodedTest], ...]
    removed: tuple[CodedTest, ...]
    support: tuple[WeakenedSupport, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Of those that are new or edited, as they are called now."""
        edited = (each.new.test for each in self.edited)
        return tuple(test.test_id for test in (*self.new, *edited))

    def __bool__(self) -> bool:
        return bool(self.new or self.edited or self.renamed or self.removed or self.support)


def changed_tests(files: Sequence[FileChange]) -> ChangedTests:
    """What became of the tests of these test and support files."""
    old = _placed((each.path, each.before) for each in files)
    new = _placed((each.path, each.after) for each in files)
    pairs = _paired(old, new)
    edited = [EditedTest(old[a], new[b]) for a, b in pairs if old[a].meaning != new[b].meaning]
    same = [(a, b) for a, b in pairs if old[a].meaning == new[b].meaning and a != b]
    gone, come = {a for a, _ in pairs}, {b for _, b in pairs}
    return ChangedTests(
        new=tuple(new[name].test for name in new if name not in come),
        edited=tuple(edited),
        renamed=tuple((old[a].test, new[b].test) for a, b in same),
        removed=tuple(old[name].test for name in old if name not in gone),
        support=tuple(_weakened_support(files)),
    )


def _placed(files: Iterator[tuple[str, bytes | None]]) -> dict[str, PlacedTest]:
    found: dict[str, PlacedTest] = {}
    for path, content in files:
        module = parsed(content) if path.endswith(".py") else None
        if module is not None:
            defined = definitions(module)
            for test in coded_tests(path, module).values():
                found[test.test_id] = PlacedTest(test, module, reach_of(test, defined))
    return found


def _paired(old: Mapping[str, PlacedTest], new: Mapping[str, PlacedTest]) -> list[tuple[str, str]]:
    """The same id first, then the same meaning, the same name elsewhere, a similar body."""
    pairs = [(name, name) for name in old if name in new]
    before = [name for name in old if name not in new]
    after = [name for name in new if name not in old]
    for alike in (_same_meaning, _same_name, _similar):
        for name in list(before):
            partner = next((other for other in after if alike(old[name], new[other])), None)
            if partner is not None:
                pairs.append((name, partner))
                before.remove(name)
                after.remove(partner)
    return pairs


def _same_meaning(old: PlacedTest, new: PlacedTest) -> bool:
    return old.meaning == new.meaning


def _same_name(old: PlacedTest, new: PlacedTest) -> bool:
    return old.test.name == new.test.name and old.test.path != new.test.path


def _similar(old: PlacedTest, new: PlacedTest) -> bool:
    if old.test.path != new.test.path:
        return False
    before, after = (ast.unparse(each.test.node).split("\n")[1:] for each in (old, new))
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= ALIKE


def _weakened_support(files: Sequence[FileChange]) -> Iterator[WeakenedSupport]:
    for each in files:
        before, after = parsed(each.before), parsed(each.after)
        if not each.path.endswith(".py") or after is None:
            continue
        old = support_functions(before)
        for name, node in support_functions(after).items():
            if name in old:
                for weakening in weakenings_of_support(old[name], node):
                    yield _placed_support(each.path, name, weakening)
        for name, weakening in hooks_against_tests(before, after):
            yield _placed_support(each.path, name, weakening)


def _placed_support(path: str, name: str, weakening: Weakening) -> WeakenedSupport:
    return WeakenedSupport(f"{path}:{weakening.line}", name, weakening)
