"""What is left of a module when everything is taken away that cannot change what it does."""

from __future__ import annotations

import ast
from enum import StrEnum

from seenred.referee.audit.coded_test import Function, parsed, without_docstrings


class Nature(StrEnum):
    """What kind of difference there is between two versions of a file."""

    CODE = "code"
    DATA = "data"
    TYPES = "types only"
    LAYOUT = "comments, docstrings and formatting only"
    MODE = "mode only"


_TYPING = ("typing", "typing_extensions", "collections.abc", "__future__")
# decorators that do not look at the annotations of what they decorate
_INDIFFERENT = frozenset(
    {
        *("property", "staticmethod", "classmethod", "abstractmethod", "override", "final"),
        *("cache", "lru_cache", "cached_property", "wraps", "contextmanager", "setter"),
        *("asynccontextmanager", "fixture", "parametrize", "overload"),
    }
)
_TYPE_MAKERS = ("TypeVar", "ParamSpec", "TypeVarTuple", "NewType")


def nature_of(path: str, before: bytes | None, after: bytes | None) -> Nature:
    """The kind of difference; a new or removed module is code."""
    if not path.endswith(".py"):
        return Nature.DATA
    if before == after:
        return Nature.MODE
    old, new = parsed(before), parsed(after)
    if old is None or new is None:
        return Nature.CODE
    plain = [without_docstrings(module) for module in (old, new)]
    if ast.dump(plain[0]) == ast.dump(plain[1]):
        return Nature.LAYOUT
    untyped = [ast.dump(_Untyped().visit(module)) for module in plain]
    return Nature.TYPES if untyped[0] == untyped[1] else Nature.CODE


class _Untyped(ast.NodeTransformer):
    """Takes annotations away where nothing at run time asks for them."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | None:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST | None:
        return self._function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        # a dataclass, a pydantic model, a NamedTuple: its fields are its annotations
        fields = [] if _is_plain(node) else [n for n in node.body if isinstance(n, ast.AnnAssign)]
        node.body = [_kept(n if n in fields else self.visit(n)) for n in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if _last_name(node.annotation) == "TypeAlias":
            return None
        if node.value is None:
            return None
        return ast.Assign([node.target], self.visit(node.value), lineno=0)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        made = isinstance(node.value, ast.Call) and _last_name(node.value.func) in _TYPE_MAKERS
        return None if made else self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | None:
        return None if node.module in _TYPING and not node.level else node

    def visit_Import(self, node: ast.Import) -> ast.AST | None:
        return None if all(alias.name in _TYPING for alias in node.names) else node

    def visit_If(self, node: ast.If) -> ast.AST | None:
        if _last_name(node.test) == "TYPE_CHECKING" and not node.orelse:
            return None
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        is_cast = _last_name(node.func) == "cast" and len(node.args) == 2 and not node.keywords
        return node.args[1] if is_cast else node

    def _function(self, node: Function) -> ast.AST | None:
        names = {_last_name(decorator) for decorator in node.decorator_list}
        if "overload" in names:
            return None
        if names <= _INDIFFERENT:
            node.returns = None
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
        node.body = [_kept(self.visit(each)) for each in node.body]
        return node


def _kept(node: ast.stmt | None) -> ast.stmt:
    return ast.Pass() if node is None else node


def _is_plain(node: ast.ClassDef) -> bool:
    return not node.decorator_list and not node.bases and not node.keywords


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
