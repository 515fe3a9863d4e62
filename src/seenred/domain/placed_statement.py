"""The statements of a module and where they stand; what no test need require is left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seenred.domain.source_text import SourceText

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Definition = FunctionNode | ast.ClassDef

# the reason is part of it: without one the comment says nothing
_UNTESTED = re.compile(r"#\s*untested:\s*(\S.*?)\s*$")
_TYPING_ONLY = ("overload", "abstractmethod", "type_check_only", "no_type_check")
_METADATA = re.compile(r"__\w+__")


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """One statement and its surroundings.

    Attributes:
        scope: qualified name of the function or class around it, "" at the top of the module.
        function: the innermost function around it, else None: it runs when the module is imported.
        is_elif: it is written as an `elif`.
        is_last: nothing of its function follows it: a `return` here changes nothing.
    """

    node: ast.stmt
    scope: str
    function: FunctionNode | None = None
    is_elif: bool = False
    is_last: bool = False

    @property
    def own_lines(self) -> range:
        """Its lines; of a compound statement those of its head, decorators included."""
        first = first_line(self.node)
        bodies = [each.lineno for block in blocks(self.node) for each in block]
        last = self.node.end_lineno or self.node.lineno
        return range(first, (max(min(bodies), first + 1) if bodies else last + 1))


@dataclass(frozen=True, slots=True)
class Excuse:
    """A `# untested: reason` that was honoured."""

    line: int
    reason: str


def placed_statements(
    text: SourceText, *, exports: bool = False, everything: bool = False
) -> tuple[list[PlacedStatement], list[Excuse]]:
    """All statements in the order of the text, and what was left out because it says why.

    Args:
        exports: the module's imports are there for others, as in an `__init__.py`.
        everything: imports that code uses, and what asks to be spared, are not left out.
    """
    walk = _Walk(text, exports, everything)
    return list(walk.block(text.module.body, "", None, False)), walk.excuses


def first_line(node: ast.stmt) -> int:
    """The line on which a statement begins, decorators included."""
    return min([node.lineno, *(each.lineno for each in decorators(node))])


def decorators(node: ast.AST) -> list[ast.expr]:
    """The decorators of a definition; none of anything else."""
    return node.decorator_list if isinstance(node, Definition) else []


def blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The blocks directly inside a statement, handlers' and cases' among them."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block
    for inner in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield inner.body


def dotted_name(node: ast.expr) -> str:
    """`a.b` of a name, an attribute or a call of one; "" of anything else."""
    if isinstance(node, ast.Call | ast.Subscript):
        return dotted_name(node.func if isinstance(node, ast.Call) else node.value)
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


class _Walk:
    """One pass over a module."""

    def __init__(self, text: SourceText, exports: bool, everything: bool) -> None:
        self.excuses: list[Excuse] = []
        self._exports = exports
        self._reasons = {} if everything else _untested_reasons(text)
        self._needed = frozenset() if everything else _needed_names(text.module)

    def block(
        self, body: Sequence[ast.stmt], scope: str, function: FunctionNode | None, last: bool
    ) -> Iterator[PlacedStatement]:
        for position, node in enumerate(body):
            is_last = last and position == len(body) - 1
            yield from self._statement(PlacedStatement(node, scope, function, False, is_last))

    def _statement(self, placed: PlacedStatement) -> Iterator[PlacedStatement]:
        if self._is_exempt(placed) or self._is_excused(placed):
            return
        yield placed
        node = placed.node
        if isinstance(node, Definition):
            inner = node if isinstance(node, FunctionNode) else placed.function
            yield from self.block(node.body, _joined(placed.scope, node.name), inner, inner is node)
            return
        for block in self._unexcused_blocks(node):
            yield from self._inner(placed, block)

    def _unexcused_blocks(self, node: ast.stmt) -> Iterator[list[ast.stmt]]:
        handlers = getattr(node, "handlers", ())
        excused = [each.body for each in handlers if self._excuses(each.lineno)]
        return (block for block in blocks(node) if block not in excused)

    def _inner(self, placed: PlacedStatement, block: list[ast.stmt]) -> Iterator[PlacedStatement]:
        node = placed.node
        last = placed.is_last and isinstance(node, ast.If | ast.With | ast.AsyncWith | ast.Match)
        if isinstance(node, ast.If) and block is node.orelse and _is_elif(node):
            only = PlacedStatement(block[0], placed.scope, placed.function, True, last)
            yield from self._statement(only)
        else:
            yield from self.block(block, placed.scope, placed.function, last)

    def _is_excused(self, placed: PlacedStatement) -> bool:
        return any(self._excuses(line) for line in placed.own_lines)

    def _excuses(self, line: int) -> bool:
        if line in self._reasons:
            self.excuses.append(Excuse(line, self._reasons[line]))
        return line in self._reasons

    def _is_exempt(self, placed: PlacedStatement) -> bool:
        node = placed.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            needed = not self._needed.isdisjoint(_bound_names(node))
            return needed or self._exports or _is_directive(node)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            return _is_declaration(node, self._needed)
        if isinstance(node, ast.If):
            return _is_static(node.test) or _is_main_guard(node.test)
        if isinstance(node, Definition):
            return _is_typing_only(node)
        silent = ast.Pass | ast.Global | ast.Nonlocal
        return isinstance(node, silent) or _is_constant(node) or type(node).__name__ == "TypeAlias"


def _joined(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else name


def _is_elif(node: ast.If) -> bool:
    """Whether the else branch is written as `elif`: then it begins in the column of the `if`."""
    (first, *more) = node.orelse
    return isinstance(first, ast.If) and not more and first.col_offset == node.col_offset


def _untested_reasons(text: SourceText) -> dict[int, str]:
    found = {n: _UNTESTED.search(line) for n, line in enumerate(text.lines, start=1)}
    return {number: match[1] for number, match in found.items() if match}


def _needed_names(module: ast.Module) -> frozenset[str]:
    """Names that code uses, and imported ones that `__all__` or a quoted annotation may name."""
    used = {node.id for node in ast.walk(module) if isinstance(node, ast.Name) and _loaded(node)}
    texts = [_constant_text(node) for node in ast.walk(module)]
    quoted = {name for text in texts if len(text) < 200 for name in re.findall(r"\w+", text)}
    return frozenset(used | (quoted & _imported(module)))


def _imported(module: ast.Module) -> set[str]:
    imports = [n for n in ast.walk(module) if isinstance(n, ast.Import | ast.ImportFrom)]
    return {name for node in imports for name in _bound_names(node)}


def _loaded(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Store)


def _constant_text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _bound_names(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {(alias.asname or alias.name).split(".")[0] for alias in node.names}


def _is_directive(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether an import is a directive, an export (`import x as x`) or of everything."""
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return True
    return any(alias.name == "*" or alias.asname == alias.name for alias in node.names)


