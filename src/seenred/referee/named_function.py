"""Which function a person means."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from seenred.domain.tree import Tree
from seenred.errors import UsageError
from seenred.referee.audit.coded_test import parsed
from seenred.referee.proof.ports import Blobs

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def find_function(tree: Tree, blobs: Blobs, place: str) -> str:
    """`path:function` or `path:Class.method`, as it was asked for.

    Raises:
        UsageError: it is not of that form, or there is no such file or function.
    """
    path, colon, name = place.removeprefix("./").rpartition(":")
    if not (colon and path and name):
        raise UsageError(
            "function-unreadable",
            f"{place!r} names no function; write PATH:FUNCTION, e.g. src/cart.py:Cart.total.",
        )
    if path not in tree:
        raise UsageError("file-missing", f"There is no {path}; {_near(path, [*tree.files])}")
    module = parsed(blobs.read(tree.files[path].blob)) if path.endswith(".py") else None
    if module is None:
        raise UsageError("file-not-python", f"{path} is not Python; name a module.")
    known = [*_functions(module.body, "")]
    if name not in known:
        raise UsageError("function-missing", f"{path} has no {name}; {_near(name, known)}")
    return f"{path}:{name}"


def _functions(body: Sequence[ast.stmt], around: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, _Function):
            yield f"{around}{node.name}"
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{around}{node.name}.")


def _near(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]}?"
    return f"it has {', '.join(known[:3])}." if known and len(known) < 10 else "name another."
