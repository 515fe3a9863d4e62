"""What a change adds that a test can name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from seenred.domain.layout import DEFAULT, Layout, is_production, project_modules
from seenred.domain.tree import Tree
from seenred.referee.proof.ports import Blobs

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Introduced:
    """Names that nothing had before.

    Attributes:
        names: as they were given or found: `withdraw`, `Account.withdraw` or
            `bank.account:Account.withdraw`; a parameter is `bank.account:Account.withdraw(fee)`.
        modules: dotted names, new packages above them too.
    """

    names: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Whether something of that bare name is new, wherever it is."""
        return any(_last(known) == name for known in (*self.names, *self.modules))

    def has_module(self, module: str) -> bool:
        """Whether that module is new, or named as a thing that will be."""
        return module in self.modules or module in self.names

    def gives(self, module: str, name: str) -> bool:
        """Whether `from MODULE import NAME` will find something new."""
        if self.has_module(module) or self.has_module(f"{module}.{name}"):
            return True
        named = {known for known in self.names if _last(known) == name}
        return any(":" not in known or known == f"{module}:{name}" for known in named)

    def __or__(self, other: Introduced) -> Introduced:
        return Introduced(self.names | other.names, self.modules | other.modules)


NOTHING = Introduced()


def introduced(base: Tree, changed: Tree, blobs: Blobs, layout: Layout = DEFAULT) -> Introduced:
    """What the production code of `changed` defines and that of `base` doesn't."""
    before, after = project_modules(base, layout), project_modules(changed, layout)
    differing = frozenset(
        path
        for path in changed.changed_from(base)
        if path in changed and path.endswith(".py") and is_production(path, layout)
    )
    names = {
        f"{module}:{name}"
        for module, path in after.items()
        if path in differing
        for name in _defined_in(changed, path, blobs) - _defined_in(base, path, blobs)
    }
    return Introduced(frozenset(names), frozenset(_packages(after)) - frozenset(_packages(before)))


@lru_cache(maxsize=4096)  # every red of an audit asks for the same files
def defined_names(source: bytes) -> frozenset[str]:
    """Qualified names that a module defines: also attributes, and parameters as `name(parameter)`.

    Source that isn't Python defines nothing.
    """
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(_names(module.body, ""))


def _defined_in(tree: Tree, path: str, blobs: Blobs) -> frozenset[str]:
    entry = tree.files.get(path)
    return defined_names(blobs.read(entry.blob)) if entry else frozenset()


def _packages(modules: Mapping[str, str]) -> Iterator[str]:
    for module in modules:
        parts = module.split(".")
        yield from (".".join(parts[: length + 1]) for length in range(len(parts)))


def _last(name: str) -> str:
    """The bare name; of a parameter the parameter's."""
    return name.removesuffix(")").replace("(", ".").replace(":", ".").rpartition(".")[2]


def _names(body: list[ast.stmt], scope: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield scope + node.name
            yield from _names(node.body, f"{scope}{node.name}.")
        elif isinstance(node, _Function):
            yield scope + node.name
            yield from (f"{scope}{node.name}({parameter})" for parameter in _parameters(node))
            yield from (f"{scope}{name}" for name in _assigned_attributes(node))
        else:
            yield from (scope + name for name in _bound(node))
            inner = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
            yield from _names(inner, scope)
            for handler in getattr(node, "handlers", []):
                yield from _names(handler.body, scope)


def _parameters(node: _Function) -> list[str]:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [argument.arg for argument in every]


def _assigned_attributes(function: ast.AST) -> Iterator[str]:
    """`total` of `self.total = …`: whoever it belongs to, it can be asked for from now on."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def _bound(node: ast.stmt) -> Iterator[str]:
    """Names that one statement binds, without the statements inside it."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        return
    for part in _expressions(node):
        for child in ast.walk(part):
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
                yield child.id
            elif isinstance(child, ast.Attribute) and isinstance(child.ctx, ast.Store):
                yield child.attr
            elif isinstance(child, ast.Call):
                yield from _spelled(child)
        if _binds_slots(node):
            yield from _strings(part)


def _expressions(node: ast.stmt) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt | ast.ExceptHandler):
            yield child


def _binds_slots(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(each, ast.Name) and each.id == "__slots__" for each in targets)


def _spelled(call: ast.Call) -> Iterator[str]:
    """`namedtuple("Point", "x y")`, `Enum("Colour", ["RED"])`, `make_dataclass(…)`, `setattr`."""
    called = (
        call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    )
    if called in ("namedtuple", "NamedTuple", "make_dataclass", "setattr") or "Enum" in called:
        yield from _strings(call)
        yield from (keyword.arg for keyword in call.keywords if keyword.arg)


def _strings(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield from child.value.replace(",", " ").split()
