"""A repository's Python files, as far as a change must know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from seenred.domain.layout import Layout, is_production, is_test, project_modules
from seenred.domain.skim import skimmed
from seenred.domain.symbol import ModuleSymbols, symbols_of
from seenred.domain.tree import Tree
from seenred.engine.cycle.ports import SymbolCache
from seenred.referee.configuration import layout_of, test_paths
from seenred.referee.proof.ports import Blobs

_LARGEST = 1_000_000  # bytes of a module that somebody writes by hand
# files that are parsed at once: a third of a second; of more, those that an item may be about
MOST_PARSED = 150


class NoSymbolCache:
    """Knows nothing."""

    def recall(self, blobs: Sequence[str]) -> Mapping[str, ModuleSymbols]:  # noqa: ARG002
        """Nothing."""
        return {}

    def keep(self, found: Mapping[str, ModuleSymbols]) -> None:
        """Forget it at once."""


@dataclass(frozen=True, slots=True)
class Project:
    """Attributes:
    code: what each production module holds, by path.
    tests: what each test file holds, by path.
    modules: names by which production modules may be imported, and their paths.
    test_starts: beginnings of the paths below which pytest looks; empty when everywhere.
    """

    tree: Tree
    layout: Layout
    code: Mapping[str, ModuleSymbols]
    tests: Mapping[str, ModuleSymbols]
    modules: Mapping[str, str]
    test_starts: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, tree: Tree, blobs: Blobs, cache: SymbolCache) -> Project:
        """Parse every Python file that the cache does not know; where there are many, skim them."""
        layout = layout_of(tree, blobs)
        files = {p: e.blob for p, e in tree.files.items() if p.endswith(".py") and not e.link}
        code = [path for path in files if is_production(path, layout)]
        tests = [path for path in files if is_test(path, layout)]
        found = _symbols({files[path] for path in (*code, *tests)}, blobs, cache)
        modules = project_modules(tree, layout)
        names: dict[str, tuple[str, ...]] = {}
        for name, path in modules.items():
            names[path] = (*names.get(path, ()), name)
        return cls(
            tree,
            layout,
            {path: found[files[path]] for path in sorted(code)},
            {path: found[files[path]] for path in sorted(tests)},
            modules,
            test_paths(tree, blobs),
            names,
        )

    def parsed(self, paths: Iterable[str], blobs: Blobs, cache: SymbolCache) -> Project:
        """The project with the first of these files parsed; the same where they were already."""
        held = {**self.code, **self.tests}
        first = [path for path in dict.fromkeys(paths) if path in held][:MOST_PARSED]
        skims = [path for path in first if held[path].skimmed]
        if not skims:
            return self
        names = {self.tree.files[path].blob for path in skims}
        found = _read_by(symbols_of, names, blobs, cache)
        new = {path: found[self.tree.files[path].blob] for path in skims}
        return replace(
            self,
            code={path: new.get(path, module) for path, module in self.code.items()},
            tests={path: new.get(path, module) for path, module in self.tests.items()},
        )

    @property
    def written(self) -> tuple[str, ...]:
        """Production modules that hold something, else those that are there at all."""
        holding = tuple(path for path, module in self.code.items() if module.symbols)
        return holding or tuple(self.code)

    def imported(self, path: str) -> dict[str, str]:
        """Bound names of a file that come from the project's own code, and the modules' paths."""
        held = self.code.get(path) or self.tests.get(path) or ModuleSymbols()
        found: dict[str, str] = {}
        for bound, target in held.imports:
            dotted = self._absolute(target, path)
            home = self.modules.get(dotted) or self.modules.get(dotted.rpartition(".")[0])
            if home and home != path:
                found[bound] = home
        return found

    def _absolute(self, target: str, path: str) -> str:
        level = len(target) - len(target.lstrip("."))
        if not level:
            return target
        above = PurePosixPath(path).parent.parts
        folders = above[: len(above) - level + 1]
        package = self.names.get("/".join((*folders, "__init__.py")), (".".join(folders),))[0]
        return f"{package}.{target[level:]}" if package else target[level:]


def _symbols(names: set[str], blobs: Blobs, cache: SymbolCache) -> Mapping[str, ModuleSymbols]:
    found = dict(cache.recall(sorted(names)))
    unparsed = {name for name in names if name not in found or found[name].skimmed}
    if len(unparsed) <= MOST_PARSED:
        return {**found, **_read_by(symbols_of, unparsed, blobs, cache)}
    return {**found, **_read_by(skimmed, unparsed - found.keys(), blobs, cache)}


def _read_by(
    reader: Callable[[bytes], ModuleSymbols], names: set[str], blobs: Blobs, cache: SymbolCache
) -> Mapping[str, ModuleSymbols]:
    new: dict[str, ModuleSymbols] = {}
    for name in sorted(names):
        content = blobs.read(name)
        new[name] = reader(content) if len(content) <= _LARGEST else ModuleSymbols()
    if new:
        cache.keep(new)
    return new
