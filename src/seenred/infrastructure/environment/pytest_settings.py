"""What a tree's own files tell pytest to do, as far as a check has to know it."""

from __future__ import annotations

import configparser
import shlex
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from seenred.domain.tree import Tree

# in the order in which pytest looks; the first that has its section is the one
FILES = (
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "pyproject.toml",
    "tox.ini",
    "setup.cfg",
)
_ALWAYS = {"pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"}


@dataclass(frozen=True, slots=True)
class PytestSettings:
    """The options of the project.

    Attributes:
        file: where they are; "" when the tree has none.
        addopts: words that are added to every command line.
        pythonpath: folders that pytest itself puts on the path.
        names: everything that is set.
    """

    file: str = ""
    addopts: tuple[str, ...] = ()
    pythonpath: tuple[str, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)

    def mentions(self, word: str) -> bool:
        """Whether an added option has this word in it, as in `-p no:WORD`."""
        return any(word in option for option in self.addopts)


def read_settings(tree: Tree, read: Callable[[str], bytes]) -> PytestSettings:
    """The settings of a tree; `read` gives the content of a blob.

    A file that cannot be parsed counts as one without options: pytest itself will say so.
    """
    for name in FILES:
        entry = tree.files.get(name)
        if entry is None or entry.link:
            continue
        section = _section(name, read(entry.blob).decode(errors="replace"))
        if section is not None or name in _ALWAYS:
            return _settings(name, section or {})
    return PytestSettings()


def has_settings_below(tree: Tree) -> bool:
    """Whether any folder of the tree has a file in which pytest looks for options."""
    return any(path.rpartition("/")[2] in FILES for path in tree.files)


def _section(name: str, text: str) -> dict[str, Any] | None:
    if name.endswith(".toml"):
        return _toml(name, text)
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    section = "tool:pytest" if name == "setup.cfg" else "pytest"
    return dict(parser[section]) if parser.has_section(section) else None


def _toml(name: str, text: str) -> dict[str, Any] | None:
    try:
        document: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    if name != "pyproject.toml":
        found = document.get("pytest")
        return found if isinstance(found, dict) else None
    tool = document.get("tool", {}).get("pytest")
    if not isinstance(tool, dict):
        return None
    options = tool.get("ini_options")
    return options if isinstance(options, dict) else tool


def _settings(name: str, section: dict[str, Any]) -> PytestSettings:
    return PytestSettings(
        name,
        _words(section.get("addopts", "")),
        _words(section.get("pythonpath", "")),
        frozenset(section),
    )


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(word) for word in value)
    try:
        return tuple(shlex.split(str(value)))
    except ValueError:
        return tuple(str(value).split())
