"""What is wrong with how a test is written: it knows the implementation, or is hard to write."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeGuard

_Function = ast.FunctionDef | ast.AsyncFunctionDef
# a named tuple's own words, private by their spelling only
_PUBLIC_ALL_THE_SAME = {"_asdict", "_replace", "_fields", "_make", "_field_defaults", "_"}
_EMPTY_WORDS = (
    *("it", "this", "works", "work", "ok", "okay", "correct", "correctly", "properly", "right"),
    *("basic", "simple", "default", "main", "example", "success", "passes", "case", "test", "unit"),
    *("functionality", "method", "function", "class", "happy", "path", "something", "thing"),
)
# statements before the first assertion, and replaced parts, from which on writing it was laborious
MANY_STATEMENTS, MANY_PATCHES = 8, 3
_EXPECTING = ("raises", "warns", "assertRaises", "assertWarns", "assertLogs", "deprecated_call")


class SmellKind(StrEnum):
    PRIVATE = "private"
    MOCKED_SUBJECT = "mocked-subject"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Smell:
    """One thing that a test should not do.

    Attributes:
        line: in its file.
        what: one line, with what to do instead.
    """

    kind: SmellKind
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a test is about.

    Attributes:
        modules: names under which the project's own modules are imported, the subject's among
            them, each with the qualified names that it defines: `Account.withdraw`.
    """

    modules: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def defines(self, dotted: str) -> bool:
        """Whether `bank.account.Account.withdraw` is defined where that says."""
        parts = dotted.split(".")
        return any(
            ".".join(parts[cut:]) in self.modules.get(".".join(parts[:cut]), ())
            for cut in range(1, len(parts))
        )

    def is_own(self, dotted: str) -> bool:
        """Whether it belongs to the project."""
        root = dotted.partition(".")[0]
        return any(module.partition(".")[0] == root for module in self.modules)

    def names(self) -> frozenset[str]:
        """Bare names of all that is defined."""
        return frozenset(n.rpartition(".")[2] for found in self.modules.values() for n in found)


def smells(module: ast.Module, test: str, subject: Subject) -> tuple[Smell, ...]:
    """The smells of one test of a file, in the order of their lines.

    Args:
        test: its name within the file, `test_adds` or `TestAccount::test_adds`.
    """
    function = _found(module, test)
    if function is None:
        return ()
    read = _Reader(module, function, subject)
    found = [*read.name(), *read.privates(), *read.mocks()]
    return tuple(sorted(dict.fromkeys(found), key=lambda smell: smell.line))


def pain(module: ast.Module, test: str, subject: Subject) -> str:
    """Why a test was hard to write and what design would make it easy; "" where it was not."""
    function = _found(module, test)
    if function is None:
        return ""
    read = _Reader(module, function, subject)
    reasons = [*read.laborious()]
    if not reasons:
        return ""
    told = ", ".join(reason for reason, _ in reasons)
    return f"this test is hard to write: {told}. {reasons[0][1]}"


