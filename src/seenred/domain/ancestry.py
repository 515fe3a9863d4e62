"""Which classes of some modules a class is made from, as far as their source tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from seenred.domain.placed_statement import FunctionNode

# what a class body binds by itself, and no class is otherwise for
_HARMLESS = frozenset({"__doc__", "__module__", "__qualname__", "__annotations__"})


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A class above another.

    Attributes:
        written: as the class below names it.
        name: dotted, from its module on; "" where its source isn't known.
        own: what its body binds.
        plain: it has no decorator and no keyword, such as a metaclass.
    """

    written: str
    name: str = ""
    own: frozenset[str] = frozenset()
    plain: bool = False


class Ancestry:
    """The classes at the top of some modules.

    Args:
        bodies: of modules, by their dotted names.
    """

    def __init__(self, bodies: Mapping[str, list[ast.stmt]]) -> None:
        self._imported = {module: dict(_imported(module, body)) for module, body in bodies.items()}
        self._classes = {
            f"{module}.{node.name}": (module, node)
            for module, body in bodies.items()
            for node in body
            if isinstance(node, ast.ClassDef)
        }

    def body(self, name: str) -> list[ast.stmt]:
        """Of a class; nothing where its source isn't known."""
        return self._classes[name][1].body if name in self._classes else []

    def above(self, module: str, node: ast.ClassDef, below: tuple[str, ...] = ()) -> list[Ancestor]:
        """All classes above one, each followed by those above it; a circle is left."""
        found = []
        for base in node.bases:
            written = ast.unparse(base)
            name = self._known(module, written)
            if not name or name in below:
                found.append(Ancestor(written))
                continue
            home, above = self._classes[name]
            plain = not (above.decorator_list or above.keywords)
            found.append(Ancestor(written, name, names_bound(above.body), plain))
            found += self.above(home, above, (*below, name))
        return found

    def _known(self, module: str, written: str) -> str:
        first, _, rest = written.partition(".")
        places = [module, *self._imported[module].get(first, ())]
        candidates = [f"{module}.{written}", written]
        candidates += [f"{place}.{rest}" if rest else place for place in places[1:]]
        return next((name for name in candidates if name in self._classes), "")


def names_bound(body: list[ast.stmt]) -> frozenset[str]:
    """What a class body binds, whatever for, besides what every class has."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, FunctionNode | ast.ClassDef):
            found.add(node.name)
        else:
            names = (each for each in ast.walk(node) if isinstance(each, ast.Name | ast.alias))
            found |= {_bound(each) for each in names} - {""}
    return frozenset(found) - _HARMLESS


def _bound(node: ast.Name | ast.alias) -> str:
    if isinstance(node, ast.alias):
        return (node.asname or node.name).partition(".")[0]
    return node.id if isinstance(node.ctx, ast.Store) else ""


def _imported(module: str, body: list[ast.stmt]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names that imports bind, and what each may stand for."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from ((each.asname, (each.name,)) for each in node.names if each.asname)
        elif isinstance(node, ast.ImportFrom):
            for each in node.names:
                places = [f"{place}{each.name}" for place in _places(module, node)]
                yield each.asname or each.name, tuple(places)


def _places(module: str, node: ast.ImportFrom) -> Iterator[str]:
    """What goes before a name; whether a module is a package can't be seen from its name."""
    if not node.level:
        yield f"{node.module}."
        return
    parts = module.split(".")
    for up in (node.level, node.level - 1):
        above = parts[: len(parts) - up]
        yield "".join(f"{part}." for part in [*above, *([node.module] if node.module else [])])
