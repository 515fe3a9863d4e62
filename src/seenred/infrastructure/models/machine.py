"""What this machine lends a local model: cores and memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

CPU = Path("/sys/devices/system/cpu")
CGROUP = Path("/sys/fs/cgroup")
MEMINFO = Path("/proc/meminfo")


def usable_cores(cpu: Path = CPU, cgroup: Path = CGROUP) -> int:
    """Physical cores that this process may use, within its cgroup's quota; at least 1.

    Generating is bound by memory, so a second thread on a core gains nothing.
    """
    if sys.platform != "linux":
        return os.cpu_count() or 1
    cores = {_siblings(cpu, number) for number in os.sched_getaffinity(0)}
    return max(1, min(len(cores), _quota(cgroup)))


def free_memory(meminfo: Path = MEMINFO, cgroup: Path = CGROUP) -> int | None:
    """Bytes that a new process can use, or None where the system doesn't say."""
    known = [amount for amount in (_available(meminfo), _limit(cgroup)) if amount is not None]
    return min(known, default=None)


def _siblings(cpu: Path, number: int) -> str:
    """The same text for all threads of one core."""
    try:
        return (cpu / f"cpu{number}/topology/thread_siblings_list").read_text()
    except OSError:
        return str(number)


def _quota(cgroup: Path) -> int:
    try:
        quota, period = (cgroup / "cpu.max").read_text().split()
        return -(-int(quota) // int(period))
    except (OSError, ValueError):  # no cgroup v2, or "max"
        return sys.maxsize


def _available(meminfo: Path) -> int | None:
    try:
        for line in meminfo.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None


def _limit(cgroup: Path) -> int | None:
    try:
        return int((cgroup / "memory.max").read_text())
    except (OSError, ValueError):
        return None
