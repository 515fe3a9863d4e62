"""What a project's modules offer to others, and how that differs from before."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import filterfalse, repeat

from seenred.domain.ancestry import Ancestor, Ancestry, names_bound
from seenred.domain.placed_statement import FunctionNode, dotted_name
from seenred.domain.renaming import Renaming
from seenred.domain.source_text import parsed

Parameter = tuple[str, str, str]  # kind, name and default

_TELLING_DECORATORS = ("property", "staticmethod", "classmethod", "setter", "contextmanager")


@dataclass(frozen=True, slots=True)
class Offer:
    """How one public name may be used.

    Attributes:
        kind: `def`, `async def`, `generator`, `class`, `value`, `import`, with what decorates it.
        parameters: kind, name and default (as written, "" for none) of each.
        bases: of a class.
        own: what the body of a class binds.
        above: the classes above a class.
        inherited: the public class that has it, for what a class has from there; else "".
    """

    kind: str
    parameters: tuple[Parameter, ...] = ()
    bases: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    above: tuple[Ancestor, ...] = ()
    inherited: str = ""

    @property
    def is_called(self) -> bool:
        """Whether it is a function, or a method that is no property."""
        return self.kind.endswith("def") and "property" not in self.kind

    @property
    def shown(self) -> str:
        """As a person would write the parameters."""
        marks = {"*": "*", "**": "**"}
        each = [f"{marks.get(k, '')}{n}{'=' + d if d else ''}" for k, n, d in self.parameters]
        return f"({', '.join(each)})" if "def" in self.kind or "generator" in self.kind else ""


@dataclass(frozen=True, slots=True)
class SurfaceChange:
    """One public name that is no longer what it was.

    Attributes:
        name: dotted, from its module on.
        now: None where nothing has the name any more.
    """

    name: str
    before: Offer
    now: Offer | None = None

    @property
    def told(self) -> str:
        """As one line."""
        if self.now is None:
            return f"{self.name}{self.before.shown} is gone"
        return f"{self.name}{_told(self.before, self.now)}"


def public_surface(modules: Mapping[str, bytes]) -> dict[str, Offer]:
    """Each public name, dotted, of modules given by their dotted names.

    Raises:
        SyntaxError: one of them isn't Python.
    """
    found: dict[str, Offer] = {}
    bodies = {module: parsed(source).body for module, source in modules.items()}
    ancestry = Ancestry(bodies)
    for module, body in bodies.items():
        if not _is_private(module):
            exported = exported_names(body)
            for name, offer in _offers_of(module, body, ancestry):
                if exported is None or name.partition(".")[0] in exported:
                    found.setdefault(f"{module}.{name}", offer)
    return found


def surface_changes(
    old: Mapping[str, Offer], new: Mapping[str, Offer], renaming: Renaming
) -> tuple[SurfaceChange, ...]:
    """What users of the old names would notice; new names trouble nobody."""
    found = []
    for name, offer in old.items():
        if offer.inherited and f"{offer.inherited}.{name.rpartition('.')[2]}" in old:
            continue  # told of the class that has it
        renamed = next((n for n in _names_now(name, renaming) if n in new), None)
        if renamed is None:
            if offer.kind != "import":
                found.append(SurfaceChange(name, offer))
        elif not _is_same(offer, new[renamed], renaming):
            found.append(SurfaceChange(name, offer, new[renamed]))
    return tuple(found)


def _told(old: Offer, new: Offer) -> str:
    if old.shown != new.shown:
        return f"{old.shown} → {new.shown or new.kind}"
    return f": {_kind_and_bases(old)} → {_kind_and_bases(new)}"


def _kind_and_bases(offer: Offer) -> str:
    return f"{offer.kind}({', '.join(offer.bases)})" if offer.bases else offer.kind


def _names_now(name: str, renaming: Renaming) -> Iterator[str]:
    yield renaming.qualified(name)
    yield ".".join(min(renaming.identifier(part)) for part in name.split("."))
    yield name


def _is_same(old: Offer, new: Offer, renaming: Renaming) -> bool:
    if "import" in (old.kind, new.kind):
        return True
    if old.kind != new.kind or len(old.parameters) != len(new.parameters):
        return False
    if not _has_same_bases(old, new, renaming) and not _has_superclass_of_its_own(
        old, new, renaming
    ):
        return False
    pairs = zip(old.parameters, new.parameters, strict=True)
    return all(_is_same_parameter(a, b, renaming) for a, b in pairs)


def _has_same_bases(old: Offer, new: Offer, renaming: Renaming) -> bool:
    bases = zip(old.bases, new.bases, strict=False)
    return len(old.bases) == len(new.bases) and all(renaming.matches(a, b) for a, b in bases)


def _has_superclass_of_its_own(old: Offer, new: Offer, renaming: Renaming) -> bool:
    """Whether all that is new above a class is what may have been extracted from it.

    It brings no special method, which changes the class without being called, and nothing that
    another class above may have had already.
    """
    kept = [each for each in new.above if any(_matches(one, each, renaming) for one in old.above)]
    if len(kept) != len(old.above) or not all(map(_matches, old.above, kept, repeat(renaming))):
        return False
    added = [each for each in new.above if each not in kept]
    brought = {name for each in added for name in each.own} - old.own
    return all(each.plain for each in added) and not (
        brought if old.above else [name for name in brought if name.startswith("__")]
    )


def _matches(old: Ancestor, new: Ancestor, renaming: Renaming) -> bool:
    return renaming.matches(old.written, new.written)


def _is_same_parameter(old: Parameter, new: Parameter, renaming: Renaming) -> bool:
    """Whether kind and name agree, and both have a default; a named one may be the same value."""
    if old[0] != new[0] or not renaming.allows(old[1], new[1]) or bool(old[2]) != bool(new[2]):
        return False
    return old[2] == new[2] or not (_is_literal(old[2]) and _is_literal(new[2]))


def _is_literal(written: str) -> bool:
    try:
        ast.literal_eval(written)
    except (ValueError, SyntaxError, TypeError):
        return False
    return True


def _offers(body: list[ast.stmt], scope: str = "") -> Iterator[tuple[str, Offer]]:
    for node in _flat(body):
        for name, offer in _offered(node, inside_class=bool(scope)):
            if _is_private(name):
                continue
            yield scope + name, offer
            if isinstance(node, ast.ClassDef):
                yield from _offers(node.body, f"{scope}{name}.")


def _offers_of(
    module: str, body: list[ast.stmt], ancestry: Ancestry
) -> Iterator[tuple[str, Offer]]:
    """What a module offers, and after it what its classes have from classes above."""
    classes = {node.name: node for node in body if isinstance(node, ast.ClassDef)}
    above = {name: tuple(ancestry.above(module, node)) for name, node in classes.items()}
    for name, offer in _offers(body):
        if offer.kind == "class" and name in classes:
            own = names_bound(classes[name].body)
            yield name, replace(offer, own=own, above=above[name])
        else:
            yield name, offer
    for name in filterfalse(_is_private, classes):
        for ancestor in above[name]:
            public = "" if _is_private(ancestor.name) else ancestor.name
            for member, offer in _offers(ancestry.body(ancestor.name), f"{name}."):
                yield member, replace(offer, inherited=public)


def _flat(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run at import, those under conditions too."""
    for node in body:
        yield node
        if isinstance(node, ast.If | ast.Try):
            yield from _flat([*node.body, *node.orelse])


