"""What of some code a test can use: names, parameters and public attributes, no bodies.

A small model that sees code writes it again, stubs too, in the place of a test; so this is a list.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from seenred.domain.expectation import Function


def outline(code: str) -> str:
    """The functions and classes of a module, a line each; the code if it isn't Python."""
    try:
        module = ast.parse(code)
    except (SyntaxError, ValueError):
        return code.strip()
    return "\n".join(line for node in module.body for line in _lines(node))


def _lines(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, Function) and not node.name.startswith("_"):
        yield f"- function `{_signature(node)}`"
    elif isinstance(node, ast.ClassDef):
        bases = ", ".join(ast.unparse(base) for base in node.bases)
        kind = f" (a {bases})" if bases else ""
        members = ", ".join(f"`{member}`" for member in dict.fromkeys(_members(node)))
        yield f"- class `{_constructed(node)}`{kind}" + (f" with {members}" if members else "")
    elif isinstance(node, ast.Assign):
        names = [t.id for t in node.targets if isinstance(t, ast.Name)]
        yield from (f"- `{name}`" for name in names if not name.startswith("_"))


def _constructed(owner: ast.ClassDef) -> str:
    """The class as it is called."""
    made = [n for n in owner.body if isinstance(n, Function) and n.name == "__init__"]
    return f"{owner.name}{_parameters(made[0], own=True)}" if made else f"{owner.name}()"


def _members(owner: ast.ClassDef) -> Iterator[str]:
    for node in owner.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield f".{node.target.id}"
    yield from (f".{name}" for name in _attributes(owner))
    for node in owner.body:
        if isinstance(node, Function) and node.name in _BY_FUNCTION:
            yield _BY_FUNCTION[node.name]
        elif isinstance(node, Function) and not node.name.startswith("_"):
            decorators = {ast.unparse(each) for each in node.decorator_list}
            if any("property" in each for each in decorators):
                yield f".{node.name}"
            else:
                own = "staticmethod" not in decorators
                yield f".{node.name}{_parameters(node, own=own)}"


_BY_FUNCTION = {
    "__len__": "len()",
    "__iter__": "iteration",
    "__contains__": "in",
    "__eq__": "==",
    "__str__": "str()",
    "__getitem__": "[]",
}


def _attributes(owner: ast.ClassDef) -> Iterator[str]:
    """The public attributes that methods set on `self`."""
    for node in ast.walk(owner):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
            and not node.attr.startswith("_")
        ):
            yield node.attr


def _signature(node: Function) -> str:
    kind = "async " if isinstance(node, ast.AsyncFunctionDef) else ""
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{kind}{node.name}{_parameters(node, own=False)}{returns}"


def _parameters(node: Function, *, own: bool) -> str:
    """The parameters as they are written, without the first of a method."""
    text = ast.unparse(node.args)
    return f"({text.partition(',')[2].strip()})" if own else f"({text})"
