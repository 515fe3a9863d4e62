"""What the observer is told to do: the part of a check that is the same, cold or warm."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from seenred.domain.tree import Tree
from seenred.infrastructure.environment.project_python import ProjectPython
from seenred.infrastructure.environment.pytest_settings import PytestSettings, has_settings_below
from seenred.referee.proof.ports import Selection

# where the tree is seen is known inside only
_ROOT = "{root}"
# installed plugin: what a check adds to the command line, where the project's options leave it on
_NEUTRAL = {
    "pytest_cov": ("cov", ("--no-cov",)),
    "xdist": ("xdist", ("-n0",)),
    "pytest_randomly": ("randomly", ("-p", "no:randomly")),
    "pytest_rerunfailures": ("rerunfailures", ("--reruns=0",)),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One check.

    Attributes:
        nonce: only with it the observer's last line counts.
        paths: what the tree lacks and was asked for never reaches pytest.
    """

    nonce: str
    tree: Tree
    selection: Selection
    settings: PytestSettings
    python: ProjectPython

    @property
    def paths(self) -> tuple[str, ...]:
        """Files and folders that pytest is to collect; none means what the project says."""
        asked = dict.fromkeys(test.partition("::")[0] for test in self.selection.tests)
        return tuple(path for path in asked if _there(self.tree, path))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Asked-for ids whose file the tree does not have."""
        tests = self.selection.tests
        return tuple(test for test in tests if not _there(self.tree, test.partition("::")[0]))

    @property
    def nothing_to_run(self) -> bool:
        """Whether everything that was asked for is unknown already."""
        return bool(self.selection.tests) and not self.paths

    def arguments(self) -> list[str]:
        """Pytest's command line."""
        fail = "--maxfail=1" if self.selection.stop_at_failure else "--maxfail=0"
        return [*self.options(), fail, *self.paths]

    def options(self) -> list[str]:
        """The part of it that does not say which tests."""
        words = ["-q", "--tb=no", "--no-header", "--no-summary", "--rootdir", _ROOT]
        words.append("--continue-on-collection-errors")
        for module, (name, options) in _NEUTRAL.items():
            if self.python.has_plugin(module) and not self.settings.mentions(f"no:{name}"):
                words += options
        if "faulthandler_timeout" in self.settings.names:
            words += ["-o", "faulthandler_timeout=0"]  # its timer is the one that ours needs
        if not has_settings_below(self.tree):
            # no file above the project is looked at, where the sandbox forbids it anyway
            words += ["-c", "/dev/null", "--confcutdir", _ROOT]
        return words

    def to_dict(self) -> dict[str, Any]:
        """As the observer reads it."""
        selection = self.selection
        return {
            "nonce": self.nonce,
            "arguments": self.arguments(),
            "paths": list(self.paths),
            "stop_at_failure": selection.stop_at_failure,
            "path": self.path(),
            "tests": [test for test in selection.tests if test not in self.unknown],
            "deselected": list(selection.deselected),
            "shuffle": selection.shuffle,
            "stand_ins": {path: list(names) for path, names in selection.stand_ins.items()},
            "trace": list(selection.trace),
            "seconds": selection.seconds,
            "modules": sorted(top_level_modules(self.tree)),
        }

    def to_bytes(self) -> bytes:
        """JSON."""
        return json.dumps(self.to_dict()).encode()

    def path(self) -> list[str]:
        """Folders that go first on the path, so that the tree is what is imported."""
        return [f"{_ROOT}/{folder}" if folder else _ROOT for folder in self.folders()]

    def folders(self) -> list[str]:
        """`src` where the tree has one and its own settings do not name it, the root, and what an
        editable install names.

        `python -m pytest` puts the root there too.
        """
        own = {folder.rstrip("/") for folder in self.settings.pythonpath}
        has_src = any(path.startswith("src/") and path.endswith(".py") for path in self.tree.files)
        first = [*(["src"] if has_src and "src" not in own else []), ""]
        # Python leaves out a folder that is not there when it starts, as in an empty stage
        return list(dict.fromkeys([*first, *self.python.own]))


def top_level_modules(tree: Tree) -> frozenset[str]:
    """Names under which the tree's own modules are imported: below `src`, else below the root."""
    found = set()
    for path in tree.files:
        parts = path.removeprefix("src/").split("/")
        if path.endswith(".py") and all(part.isidentifier() for part in parts[:-1]):
            name = parts[0].removesuffix(".py")
            if name.isidentifier() and name not in ("setup", "conftest"):
                found.add(name)
    return frozenset(found)


def _there(tree: Tree, path: str) -> bool:
    folder = path.rstrip("/") + "/"
    return path in tree.files or any(name.startswith(folder) for name in tree.files)
