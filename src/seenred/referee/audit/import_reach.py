"""Which files of a tree a test file can reach by importing; more rather than less.

What it cannot reach cannot change how its tests end, so they need not be run again.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from seenred.domain.tree import Tree
from seenred.referee.audit.coded_test import parsed
from seenred.referee.proof.ports import Blobs

# what starts code that no import names: modules, bare names, names with their owner, fixtures
_OPAQUE_MODULES = frozenset({"subprocess", "runpy", "pkgutil"})
_OPAQUE_NAMES = frozenset({"exec", "__import__", "entry_points"})
_OPAQUE_CALLS = ("sys.executable", "os.system", "create_subprocess_exec", "create_subprocess_shell")
_OPAQUE_FIXTURES = frozenset({"pytester", "testdir"})
# trees whose links are kept: a commit's, its parent's and those made of both
_MOST_GRAPHS = 8


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


class ImportReach:
    """Follows imports through the files of any tree; each content is parsed once."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._parsed: dict[str, Imports] = {}
        self._graphs: dict[int, tuple[Tree, ImportGraph]] = {}

    def reach(self, tree: Tree, path: str) -> frozenset[str]:
        """The file itself, the conftest files above it, and all that those can import."""
        return self._graph(tree).reach(path)

    def names(self, tree: Tree, path: str, other: str) -> bool:
        """Whether a file itself imports another one, whatever else it may run."""
        imports = self._read(tree, path)
        relative = _relatives(tree, path, imports.relative)
        return other in relative or not imports.names.isdisjoint(_module_names(tree, other))

    def key(self, tree: Tree, path: str) -> str:
        """Equal for two trees exactly when all that the file can reach is equal."""
        return self._graph(tree).key(path)

    def _graph(self, tree: Tree) -> ImportGraph:
        # by identity: to tell that another tree is equal would cost as much as the graph
        known = self._graphs.get(id(tree))
        if known is None:
            if len(self._graphs) >= _MOST_GRAPHS:
                self._graphs.pop(next(iter(self._graphs)))
            known = self._graphs[id(tree)] = (tree, self._linked(tree))
        return known[1]

    def _linked(self, tree: Tree) -> ImportGraph:
        code = [path for path in tree.files if path.endswith(".py")]
        named: dict[str, list[str]] = {}
        for path in code:
            for name in _module_names(tree, path):
                named.setdefault(name, []).append(path)
        links = {path: self._links(tree, path, named) for path in code}
        return ImportGraph(tree, links)

    def _links(
        self, tree: Tree, path: str, named: Mapping[str, Sequence[str]]
    ) -> frozenset[str] | None:
        imports = self._read(tree, path)
        if imports.opaque:
            return None
        return frozenset(
            {
                *_above(tree, path, "__init__.py"),
                *(file for name in imports.names for file in named.get(name, ())),
                *_relatives(tree, path, imports.relative),
            }
        )

    def _read(self, tree: Tree, path: str) -> Imports:
        blob = tree.files[path].blob
        if blob not in self._parsed:
            self._parsed[blob] = _imports_of(parsed(self._blobs.read(blob)))
        return self._parsed[blob]


class ImportGraph:
    """Which file imports which, in one tree.

    Args:
        links: what each file may import by itself; None for one that may run any file.
    """

    def __init__(self, tree: Tree, links: Mapping[str, frozenset[str] | None]) -> None:
        self._tree = tree
        self._links = links
        self._reached: dict[str, frozenset[str]] = {}
        self._keys: dict[str, str] = {}
        self._all = frozenset(links)

    def reach(self, path: str) -> frozenset[str]:
        """All that a file can import, its conftest files and what those can import."""
        if path not in self._reached:
            self._reached[path] = self._follow([path, *_above(self._tree, path, "conftest.py")])
        return self._reached[path]

    def key(self, path: str) -> str:
        """A digest of all that is reached."""
        if path not in self._keys:
            summary = hashlib.sha256()
            for each in sorted(self.reach(path)):
                summary.update(f"{each}\0{self._tree.files[each].blob}\0".encode())
            self._keys[path] = summary.hexdigest()
        return self._keys[path]

    def _follow(self, waiting: list[str]) -> frozenset[str]:
        found: set[str] = set()
        while waiting:
            each = waiting.pop()
            if each in found or each not in self._links:
                continue
            links = self._links[each]
            if links is None:
                return self._all
            found.add(each)
            waiting += links - found
        return frozenset(found)


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
    if isinstance(node, ast.Import):
        return any(alias.name in _OPAQUE_MODULES for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.module in _OPAQUE_MODULES
    if isinstance(node, ast.Name):
        return node.id in _OPAQUE_NAMES
    if isinstance(node, ast.Attribute):
        return node.attr in _OPAQUE_NAMES or ast.unparse(node).endswith(_OPAQUE_CALLS)
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
        return not (node.args and isinstance(node.args[0], ast.Constant))
    return isinstance(node, ast.arg) and node.arg in _OPAQUE_FIXTURES


def _is_dotted(value: object) -> bool:
    """Whether it may name a module, or something in one; a file's name doesn't."""
    if not isinstance(value, str) or "." not in value or len(value) > 200:
        return False
    return not value.endswith(".py") and value.replace(".", "_").replace(":", "_").isidentifier()


def _prefixes(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[: length + 1]) for length in range(len(parts)))


def _module_names(tree: Tree, path: str) -> Iterator[str]:
    """The names by which a file may be imported: from any folder that is not itself a package."""
    parts = PurePosixPath(path).with_suffix("").parts
    for start in range(len(parts)):
        folder = "/".join((*parts[:start], "__init__.py"))
        if start == 0 or folder not in tree:
            name = ".".join(parts[start:]).removesuffix(".__init__")
            if name != "__init__":
                yield name


def _above(tree: Tree, path: str, name: str) -> Iterator[str]:
    """The files of that name in the folders above: conftest, or what runs before a module."""
    for folder in PurePosixPath(path).parents:
        file = (folder / name).as_posix()
        if file in tree:
            yield file


def _relatives(tree: Tree, path: str, asked: Iterable[tuple[int, str]]) -> Iterator[str]:
    folders = PurePosixPath(path).parents
    for level, name in asked:
        if level <= len(folders):
            target = (folders[level - 1] / name.replace(".", "/")).as_posix()
            yield from (f for f in (f"{target}.py", f"{target}/__init__.py") if f in tree)
