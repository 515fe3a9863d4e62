"""How a value that a test passed can be made again, in the old version's world and in the new."""

from __future__ import annotations

import copy
import dataclasses
import enum
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

_PLAIN = (type(None), bool, int, float, complex, str, bytes)
_SHARED = (types.BuiltinFunctionType, types.FunctionType, types.MethodDescriptorType)
# Deeper or longer values are the tests' own data, not inputs that can be varied.
_DEEPEST, _LONGEST = 6, 200


class Unsupported(Exception):
    """A value that can't be made again."""


class Recipe:
    """A value, or how to make it.

    Attributes:
        kind: `plain`, `copy`, `shared`, `list`, `tuple`, `set`, `frozenset`, `dict`, `enum`,
            `ref` or `made`.
        value: of a plain, copied or shared one; of a reference its module and qualified name.
        items: of a container; of a made one its arguments. A dict's are pairs.
        named: keyword arguments of a made one.
    """

    __slots__ = ("items", "kind", "named", "value")

    def __init__(
        self,
        kind: str,
        value: Any = None,
        items: Iterable[Any] = (),
        named: Mapping[str, Recipe] | None = None,
    ) -> None:
        self.kind = kind
        self.value = value
        self.items = tuple(items)
        self.named = dict(named or {})

    def with_items(self, items: Iterable[Any]) -> Recipe:
        """The same with other contents."""
        return Recipe(self.kind, self.value, items, self.named)

    def build(self, find: Callable[[str, str], Any]) -> Any:
        """A fresh value; `find` looks up a name in a module of one of the worlds."""
        if self.kind in ("plain", "shared"):
            return self.value
        if self.kind == "copy":
            return copy.deepcopy(self.value)
        if self.kind == "ref":
            return find(*self.value)
        if self.kind == "enum":
            module, name, member = self.value
            return find(module, name)[member]
        if self.kind == "dict":
            return {key.build(find): value.build(find) for key, value in self.items}
        built = [item.build(find) for item in self.items]
        if self.kind == "made":
            named = {name: each.build(find) for name, each in self.named.items()}
            return find(*self.value)(*built, **named)
        return _CONTAINERS[self.kind](built)

    def show(self) -> str:
        """As a person would write it."""
        if self.kind in ("ref", "enum"):
            return ".".join(self.value[1:])
        if self.kind == "dict":
            inner = ", ".join(f"{key.show()}: {value.show()}" for key, value in self.items)
            return "{" + inner + "}"
        shown = [item.show() for item in self.items]
        if self.kind == "made":
            shown += [f"{name}={each.show()}" for name, each in self.named.items()]
            return f"{self.value[1]}({', '.join(shown)})"
        if self.kind == "list":
            return f"[{', '.join(shown)}]"
        if self.kind == "tuple":
            return f"({', '.join(shown)}{',' if len(shown) == 1 else ''})"
        if self.kind in ("set", "frozenset"):
            return "{" + ", ".join(shown) + "}" if shown else f"{self.kind}()"
        return getattr(self.value, "__name__", None) or repr(self.value)


_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
}


class Kitchen:
    """Writes recipes of values.

    Args:
        is_project: whether a module's name belongs to the project.
        made: how instances of the project's plain classes were made, by identity.
    """

    def __init__(self, is_project: Callable[[str], bool], made: Mapping[int, Recipe]) -> None:
        self._is_project = is_project
        self._made = made

    def recipe(self, value: Any, depth: int = 0) -> Recipe:
        """How to make the value again.

        Raises:
            Unsupported: it can't be.
        """
        kind = type(value)
        if depth > _DEEPEST:
            raise Unsupported("too deep")
        if kind in _PLAIN:
            return Recipe("plain", value)
        if kind in (list, tuple, set, frozenset, dict):
            return self._container(value, depth)
        if isinstance(value, (type, *_SHARED)):
            return self._reference(value)
        if isinstance(value, enum.Enum):
            return Recipe("enum", (kind.__module__, kind.__qualname__, value.name))
        if self._is_project(kind.__module__):
            return self._instance(value, depth)
        return self._copied(value)

    def _container(self, value: Any, depth: int) -> Recipe:
        if len(value) > _LONGEST:
            raise Unsupported("too long")
        if isinstance(value, dict):
            pairs = [
                (self.recipe(key, depth + 1), self.recipe(item, depth + 1))
                for key, item in value.items()
            ]
            return Recipe("dict", items=pairs)
        items = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else value
        return Recipe(type(value).__name__, items=[self.recipe(item, depth + 1) for item in items])

    def _reference(self, value: Any) -> Recipe:
        module = getattr(value, "__module__", None) or ""
        if self._is_project(module) and "<locals>" not in value.__qualname__:
            return Recipe("ref", (module, value.__qualname__))
        return Recipe("shared", value)

    def _instance(self, value: Any, depth: int) -> Recipe:
        kind = type(value)
        place = (kind.__module__, kind.__qualname__)
        if "<locals>" in kind.__qualname__:
            raise Unsupported("a local class")
        if id(value) in self._made:
            return self._made[id(value)]
        if dataclasses.is_dataclass(value):
            fields = [each for each in dataclasses.fields(value) if each.init]
            named = {f.name: self.recipe(getattr(value, f.name), depth + 1) for f in fields}
            return Recipe("made", place, named=named)
        if isinstance(value, tuple):
            return Recipe("made", place, [self.recipe(item, depth + 1) for item in value])
        if kind.__init__ is object.__init__ and not getattr(value, "__dict__", None):
            return Recipe("made", place)
        raise Unsupported(f"a {kind.__name__} whose making was not seen")

    @staticmethod
    def _copied(value: Any) -> Recipe:
        try:
            twin = copy.deepcopy(value)
        except Exception as error:
            raise Unsupported(type(value).__name__) from error
        return Recipe("copy", twin)


def is_sized(recipe: Recipe) -> bool:
    """Whether it can grow: a list, a text …"""
    text = recipe.kind == "plain" and isinstance(recipe.value, (str, bytes))
    return text or recipe.kind in (*_CONTAINERS, "dict")


def same(a: Sequence[Recipe], b: Sequence[Recipe]) -> bool:
    """Whether two calls look the same."""
    return [each.show() for each in a] == [each.show() for each in b]
