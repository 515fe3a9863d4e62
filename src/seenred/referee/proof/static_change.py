"""What already the text of a change says against its being structural, before anything is run."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from seenred.domain.layout import (
    Layout,
    is_dependencies,
    is_production,
    is_test,
    is_test_config,
    is_test_support,
)
from seenred.domain.proof import Verdict
from seenred.domain.public_surface import SurfaceChange, public_surface, surface_changes
from seenred.domain.renaming import Renaming, difference
from seenred.domain.tree import Tree
from seenred.referee.configuration import layout_of
from seenred.referee.proof.differential import module_names
from seenred.referee.proof.objection import Objection
from seenred.referee.proof.ports import Blobs
from seenred.referee.proof.signature import SignatureJudge

Found = tuple[tuple[str, str], ...]


def static_objection(blobs: Blobs, base: Tree, tree: Tree, renaming: Renaming) -> Objection | None:
    """The first thing that makes the change something else than structural, or undecidable."""
    reader = _Reader(blobs, base, tree, renaming)
    if not reader.changed:
        return Objection(Verdict.NOT_APPLICABLE, "nothing-changed", "no code has changed")
    try:
        for look, verdict, reason, remedy in (
            (reader.unclear_names, Verdict.NOT_PROVEN, "names", "declare each name once, as it is"),
            (reader.changed_tests, Verdict.REFUTED, "tests-changed", ""),
            (reader.missed_names, Verdict.REFUTED, SIGNATURE, _RENAME),
            (reader.beside_code, Verdict.NOT_PROVEN, "not-only-code", "commit it by itself"),
            (reader.unmissed_names, Verdict.NOT_PROVEN, SIGNATURE, _RENAME_OR_TEST),
        ):
            if found := tuple(look()):
                return Objection.listed(verdict, reason, found, remedy)
    except SyntaxError as error:
        return Objection(Verdict.NOT_PROVEN, "not-python", f"not Python: {error.msg}")
    return None


SIGNATURE = "signature-changed"
_RENAME_OR_TEST = "declare what was renamed (--rename OLD=NEW), or let a test ask for the new one"
_RENAME = "if it is a rename or a move, declare it: --rename OLD=NEW"


class _Reader:
    def __init__(self, blobs: Blobs, base: Tree, tree: Tree, renaming: Renaming) -> None:
        self._blobs = blobs
        self._base = base
        self._tree = tree
        self._renaming = renaming
        self._layout = layout_of(tree, blobs)
        paths = tree.changed_from(base)
        self.changed = tuple(p for p in paths if _matters(p, self._layout))

    def unclear_names(self) -> Iterator[tuple[str, str]]:
        """Entries of the map that clash or name nothing."""
        for name in self._renaming.clashes:
            yield name, "would be the new name of several"
        before, after = self._words(self._base), self._words(self._tree)
        for old, new in self._renaming.names.items():
            if old in self._base and new in self._tree:
                continue  # a file
            for name, words, when in ((old, before, "before"), (new, after, "now")):
                if name.rpartition(".")[2] not in words:
                    yield name, f"is no name in the changed code {when}"

    def changed_tests(self) -> Iterator[tuple[str, str]]:
        """Where tests and what serves them differ by more than the declared names."""
        ours = [p for p in self.changed if self._is_of_tests(p)]
        matched: set[str] = set()
        for path in (p for p in ours if p in self._base):
            now = self._renaming.test_id(path, self._tree.files)
            if now not in self._tree:
                yield path, "is gone"
                continue
            matched.add(now)
            if told := self._difference(path, now):
                line, colon, what = told.partition(": ")
                yield (f"{now}:{line}", what) if colon and line.isdigit() else (now, told)
        yield from ((p, "is new") for p in ours if p in self._tree and p not in matched)

    def missed_names(self) -> Iterator[tuple[str, str]]:
        """Public names that users of the code would miss or find changed."""
        yield from (("", told) for told in self._objections.values() if told)

    def unmissed_names(self) -> Iterator[tuple[str, str]]:
        """Other public names that changed, known only to code that changed with them."""
        for change, told in self._objections.items():
            if not told:
                yield "", f"{change.told}; nobody inside the project uses the old one"

    @cached_property
    def _objections(self) -> dict[SurfaceChange, str]:
        """What refutes each change of a public name; "" where nothing does."""
        old, new = (
            public_surface({name: self._read(tree, path) for path, name in self._modules(tree)})
            for tree in (self._base, self._tree)
        )
        judge = SignatureJudge(self._blobs, self._base, self._tree)
        changes = surface_changes(old, new, self._renaming)
        return {change: judge.objection(change) for change in changes}

    def beside_code(self) -> Iterator[tuple[str, str]]:
        """Changed files that may change the behaviour and can't be judged as code."""
        for path in self.changed:
            if is_test_config(path):
                if self._settings(self._base, path) != self._settings(self._tree, path):
                    yield path, "sets how the tests run, or what is installed"
            elif is_production(path, self._layout) and not path.endswith(".py"):
                yield path, "is data beside the code"
            elif is_dependencies(path):
                yield path, "names what is installed"

    def _modules(self, tree: Tree) -> list[tuple[str, str]]:
        names = module_names(tree, self._layout)
        return [(path, name) for path, name in names.items() if path in self.changed]

    def _is_of_tests(self, path: str) -> bool:
        return is_test(path, self._layout) or is_test_support(path, self._layout)

    def _read(self, tree: Tree, path: str) -> bytes:
        return self._blobs.read(tree.files[path].blob)

    def _difference(self, path: str, now: str) -> str:
        old, new = self._read(self._base, path), self._read(self._tree, now)
        if old == new:
            return ""
        if not path.endswith(".py"):
            return "differs"
        return difference(old, new, self._renaming)

    def _words(self, tree: Tree) -> frozenset[str]:
        """What the changed files mention, and the names of their folders and modules."""
        found: set[str] = set()
        for path in (p for p in self.changed if p in tree and p.endswith(".py")):
            found |= set(re.findall(r"\w+", self._read(tree, path).decode(errors="replace")))
            found |= set(PurePosixPath(path).with_suffix("").parts)
        return frozenset(found)

    def _settings(self, tree: Tree, path: str) -> Any:
        """The part of a settings file that has to do with running tests; all of it when unclear."""
        if path not in tree:
            return None
        text = self._read(tree, path).decode(errors="replace")
        try:
            if path.endswith(".toml"):
                return _relevant(tomllib.loads(text))
            parser = configparser.ConfigParser(interpolation=None)
            parser.read_string(text)
        except (tomllib.TOMLDecodeError, configparser.Error):
            return text
        wanted = ("tool:pytest", "pytest", "options", "testenv")
        return {name: dict(parser[name]) for name in parser.sections() if name.startswith(wanted)}


def _matters(path: str, layout: Layout) -> bool:
    code = any(of(path, layout) for of in (is_production, is_test, is_test_support))
    return code or is_test_config(path) or is_dependencies(path)


def _relevant(settings: Mapping[str, Any]) -> Any:
    project = settings.get("project", {})
    kept = ("dependencies", "optional-dependencies", "requires-python", "scripts", "entry-points")
    return (
        settings.get("tool", {}).get("pytest"),
        settings.get("pytest"),
        settings.get("build-system"),
        settings.get("dependency-groups"),
        {name: project.get(name) for name in kept},
    )
