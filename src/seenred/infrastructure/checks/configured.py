"""Which checks a tree's own files ask for, and the commands of the settings in their place."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from seenred.domain.tree import Tree

PYTHON, RUST = "python", "rust"
# names of files that make a change one of that kind, as suffixes of their paths
_KINDS = {PYTHON: (".py", ".pyi"), RUST: (".rs", "Cargo.toml", "Cargo.lock")}


@dataclass(frozen=True, slots=True)
class Check:
    """One command.

    Attributes:
        name: as a person calls it: `ruff check`.
        tool: the program that must be there; "" for a command of the settings, which says itself.
        words: of the command line after the program; the one word of a shell for the settings'.
        asked_by: the file that asks for it.
        folder: in which it runs, relative to the root.
        per_file: it gets the changed files; otherwise it looks at what it is configured for.
        kind: whose files it looks at.
        keeps: a folder of the scratch directory that makes the next run of it faster.
        users: the same of the user's, at the root.
    """

    name: str
    tool: str
    words: tuple[str, ...]
    asked_by: str
    kind: str = PYTHON
    folder: str = ""
    per_file: bool = False
    keeps: str = ""
    users: str = ""

    def paths(self, changed: Iterable[str]) -> tuple[str, ...]:
        """Those of some paths that it is about."""
        return tuple(p for p in changed if p.endswith(_KINDS[self.kind]))


def checks_of(
    tree: Tree,
    read: Callable[[str], bytes],
    changed: Iterable[str],
    commands: Mapping[str, tuple[str, ...]],
) -> tuple[Check, ...]:
    """The checks of a change.

    Args:
        read: content of a blob.
        changed: paths; a kind of which none is changed is not checked.
        commands: of the settings, by kind; a kind that is not among them gets what its project
            configures.
    """
    paths = tuple(changed)
    found: list[Check] = []
    for kind, suffixes in _KINDS.items():
        if not any(path.endswith(suffixes) for path in paths):
            continue
        if kind in commands:
            found += [Check(c, "", (c,), "the settings", kind) for c in commands[kind]]
        else:
            found += _python(tree, read) if kind == PYTHON else _rust(tree, paths)
    return tuple(found)


def configures_ruff(tree: Tree, read: Callable[[str], bytes]) -> str:
    """The file that configures ruff; "" where none does."""
    return _asking(_Files(tree, read), ("ruff.toml", ".ruff.toml"), "ruff")


def formats_by_black(tree: Tree, read: Callable[[str], bytes]) -> bool:
    """Whether another formatter than ruff is configured."""
    return bool(_asking(_Files(tree, read), (), "black"))


class _Files:
    """Settings at the root of a tree; one that cannot be parsed says nothing here."""

    def __init__(self, tree: Tree, read: Callable[[str], bytes]) -> None:
        self._tree = tree
        self._read = read

    def has(self, path: str) -> bool:
        return path in self._tree

    def text(self, path: str) -> str:
        entry = self._tree.files.get(path)
        return "" if entry is None else self._read(entry.blob).decode(errors="replace")

    def tool(self, name: str) -> Mapping[str, Any] | None:
        """The table `tool.NAME` of pyproject.toml."""
        try:
            document: Any = tomllib.loads(self.text("pyproject.toml"))
        except tomllib.TOMLDecodeError:
            return None
        tools = document.get("tool")
        found = tools.get(name) if isinstance(tools, dict) else None
        return found if isinstance(found, dict) else None

    def section(self, path: str, name: str) -> Mapping[str, str] | None:
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            parser.read_string(self.text(path))
        except configparser.Error:
            return None
        return dict(parser[name]) if parser.has_section(name) else None


def _asking(files: _Files, own: Iterable[str], tool: str) -> str:
    for path in own:
        if files.has(path):
            return path
    return "pyproject.toml" if files.tool(tool) is not None else ""


def _python(tree: Tree, read: Callable[[str], bytes]) -> Iterator[Check]:
    files = _Files(tree, read)
    if asked := configures_ruff(tree, read):
        yield Check("ruff check", "ruff", _RUFF_CHECK, asked, per_file=True)
        if not formats_by_black(tree, read):
            yield Check("ruff format --check", "ruff", _RUFF_FORMAT, asked, per_file=True)
    if mypy := _mypy(files):
        yield mypy
    for name, own, words in _TYPE_CHECKERS:
        tool = name.partition(" ")[0]
        if asked := _asking(files, own, tool):
            yield Check(name, tool, words, asked)


_RUFF_CHECK = ("check", "--no-cache", "--force-exclude", "--output-format", "concise", "--")
_RUFF_FORMAT = ("format", "--check", "--no-cache", "--force-exclude", "--")
# name, files that configure it alone, arguments; each looks at what it is configured for
_TYPE_CHECKERS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("pyright", ("pyrightconfig.json",), ()),
    ("basedpyright", (), ()),
    ("ty check", ("ty.toml",), ("check", "--output-format", "concise")),
)
_CACHE = "mypy"
_MYPY = (
    *("--no-error-summary", "--no-color-output", "--show-error-codes", "--no-pretty"),
    *("--hide-error-context", "--cache-dir", f"{{scratch}}/{_CACHE}"),
)


def _mypy(files: _Files) -> Check | None:
    table: Mapping[str, Any] | None
    for path in ("mypy.ini", ".mypy.ini", "setup.cfg"):
        table = files.section(path, "mypy")
        if table is not None:
            break
    else:
        path, table = "pyproject.toml", files.tool("mypy")
    if table is None:
        return None
    # where it is told what to look at, also files that the change broke from afar are seen
    alone = not {"files", "packages", "modules"} & set(table)
    words = (*_MYPY, "--") if alone else _MYPY
    more = {"keeps": _CACHE, "users": ".mypy_cache"}
    return Check("mypy", "mypy", words, path, per_file=alone, **more)


def _rust(tree: Tree, paths: Iterable[str]) -> Iterator[Check]:
    """The two of each crate that has a changed file."""
    mine = [path for path in paths if path.endswith(_KINDS[RUST])]
    folders = dict.fromkeys(found for path in mine if (found := _crate(tree, path)) is not None)
    for folder in folders:
        asked = f"{folder}/Cargo.toml".lstrip("/")
        yield Check("cargo fmt --check", "cargo", ("fmt", "--check"), asked, RUST, folder)
        words = ("clippy", "--no-deps", "--message-format", "short", "--", "--deny", "warnings")
        name = "cargo clippy --no-deps -- --deny warnings"
        yield Check(name, "cargo", words, asked, RUST, folder)


def _crate(tree: Tree, path: str) -> str | None:
    """The nearest folder above with a Cargo.toml."""
    for folder in PurePosixPath(path).parents:
        name = "" if str(folder) == "." else str(folder)
        if f"{name}/Cargo.toml".lstrip("/") in tree:
            return name
    return None
