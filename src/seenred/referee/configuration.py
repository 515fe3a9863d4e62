"""Settings of pytest and the dependencies that a project's files name."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from seenred.domain.layout import Layout
from seenred.domain.tree import Tree
from seenred.referee.proof.ports import Blobs

# in the order in which pytest takes the first that has settings
_FILES = (
    *("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"),
    *("pyproject.toml", "tox.ini", "setup.cfg"),
)


def layout_of(tree: Tree, blobs: Blobs) -> Layout:
    """What the project settles about its files for itself, at its root."""
    options = _options_of(tree, blobs)
    default = Layout()
    return Layout(
        python_files=_words(options.get("python_files")) or default.python_files,
        import_roots=_words(options.get("pythonpath")),
    )


def test_paths(tree: Tree, blobs: Blobs) -> tuple[str, ...]:
    """Beginnings of the paths below which pytest looks for tests; empty when everywhere."""
    paths = _words(_options_of(tree, blobs).get("testpaths"))
    plain = tuple(path.removeprefix("./").rstrip("/") for path in paths)
    if any(set("*?[") & set(path) or path in ("", ".") for path in plain):
        return ()
    return tuple(end for path in plain for end in (f"{path}/", f"{path}.py"))


def _options_of(tree: Tree, blobs: Blobs) -> Mapping[str, Any]:
    """The settings of the first file at the root that has some."""
    for name in _FILES:
        entry = tree.files.get(name)
        options = test_options(name, blobs.read(entry.blob)) if entry else {}
        if options:
            return options
    return {}


def test_options(path: str, content: bytes | None) -> Mapping[str, Any]:
    """Pytest's settings in a file; empty when it has none or cannot be read."""
    name = PurePosixPath(path).name
    if content is None:
        return {}
    if name.endswith(".toml"):
        data = _toml(content)
        if name != "pyproject.toml":
            return _table(data, "pytest") or data
        found = _table(data, "tool", "pytest")
        return {**{k: v for k, v in found.items() if k != "ini_options"}, **_ini_options(found)}
    section = "tool:pytest" if name == "setup.cfg" else "pytest"
    return _ini(content, section)


def is_about_tests(path: str, before: bytes | None, after: bytes | None) -> bool:
    """Whether pytest's settings differ between two versions of a file."""
    return test_options(path, before) != test_options(path, after)


def names_dependencies(path: str, before: bytes | None, after: bytes | None) -> bool:
    """Whether two versions of a file name different dependencies."""
    if PurePosixPath(path).name == "pyproject.toml":
        return _dependencies(before) != _dependencies(after)
    if PurePosixPath(path).name == "setup.cfg":
        return _ini(before or b"", "options") != _ini(after or b"", "options")
    return before != after


def _dependencies(content: bytes | None) -> list[Any]:
    data = _toml(content or b"")
    project = _table(data, "project")
    return [
        project.get("dependencies"),
        project.get("optional-dependencies"),
        data.get("dependency-groups"),
        _table(data, "tool", "poetry").get("dependencies"),
        _table(data, "tool", "poetry").get("group"),
        _table(data, "tool", "pdm").get("dev-dependencies"),
        _table(data, "tool", "uv").get("dev-dependencies"),
    ]


def _ini_options(found: Mapping[str, Any]) -> Mapping[str, Any]:
    options = found.get("ini_options")
    return options if isinstance(options, dict) else {}


def _toml(content: bytes) -> Mapping[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8", "replace"))
    except tomllib.TOMLDecodeError:
        return {}


def _table(data: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        inner = data.get(name)
        data = inner if isinstance(inner, dict) else {}
    return data


def _ini(content: bytes, section: str) -> Mapping[str, str]:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(content.decode("utf-8", "replace"))
    except configparser.Error:
        return {}
    return dict(parser[section]) if parser.has_section(section) else {}


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split())
    return tuple(map(str, value)) if isinstance(value, list) else ()