def _offered(node: ast.stmt, *, inside_class: bool) -> Iterator[tuple[str, Offer]]:
    if isinstance(node, FunctionNode):
        yield node.name, Offer(_function_kind(node), tuple(_parameters(node.args)))
    elif isinstance(node, ast.ClassDef):
        bases = tuple(ast.unparse(base) for base in node.bases)
        yield node.name, Offer("class", bases=bases)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                yield target.id, Offer("value")
    elif isinstance(node, ast.Import | ast.ImportFrom) and not inside_class:
        for alias in node.names:
            yield (alias.asname or alias.name).partition(".")[0], Offer("import")


def _function_kind(node: FunctionNode) -> str:
    yields = any(isinstance(each, ast.Yield | ast.YieldFrom) for each in _own(node))
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    names = [dotted_name(each).rpartition(".")[2] for each in node.decorator_list]
    decorated = [name for name in names if name in _TELLING_DECORATORS]
    return " ".join([*decorated, *(["generator"] if yields else []), word])


def _own(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FunctionNode | ast.ClassDef | ast.Lambda):
            yield child
            yield from _own(child)


def _parameters(arguments: ast.arguments) -> Iterator[Parameter]:
    positional = [*arguments.posonlyargs, *arguments.args]
    missing = len(positional) - len(arguments.defaults)
    defaults = ["", *[""] * missing, *map(ast.unparse, arguments.defaults)][1:]
    for index, (argument, default) in enumerate(zip(positional, defaults, strict=True)):
        kind = "/" if index < len(arguments.posonlyargs) else ""
        yield kind, argument.arg, default
    if arguments.vararg:
        yield "*", arguments.vararg.arg, ""
    for argument, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield "key", argument.arg, ast.unparse(value) if value is not None else ""
    if arguments.kwarg:
        yield "**", arguments.kwarg.arg, ""


def exported_names(body: list[ast.stmt]) -> frozenset[str] | None:
    """What `__all__` lists; None where there is none that can be read."""
    for node in body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
        ):
            try:
                return frozenset(ast.literal_eval(node.value))
            except (ValueError, TypeError):
                return None
    return None


def _is_private(dotted: str) -> bool:
    """Whether a part begins with an underscore; `__init__` and the like are public."""
    return any(p.startswith("_") and not p.endswith("__") for p in dotted.split("."))
