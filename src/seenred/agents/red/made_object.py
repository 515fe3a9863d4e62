"""Makes the object that a test uses without having made it, where there is one way to."""

from __future__ import annotations

import ast
from collections.abc import Collection

from seenred.domain.expectation import Function
from seenred.domain.source_text import Edit, SourceText


def with_objects(source: str, code: str, names: Collection[str]) -> str:
    """The test with a first line that makes its object, of the module's one class.

    Items say `book.add("Ann")`, and a small model takes them at their word. Without a class, with
    several, or with one that needs arguments, the test stays as it is.
    """
    text = SourceText.of(source.encode())
    test = next((n for n in text.module.body if isinstance(n, Function)), None)
    made = _simple_class(code, names)
    unmade = _unmade(test, names) if test is not None else []
    if test is None or made is None or len(unmade) != 1:
        return source
    start = text.start(test.body[0])
    indent = " " * test.body[0].col_offset
    return text.edited([Edit(start, start, f"{unmade[0]} = {made}()\n{indent}".encode())]).decode()


def _simple_class(code: str, names: Collection[str]) -> str | None:
    """The one class that can be imported and needs no arguments."""
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError):
        return None
    classes = [n for n in body if isinstance(n, ast.ClassDef) and n.name in names]
    classes = [n for n in classes if not n.name.endswith(("Error", "Exception"))]
    if len(classes) != 1:
        return None
    made = [n for n in classes[0].body if isinstance(n, Function) and n.name == "__init__"]
    if not made:
        return classes[0].name if not classes[0].bases else None
    arguments = made[0].args
    required = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults) - 1
    named = [default for default in arguments.kw_defaults if default is None]
    return classes[0].name if required <= 0 and not named else None


def _unmade(test: Function, names: Collection[str]) -> list[str]:
    """Names that are nowhere bound, and of which only attributes are used."""
    nodes = [node for node in ast.walk(test) if isinstance(node, ast.Name)]
    held = {id(n.value) for n in ast.walk(test) if isinstance(n, ast.Attribute)}
    bound = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
    bound |= {node.arg for node in ast.walk(test) if isinstance(node, ast.arg)}
    called = {node.id for node in nodes if id(node) not in held}
    free = [node.id for node in nodes if node.id not in bound | called | set(names)]
    return [name for name in dict.fromkeys(free) if name.islower() and name != "pytest"]
