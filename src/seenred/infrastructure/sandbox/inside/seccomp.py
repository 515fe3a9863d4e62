"""A seccomp filter: system calls that no solution needs answer EPERM.

Numbers are from the kernel's tables for x86-64 and for arm64; those from 424 on are shared.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from .syscalls import prctl

# name: (x86-64, arm64)
_DENIED = {
    "socket": (41, 198),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "syslog": (103, 116),
    "quotactl": (179, 60),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "fanotify_init": (300, 262),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # memory that no limit on the address space counts
    "memfd_create": (319, 279),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "pidfd_getfd": (438, 438),
    "mount_setattr": (442, 442),
    "memfd_secret": (447, 447),
}
# leaving the process group would escape the kill where there is no pid namespace
_LEAVE_GROUP = {"setsid": (112, 157), "setpgid": (109, 154)}
_CLONE = (56, 220)
_CLONE3 = 435
# CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}
_NAMESPACES = 0x7E020000
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_X32 = 0x40000000
# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK (the resolver asks it for addresses)
_FAMILIES = (1, 2, 10, 16)

_LOAD, _JUMP_EQUAL, _JUMP_GREATER_EQUAL, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _FAIL, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_SET_SECCOMP, _FILTER_MODE = 22, 2


def supported() -> bool:
    """Whether the numbers of this processor's system calls are known here."""
    return os.uname().machine in _ARCHITECTURES


def restrict(keep_group: bool, sockets: bool = False) -> None:
    """Filter this process's system calls for good; needs `no_new_privs`.

    Args:
        keep_group: refuse to leave the process group or the session as well.
        sockets: allow those of the families that a program needs to talk to itself.

    Raises:
        OSError: the kernel refuses, or the processor is unknown.
    """
    machine = os.uname().machine
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no system call table for {machine}")
    architecture, column = _ARCHITECTURES[machine]
    denied = _DENIED | (_LEAVE_GROUP if keep_group else {})
    numbers = [both[column] for name, both in denied.items() if not (sockets and name == "socket")]
    program = _program(architecture, column, numbers)
    buffer = ctypes.create_string_buffer(program)
    # struct sock_fprog: a count and a pointer, aligned
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
    pointed = ctypes.create_string_buffer(header)
    prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.addressof(pointed))


def _families(socket: int, fail: int) -> list[tuple[int, int, int, int]]:
    """Sockets of other families than these fail; without a denied `socket` they are the rest."""
    last = len(_FAMILIES)
    return [
        (_JUMP_EQUAL, 0, last + 3, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        *((_JUMP_EQUAL, last - place, 0, family) for place, family in enumerate(_FAMILIES)),
        (_RETURN, 0, 0, fail),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _program(architecture: int, column: int, denied: list[int]) -> bytes:
    fail = _FAIL | errno.EPERM
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_GREATER_EQUAL, 0, 1, _X32),
        (_RETURN, 0, 0, fail),
        (_JUMP_EQUAL, 0, 1, _CLONE3),  # its flags are out of reach: libc falls back to clone
        (_RETURN, 0, 0, _FAIL | errno.ENOSYS),
    ]
    for number in denied:
        steps += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, fail)]
    steps += _families(_DENIED["socket"][column], fail)
    steps += [
        (_JUMP_EQUAL, 0, 3, _CLONE[column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_JUMP_ANY_BIT, 0, 1, _NAMESPACES),
        (_RETURN, 0, 0, fail),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
