"""Finds the Python that a project's tests run with, and asks it what it has."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.sandbox.interpreter import Interpreter, outermost
from seenred.infrastructure.supervisor import Allowance, Fate, run

_PROBE = Path(__file__).with_name("probe.py")
OLDEST_PYTHON, OLDEST_PYTEST = (3, 11), (7,)
# seconds; a Python on a network drive takes its time
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class ProjectPython:
    """A project's interpreter.

    Attributes:
        found: where it was found, for a person: `.venv`, `VIRTUAL_ENV`, `--python`.
        version: `3.12.1`.
        pytest: version of its pytest.
        plugins: pytest's plugins that it has installed, `name=module`.
        editable: what its editable installs map: module, or the path itself, to a path.
        packages: its site-packages.
        own: folders of the project, relative to its root, that an editable install has on the path.
        notes: what a person should know of the choice.
    """

    interpreter: Interpreter
    found: str
    version: str
    pytest: str
    plugins: tuple[str, ...] = ()
    editable: Mapping[str, str] = field(default_factory=dict)
    packages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def describe(self) -> str:
        """`.venv 3.12`, as the first line of a report has it."""
        return f"{self.found} {'.'.join(self.version.split('.')[:2])}"

    def has_plugin(self, module: str) -> bool:
        """Whether a plugin of that module is installed, e.g. `pytest_cov`."""
        return any(
            plugin.partition("=")[2].split(".")[0].split(":")[0] == module
            for plugin in self.plugins
        )


def find_project_python(
    root: Path, python: Path | None = None, environment: Mapping[str, str] = os.environ
) -> ProjectPython:
    """The interpreter that was named, else the project's own, else the one that runs this.

    Raises:
        UsageError: the one that was named is none.
        EnvironmentLacks: it is too old, or has no pytest that is new enough.
    """
    executable, found, notes = _candidate(root, python, environment)
    facts = _ask(executable, found)
    version = ".".join(map(str, facts["version"]))
    if tuple(facts["version"]) < OLDEST_PYTHON:
        raise EnvironmentLacks(
            "python-too-old",
            f"{executable} ({found}) is Python {version}, and 3.11 is the oldest that works;"
            " name another with --python.",
        )
    _require_pytest(root, executable, found, facts["pytest"])
    # what was named may be a script that chooses one (pyenv's shims)
    executable = facts["executable"] or executable
    return ProjectPython(
        Interpreter(executable, _folders(root, executable, facts)),
        found,
        version,
        facts["pytest"],
        tuple(facts["plugins"]),
        dict(facts["editable"]),
        tuple(facts["packages"]),
        notes,
        _own(root, facts["editable"]),
    )


def _candidate(
    root: Path, python: Path | None, environment: Mapping[str, str]
) -> tuple[str, str, tuple[str, ...]]:
    if python is not None:
        named = python / "bin" / "python" if python.is_dir() else python
        if not os.access(named, os.X_OK) or named.is_dir():
            raise UsageError(
                "python-missing", f"{python} is no Python that can be run; name one with --python."
            )
        return str(named.absolute()), "--python", ()
    for place, found in _places(root, environment):
        executable = Path(place) / "bin" / "python"
        if os.access(executable, os.X_OK):
            return str(executable), found, ()
    return _without_environment(root, environment)


def _places(root: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Where a virtual environment may lie, the likeliest first.

    The environment that runs seenred may be active only because it does (pre-commit, pipx).
    """
    active = environment.get("VIRTUAL_ENV", "")
    if active and Path(active).resolve() != Path(sys.prefix).resolve():
        yield active, "VIRTUAL_ENV"
    yield from ((str(root / name), name) for name in (".venv", "venv"))


