"""Root becomes an ordinary user before hostile code runs: no limit on processes binds root."""

# pathlib would cost each command its import
# ruff: noqa: PTH123

from __future__ import annotations

import ctypes
import os
import struct

from .syscalls import prctl, syscall

_KEEP_CAPS, _AMBIENT, _AMBIENT_RAISE = 8, 47, 2
_READ_SEARCH = 2  # CAP_DAC_READ_SEARCH
_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION = 0x20080522
# far above accounts and their subordinate ranges, else systemd's dynamic users
_HIGH, _DYNAMIC = (0x40000000, 1 << 24), (61184, 4336)


def spare_uid() -> int:
    """A uid that nobody has, new for each command so that its processes are counted alone."""
    with open("/proc/self/uid_map", encoding="ascii") as file:
        ranges = [[int(word) for word in line.split()] for line in file]
    mapped = any(start <= _HIGH[0] < start + length - _HIGH[1] for start, _, length in ranges)
    start, count = _HIGH if mapped else _DYNAMIC
    return start + int.from_bytes(os.urandom(4), "little") % count


def drop(uid: int, may_read_all: bool) -> None:
    """Become `uid` for good.

    Args:
        may_read_all: keep reading past file permissions, for an interpreter under a closed home
            directory; Landlock then says what is read.
    """
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    if may_read_all:
        prctl(_KEEP_CAPS, 1)
    os.setresuid(uid, uid, uid)
    if may_read_all:
        _keep_one_capability()


def _keep_one_capability() -> None:
    bit = 1 << _READ_SEARCH
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    sets = struct.pack("=6I", bit, bit, bit, 0, 0, 0)
    syscall(
        _CAPSET[os.uname().machine],
        ctypes.create_string_buffer(header),
        ctypes.create_string_buffer(sets),
    )
    prctl(_AMBIENT, _AMBIENT_RAISE, _READ_SEARCH)
