"""Chooses the strongest sandbox that works here, by trying and not by version numbers."""

from __future__ import annotations

from seenred.errors import EnvironmentLacks
from seenred.infrastructure.sandbox.battery import works
from seenred.infrastructure.sandbox.bubblewrap import BubblewrapSandbox, find_bwrap
from seenred.infrastructure.sandbox.landlock import (
    SCOPED_ABI,
    LandlockSandbox,
    NoSandbox,
    landlock_abi,
)
from seenred.referee.ports import Sandbox


async def open_sandbox(allow_none: bool = False) -> Sandbox:
    """The strongest sandbox that holds here.

    Args:
        allow_none: the user said `--no-sandbox`; nothing confines the code then.

    Raises:
        EnvironmentLacks: none works, with what would help.
    """
    if allow_none:
        return NoSandbox()
    for sandbox in candidates():
        if await works(sandbox):
            return sandbox
    raise EnvironmentLacks(
        "sandbox-missing",
        "No sandbox works here (bubblewrap needs user namespaces, Landlock a kernel >= 6.12); "
        "allow one of them, or accept the risk with --no-sandbox.",
    )


def candidates() -> list[Sandbox]:
    """The sandboxes to try, strongest first."""
    found: list[Sandbox] = []
    bwrap = find_bwrap()
    if bwrap is not None:
        found.append(BubblewrapSandbox(bwrap))
    if landlock_abi() >= SCOPED_ABI:
        found.append(LandlockSandbox())
    return found
