"""Who uses a name in the files of a tree, as far as their texts tell."""

from __future__ import annotations

import ast
import builtins
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from seenred.domain.layout import is_production, is_test, is_test_support
from seenred.domain.name_use import NameUse, name_uses
from seenred.domain.public_surface import exported_names
from seenred.domain.source_text import parsed
from seenred.domain.tree import Tree
from seenred.referee.configuration import layout_of
from seenred.referee.proof.differential import module_names
from seenred.referee.proof.ports import Blobs

# what things of Python itself are called: of whom such a name is meant is never sure
_BUILTIN = frozenset(
    name for each in vars(builtins).values() if isinstance(each, type) for name in dir(each)
)
_INSTALLED = ("pyproject.toml", "setup.cfg", "setup.py")


@dataclass(frozen=True, slots=True)
class PublicName:
    """A name that a module offers; a constructor is used by the name of its class.

    Attributes:
        inner: within its module: `total`, `Cart.total`.
    """

    module: str
    inner: str

    @classmethod
    def of(cls, module: str, inner: str) -> PublicName:
        """The name under which it is used."""
        return cls(module, inner.removesuffix(".__init__"))

    @property
    def dotted(self) -> str:
        """From its module on."""
        return f"{self.module}.{self.inner}"

    @property
    def first(self) -> str:
        """What the module binds."""
        return self.inner.partition(".")[0]

    @property
    def word(self) -> str:
        """What is written where it is used."""
        return self.inner.rpartition(".")[2]

    @property
    def is_member(self) -> bool:
        """Whether it is reached through an object, whose class the text doesn't tell."""
        return "." in self.inner

    def is_used_by(self, use: NameUse) -> bool:
        """Whether it may be this one that is used there."""
        return use.is_of(self.dotted) or (self.is_member and use.name == f".{self.word}")

    def is_called_by(self, use: NameUse) -> bool:
        """Whether it may be this one, and nothing inside it, that is called there."""
        named = f".{use.name}".endswith(f".{self.dotted}")
        return use.call is not None and (named or (self.is_member and self.is_used_by(use)))


class NameUsers:
    """The files of one tree, each read once."""

    def __init__(self, blobs: Blobs, tree: Tree) -> None:
        self._blobs = blobs
        self._tree = tree
        self._layout = layout_of(tree, blobs)
        self._uses: dict[str, tuple[NameUse, ...]] = {}

    @cached_property
    def modules(self) -> dict[str, str]:
        """The name of each file of production code."""
        return module_names(self._tree, self._layout)

    def split(self, dotted: str) -> PublicName:
        """A dotted name with the module that offers it."""
        named = (m for m in self.modules.values() if f"{dotted}.".startswith(f"{m}."))
        module = max(named, key=len, default="")
        return PublicName.of(module, dotted.removeprefix(f"{module}."))

    def in_code(self, name: PublicName) -> Iterator[tuple[str, NameUse]]:
        """Uses in production code, each with its place."""
        for path in self.modules:
            for use in self._uses_in(path, name.word):
                if name.is_used_by(use):
                    yield f"{path}:{use.line}", use

    def in_data(self, name: PublicName) -> Iterator[str]:
        """Files beside the code, such as templates, that mention a member."""
        wanted = re.compile(rb"\.%s\b" % name.word.encode())
        for path in self._tree.files:
            beside = is_production(path, self._layout) and not path.endswith(".py")
            if name.is_member and beside and wanted.search(self._read(path)):
                yield path

    def tests_of(self, name: PublicName) -> Iterator[str]:
        """Files of tests that use it; of a member those that know its module, too."""
        for path in self._tree.files:
            if path.endswith(".py") and self._is_of_tests(path):
                uses = [use for use in self._uses_in(path, name.word) if name.is_used_by(use)]
                if uses and (not name.is_member or self._knows(path, name.module)):
                    yield path

    def _is_of_tests(self, path: str) -> bool:
        return is_test(path, self._layout) or is_test_support(path, self._layout)

    def is_published(self, name: PublicName) -> bool:
        """Whether the project offers it to others: at its top, in an `__all__`, as a script."""
        return (
            "." not in name.module
            or self._is_at_top(name)
            or self._is_listed(name)
            or self._is_installed(name)
        )

    def definitions(self, word: str) -> int:
        """How many things in the code may be meant by the name of a member."""
        if word in _BUILTIN:
            return 2
        escaped = re.escape(word).encode()
        wanted = re.compile(rb"(?m)\bdef %s\b|^\s+(?:self\.)?%s\s*(?::|=[^=])" % (escaped, escaped))
        return sum(len(wanted.findall(self._read(path))) for path in self.modules)

    def _is_at_top(self, name: PublicName) -> bool:
        top = name.module.partition(".")[0]
        path = next((p for p, module in self.modules.items() if module == top), None)
        if path is None:
            return False
        everything = any(use.is_of(f"{name.module}.*") for use in self._uses_in(path, ""))
        return everything or name.first in _written(parsed(self._read(path)))

    def _is_listed(self, name: PublicName) -> bool:
        for path, module in self.modules.items():
            if b"__all__" not in self._read(path):
                continue
            if name.first in (exported_names(parsed(self._read(path)).body) or ()):
                known = self._uses_in(path, name.first)
                first = f"{name.module}.{name.first}"
                if module == name.module or any(use.is_of(first) for use in known):
                    return True
        return False

    def _is_installed(self, name: PublicName) -> bool:
        wanted = re.compile(rf"(?<![\w.]){re.escape(name.module)}(?:\s*:\s*(\w+))?(?![\w.])")
        texts = (_scripts(p, self._read(p)) for p in _INSTALLED if p in self._tree)
        return any(m[1] in (None, name.first) for text in texts for m in wanted.finditer(text))

    def _knows(self, path: str, module: str) -> bool:
        return any(use.is_of(module) for use in self._uses_in(path, ""))

    def _uses_in(self, path: str, word: str) -> tuple[NameUse, ...]:
        source = self._read(path)
        if word.encode() not in source:
            return ()
        if path not in self._uses:
            module, is_package = self.modules.get(path, ""), path.endswith("__init__.py")
            self._uses[path] = name_uses(source, module, is_package=is_package)
        return self._uses[path]

    def _read(self, path: str) -> bytes:
        return self._blobs.read(self._tree.files[path].blob)


def _written(module: ast.Module) -> set[str]:
    """The names and the one-word texts of a module."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.name)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def _scripts(path: str, content: bytes) -> str:
    """The part of a settings file that names what is started or plugged in."""
    text = content.decode(errors="replace")
    if not path.endswith(".toml"):
        return text
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return text
    project, poetry = settings.get("project", {}), settings.get("tool", {}).get("poetry", {})
    tables = [project.get(name) for name in ("scripts", "gui-scripts", "entry-points")]
    return repr([*tables, poetry.get("scripts"), poetry.get("plugins")])
