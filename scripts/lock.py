"""Write constraints.txt: one version of every package, for every Python that we support.

Usage: python scripts/lock.py PYTHON...   (run by `make lock`)

Each interpreter resolves the project with its extras, its dependency groups and the build
backend, through the user's own pip settings. Names and versions are kept, nothing else: no
index address and no hash, so that the file holds behind any mirror.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOLVED = [
    ["-e", f"{ROOT}[agents,local]", "--group", "dev", "--group", "mlx", "--group", "bench"],
    ["--no-deps", "--group", "mlx-model", "--group", "sarif"],
    ["pip", "hatchling==1.33.0", "editables"],
]
HEADER = "# Written by `make lock`; every version that `make setup` and `make test` install.\n"

Versions = dict[str, str]


def resolve(python: Path) -> Versions:
    """Name to version of everything that a new environment of `python` would get."""
    versions: Versions = {}
    for wanted in RESOLVED:
        command = [str(python), "-m", "pip", "install", "-qq", "--dry-run", "--ignore-installed"]
        report = subprocess.run(
            [*command, "--report", "-", *wanted],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
        )
        for item in json.loads(report.stdout)["install"]:
            versions[normal(item["metadata"]["name"])] = item["metadata"]["version"]
    versions.pop("seenred")
    return versions


def normal(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def environment(interpreter: str, folder: Path) -> Path:
    """The Python of a new virtual environment whose pip knows dependency groups."""
    subprocess.run([interpreter, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "-qq", "--upgrade", "pip"], check=True)
    return python


def minor_of(python: Path) -> str:
    """`3.12`."""
    source = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.check_output([str(python), "-c", source], text=True).strip()


def render(resolved: Mapping[str, Versions]) -> str:
    """One line a package; with a marker where the Pythons differ."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for minor, versions in resolved.items():
        for name, version in versions.items():
            found[name][version].append(minor)
    lines: list[str] = []
    for name in sorted(found):
        lines += lines_of(name, found[name])
    return HEADER + "\n".join(lines) + "\n"


def lines_of(name: str, minors_of: Mapping[str, Iterable[str]]) -> list[str]:
    if len(minors_of) == 1:
        return [f"{name}=={next(iter(minors_of))}"]
    return [
        f"{name}=={version}; "
        + " or ".join(f"python_version == '{minor}'" for minor in sorted(minors))
        for version, minors in minors_of.items()
    ]


def main(interpreters: list[str]) -> None:
    resolved: dict[str, Versions] = {}
    with tempfile.TemporaryDirectory() as folder:
        for interpreter in interpreters:
            python = environment(interpreter, Path(folder) / Path(interpreter).name)
            resolved[minor_of(python)] = resolve(python)
    (ROOT / "constraints.txt").write_text(render(resolved), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
