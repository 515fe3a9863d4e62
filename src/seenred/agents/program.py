"""A reply that must be a whole program: one that reads its input and does something."""

from __future__ import annotations

import ast

from seenred.agents.code_reply import NoCode, read_code

_READERS = {"input", "stdin", "fileinput"}


def read_program(text: str, truncated: bool = False) -> str | NoCode:
    """The program of a reply, its main function called, or why there is none."""
    code = read_code(text, truncated=truncated)
    if isinstance(code, NoCode):
        return code
    tree = ast.parse(code)
    if not _reads(tree):
        return NoCode("holds a program that never reads standard input")
    if not _only_defines(tree):
        return code
    last = _last_function(tree)
    if last is None:
        return NoCode("holds a program that does nothing when it is run")
    if _needs_arguments(last):
        return NoCode(f"only defines `{last.name}` and never calls it")
    return f"{code.rstrip()}\n\n\n{last.name}()\n"


def _reads(tree: ast.Module) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in _READERS:
            return True
        if isinstance(node, ast.Attribute) and node.attr in _READERS:
            return True
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "open",
            "os.read",
            "os.fdopen",
        }:
            return True
    return False


def _only_defines(tree: ast.Module) -> bool:
    kinds = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign
    return all(isinstance(node, kinds) for node in tree.body) and not any(
        isinstance(call, ast.Call)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for call in ast.walk(node)
    )


def _last_function(tree: ast.Module) -> ast.FunctionDef | None:
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return functions[-1] if functions else None


def _needs_arguments(node: ast.FunctionDef) -> bool:
    arguments = node.args
    positional = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return positional > 0 or None in arguments.kw_defaults
