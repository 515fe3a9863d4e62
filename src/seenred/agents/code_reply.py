"""Finds the code in a reply: several blocks, prose around it, no fence, cut off."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from seenred.agents.reply_block import fenced_blocks


@dataclass(frozen=True, slots=True)
class NoCode:
    """A reply that cannot be used; `reason` completes "your reply …"."""

    reason: str


def read_code(text: str, wanted: str | None = None, truncated: bool = False) -> str | NoCode:
    """The code of a reply, or why there is none.

    Args:
        wanted: a function that the code must define, at top level or in `class Solution`.
        truncated: the reply hit its token limit; an unclosed last block is then not trusted.
    """
    blocks, unclosed = _blocks(text)
    if truncated and unclosed and blocks:
        blocks = blocks[:-1]
    candidates = [block for block in blocks if _parses(block)]
    if not blocks and not truncated:
        candidates = [code for code in [_unfenced(text)] if code]
    if not candidates:
        return NoCode(_why_none(blocks, truncated))
    if wanted is None:
        return _tidy(max(candidates, key=len))
    defining = [code for code in candidates if wanted in defined_functions(code)]
    if not defining:
        joined = "\n\n".join(candidates)
        return NoCode(f"defines {_names(joined)} but not `{wanted}`")
    return _with_imports(defining[-1], candidates)


def code_blocks(text: str, truncated: bool = False) -> tuple[str, ...] | NoCode:
    """The blocks of Python of a reply; of one that was cut off, what is complete of the last."""
    blocks, unclosed = _blocks(text)
    if unclosed and blocks and not _parses(blocks[-1]):
        blocks[-1] = _complete(blocks[-1])
    found = [block for block in blocks if _parses(block)]
    if not blocks and (code := _unfenced(text)):
        found = [code]
    return tuple(found) if found else NoCode(_why_none(blocks, truncated))


def defined_functions(code: str) -> set[str]:
    """Names of the functions at top level and of the methods of top-level classes."""
    names: set[str] = set()
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {n.name for n in node.body if isinstance(n, ast.FunctionDef)}
    return names


def _blocks(text: str) -> tuple[list[str], bool]:
    """Contents of the fenced Python blocks, and whether the last one is not closed."""
    found = list(fenced_blocks(text))
    return [_dedent(block.code) for block in found], bool(found) and not found[-1].closed


def _complete(code: str) -> str:
    """The longest beginning of a block that parses, or the block."""
    lines = code.splitlines()
    for end in range(len(lines), 0, -1):
        beginning = "\n".join(lines[:end]) + "\n"
        if _parses(beginning):
            return beginning
    return code


def _dedent(code: str) -> str:
    lines = code.expandtabs(4).splitlines()
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    cut = min(indents, default=0)
    return "\n".join(line[cut:] for line in lines).strip("\n") + "\n"


def _unfenced(text: str) -> str | None:
    """The longest run of lines that parses and defines something."""
    lines = text.splitlines()
    starts = [
        i
        for i, line in enumerate(lines)
        if re.match(r"(def|class|import|from|async def|@)\b", line)
    ]
    for start in starts[:1]:
        for end in range(len(lines), start, -1):
            code = "\n".join(lines[start:end]) + "\n"
            if _parses(code):
                return code
    return None


def _parses(code: str) -> bool:
    try:
        return bool(ast.parse(code).body)
    except (SyntaxError, ValueError):
        return False


def _why_none(blocks: list[str], truncated: bool) -> str:
    if truncated:
        return "was cut off before the code was complete"
    for block in reversed(blocks):
        try:
            ast.parse(block)
        except SyntaxError as error:
            return f"holds code with a syntax error: {error.msg}, line {error.lineno}"
        except ValueError as error:
            return f"holds code that cannot be read: {error}"
    return "holds no Python code"


def _names(code: str) -> str:
    names = sorted(defined_functions(code)) if _parses(code) else []
    return ", ".join(f"`{name}`" for name in names) or "no function"


def _tidy(code: str) -> str:
    return code.rstrip() + "\n"


def _with_imports(code: str, blocks: list[str]) -> str:
    """The chosen block, led by imports that stand in another block, without its demo calls."""
    own = ast.parse(code)
    have = {ast.unparse(node) for node in own.body}
    missing = [
        ast.unparse(node)
        for block in blocks
        if block is not code
        for node in ast.parse(block).body
        if isinstance(node, ast.Import | ast.ImportFrom) and ast.unparse(node) not in have
    ]
    body = _without_demo(code, own)
    return _tidy("\n".join([*dict.fromkeys(missing), body]) if missing else body)


def _without_demo(code: str, tree: ast.Module) -> str:
    """Drop `print(...)` and `assert` statements at top level: examples that a reply adds."""
    lines = code.splitlines()
    for node in reversed(tree.body):
        printing = (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
            and node.value.func.id == "print"
        )
        if printing or isinstance(node, ast.Assert):
            del lines[node.lineno - 1 : node.end_lineno]
    return "\n".join(lines)
