"""What a piece of code does outside of itself: output, files, processes, other packages' doings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from seenred.domain.placed_statement import dotted_name

_BUILTIN_NAMES = "print open input exec eval compile breakpoint exit quit __import__"
_BUILTINS = frozenset(_BUILTIN_NAMES.split())
# parts of the standard library that compute and leave the world as it is
_COMPUTING_NAMES = """
    __future__ abc array ast base64 binascii bisect calendar cmath codecs collections contextlib
    copy dataclasses datetime decimal difflib enum fractions functools graphlib hashlib heapq hmac
    html inspect ipaddress itertools json keyword math numbers operator os.path pathlib posixpath
    re statistics string struct textwrap types typing unicodedata urllib.parse uuid weakref zlib
    """
_COMPUTING = frozenset(_COMPUTING_NAMES.split())
# methods that act upon a file, a process, a connection, whatever object they are called on
_ACTING_NAMES = """
    chmod connect execute executemany executescript hardlink_to kill mkdir popen rmdir rmtree send
    sendall sendto symlink_to system terminate touch unlink write write_bytes write_text writelines
    """
_ACTING = frozenset(_ACTING_NAMES.split())

# characters of an effect that is told
_LONGEST = 50


@dataclass(frozen=True, slots=True)
class Outside:
    """The names by which a module reaches what is not its own.

    Attributes:
        names: bound to other packages, or made by them at the top of the module.
        own: functions and methods that the module defines.
    """

    names: frozenset[str]
    own: frozenset[str]

    @classmethod
    def of(cls, module: ast.Module, path: str = "") -> Outside:
        """Those of the module at `path`: packages that lie around it are its own."""
        around = frozenset(path.removesuffix(".py").split("/"))
        nodes = list(ast.walk(module))
        names = {name for node in nodes for name in _imported(node, around)}
        for node in module.body:
            names |= set(_made(node, names))
        functions = (n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
        return cls(frozenset(names), frozenset(each.name for each in functions))

    def effect(self, node: ast.AST) -> str:
        """The first thing that a piece of code does outside, in one short line; "" for none."""
        return next((_brief(each) for each in _executed(node) if self._acts(each)), "")

    def _acts(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            return self._is_outside(dotted_name(node))
        if not isinstance(node, ast.Call):
            return False
        name = dotted_name(node.func)
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if method in _ACTING and method not in self.own:
            return True
        return name in _BUILTINS - self.own or self._is_outside(name)

    def _is_outside(self, name: str) -> bool:
        parts = name.split(".")
        begins = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
        return parts[0] in self.names and not any(each in _COMPUTING for each in begins)


def _brief(node: ast.AST) -> str:
    written = " ".join(ast.unparse(node).split())
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"


def _imported(node: ast.AST, around: frozenset[str]) -> Iterator[str]:
    """Names that an import binds to what may act."""
    if isinstance(node, ast.ImportFrom) and not node.level and node.module:
        own = node.module.partition(".")[0] in around
        if not own and not _computes(node.module):
            yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.Import):
        for alias in node.names:
            computes = _computes(alias.name) and (alias.asname or "." not in alias.name)
            if not computes and alias.name.partition(".")[0] not in around:
                yield alias.asname or alias.name.partition(".")[0]


def _computes(module: str) -> bool:
    return module in _COMPUTING or module.partition(".")[0] in _COMPUTING


def _made(node: ast.stmt, names: set[str]) -> Iterator[str]:
    """Names that a statement binds to what another package has made, as a logger."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return
    if dotted_name(node.value.func).partition(".")[0] in names:
        yield from (each.id for each in node.targets if isinstance(each, ast.Name))


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it but annotations, decorators and what is raised, outer ones first."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params", "decorator_list"):
            continue
        raised = name == "exc" and isinstance(value, ast.Call)
        for child in value.args if raised else value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _executed(child)
