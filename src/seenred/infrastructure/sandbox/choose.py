"""Chooses a sandbox by attacking it, and remembers the verdict until the machine restarts."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seenred.errors import EnvironmentLacks, SandboxFailed
from seenred.infrastructure.sandbox.attack import ATTACKS
from seenred.infrastructure.sandbox.battery import run_battery
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap, find_bwrap
from seenred.infrastructure.sandbox.inside import landlock, seccomp
from seenred.infrastructure.sandbox.interpreter import Interpreter, running_interpreter
from seenred.infrastructure.sandbox.landlock import LandlockSandbox
from seenred.infrastructure.sandbox.none import Unconfined
from seenred.referee.ports import Sandbox

_HELD = "held"


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one sandbox under attack.

    Attributes:
        leaks: names of the attacks that came through.
        unknown: names of those that did not end in time, even when they were given more.
        failure: why it did not start, else "".
    """

    sandbox: Sandbox
    leaks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    failure: str = ""

    @property
    def held(self) -> bool:
        return not (self.leaks or self.unknown or self.failure)

    @property
    def unchecked(self) -> bool:
        """Whether nothing came through and all that speaks against it is a slow machine."""
        return bool(self.unknown) and not (self.leaks or self.failure)

    def describe(self) -> str:
        """`13 of 13 attacks held`, or what is wrong."""
        if self.failure:
            return self.failure
        number = len(ATTACKS) - len(self.leaks) - len(self.unknown)
        parts = [f"{number} of {len(ATTACKS)} attacks held"]
        if self.leaks:
            parts.append(f"came through: {', '.join(self.leaks)}")
        if self.unknown:
            parts.append(f"too slow to check: {', '.join(self.unknown)}")
        return "; ".join(parts)


async def open_sandbox(
    allow_none: bool = False,
    cache: Path | None = None,
    candidates: Sequence[Sandbox] | None = None,
) -> Sandbox:
    """The first sandbox that holds every attack.

    Args:
        allow_none: run without one if none holds; the user's `--no-sandbox`.
        cache: a folder of the user's where verdicts are kept; None asks each time.
        candidates: sandboxes in order of preference; None takes what this machine has.

    Raises:
        EnvironmentLacks: none holds, or the machine was too slow to tell, and running without one
            is not allowed.
    """
    interpreter = running_interpreter()
    trials: list[Trial] = []
    for sandbox in available(interpreter) if candidates is None else candidates:
        verdict = _verdict_file(cache, sandbox, interpreter)
        if verdict is not None and _remembered(verdict):
            return sandbox
        trial = await attack(sandbox, cache or Path.home())
        if trial.held:
            if verdict is not None:
                _remember(verdict)
            return sandbox
        trials.append(trial)
    if allow_none:
        return Unconfined(interpreter)
    if unchecked := [trial for trial in trials if trial.unchecked]:
        raise EnvironmentLacks("sandbox-unchecked", _too_slow(unchecked[0]))
    raise EnvironmentLacks("no-sandbox", _refusal(trials))


def available(interpreter: Interpreter) -> list[Sandbox]:
    """What this machine may be able to run, best first."""
    found: list[Sandbox] = []
    if bwrap := find_bwrap():
        found.append(Bubblewrap(bwrap, interpreter))
    if landlock.abi() and seccomp.supported():
        found.append(LandlockSandbox(interpreter))
    return found


async def attack(sandbox: Sandbox, bait_under: Path) -> Trial:
    """Run the whole battery against one sandbox."""
    try:
        verdicts = await run_battery(sandbox, bait_under)
    except SandboxFailed as failure:
        return Trial(sandbox, failure=failure.message)
    return Trial(
        sandbox,
        leaks=tuple(v.attack for v in verdicts if v.ended and not v.held),
        unknown=tuple(v.attack for v in verdicts if not v.ended),
    )


def _too_slow(trial: Trial) -> str:
    return (
        f"This machine was too slow to check its sandbox ({trial.sandbox.name}: "
        f"{trial.describe()}); try again when it has less to do."
    )


def _refusal(trials: Sequence[Trial]) -> str:
    tried = "; ".join(f"{t.sandbox.name}: {t.describe()}" for t in trials)
    return (
        f"No sandbox holds on this machine ({tried or 'neither bubblewrap nor Landlock is here'});"
        " install bubblewrap and allow user namespaces, or accept the risk with --no-sandbox."
    )


def _verdict_file(cache: Path | None, sandbox: Sandbox, interpreter: Interpreter) -> Path | None:
    """A file named by all that the verdict depends on; the boot stands for the machine's state."""
    if cache is None:
        return None
    facts = (
        sandbox.name,
        _text("/proc/sys/kernel/random/boot_id"),
        " ".join(os.uname()),
        sys.version,
        *interpreter.folders,
        interpreter.executable,
        str(find_bwrap()),
        str(os.getuid()),
        _sources(),
    )
    name = hashlib.sha256("\0".join(facts).encode()).hexdigest()[:32]
    return cache / "sandbox" / name


def _sources() -> str:
    """Changes with this package, so that an upgrade is attacked anew."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return " ".join(f"{file.name} {file.stat().st_mtime_ns}" for file in files)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii")
    except OSError:
        return ""


def _remembered(verdict: Path) -> bool:
    return _text(str(verdict)) == _HELD


def _remember(verdict: Path) -> None:
    # a cache that cannot be written costs only time
    with contextlib.suppress(OSError):
        verdict.parent.mkdir(parents=True, exist_ok=True)
        verdict.write_text(_HELD, encoding="ascii")
