"""The processes of one command: what they hold, and their end."""

# pathlib would cost each command its import
# ruff: noqa: PTH116, PTH123, PTH208

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

_PAGE = os.sysconf("SC_PAGE_SIZE")


class Tree:
    """The command's process and all that came of it.

    Args:
        leader: the first process, leader of its own group.
        own_pids: this process is the first of a pid namespace, so all others are the command's.
    """

    def __init__(self, leader: int, own_pids: bool) -> None:
        self._leader = leader
        self._own_pids = own_pids

    def reap(self) -> int | None:
        """Collect the dead; the leader's wait status once it is among them."""
        ended = None
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if pid == 0:
                return ended
            if pid == self._leader:
                ended = status

    def memory(self) -> int:
        """Bytes that the processes hold in memory, shared pages counted once each."""
        return sum(resident * _PAGE for _, resident in self._members())

    def unlinked(self) -> int:
        """Bytes on disk of files that are still open but have no name any more."""
        seen: dict[tuple[int, int], int] = {}
        for pid, _ in self._members():
            for found in _open_files(pid):
                if found.st_nlink == 0:
                    seen[found.st_dev, found.st_ino] = found.st_blocks * 512
        return sum(seen.values())

    def kill(self) -> None:
        """End every process and wait until none is left."""
        while True:
            self._signal()
            try:
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            except ChildProcessError:
                return
            time.sleep(0.001)

    def _signal(self) -> None:
        if self._own_pids:
            _send(-1)
            return
        _send(-self._leader)
        # those that left the group, where nothing forbade it
        for pid in self._descendants():
            _send(pid)

    def _members(self) -> Iterator[tuple[int, int]]:
        own = os.getpid()
        wanted = None if self._own_pids else {self._leader, *self._descendants()}
        for pid, _, group, resident in _processes():
            mine = wanted is None or pid in wanted or group == self._leader
            if mine and pid != own:
                yield pid, resident

    def _descendants(self) -> set[int]:
        children: dict[int, list[int]] = {}
        for pid, parent, _, _ in _processes():
            children.setdefault(parent, []).append(pid)
        found: set[int] = set()
        waiting = [os.getpid()]
        while waiting:
            below = children.get(waiting.pop(), [])
            found.update(below)
            waiting += below
        return found


def _send(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        return


def _processes() -> Iterator[tuple[int, int, int, int]]:
    """Pid, parent, group and resident pages of every process in sight."""
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                # the command's name may hold spaces and brackets; the fields follow it
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        yield int(name), int(fields[1]), int(fields[2]), int(fields[21])


def _open_files(pid: int) -> Iterator[os.stat_result]:
    folder = f"/proc/{pid}/fd"
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        try:
            yield os.stat(f"{folder}/{name}")
        except OSError:
            continue
