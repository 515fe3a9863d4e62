from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from seenred.domain.execution import Command, Ending, Execution
from seenred.errors import EnvironmentLacks, ExitCode
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap
from seenred.infrastructure.sandbox.choose import attack, available, open_sandbox
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.infrastructure.sandbox.none import Unconfined
from seenred.referee.ports import Sandbox


class Counting:
    """Counts the commands that reach a real sandbox."""

    def __init__(self, inner: Sandbox) -> None:
        self._inner = inner
        self.commands = 0

    @property
    def name(self) -> str:
        return self._inner.name

    async def run(self, command: Command) -> Execution:
        self.commands += 1
        return await self._inner.run(command)


class Starved:
    """A real sandbox on a machine that is too busy for the first runs of some programs.

    Args:
        attack: a part of the program.
        times: how often it does not end in time.
    """

    def __init__(self, inner: Sandbox, attack: str, times: int) -> None:
        self._inner = inner
        self._attack = attack
        self._left = times
        self.limits: list[float] = []

    @property
    def name(self) -> str:
        return self._inner.name

    async def run(self, command: Command) -> Execution:
        if self._attack not in command.argv[-1]:
            return await self._inner.run(command)
        self.limits.append(command.limits.seconds)
        if not self._left:
            return await self._inner.run(command)
        self._left -= 1
        return Execution(Ending.TIMED_OUT, 137, b"", b"", command.limits.seconds)


def _broken() -> Sandbox:
    return Bubblewrap("/usr/bin/false", running_interpreter())


def test_first_sandbox_that_holds_is_taken(tmp_path: Path, sandbox: Sandbox) -> None:
    leaking = Unconfined(running_interpreter())

    chosen = asyncio.run(open_sandbox(cache=tmp_path, candidates=[_broken(), leaking, sandbox]))

    assert chosen is sandbox


def test_best_available_sandbox_holds_here(tmp_path: Path) -> None:
    chosen = asyncio.run(open_sandbox(cache=tmp_path))

    assert chosen.name == available(running_interpreter())[0].name


def test_verdict_is_remembered(tmp_path: Path, sandbox: Sandbox) -> None:
    first, second = Counting(sandbox), Counting(sandbox)

    asyncio.run(open_sandbox(cache=tmp_path, candidates=[first]))
    chosen = asyncio.run(open_sandbox(cache=tmp_path, candidates=[second]))

    assert first.commands == 13
    assert (chosen, second.commands) == (second, 0)


def test_leak_is_never_remembered_as_held(tmp_path: Path) -> None:
    leaking = Counting(Unconfined(running_interpreter()))

    for _ in range(2):
        with pytest.raises(EnvironmentLacks):
            asyncio.run(open_sandbox(cache=tmp_path, candidates=[leaking]))

    assert leaking.commands == 26


def test_cache_that_cannot_be_written_is_no_error(tmp_path: Path, sandbox: Sandbox) -> None:
    (tmp_path / "sandbox").write_text("a file in the way")

    assert asyncio.run(open_sandbox(cache=tmp_path, candidates=[sandbox])) is sandbox


def test_without_any_sandbox_the_refusal_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLacks, match="--no-sandbox") as refusal:
        asyncio.run(open_sandbox(cache=tmp_path, candidates=[_broken()]))

    assert (refusal.value.code, refusal.value.exit_code) == ("no-sandbox", ExitCode.ENVIRONMENT)


def test_without_any_sandbox_it_can_be_forgone_by_name(tmp_path: Path) -> None:
    chosen = asyncio.run(open_sandbox(allow_none=True, cache=tmp_path, candidates=[]))

    assert "unsafe" in chosen.name


def test_trial_names_what_came_through(tmp_path: Path, unconfined: Sandbox) -> None:
    trial = asyncio.run(attack(unconfined, tmp_path))

    assert not trial.held
    assert "TCP connection" in trial.describe()


def test_an_attack_that_did_not_end_is_given_more_time(tmp_path: Path, sandbox: Sandbox) -> None:
    starved = Starved(sandbox, "ptrace", 1)

    trial = asyncio.run(attack(starved, tmp_path))

    assert trial.held
    first, second = starved.limits
    assert second > first


def test_a_machine_too_slow_to_check_is_said_to_be_that(tmp_path: Path, sandbox: Sandbox) -> None:
    starved = Starved(sandbox, "ptrace", 2)

    with pytest.raises(EnvironmentLacks, match="too slow to check: trace another process") as lack:
        asyncio.run(open_sandbox(cache=tmp_path, candidates=[starved]))

    assert "sandbox-unchecked" == lack.value.code
    assert "12 of 13 attacks held" in lack.value.message


def test_a_leak_is_a_leak_on_a_slow_machine_too(tmp_path: Path, unconfined: Sandbox) -> None:
    starved = Starved(unconfined, "ptrace", 2)

    with pytest.raises(EnvironmentLacks, match="came through: TCP connection") as lack:
        asyncio.run(open_sandbox(cache=tmp_path, candidates=[starved]))

    assert "no-sandbox" == lack.value.code
