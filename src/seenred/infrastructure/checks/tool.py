"""Where the programs of checks are, and what to do about one that is not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seenred.infrastructure.checks.configured import RUST, Check
from seenred.infrastructure.environment.project_python import ProjectPython, install_command

# programs that need nothing of the environment that they check, so that any copy will do
_ALONE = ("ruff", "ty")
_SYSTEM = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class Toolbox:
    """The programs that a project's checks may use.

    Attributes:
        python: the project's.
        search: where programs are looked for after its environment: a PATH.
        home: the user's; of it nothing is shown to a check but what holds programs.
        rustup: where the toolchains of Rust are.
        cargo: where its downloaded crates are.
    """

    root: Path
    python: ProjectPython
    search: str
    home: Path
    rustup: Path
    cargo: Path

    @classmethod
    def of(
        cls, root: Path, python: ProjectPython, environment: Mapping[str, str] = os.environ
    ) -> Toolbox:
        """The tools of this machine."""
        home = Path.home()
        rustup = Path(environment.get("RUSTUP_HOME") or home / ".rustup")
        cargo = Path(environment.get("CARGO_HOME") or home / ".cargo")
        return cls(root, python, environment.get("PATH", ""), home, rustup, cargo)

    @property
    def _own(self) -> Path:
        return Path(self.python.interpreter.executable).parent

    def find(self, tool: str) -> str | None:
        """The program, in the project's own environment first."""
        own = shutil.which(tool, path=str(self._own))
        if own is not None or tool not in (*_ALONE, "cargo"):
            return own
        found = shutil.which(tool, path=self.search)
        if found is None or tool == "cargo":
            return found
        real = Path(found).resolve()
        return None if self._is_wide(real.parent) else str(real)

    @property
    def folders(self) -> tuple[str, ...]:
        """What a check must see besides the project's environment, none of it secret."""
        found = [Path(tool).parent for name in (*_ALONE, "cargo") if (tool := self.find(name))]
        found += [self.rustup, *self._crates.values()] if self.find("cargo") else []
        return tuple(str(f) for f in found if f.is_dir() and not self._is_wide(f))

    @property
    def environment(self) -> dict[str, str]:
        """Variables of a check; `{scratch}` stands for the only folder it may write to."""
        cargo = self.find("cargo")
        places = [str(self._own), *([str(Path(cargo).parent)] if cargo else []), _SYSTEM]
        return {
            "PATH": ":".join(places),
            "HOME": "{scratch}",
            "TMPDIR": "{scratch}/tmp",
            "NO_COLOR": "1",
            "TERM": "dumb",
            "PYTHONDONTWRITEBYTECODE": "1",
            "RUFF_NO_CACHE": "true",
            "MYPY_CACHE_DIR": "{scratch}/mypy",
            "CARGO_HOME": "{scratch}/cargo",
            "CARGO_TARGET_DIR": "{scratch}/target",
            "CARGO_NET_OFFLINE": "true",
            "CARGO_TERM_COLOR": "never",
            "RUSTUP_HOME": str(self.rustup),
        }

    @property
    def links(self) -> Mapping[str, str]:
        """Folders of `CARGO_HOME` that are the user's own: crates that were downloaded."""
        return {name: str(path) for name, path in self._crates.items() if path.is_dir()}

    @property
    def _crates(self) -> dict[str, Path]:
        return {name: self.cargo / name for name in ("registry", "git")}

    def _is_wide(self, folder: Path) -> bool:
        return folder == Path("/") or self.home.is_relative_to(folder)

    def lacks(self, check: Check) -> str:
        """Why a check is not run, and what to do."""
        if check.kind == RUST:
            where, remedy = "on the PATH", "https://rustup.rs brings it"
        else:
            executable = self.python.interpreter.executable
            where = f"in {self.python.found}"
            remedy = f"`{install_command(self.root, executable, check.tool)}` brings it"
        asked = f"{check.asked_by} asks for it"
        return f"{check.name}: {asked}, and {check.tool} is not {where}; {remedy}"
