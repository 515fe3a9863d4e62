"""Asked of the project's Python: `python -I probe.py` prints one JSON object; stdlib only.

Nothing that the environment has installed is imported.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import sysconfig

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def main() -> None:
    """Print the facts."""
    try:
        from importlib import metadata
    except ImportError:  # a Python so old that its version is all that matters
        print(json.dumps({"version": list(sys.version_info[:3])}))
        return
    folders = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    facts: dict[str, Any] = {
        "version": list(sys.version_info[:3]),
        "executable": sys.executable,
        "prefixes": sorted({sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}),
        "packages": folders,
        "path": [entry for entry in sys.path if os.path.isabs(entry)],
        "editable": dict(_editable(folders)),
        "pytest": _version(metadata, "pytest"),
        "plugins": sorted(_plugins(metadata)),
    }
    print(json.dumps(facts))


def _version(metadata: Any, name: str) -> str:
    try:
        return str(metadata.version(name))
    except metadata.PackageNotFoundError:
        return ""


def _plugins(metadata: Any) -> set[str]:
    """Names of the plugins that pytest will load by itself."""
    found = metadata.entry_points()
    points = found.select(group="pytest11") if hasattr(found, "select") else ()
    return {f"{point.name}={point.value}" for point in points}


def _editable(folders: list[str]) -> Iterator[tuple[str, str]]:
    """Modules and packages that an editable install maps: `name` to path; for a path entry, the
    path to itself."""
    for folder in folders:
        names = os.listdir(folder) if os.path.isdir(folder) else []
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith(".pth"):
                yield from ((line, line) for line in _lines(path) if os.path.isabs(line))
            elif name.startswith("__editable__") and name.endswith("_finder.py"):
                yield from _mapping(path)


def _lines(path: str) -> list[str]:
    with open(path, encoding="utf-8", errors="replace") as file:
        return [line.strip() for line in file]


def _mapping(path: str) -> Iterator[tuple[str, str]]:
    """What setuptools' finder has in `MAPPING`."""
    with open(path, encoding="utf-8", errors="replace") as file:
        try:
            body = ast.parse(file.read()).body
        except (SyntaxError, ValueError):
            return
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            yield from _if_mapping(node.targets[0], node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield from _if_mapping(node.target, node.value)


def _if_mapping(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    if not isinstance(target, ast.Name) or target.id != "MAPPING":
        return
    try:
        mapping = ast.literal_eval(value)
    except ValueError:
        return
    if isinstance(mapping, dict):
        yield from ((str(name), str(found)) for name, found in mapping.items())


if __name__ == "__main__":
    main()
