"""Which files of a tree a test file can reach by importing; more rather than less.

What it cannot reach cannot change how its tests end, so they need not be run again.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from seenred.domain.tree import Tree
from seenred.referee.audit.coded_test import parsed
from seenred.referee.proof.ports import Blobs

# what starts code that no import names
_OPAQUE = frozenset(
    {
        *("subprocess", "runpy", "pkgutil", "pytester", "testdir", "exec", "__import__"),
        *("system", "executable", "entry_points", "create_subprocess_exec", "iter_modules"),
    }
)


@dataclass(frozen=True, slots=True)
class Imports:
    """What one file asks for.

    Attributes:
        names: dotted names of modules, or of things in them; strings that look like one, too.
        relative: the same after the dots of a relative import: level and name.
        opaque: it may run any file.
    """

    names: frozenset[str]
    relative: frozenset[tuple[int, str]]
    opaque: bool


@dataclass
class ImportReach:
    """Follows imports through the files of any tree; each content is parsed once."""

    blobs: Blobs
    _parsed: dict[str, Imports] = field(default_factory=dict)
    _named: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def reach(self, tree: Tree, path: str) -> frozenset[str]:
        """The file itself, the conftest files above it, and all that those can import."""
        named = self._names(tree)
        waiting = [path, *_conftests(tree, path)]
        found: set[str] = set()
        while waiting:
            each = waiting.pop()
            if each in found or each not in tree:
                continue
            found.add(each)
            imports = self._imports(tree.files[each].blob)
            if imports.opaque:
                return frozenset(p for p in tree.files if p.endswith(".py"))
            waiting += _packages(tree, each)
            waiting += [file for name in imports.names for file in named.get(name, ())]
            waiting += _relatives(tree, each, imports.relative)
        return frozenset(found)

    def key(self, tree: Tree, path: str) -> str:
        """Equal for two trees exactly when all that the file can reach is equal."""
        summary = hashlib.sha256()
        for each in sorted(self.reach(tree, path)):
            summary.update(f"{each}\0{tree.files[each].blob}\0".encode())
        return summary.hexdigest()

    def _imports(self, blob: str) -> Imports:
        if blob not in self._parsed:
            self._parsed[blob] = _imports_of(parsed(self.blobs.read(blob)))
        return self._parsed[blob]

    def _names(self, tree: Tree) -> dict[str, list[str]]:
        """Every end of every file's path as a dotted name: wherever it may be imported from."""
        digest = tree.digest
        if digest not in self._named:
            named: dict[str, list[str]] = {}
            for path in tree.files:
                if path.endswith(".py"):
                    for name in _ends(path):
                        named.setdefault(name, []).append(path)
            self._named = {digest: named}
        return self._named[digest]


def _imports_of(module: ast.Module | None) -> Imports:
    if module is None:  # not Python as this interpreter reads it: the project's may know better
        return Imports(frozenset(), frozenset(), opaque=True)
    names: set[str] = set()
    relative: set[tuple[int, str]] = set()
    opaque = False
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names.update(prefix for alias in node.names for prefix in _prefixes(alias.name))
        elif isinstance(node, ast.ImportFrom):
            targets = [f"{node.module}.{a.name}" if node.module else a.name for a in node.names]
            if node.level:
                relative.update((node.level, prefix) for t in targets for prefix in _prefixes(t))
            else:
                names.update(prefix for target in targets for prefix in _prefixes(target))
        elif isinstance(node, ast.Constant) and _is_dotted(node.value):
            names.update(_prefixes(str(node.value).replace(":", ".")))
        opaque = opaque or _is_opaque(node)
    return Imports(frozenset(names), frozenset(relative), opaque)


def _is_opaque(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id in _OPAQUE
    if isinstance(node, ast.Attribute):
        return node.attr in _OPAQUE
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
        return not (node.args and isinstance(node.args[0], ast.Constant))
    return isinstance(node, ast.arg) and node.arg in _OPAQUE


def _is_dotted(value: object) -> bool:
    return isinstance(value, str) and "." in value and len(value) < 200 and " " not in value


def _prefixes(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[: length + 1]) for length in range(len(parts)))


def _ends(path: str) -> Iterator[str]:
    parts = PurePosixPath(path).with_suffix("").parts
    if parts[-1] == "__init__":
        parts = parts[:-1]
    yield from (".".join(parts[start:]) for start in range(len(parts)))


def _conftests(tree: Tree, path: str) -> Iterator[str]:
    for folder in PurePosixPath(path).parents:
        conftest = (folder / "conftest.py").as_posix()
        if conftest in tree:
            yield conftest


def _packages(tree: Tree, path: str) -> Iterator[str]:
    """The `__init__.py` files that run before the module does."""
    for folder in PurePosixPath(path).parents:
        package = (folder / "__init__.py").as_posix()
        if package in tree:
            yield package


def _relatives(tree: Tree, path: str, asked: Iterable[tuple[int, str]]) -> Iterator[str]:
    folders = PurePosixPath(path).parents
    for level, name in asked:
        if level <= len(folders):
            target = (folders[level - 1] / name.replace(".", "/")).as_posix()
            yield from (f for f in (f"{target}.py", f"{target}/__init__.py") if f in tree)
            yield (folders[level - 1] / "__init__.py").as_posix()
