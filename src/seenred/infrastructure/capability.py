"""What this machine has and lacks, each lack with its remedy."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seenred.infrastructure.sandbox.battery import ATTACKS, leaks, works
from seenred.infrastructure.sandbox.choose import candidates


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that a command may need.

    Attributes:
        required: without it some command of every user fails.
    """

    name: str
    present: bool
    detail: str
    remedy: str = ""
    required: bool = True


async def probe(folder: Path) -> list[Capability]:
    """Look at everything; the whole battery of attacks runs against each sandbox."""
    return [
        await _sandbox(),
        _python(),
        _tool("git", "install git with the system's package manager"),
        _pdf(),
        _module("xllamacpp", "embedded model", "pip install 'seenred[local]'"),
        _module("pydantic_ai", "providers", "pip install 'seenred[agents]'"),
        _module("pytest", "--tests FILE", "pip install pytest"),
        _tool("cargo", "install Rust with rustup, for Rust projects", required=False),
        _tool("node", "install Node.js, for TypeScript projects", required=False),
        _disk(folder),
        _memory(),
    ]


async def _sandbox() -> Capability:
    """The first sandbox that works, and how many attacks it holds."""
    for sandbox in candidates():
        if await works(sandbox):
            break
    else:
        remedy = "allow user namespaces, or use a kernel with Landlock (6.12 or newer)"
        return Capability("sandbox", False, "neither bubblewrap nor Landlock works", remedy)
    through = await leaks(sandbox)
    held = f"{sandbox.name}; holds {len(ATTACKS) - len(through)} of {len(ATTACKS)} attacks"
    remedy = f"lets through: {', '.join(through)}" if through else ""
    return Capability("sandbox", not through, held, remedy)


def _python() -> Capability:
    version = ".".join(map(str, sys.version_info[:3]))
    return Capability("python", sys.version_info >= (3, 11), version, "install Python 3.11+")


def _tool(name: str, remedy: str, required: bool = True) -> Capability:
    path = shutil.which(name)
    return Capability(name, path is not None, path or "not found", "" if path else remedy, required)


def _module(name: str, what: str, remedy: str) -> Capability:
    there = importlib.util.find_spec(name) is not None
    detail = f"{name} is installed" if there else f"{name} is not installed"
    return Capability(what, there, detail, "" if there else remedy, required=False)


def _pdf() -> Capability:
    tool = shutil.which("pdftotext")
    if tool:
        return Capability("pdf reader", True, tool, required=False)
    there = importlib.util.find_spec("pypdf") is not None
    remedy = "" if there else "install poppler-utils or pip install 'seenred[agents]'"
    return Capability("pdf reader", there, "pypdf" if there else "none", remedy, required=False)


def _disk(folder: Path) -> Capability:
    existing = next(p for p in [folder, *folder.parents] if p.exists())
    free = shutil.disk_usage(existing).free
    enough = free > 2 * 1024**3
    remedy = "" if enough else "free 2 GB, or set SEENRED_MODEL__CACHE to a larger disk"
    return Capability("disk", enough, f"{free / 1024**3:.1f} GB free at {existing}", remedy, False)


def _memory() -> Capability:
    free = _available()
    enough = free is None or free > 2 * 1024**3
    detail = "unknown" if free is None else f"{free / 1024**3:.1f} GB available"
    remedy = "" if enough else "close other programs, or use local:qwen2.5-coder-0.5b"
    return Capability("memory", enough, detail, remedy, False)


def _available() -> int | None:
    try:
        lines: Sequence[str] = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable")]
    return int(found[0]) * 1024 if found else None