def _without_environment(
    root: Path, environment: Mapping[str, str]
) -> tuple[str, str, tuple[str, ...]]:
    """Seenred's own Python if it has pytest, else the first on the PATH that has."""
    name = root.name or str(root)
    if importlib.util.find_spec("pytest") is not None:
        note = (
            f"no virtual environment in {name}: the tests run with seenred's own Python;"
            " name another with --python"
        )
        return sys.executable, "seenred's own", (note,)
    for folder in environment.get("PATH", "").split(os.pathsep):
        executable = shutil.which("python3", path=folder) if folder else None
        if executable and _has_pytest(executable):
            note = f"no virtual environment in {name}: the tests run with {executable}"
            return executable, "PATH", (note,)
    raise EnvironmentLacks(
        "no-pytest",
        f"{name} has no virtual environment, and no Python on the PATH has pytest;"
        " `python3 -m venv .venv && .venv/bin/pip install pytest` makes one,"
        " --python names another.",
    )


def _has_pytest(executable: str) -> bool:
    try:
        return bool(_ask(executable, "PATH")["pytest"])
    except EnvironmentLacks:
        return False


def _ask(executable: str, found: str) -> dict[str, Any]:
    try:
        answer = run([executable, "-I", str(_PROBE)], allowance=Allowance(seconds=_PATIENCE))
        if answer.returncode != 0:
            ended = answer.fate is Fate.EXITED
            why = f"exit code {answer.returncode}" if ended else f"it {answer.fate}"
            raise _broken(executable, found, why)
        facts = json.loads(answer.stdout)
    except (OSError, ValueError) as error:
        raise _broken(executable, found, type(error).__name__) from error
    return {"pytest": "", "plugins": [], "editable": {}, "packages": [], **facts}


def _broken(executable: str, found: str, why: str) -> EnvironmentLacks:
    return EnvironmentLacks(
        "python-broken",
        f"{executable} ({found}) does not run as a Python should ({why});"
        " make the environment anew or name another with --python.",
    )


def _require_pytest(root: Path, executable: str, found: str, version: str) -> None:
    numbers = tuple(int(part) for part in version.split(".")[:1] if part.isdigit())
    if numbers >= OLDEST_PYTEST:
        return
    command = install_command(root, executable, "pytest", f">={OLDEST_PYTEST[0]}")
    lacks = f"has pytest {version}, and 7 is the oldest that works" if version else "has no pytest"
    raise EnvironmentLacks("no-pytest", f"{executable} ({found}) {lacks}; {command}")


def install_command(root: Path, executable: str, package: str, version: str = "") -> str:
    """What brings a package into the project's environment, by the tool that manages it."""
    if (root / "uv.lock").exists():
        return f"uv add --dev {package}"
    if (root / "poetry.lock").exists():
        return f"poetry add --group dev {package}"
    return f"{executable} -m pip install " + (f"'{package}{version}'" if version else package)


def _folders(root: Path, executable: str, facts: dict[str, Any]) -> tuple[str, ...]:
    """Everything that the interpreter reads, without the project's own tree, which is staged."""
    others = [*facts["path"], *facts["editable"].values()]
    # a path entry that is as wide as a home directory is not shown; what needs it fails honestly
    others = [p for p in others if not _holds(p, root) and not _holds(p, Path.home())]
    outside = [path for path in others if not Path(path).is_relative_to(root)]
    return outermost([*facts["prefixes"], *facts["packages"], *_links(executable), *outside])


def _own(root: Path, editable: Mapping[str, str]) -> tuple[str, ...]:
    folders: dict[str, None] = {}
    for name, path in editable.items():
        # a path entry stands for itself; a mapped module lies in the folder that is wanted
        folder = Path(path) if name == path else Path(path).parents[name.count(".")]
        if folder.is_relative_to(root):
            folders[str(folder.relative_to(root)).removeprefix(".")] = None
    return tuple(folders)


def _holds(path: str, place: Path) -> bool:
    return place.is_relative_to(path) or Path(path) == Path("/")


def _links(executable: str) -> list[str]:
    """The installations that its chain of links goes through."""
    found, path = [], Path(executable)
    while path.is_symlink():
        path = path.parent / path.readlink()
        installation = path.parent.parent
        if path.parent.name == "bin" and not Path.home().is_relative_to(installation):
            found.append(str(installation))
    return found