def _is_declaration(node: ast.Assign | ast.AnnAssign, needed: frozenset[str]) -> bool:
    """Whether an assignment only declares: a bare annotation, `__all__`, a type's alias."""
    if node.value is None:
        return True
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    if len(names) < len(targets):
        return False
    if isinstance(node, ast.AnnAssign) and dotted_name(node.annotation).endswith("TypeAlias"):
        return True
    made = dotted_name(node.value).rpartition(".")[2] if isinstance(node.value, ast.Call) else ""
    if made in ("TypeVar", "ParamSpec", "TypeVarTuple", "NewType"):
        return not needed.isdisjoint(names)
    return all(_METADATA.fullmatch(name) for name in names)


def _is_static(test: ast.expr) -> bool:
    return dotted_name(test).endswith("TYPE_CHECKING")


def _is_main_guard(test: ast.expr) -> bool:
    names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    return isinstance(test, ast.Compare) and names == {"__name__"}


def _is_typing_only(node: Definition) -> bool:
    """Whether a definition is for type checkers: overloads, protocols, abstract bodies."""
    names = {dotted_name(each).rpartition(".")[2] for each in node.decorator_list}
    if isinstance(node, ast.ClassDef):
        return any(dotted_name(base).rpartition(".")[2] == "Protocol" for base in node.bases)
    return "overload" in names or (not names.isdisjoint(_TYPING_ONLY) and _is_stub(node))


def _is_stub(node: FunctionNode) -> bool:
    return all(_is_constant(each) or isinstance(each, ast.Pass | ast.Raise) for each in node.body)


def _is_constant(node: ast.stmt) -> bool:
    """A docstring, an ellipsis or another constant that stands alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
