"""The statement at a line, and what a person may have meant where there is none."""

from __future__ import annotations

from difflib import get_close_matches

from seenred.domain.count import counted
from seenred.domain.layout import is_test, is_test_support
from seenred.domain.mutant import Mutant, emptied, statement_mutants
from seenred.domain.tree import Tree
from seenred.errors import UsageError
from seenred.referee.proof.ports import Blobs

_WRITE = "write PATH:LINE, e.g. src/cart.py:41"


def read_place(text: str) -> tuple[str, int]:
    """The path and the line of `PATH:LINE`.

    Raises:
        UsageError: it is neither.
    """
    path, colon, line = text.rpartition(":")
    if not (colon and path and line.isascii() and line.isdigit()):
        raise UsageError("place-unreadable", f"{text!r} names no line; {_WRITE}.")
    return path, int(line)


def statement_at(tree: Tree, blobs: Blobs, path: str, line: int) -> Mutant:
    """The module without the smallest statement that has the line; a function is emptied.

    Raises:
        UsageError: there is no such file or line, or nothing on it that a test could require.
    """
    if path not in tree:
        near = get_close_matches(path, tree.files, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "git knows no file of that name."
        raise UsageError("file-missing", f"There is no {path} in the repository; {hint}")
    if not path.endswith(".py") or is_test(path) or is_test_support(path):
        raise UsageError("file-not-code", f"{path} is no production code in Python; name a module.")
    source = blobs.read(tree.files[path].blob)
    return _found(source, path, line) or _nothing(source, path, line)


def _found(source: bytes, path: str, line: int) -> Mutant | None:
    try:
        mutants = statement_mutants(source, [line], path=path)
    except SyntaxError as error:
        raise UsageError(
            "file-not-python", f"{path}:{error.lineno or 1} is not Python: {error.msg}."
        ) from None
    deletions = [mutant for mutant in mutants if mutant.kind == "deletion"]
    if not deletions:
        return None
    smallest = min(deletions, key=lambda mutant: mutant.last - mutant.first)
    if smallest.code.startswith(("def ", "async def ")) and smallest.last > smallest.first:
        name = smallest.code.partition("def ")[2].partition("(")[0].strip()
        return emptied(source, f"{smallest.scope}.{name}".strip("."), path=path) or smallest
    return smallest


def _nothing(source: bytes, path: str, line: int) -> Mutant:
    lines = source.decode(errors="replace").splitlines()
    if not 1 <= line <= len(lines):
        raise UsageError(
            "line-missing", f"{path} has {counted(len(lines), 'line')}, and {line} is none of them."
        )
    text = lines[line - 1].strip()
    is_a = "is empty" if not text else "is a comment" if text.startswith("#") else _NO_STATEMENT
    nearest = _nearest(source, path, line, len(lines))
    hint = f"the nearest is {path}:{nearest}." if nearest else "nor has any other line."
    raise UsageError("line-without-statement", f"{path}:{line} {is_a}; {hint}")


_NO_STATEMENT = "has no statement that a test could require"


def _nearest(source: bytes, path: str, line: int, last: int) -> int | None:
    """The nearest line with a statement, the one below first."""
    for distance in range(1, last):
        for candidate in (line + distance, line - distance):
            if 1 <= candidate <= last and _found(source, path, candidate):
                return candidate
    return None
