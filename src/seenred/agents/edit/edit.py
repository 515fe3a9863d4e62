"""A reply as definitions to add or replace in the files of a phase."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from seenred.agents.code_reply import NoCode, read_code
from seenred.agents.edit.definition import (
    found_in,
    is_elided,
    is_method,
    key_of,
    means_the_same,
)
from seenred.agents.edit.indentation import blank, dedented
from seenred.agents.edit.kept_code import is_test_definition, is_test_file, kept_code
from seenred.agents.edit.placing import Manner, placed
from seenred.agents.missing_imports import with_missing_imports
from seenred.agents.outlived import without_outlived
from seenred.agents.reply_block import Block, reply_blocks
from seenred.domain.placed_statement import Definition, FunctionNode, first_line
from seenred.domain.source_text import SourceText

NOTHING = NoCode("changes nothing")

_LONGEST = 2000  # lines of a reply; each statement of them would be tried without

_DEF = re.compile(r"def |async def ")
# how models say that they left code out
_LEFT_OUT = re.compile(
    r"^\s*#\s*(?:\.\.\.|…|(?:the )?(?:rest|existing|remaining|other|previous|same)\b.*"
    r"\b(?:code|methods?|functions?|implementation|unchanged|same|here|as before)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileEdit:
    """Attributes:
    code: definitions to add or replace; of a new file, the whole of it.
    """

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What a reply would change, in the reply's order.

    Attributes:
        owner: class that takes methods which the reply wrote outside of any.
    """

    files: tuple[FileEdit, ...]
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An edit that must not be made; `reason` completes "your reply …"."""

    reason: str


def read_edit(
    reply: str,
    sources: Mapping[str, str],
    path: str,
    *,
    owner: str = "",
    wanted: Collection[str] = (),
    truncated: bool = False,
) -> Edit | NoCode:
    """The edit that a reply asks for.

    Args:
        sources: files that the reply may speak of, those of other phases too.
        path: of the file that code belongs to unless something else is said; may be new.
        owner: class that takes methods without one.
        wanted: names that a test needs: they stay, though nothing else uses them.
        truncated: the reply hit its token limit; a block that isn't closed is not trusted.
    """
    if (lines := reply.count("\n")) > _LONGEST:
        return NoCode(f"has {lines} lines, where one change needs few")
    blocks = _readable(reply, sources, truncated)
    if isinstance(blocks, NoCode):
        return blocks
    try:
        files = [each for b in blocks for each in _file_edits(b, sources, path, wanted)]
        files = [_with_imports(each, files, sources) for each in files]
    except SyntaxError as error:
        return NoCode(f"does not fit into the module: {error.msg}")
    if not files:
        return NoCode("holds no definition but tests and examples")
    edit = Edit(tuple(files), owner)
    changed = _applied(sources, edit)
    if isinstance(changed, NoCode):
        return changed
    return edit if changed else NOTHING


def apply_edit(
    sources: Mapping[str, str],
    edit: Edit,
    allowed: Collection[str],
    *,
    drop_outlived: bool = False,
) -> Mapping[str, str] | Refusal:
    """The files that the edit changes, with what they hold then.

    Args:
        drop_outlived: private definitions that nothing uses any more go, as in a refactoring.
    """
    changed = _applied(sources, edit)
    if isinstance(changed, NoCode):
        return Refusal(changed.reason)
    refused = [path for path in changed if path not in allowed]
    if refused:
        own = ", ".join(f"`{path}`" for path in allowed)
        others = ", ".join(f"`{path}`" for path in refused)
        return Refusal(f"changes {others}, but only {own} may change now")
    if drop_outlived:
        changed = {p: without_outlived(sources.get(p, ""), t) for p, t in changed.items()}
    return changed or Refusal(NOTHING.reason)


def _applied(sources: Mapping[str, str], edit: Edit) -> dict[str, str] | NoCode:
    new: dict[str, str] = {}
    for each in edit.files:
        before = new.get(each.path, sources.get(each.path, ""))
        try:
            new[each.path] = _placed(before, each.code, edit.owner)
        except SyntaxError as error:
            return NoCode(f"does not fit into `{each.path}`: {error.msg}")
    return {path: text for path, text in new.items() if text != sources.get(path, "")}


def _placed(before: str, code: str, owner: str) -> str:
    mark = "\ufeff" if before.startswith("\ufeff") else ""
    return mark + placed(before.removeprefix(mark), code, Manner(owner))


def _readable(reply: str, sources: Mapping[str, str], truncated: bool) -> list[Block] | NoCode:
    """The blocks that are Python, or why there are none."""
    found = [block for block in reply_blocks(reply) if block.closed or not truncated]
    blocks = [Block(code, b.path) for b in found if (code := _python(b.code))]
    broken = [b for b in found if b.code.strip() and not _python(b.code)]
    if broken and any(_defines(b.code) for b in broken):
        blocks = []
    if not blocks:
        unfenced = read_code(reply, truncated=truncated)
        if isinstance(unfenced, NoCode):
            return unfenced
        blocks = [Block(unfenced)]
    elided = next((b for b in blocks if _has_hole(b.code, sources)), None)
    return blocks if elided is None else NoCode("leaves out code inside of a function")


def _defines(code: str) -> bool:
    return re.search(r"^\s*(?:async def|def|class)\b", code, re.MULTILINE) is not None


def _python(code: str) -> str:
    """The code from column 0 on; "" when it isn't Python."""
    expanded = "\n".join(_expanded(line) for line in code.splitlines())
    # the first line of a method often lost its indentation
    lost = expanded.strip("\n").replace("\n    ", "\n") if _DEF.match(expanded.lstrip("\n")) else ""
    for tried in (code, expanded, lost):
        cut = dedented(tried).strip("\n")
        try:
            if SourceText.of_text(cut).module.body:
                return f"{cut}\n"
        except SyntaxError:
            continue
    return ""


