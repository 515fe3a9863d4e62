"""Runs inside the sandbox, standard library only: lays out files, locks down, runs, collects.

Started as `python -I -S confine.py REQUEST_FD RESULT_FD`. The request is JSON; the result is JSON
on a descriptor that the confined command never has.
"""

import base64
import ctypes
import json
import os
import platform
import resource
import signal
import struct
import sys
import time

# linux/landlock.h; access rights known since each ABI.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READ = 0b1101  # execute, read file, read directory
_FS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
# linux/prctl.h
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _PR_SET_DUMPABLE = 38, 22, 4
_PR_SET_CHILD_SUBREAPER = 36

# Denied with EPERM, (x86_64, aarch64); the numbers are those of asm/unistd_64.h and
# asm-generic/unistd.h.
_DENIED = {
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "ptrace": (101, 117),
    "mount": (165, 40),
    "umount2": (166, 39),
    "init_module": (175, 105),
    "kexec_load": (246, 104),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "unshare": (272, 97),
    "perf_event_open": (298, 241),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "finit_module": (313, 273),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "pidfd_getfd": (438, 438),
}
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

libc = ctypes.CDLL(None, use_errno=True)


def landlock_abi():
    """The kernel's Landlock version; 0 without it."""
    return max(0, libc.syscall(_LANDLOCK_CREATE, None, 0, 1))


def restrict_files(readable, writable):
    """Landlock: nothing but these trees; where the ABI knows, no TCP, signals, abstract sockets."""
    abi = landlock_abi()
    if abi < 1:
        return
    rights = (1 << _FS_BY_ABI.get(min(abi, 5), 16)) - 1
    network = 0b11 if abi >= 4 else 0
    scoped = 0b11 if abi >= 6 else 0
    attributes = struct.pack("=QQQ", rights, network, scoped)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = libc.syscall(_LANDLOCK_CREATE, ctypes.c_char_p(attributes), size, 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    for path in readable:
        _allow(ruleset, path, _READ)
    for path in writable:
        _allow(ruleset, path, rights)
    # /dev/null and the like: read and write, nothing made
    for path in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
        _allow(ruleset, path, 0b110)
    if libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0):
        raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    os.close(ruleset)


def _allow(ruleset, path, rights):
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):
        rights &= 0b111 | (1 << 14)  # a file has no directory rights; bit 14 is truncate
    rule = struct.pack("=Qi", rights, descriptor)
    libc.syscall(_LANDLOCK_ADD, ruleset, 1, ctypes.c_char_p(rule), 0)
    os.close(descriptor)


def deny_system_calls():
    """Seccomp: EPERM for what untrusted code never needs; another architecture is killed."""
    column, audit = _ARCHITECTURES[platform.machine()]
    numbers = [pair[column] for pair in _DENIED.values()]
    program = [(0x20, 0, 0, 4), (0x15, 1, 0, audit), (0x06, 0, 0, 0x80000000), (0x20, 0, 0, 0)]
    if column == 0:  # x32 calls carry this bit and would pass by other numbers
        program += [(0x35, 0, 1, 0x40000000), (0x06, 0, 0, 0x00050001)]
    for index, number in enumerate(numbers):
        program.append((0x15, len(numbers) - index, 0, number))
    program += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050001)]
    code = b"".join(struct.pack("=HBBI", *row) for row in program)
    buffer = ctypes.create_string_buffer(code)
    header = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    if libc.prctl(_PR_SET_SECCOMP, 2, ctypes.c_char_p(header), 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")


def limit_resources(limits):
    """Address space, processes, file size, CPU time; no core dumps."""
    cpu = int(limits["seconds"]) + 1
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_FSIZE, limits["file_size"]),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_CPU, cpu),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))


def lay_out(files, root):
    """Write the command's files below its scratch directory."""
    for name, content in files.items():
        path = os.path.normpath(os.path.join(root, name))
        if not path.startswith(root + os.sep):
            raise ValueError(f"{name!r} leads out of the scratch directory")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(content))


def collect(names, root, limit):
    """Plain files only, no links followed, cut at `limit` bytes."""
    found = {}
    for name in names:
        try:
            descriptor = os.open(
                os.path.join(root, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            )
        except OSError:
            continue
        with os.fdopen(descriptor, "rb") as file:
            real = os.path.realpath(f"/proc/self/fd/{descriptor}")
            if real.startswith(root + os.sep) and os.path.isfile(real):
                found[name] = base64.b64encode(file.read(limit)).decode()
    return found


def start(request, result_fd):
    """Fork the confined command; returns its process id."""
    child = os.fork()
    if child:
        return child
    try:
        os.close(result_fd)
        os.setsid()
        os.chdir(request["root"])
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        limit_resources(request["limits"])
        if request["confined"]:
            restrict_files(request["readable"], [request["root"]])
            deny_system_calls()
        os.execve(request["argv"][0], request["argv"], request["environment"])
    except BaseException as error:
        os.write(2, f"confine: {error}\n".encode())
    os._exit(126)


def used(root):
    """Bytes on disk below `root`."""
    total = 0
    for folder, _, names in os.walk(root):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_blocks * 512
            except OSError:
                continue
    return total


def wait(child, seconds, root, disk):
    """Wait within the limits; returns (wait status, or None when one was passed; seconds).

    A scratch directory without a size of its own is watched: `disk` bytes at most.
    """
    started = time.monotonic()
    pause = 0.001
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        elapsed = time.monotonic() - started
        if done:
            return status, elapsed
        if elapsed > seconds or used(root) > disk:
            return None, elapsed
        time.sleep(pause)
        pause = min(0.02, pause * 1.3)


def sweep():
    """Kill every descendant, those in sessions of their own too: they are our children now."""
    while True:
        try:
            with open(f"/proc/self/task/{os.getpid()}/children") as file:
                children = [int(pid) for pid in file.read().split()]
        except OSError:
            return
        if not children:
            return
        for pid in children:
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except OSError:
                pass


def main():
    """Serve one request."""
    request_fd, result_fd = int(sys.argv[1]), int(sys.argv[2])
    with os.fdopen(request_fd, "rb") as file:
        request = json.load(file)
    if request["drop_to"] is not None:
        os.setgroups([])
        os.setgid(request["drop_to"])
        os.setuid(request["drop_to"])
    os.umask(0o077)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, lambda *_: (sweep(), os._exit(0)))
    lay_out(request["files"], request["root"])
    child = start(request, result_fd)
    status, seconds = wait(
        child, request["limits"]["seconds"], request["root"], request["limits"]["disk"]
    )
    sweep()
    code = None if status is None else os.waitstatus_to_exitcode(status)
    result = {
        "code": code,
        "seconds": seconds,
        "collected": collect(request["collect"], request["root"], request["collect_limit"]),
    }
    with os.fdopen(result_fd, "w") as file:
        json.dump(result, file)
    os._exit(0)


if __name__ == "__main__":
    main()
