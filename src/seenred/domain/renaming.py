"""One map of old names to new ones, and whether two texts of tests are equal under it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from seenred.domain.source_text import SourceText

# calls whose texts name code: the target of a patch, an attribute, a module
_NAMING_CALLS = (
    *("patch", "object", "dict", "setattr", "delattr", "getattr", "hasattr", "import_module"),
    *("importorskip", "attrgetter", "methodcaller", "usefixtures"),
)


@dataclass(frozen=True, slots=True)
class Renaming:
    """What was renamed or moved.

    Attributes:
        names: old to new; `f`, `Class.method`, `package.module` or `package.module.f`; of what
            belongs to the tests also `path/of/file`.
    """

    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def clashes(self) -> tuple[str, ...]:
        """New names that several old ones would get."""
        counts = Counter(self.names.values())
        return tuple(name for name, count in counts.items() if count > 1)

    def identifier(self, old: str) -> frozenset[str]:
        """What a bare name may be called now."""
        pairs = [(a.rpartition(".")[2], b.rpartition(".")[2]) for a, b in self.names.items()]
        renamed = {new for name, new in pairs if name == old and new != old}
        return frozenset(renamed or {old})

    def qualified(self, old: str) -> str:
        """A dotted name after the longest entry that is the beginning of it."""
        parts = old.split(".")
        for end in range(len(parts), 0, -1):
            new = self.names.get(".".join(parts[:end]))
            if new is not None:
                return ".".join([new, *parts[end:]])
        return old

    def matches(self, old: str, new: str) -> bool:
        """Whether a dotted name may be called so now, as a whole or part for part."""
        if new in (old, self.qualified(old)):
            return True
        olds, news = old.split("."), new.split(".")
        return len(olds) == len(news) and all(map(self.allows, olds, news))

    def allows(self, old: str, new: str) -> bool:
        """Whether a bare name may be called so now."""
        return new == old or new in self.identifier(old)

    def test_id(self, old: str, known: Iterable[str]) -> str:
        """A test's id now; the same one while there is such a test."""
        if old in frozenset(known):
            return old
        plain, bracket, cell = old.partition("[")
        path, colons, rest = plain.partition("::")
        moved = self.names.get(path) or self._renamed(path)
        return moved + colons + self._renamed(rest) + bracket + cell

    def _renamed(self, text: str) -> str:
        """Each word of it as it is called now."""
        return "".join(min(self.identifier(word)) for word in re.split(r"(\W+)", text))


def difference(old: bytes, new: bytes, renaming: Renaming = Renaming()) -> str:
    """Where two modules differ beyond the renaming, as `line: old → new`; "" where they don't.

    Layout, comments, docstrings and the way something is imported are no difference.

    Raises:
        SyntaxError: one of the two isn't Python.
    """
    if old == new:
        return ""
    first, second = _Side.of(old), _Side.of(new)
    return next(_Comparison(first, second, renaming).differences(), "")


@dataclass(frozen=True, slots=True)
class _Side:
    text: SourceText
    imported: Mapping[str, str]
    unused: frozenset[str]

    @classmethod
    def of(cls, source: bytes) -> _Side:
        text = SourceText.of(source)
        imports = list(_imports(text.module))
        used = {node.id for node in ast.walk(text.module) if isinstance(node, ast.Name)}
        # imported for its effect, or for pytest to find
        unused = frozenset(whole for name, _, whole in imports if name not in used)
        return cls(text, {name: target for name, target, _ in imports}, unused)

    def resolve(self, node: ast.AST) -> str:
        """The dotted name that a chain of attributes stands for; "" unless it begins imported."""
        if isinstance(node, ast.Attribute):
            inner = self.resolve(node.value)
            return f"{inner}.{node.attr}" if inner else ""
        return self.imported.get(node.id, "") if isinstance(node, ast.Name) else ""


