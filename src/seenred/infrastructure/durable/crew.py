"""The processes that perform runs: those of this machine by their locks, all by their hearts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from seenred.engine.pulse import STOPPED, Pulse
from seenred.errors import EnvironmentLacks
from seenred.infrastructure.database.executor_store import ExecutorStore
from seenred.infrastructure.durable.executor import Executors

# Seconds between two beats.
BEAT = 2.0


class Crew:
    """Who is at work.

    Args:
        locks: of the processes of this machine; they tell of a kill at once.
        store: hearts of all processes; they tell who is frozen, and who died elsewhere.
    """

    def __init__(self, locks: Executors, store: ExecutorStore) -> None:
        self._locks = locks
        self._store = store
        self._hearts: dict[str, _Heart] = {}
        self._pulse = Pulse()

    def enter(self, lost: Callable[[], object] | None = None) -> str:
        """A name for this process, as no other has; it is at work until `leave`.

        Args:
            lost: of a worker: called, from a thread, when others have declared it dead.
        """
        name = self._locks.enter()
        self._store.add(name, worker=lost is not None)
        self._hearts[name] = _Heart(self._store, name, lost)
        self._hearts[name].start()
        return name

    def leave(self, name: str) -> None:
        """It is not at work any more."""
        heart = self._hearts.pop(name, None)
        if heart is not None:
            heart.stop()
        with suppress(EnvironmentLacks):  # then others find out
            self._store.remove(name)
        self._locks.leave(name)

    def at_work(self, name: str) -> bool:
        """Whether that process is there and its heart has beaten lately."""
        age = None if self._locks.gone(name) else self._store.age(name)
        return age is not None and abs(age) < STOPPED

    def present(self, name: str) -> bool:
        """Whether that process is there and was not declared dead, be it frozen."""
        return not self._locks.gone(name) and self._store.age(name) is not None

    def sweep(self) -> list[str]:
        """Forget the processes of this machine that were killed; returns their names."""
        gone = self._locks.sweep()
        self._store.remove(*gone)
        return gone

    @contextmanager
    def burying(self) -> Iterator[list[str] | None]:
        """Declare workers dead whose hearts have stopped: their names; None where another leads.

        Whether one leads or not, it has to look steadily, to know once it does.
        """
        with self._store.leading() as leads:
            beats = self._store.workers()
            stopped = self._pulse.look(beats)
            if not leads:
                yield None
                return
            yield [name for name in stopped if self._store.bury(name, beats[name])]


class _Heart(threading.Thread):
    """Beats until it is stopped."""

    def __init__(self, store: ExecutorStore, name: str, lost: Callable[[], object] | None) -> None:
        super().__init__(name=f"heart-{name}", daemon=True)
        self._store = store
        self._owner = name
        self._lost = lost
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()
        self.join()

    def run(self) -> None:
        while not self._stopped.wait(BEAT):
            with suppress(EnvironmentLacks):  # the server is away; it is told and tried again
                if self._store.beat(self._owner):
                    continue
                if self._lost is not None:
                    self._lost()
                    return
                self._store.add(self._owner, worker=False)
