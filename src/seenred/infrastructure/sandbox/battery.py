"""Attacks a sandbox and says which attacks it held."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seenred.domain.execution import Command, Ending, Limits
from seenred.infrastructure.sandbox.attack import ATTACKS, Attack
from seenred.infrastructure.sandbox.bait import Bait
from seenred.referee.ports import Sandbox

_LIMITS = Limits(seconds=5.0)
_PROLOGUE = "print('started', flush=True)\n"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one attack; an attack that never started was not held."""

    attack: str
    held: bool


async def run_battery(
    sandbox: Sandbox, bait_under: Path, attacks: Sequence[Attack] = ATTACKS
) -> tuple[Verdict, ...]:
    """Run each attack against the sandbox.

    Raises:
        SandboxFailed: the sandbox does not start at all.
    """
    with Bait(bait_under) as bait:
        trials = (attack_once(sandbox, bait, attack) for attack in attacks)
        return tuple(await asyncio.gather(*trials))


async def attack_once(sandbox: Sandbox, bait: Bait, attack: Attack) -> Verdict:
    """Run one attack against the sandbox."""
    program = _PROLOGUE + bait.aim(attack.program)
    command = Command(("{python}", "-I", "-S", "-c", program), limits=_LIMITS)
    seen = await sandbox.run(command)
    said = seen.stdout.split()
    if attack.witnessed:
        return Verdict(attack.name, b"started" in said and not bait.witnessed())
    # one that was ended for what it did has not come through, whatever it printed before
    through = b"leaked" in said and seen.ending is Ending.EXITED
    return Verdict(attack.name, b"started" in said and not through)
