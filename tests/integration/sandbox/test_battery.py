from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from seenred.infrastructure.sandbox.attack import ATTACKS, Attack
from seenred.infrastructure.sandbox.battery import run_battery
from seenred.referee.ports import Sandbox

# what an ordinary user cannot do without a sandbox either, or our limits prevent by themselves
_HELD_WITHOUT_SANDBOX = {
    "read secrets in the environment",
    "write to /etc",
    "write 300 MB",
    "fork 400 times",
    "use 3 GB of memory",
}


def _name(attack: Attack) -> str:
    return attack.name


@pytest.mark.parametrize("attack", ATTACKS, ids=_name)
def test_sandbox_holds_the_attack(sandbox: Sandbox, attack: Attack, tmp_path: Path) -> None:
    (verdict,) = asyncio.run(run_battery(sandbox, tmp_path, [attack]))

    assert verdict.held


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.name not in _HELD_WITHOUT_SANDBOX], ids=_name
)
def test_attack_comes_through_without_a_sandbox(
    unconfined: Sandbox, attack: Attack, tmp_path: Path
) -> None:
    (verdict,) = asyncio.run(run_battery(unconfined, tmp_path, [attack]))

    assert not verdict.held