def _expanded(line: str) -> str:
    """A line that is indented by spaces only."""
    return blank(line).expandtabs(4) + line.lstrip(" \t")


def _has_hole(code: str, sources: Mapping[str, str]) -> bool:
    """Whether a function's body says that something was left out of it, and the source doesn't."""
    text = SourceText.of_text(code)
    known = {line.strip() for source in sources.values() for line in source.splitlines()}
    return any(
        _LEFT_OUT.match(line) and line.strip() not in known
        for node in ast.walk(text.module)
        if isinstance(node, FunctionNode) and not is_elided(node)
        for line in text.lines[node.lineno : node.end_lineno]
    )


def _file_edits(
    block: Block, sources: Mapping[str, str], path: str, wanted: Collection[str]
) -> Iterator[FileEdit]:
    if block.path:
        parts = [(_resolved(block.path, sources, path), block.code)]
    else:
        parts = list(_by_home(block.code, sources, path))
    for target, code in parts:
        before = sources.get(target, "").removeprefix("\ufeff")
        if target != path and is_test_file(target) and _only_adds(code, before):
            continue  # tests of its own, which nobody asked for
        kept = kept_code(code, target, before, wanted)
        if SourceText.of_text(kept).module.body:
            yield FileEdit(target, kept)


def _only_adds(code: str, before: str) -> bool:
    """Whether everything that both define is the same in both."""
    body = SourceText.of_text(before).module.body
    pairs = ((found_in(body, node), node) for node in SourceText.of_text(code).module.body)
    return all(old is None or means_the_same(old, node) for old, node in pairs)


def _with_imports(
    edit: FileEdit, files: Collection[FileEdit], sources: Mapping[str, str]
) -> FileEdit:
    """The edit with what it needs of the standard library and forgot."""
    before = sources.get(edit.path, "").removeprefix("\ufeff")
    others = [each.code for each in files if each.path == edit.path and each is not edit]
    return FileEdit(edit.path, with_missing_imports(edit.code, [before, *others]))


def _resolved(named: str, sources: Mapping[str, str], path: str) -> str:
    """The file that a reply means, which often leaves out the folders."""
    named = named.removeprefix("./")
    if named in sources or named == path:
        return named
    known = dict.fromkeys([path, *sources])
    ending = [each for each in known if each.endswith(f"/{named}")]
    name = PurePosixPath(named).name
    called = [each for each in known if PurePosixPath(each).name == name]
    for fitting in (ending, called):
        if len(fitting) == 1:
            return fitting[0]
    return named


def _by_home(code: str, sources: Mapping[str, str], path: str) -> Iterator[tuple[str, str]]:
    """Definitions that only another file has go there, with all imports; the rest to `path`."""
    text = SourceText.of_text(code)
    homes = {each: _names(source) for each, source in sources.items()}
    own = homes.get(path, set())
    moved: dict[str, list[ast.stmt]] = {}
    for node in text.module.body:
        names = set(key_of(node) or ())
        at = [each for each, have in homes.items() if names & have and not names & own]
        is_own = is_method(node) or is_test_definition(node)
        if len(at) == 1 and isinstance(node, Definition) and not is_own:
            moved.setdefault(at[0], []).append(node)
    if not moved:
        yield path, code
        return
    yield path, _only(text, [n for nodes in moved.values() for n in nodes], False)
    for target, nodes in moved.items():
        yield target, _only(text, nodes, True)


def _only(text: SourceText, nodes: Collection[ast.stmt], wanted: bool) -> str:
    """The imports and those statements, or the imports and all others."""
    kept = [
        text.text(node)
        if not isinstance(node, Definition)
        else "\n".join(text.lines[first_line(node) - 1 : node.end_lineno])
        for node in text.module.body
        if isinstance(node, ast.Import | ast.ImportFrom) or (node in nodes) == wanted
    ]
    return "\n".join(kept) + "\n"


def _names(source: str) -> set[str]:
    try:
        body = SourceText.of_text(source.removeprefix("\ufeff")).module.body
    except SyntaxError:
        return set()
    return {name for node in body for name in key_of(node) or ()}
