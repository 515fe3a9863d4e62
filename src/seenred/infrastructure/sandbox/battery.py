"""Attacks a sandbox and says which attacks it held."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from seenred.domain.execution import Command, Ending, Limits
from seenred.errors import SandboxFailed
from seenred.infrastructure.sandbox.attack import ATTACKS, Attack
from seenred.infrastructure.sandbox.bait import Bait
from seenred.referee.ports import Sandbox

# an attack that is held ends in a tenth of a second; where it does not, the machine is busy
_LIMITS = Limits(seconds=5.0)
_PATIENT = Limits(seconds=60.0)
# more would slow the watch that some attacks have to be caught by
_AT_ONCE = 3
_PROLOGUE = "print('started', flush=True)\n"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one attack; an attack that never started was not held.

    Attributes:
        ended: it came to its end in time; else nothing is known of it.
    """

    attack: str
    held: bool
    ended: bool = True


async def run_battery(
    sandbox: Sandbox, bait_under: Path, attacks: Sequence[Attack] = ATTACKS
) -> tuple[Verdict, ...]:
    """Run each attack against the sandbox.

    Raises:
        SandboxFailed: the sandbox does not start at all.
    """
    with Bait(bait_under) as bait:
        few = asyncio.Semaphore(_AT_ONCE)

        async def alone(attack: Attack) -> Verdict:
            async with few:
                return await attack_once(sandbox, bait, attack)

        # every trial has ended before the bait is taken away
        ends = await asyncio.gather(*map(alone, attacks), return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException):
            raise end
    return tuple(end for end in ends if isinstance(end, Verdict))


async def attack_once(sandbox: Sandbox, bait: Bait, attack: Attack) -> Verdict:
    """Run one attack against the sandbox; once more and longer where it did not end in time."""
    verdict = await _attack(sandbox, bait, attack, _LIMITS)
    return verdict if verdict.ended else await _attack(sandbox, bait, attack, _PATIENT)


async def _attack(sandbox: Sandbox, bait: Bait, attack: Attack, limits: Limits) -> Verdict:
    program = _PROLOGUE + bait.aim(attack.program)
    command = Command(("{python}", "-I", "-S", "-c", program), limits=limits)
    try:
        seen = await sandbox.run(command)
    except SandboxFailed as failure:
        if failure.code != "sandbox-stuck":
            raise
        return Verdict(attack.name, held=False, ended=False)
    said = seen.stdout.split()
    # one that was ended for what it did has not come through, whatever it printed before
    through = b"leaked" in said and seen.ending is Ending.EXITED
    if attack.witnessed:
        through = bait.witnessed()
    if seen.ending is Ending.TIMED_OUT and not through:
        return Verdict(attack.name, held=False, ended=False)
    return Verdict(attack.name, b"started" in said and not through)