class _Reader:
    """One test, with what its names stand for."""

    def __init__(self, module: ast.Module, function: _Function, subject: Subject) -> None:
        self._function = function
        self._subject = subject
        self._names = _imported(module)
        self._own = frozenset(_defined(module))

    def name(self) -> Iterator[Smell]:
        """A name that says nothing of a behaviour."""
        name = self._function.name
        words = [w for w in name.removeprefix("test").split("_") if w]
        telling = [w for w in words if w.lower() not in _EMPTY_WORDS and not w.isdecimal()]
        whole = "_".join(words)
        only_subject = whole in self._subject.names() or "_".join(telling) in self._subject.names()
        empty = len(telling) < len(words) and len(telling) < 2
        numbered = len(words) == 1 and re.fullmatch(r"\w*\d", whole)
        if not telling or only_subject or empty or numbered:
            told = f"`{name}` does not say what must happen; name the behaviour"
            yield Smell(SmellKind.NAME, self._function.lineno, told)

    def privates(self) -> Iterator[Smell]:
        """Uses of what the project keeps for itself."""
        for node in ast.walk(self._function):
            if isinstance(node, ast.Attribute) and self._is_private(node):
                name = node.attr
            elif isinstance(node, ast.Name) and self._is_private_import(node.id):
                name = self._names[node.id].rpartition(".")[2]
            else:
                continue
            if name not in self._own:
                told = f"`{name}` is private; test what callers see"
                yield Smell(SmellKind.PRIVATE, node.lineno, told)

    def mocks(self) -> Iterator[Smell]:
        """The subject itself, replaced by something that knows the answer."""
        for node, target in self._replaced():
            if self._subject.defines(target):
                told = f"`{target.rpartition('.')[2]}` is what is tested, and is replaced; call it"
                yield Smell(SmellKind.MOCKED_SUBJECT, node.lineno, told)

    def laborious(self) -> Iterator[tuple[str, str]]:
        """What made it laborious, and what would help."""
        before = _before_assertion(self._function)
        if before >= MANY_STATEMENTS:
            told = f"{before} statements come before its first assertion"
            yield told, "Let what it needs be made in one step, or passed as plain values."
        patches = len(list(self._replaced()))
        if patches >= MANY_PATCHES:
            told = f"it replaces {patches} things"
            yield told, "Let the code take what it uses as arguments."
        if len(list(self.privates())) >= MANY_PATCHES:
            told = "it has to look inside"
            yield told, "Let the result be something that callers can see."

    def _is_private(self, node: ast.Attribute) -> bool:
        if not _is_private_name(node.attr):
            return False
        root = _root(node)
        if root in ("self", "cls"):
            return False
        full = self._names.get(root, "")
        return not full or self._subject.is_own(full)

    def _is_private_import(self, name: str) -> bool:
        full = self._names.get(name, "")
        return self._subject.is_own(full) and _is_private_name(full.rpartition(".")[2])

    def _replaced(self) -> Iterator[tuple[ast.Call, str]]:
        """Calls that put something else in the place of a name, with the name."""
        parts = [self._function, *self._function.decorator_list]
        calls = {n for part in parts for n in ast.walk(part) if isinstance(n, ast.Call)}
        for call in sorted(calls, key=lambda each: (each.lineno, each.col_offset)):
            target = self._target(call)
            if target:
                yield call, target

    def _target(self, call: ast.Call) -> str:
        called = ast.unparse(call.func)
        last = called.rpartition(".")[2]
        if last in ("Mock", "MagicMock", "AsyncMock", "create_autospec"):
            spec = [k.value for k in call.keywords if k.arg in ("spec", "spec_set", "wraps")]
            spec += call.args[:1]
            return self._dotted(spec[0]) if spec else ""
        if called.endswith("patch.object") or (last == "setattr" and "monkeypatch" in called):
            return self._member(call)
        if last == "patch" and call.args:
            return _literal(call.args[0])
        return ""

    def _member(self, call: ast.Call) -> str:
        """`patch.object(account, "total")`, `monkeypatch.setattr("bank.account.total", …)`."""
        if not call.args:
            return ""
        if text := _literal(call.args[0]):
            return text
        name = _literal(call.args[1]) if len(call.args) > 1 else ""
        return f"{self._dotted(call.args[0])}.{name}" if name else ""

    def _dotted(self, node: ast.expr) -> str:
        first, dot, rest = ast.unparse(node).partition(".")
        return f"{self._names.get(first, first)}{dot}{rest}"


def _found(module: ast.Module, test: str) -> _Function | None:
    *owners, name = test.partition("[")[0].split("::")
    body: list[ast.stmt] = module.body
    for owner in owners:
        classes = [n for n in body if isinstance(n, ast.ClassDef) and n.name == owner]
        body = classes[-1].body if classes else []
    named = [n for n in body if isinstance(n, _Function) and n.name == name]
    return named[-1] if named else None


def _imported(module: ast.Module) -> dict[str, str]:
    """What each imported name stands for: `total` for `bank.account.total`."""
    names: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {a.asname or a.name.partition(".")[0]: _of(a) for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return names


def _defined(module: ast.Module) -> Iterator[str]:
    """Names that the test file itself defines, on a stand-in of its own for example."""
    for node in ast.walk(module):
        if isinstance(node, _Function | ast.ClassDef):
            yield node.name
        elif _is_set_on_itself(node):
            yield node.attr


def _is_set_on_itself(node: ast.AST) -> TypeGuard[ast.Attribute]:
    if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Store):
        return False
    return _root(node) in ("self", "cls")


def _of(alias: ast.alias) -> str:
    return alias.name if alias.asname else alias.name.partition(".")[0]


def _is_private_name(name: str) -> bool:
    dunder = name.startswith("__") and name.endswith("__")
    return name.startswith("_") and not dunder and name not in _PUBLIC_ALL_THE_SAME


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _before_assertion(function: _Function) -> int:
    """Statements that run before the first assertion, those of blocks counted too."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return sum(1 for _ in _until_assertion(body))


def _until_assertion(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if _asserts(node):
            if not isinstance(node, _Function) and not _expects(node):
                yield from _until_assertion(getattr(node, "body", ()))
            return
        yield node
        if not isinstance(node, _Function | ast.ClassDef):
            yield from _until_assertion(getattr(node, "body", ()))


def _expects(node: ast.stmt) -> bool:
    """Whether it is a block in which something must be raised: an assertion as a whole."""
    items = node.items if isinstance(node, ast.With | ast.AsyncWith) else []
    names = [ast.unparse(item.context_expr).partition("(")[0] for item in items]
    return any(name.rpartition(".")[2].startswith(_EXPECTING) for name in names)


def _asserts(node: ast.stmt) -> bool:
    """Whether an assertion is in it: plain, of unittest, of a mock, `pytest.raises`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Assert):
            return True
        if isinstance(each, ast.Call):
            name = ast.unparse(each.func).rpartition(".")[2]
            if name.startswith("assert") or name in ("raises", "warns", "fail"):
                return True
    return False
