"""Landlock: what the file system, TCP, signals and abstract sockets still allow.

Numbers are from `linux/landlock.h`; the system calls have the same numbers everywhere.
"""

# pathlib would cost each command its import
# ruff: noqa: PTH112

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

from .syscalls import syscall

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE = 1 << 14
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
# the highest right of the file system that each version knows
_RIGHTS = {1: 1 << 13, 2: 1 << 14, 3: 1 << 15, 4: 1 << 15}
_RIGHTS_NOW = 1 << 16
_BIND_AND_CONNECT_TCP = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """The version that this kernel speaks; 0 when it has none."""
    try:
        return syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str], network: bool = False) -> None:
    """Confine this process for good; needs `no_new_privs`.

    Args:
        network: leave TCP to whatever else confines it.

    Raises:
        OSError: the kernel refuses, or has no Landlock.
    """
    version = abi()
    everything = _RIGHTS.get(version, _RIGHTS_NOW) - 1
    rules = _Ruleset(
        everything,
        _BIND_AND_CONNECT_TCP if version >= 4 and not network else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    for path in readable:
        _allow(ruleset, path, _READ & everything)
    for path in writable:
        _allow(ruleset, path, everything)
    syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _OF_FILES
        rule = _PathBeneath(rights, parent)
        syscall(_ADD_RULE, ruleset, 1, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
