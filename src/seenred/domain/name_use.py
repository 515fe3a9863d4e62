"""Where a module uses names that may be another module's, as far as its text tells."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from seenred.domain.renaming import text_that_names_code
from seenred.domain.source_text import parsed

# what an entry point, a patch or a route may name
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:[.:][A-Za-z_]\w*)+")


@dataclass(frozen=True, slots=True)
class NameUse:
    """One place.

    Attributes:
        name: dotted, from its module on; `.total` of an attribute of something unknown.
        call: the call, where it is called.
    """

    name: str
    line: int
    call: ast.Call | None = None

    def is_of(self, dotted: str) -> bool:
        """Whether it uses a thing of that name, or something inside it."""
        return f".{dotted}." in f".{self.name}."


def name_uses(source: bytes, module: str, *, is_package: bool = False) -> tuple[NameUse, ...]:
    """All uses of names, in the order of the text's nesting.

    Args:
        module: the dotted name under which it is imported.
        is_package: it is an `__init__.py`.

    Raises:
        SyntaxError: the source isn't Python.
    """
    tree = parsed(source)
    package = module if is_package else module.rpartition(".")[0]
    imports = list(_imports(tree, package))
    return (
        *(NameUse(t, line) for _, t, line in imports),
        *_Reader.of(tree, module, imports).uses(),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    tree: ast.Module
    module: str
    imported: Mapping[str, str]
    starred: tuple[str, ...]
    shadowed: frozenset[str]
    calls: Mapping[int, ast.Call]

    @classmethod
    def of(cls, tree: ast.Module, module: str, imports: list[tuple[str, str, int]]) -> _Reader:
        nodes = list(ast.walk(tree))
        calls = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
        imported = {bound: target for bound, target, _ in imports if bound != "*"}
        starred = tuple(target.removesuffix(".*") for bound, target, _ in imports if bound == "*")
        stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
        return cls(tree, module, imported, starred, frozenset(stored | arguments), calls)

    def uses(self) -> Iterator[NameUse]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name | ast.Attribute):
                yield from self._used(node)
            elif isinstance(node, ast.Constant) and _DOTTED.fullmatch(str(node.value)):
                yield NameUse(str(node.value).replace(":", "."), node.lineno)
            elif isinstance(node, ast.Call):
                for text in text_that_names_code(node):
                    yield NameUse(f".{text}", node.lineno)

    def _used(self, node: ast.Name | ast.Attribute) -> Iterator[NameUse]:
        call = self.calls.get(id(node))
        if isinstance(node, ast.Attribute):
            yield NameUse(f".{node.attr}", node.lineno, call)
            if resolved := self._resolved(node):
                yield NameUse(resolved, node.lineno, call)
        elif isinstance(node.ctx, ast.Load):
            yield from (NameUse(name, node.lineno, call) for name in self._bare(node.id))

    def _bare(self, name: str) -> Iterator[str]:
        if name in self.imported:
            yield self.imported[name]
        elif name not in self.shadowed:
            yield from (f"{module}.{name}" for module in (self.module, *self.starred))

    def _resolved(self, node: ast.expr) -> str:
        if isinstance(node, ast.Attribute):
            inner = self._resolved(node.value)
            return f"{inner}.{node.attr}" if inner else ""
        return self.imported.get(node.id, "") if isinstance(node, ast.Name) else ""


def _imports(tree: ast.Module, package: str) -> Iterator[tuple[str, str, int]]:
    """What each import binds, to what, and the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.name if alias.asname else alias.name.partition(".")[0]
                yield alias.asname or bound, bound, node.lineno
        elif isinstance(node, ast.ImportFrom):
            source = absolute(node.level, node.module or "", package)
            for alias in node.names:
                yield alias.asname or alias.name, f"{source}.{alias.name}", node.lineno


def absolute(level: int, module: str, package: str) -> str:
    """The name of a module that is imported from a package, perhaps relatively."""
    if not level:
        return module
    above = package.split(".")
    return ".".join([*above[: len(above) - level + 1], *([module] if module else [])])