def _imports(module: ast.Module) -> Iterator[tuple[str, str, str]]:
    """For each imported name what it is bound to and what is loaded."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.name if alias.asname else alias.name.partition(".")[0]
                yield alias.asname or bound, bound, alias.name
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            for alias in node.names:
                target = f"{source}.{alias.name}"
                yield alias.asname or alias.name, target, target


@dataclass(frozen=True, slots=True)
class _Comparison:
    old: _Side
    new: _Side
    renaming: Renaming

    def differences(self) -> Iterator[str]:
        yield from self._unused_imports()
        yield from self._blocks(self.old.text.module.body, self.new.text.module.body)

    def _unused_imports(self) -> Iterator[str]:
        now = self.new.unused
        for target in self.old.unused:
            known = {*now, *self.new.imported.values()}
            if not any(self.renaming.matches(target, each) for each in known):
                yield f"import of {target} is gone"
        was = [self.renaming.qualified(each) for each in self.old.imported.values()]
        for target in now:
            if target not in was and not any(self.renaming.matches(each, target) for each in was):
                yield f"import of {target} is new"

    def _blocks(self, old: list[ast.stmt], new: list[ast.stmt]) -> Iterator[str]:
        these, those = _telling(old), _telling(new)
        for a, b in zip(these, those, strict=False):
            yield from self._nodes(a, b)
        for extra in these[len(those) :]:
            yield f"{extra.lineno}: {self._first_line(self.old, extra)} is gone"
        for extra in those[len(these) :]:
            yield f"{extra.lineno}: {self._first_line(self.new, extra)} is new"

    def _nodes(self, old: ast.AST, new: ast.AST) -> Iterator[str]:
        before, after = self.old.resolve(old), self.new.resolve(new)
        if before and after:
            if not self.renaming.matches(before, after):
                yield self._shown(old, new)
        elif type(old) is not type(new):
            yield self._shown(old, new)
        elif isinstance(old, ast.Call) and isinstance(new, ast.Call) and _names_code(old):
            yield from self._naming_call(old, new)
        else:
            yield from self._fields(old, new)

    def _fields(self, old: ast.AST, new: ast.AST) -> Iterator[str]:
        for name, a in ast.iter_fields(old):
            b = getattr(new, name)
            if name in ("body", "orelse", "finalbody") and isinstance(a, list):
                yield from self._blocks(a, b)
            elif isinstance(a, list):
                yield from self._lists(a, b, old, new)
            elif isinstance(a, ast.AST) and isinstance(b, ast.AST):
                yield from self._inner(a, b, old, new)
            elif not self._same_value(old, name, a, b):
                yield self._shown(old, new)

    def _lists(self, a: list[object], b: list[object], old: ast.AST, new: ast.AST) -> Iterator[str]:
        if len(a) != len(b):
            yield self._shown(old, new)
            return
        for one, other in zip(a, b, strict=True):
            if isinstance(one, ast.AST) and isinstance(other, ast.AST):
                yield from self._inner(one, other, old, new)
            elif not self._same_name(one, other):
                yield self._shown(old, new)

    def _inner(self, a: ast.AST, b: ast.AST, old: ast.AST, new: ast.AST) -> Iterator[str]:
        """What differs inside; an operator doesn't know its line, what it stands in does."""
        if type(a) is not type(b) and not hasattr(a, "lineno"):
            yield self._shown(old, new)
        else:
            yield from self._nodes(a, b)

    def _naming_call(self, old: ast.Call, new: ast.Call) -> Iterator[str]:
        yield from self._nodes(old.func, new.func)
        if len(old.args) != len(new.args) or len(old.keywords) != len(new.keywords):
            yield self._shown(old, new)
            return
        for a, b in zip(old.args, new.args, strict=True):
            x, y = _text_of(a), _text_of(b)
            if x is None or y is None:
                yield from self._nodes(a, b)
            elif x != y and not self.renaming.matches(x, y):
                yield self._shown(a, b)
        for one, other in zip(old.keywords, new.keywords, strict=True):
            yield from self._nodes(one, other)

    def _same_value(self, node: ast.AST, name: str, a: object, b: object) -> bool:
        if isinstance(node, ast.Constant):
            return name == "kind" or (type(a) is type(b) and repr(a) == repr(b))
        if name in ("type_comment", "lineno"):
            return True
        return self._same_name(a, b)

    def _same_name(self, a: object, b: object) -> bool:
        if isinstance(a, str) and isinstance(b, str):
            return self.renaming.allows(a, b)
        return a == b

    def _shown(self, old: ast.AST, new: ast.AST) -> str:
        line = getattr(new, "lineno", None)
        before, after = _brief(old), _brief(new)
        return f"{line}: {before} → {after}" if line else f"{before} → {after}"

    @staticmethod
    def _first_line(side: _Side, node: ast.stmt) -> str:
        return side.text.lines[node.lineno - 1].strip()


def _telling(block: list[ast.stmt]) -> list[ast.stmt]:
    """Statements but imports and texts that stand alone."""
    return [
        each
        for each in block
        if not isinstance(each, ast.Import | ast.ImportFrom | ast.Pass)
        and not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
    ]


def _names_code(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in _NAMING_CALLS


def text_that_names_code(call: ast.Call) -> Iterator[str]:
    """The plain texts in a call that takes names of code as texts: `getattr(cart, "total")`."""
    found = (_text_of(each) for each in call.args) if _names_code(call) else ()
    yield from (text for text in found if text is not None)


def _text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _brief(node: ast.AST) -> str:
    written = " ".join(ast.unparse(node).split())
    return written if len(written) <= 60 else f"{written[:59]}…"
