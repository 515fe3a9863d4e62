"""Lays the files, confines and starts the command, watches it, ends it, reports.

Runs as `python -I -S -c "… from inside.supervise import main; main(REPORT_FD)"` with the request
on stdin. In bubblewrap it is the first process of the pid namespace: with it goes everything.
"""

# pathlib would cost each command its import
# ruff: noqa: PTH112, PTH116, PTH120, PTH208

from __future__ import annotations

import os
import resource
import select
import signal
import time

from . import landlock, privilege, scratch, seccomp
from .request import Report, Request
from .syscalls import prctl
from .tree import Tree

_DUMPABLE, _SUBREAPER, _NO_NEW_PRIVILEGES = 4, 36, 38
# short while most commands end, then sparing
_TICK, _LONG_TICK = 0.02, 0.1
_OPEN_FILES = 256
# a forked interpreter shares most of what it seems to hold
_TREE_MEMORY_FACTOR = 2
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def main(report_fd: int) -> None:
    """Run the request on stdin and write its report to `report_fd`."""
    request = Request.from_bytes(_read_all(0))
    os.set_inheritable(report_fd, False)
    try:
        report = _supervise(request, report_fd)
    except OSError as error:
        why = f"could not be prepared: {error.strerror} {error.filename or ''}".strip()
        report = Report("killed", 255, 0.0, why, {})
    try:
        _write_all(report_fd, report.to_bytes())
    except BrokenPipeError:
        os._exit(1)  # nobody waits for it any more
    os._exit(0)


def _supervise(request: Request, report_fd: int) -> Report:
    prctl(_SUBREAPER, 1)
    prctl(_DUMPABLE, 0)
    uid = uid_to_become(request)
    scratch.lay(request.scratch, request.files, uid)
    stdin = _as_file(request.stdin)
    failure, said = os.pipe()
    started = time.monotonic()
    leader = os.fork()
    if leader == 0:
        _become(request, uid, stdin, said)
    os.close(said)
    os.close(stdin)
    tree = Tree(leader, request.own_pids)
    ending, exit_code = watch(request, tree, started, report_fd, wake_on_child())
    seconds = time.monotonic() - started
    tree.kill()
    why = _read_all(failure).decode(errors="replace")
    found = scratch.collect(request.scratch, request.collect, request.disk)
    return Report(ending, exit_code, seconds, why, found)


def watch(
    request: Request, tree: Tree, started: float, report_fd: int, wake: int
) -> tuple[str, int]:
    """Wait for the end, a limit or the caller's going away; the ending and the exit code.

    Args:
        wake: what `wake_on_child` gave.
    """
    deadline = started + request.seconds
    progress = Progress(request)
    hung_up = select.poll()
    hung_up.register(report_fd, 0)
    hung_up.register(wake, select.POLLIN)
    checked = started
    while (status := tree.reap()) is None:
        now = time.monotonic()
        if now >= deadline or progress.paused(now):
            return "timed out", 128 + signal.SIGKILL
        if now - checked >= (_LONG_TICK if request.mode == "bubblewrap" else _TICK):
            checked = now
            over = _overflow(request, tree)
            if over:
                return over, 128 + signal.SIGKILL
        quick = now - started < 0.5 or request.mode != "bubblewrap"
        wait = min(deadline - now, _TICK if quick else _LONG_TICK)
        if any(fd == report_fd for fd, _ in hung_up.poll(max(1, int(wait * 1000)))):
            return "killed", 128 + signal.SIGKILL
        _drain(wake)
    # what was written between two looks counts too: on a busy machine that is a lot
    over = _overflow(request, tree)
    return (over, 128 + signal.SIGKILL) if over else _ended(status)


class Progress:
    """Watches the file that grows as the command gets on, if it has one."""

    def __init__(self, request: Request) -> None:
        self._path = f"{request.scratch}/{request.progress}" if request.progress else ""
        self._pause = request.pause
        self._size = 0
        self._since = 0.0

    def paused(self, now: float) -> bool:
        """Whether it has stood still for too long; not before it holds anything."""
        if not self._path:
            return False
        try:
            size = os.lstat(self._path).st_size
        except OSError:
            size = self._size
        if size != self._size:
            self._size, self._since = size, now
        return bool(self._size) and now - self._since > self._pause


def _ended(status: int) -> tuple[str, int]:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return "exited", code
    if -code == signal.SIGXCPU:
        return "timed out", 128 - code
    return "killed", 128 - code


def _overflow(request: Request, tree: Tree) -> str:
    if tree.memory() > request.memory * _TREE_MEMORY_FACTOR:
        return "out of memory"
    if request.mode == "bubblewrap":
        return ""  # its tmpfs limits itself
    written = scratch.size(request.scratch) + tree.unlinked()
    return "killed" if written > request.disk else ""


def _become(request: Request, uid: int | None, stdin: int, said: int) -> None:
    """In the child: confine this process, then turn into the command; never returns."""
    try:
        os.dup2(stdin, 0)
        confine(request, uid)
    except OSError as error:
        os.write(said, f"could not confine: {error.strerror}".encode())
        os._exit(126)
    try:
        environment = basic_environment(request.scratch) | request.environment
        os.execve(request.argv[0], request.argv, environment)
    except OSError as error:
        os.write(2, f"{request.argv[0]}: {error.strerror}\n".encode())
        os._exit(127)


def confine(request: Request, uid: int | None) -> None:
    """Make this process one that may run the command; what it was before is gone for good.

    Raises:
        OSError: something cannot be confined.
    """
    os.setsid()
    os.chdir(request.cwd)
    _limit(request)
    may_read_all = request.mode == "landlock" and any(
        _hidden_from_others(path) for path in request.readable
    )
    if uid is not None:
        privilege.drop(uid, may_read_all)
    prctl(_NO_NEW_PRIVILEGES, 1)
    if request.mode != "none":
        _restrict(request)


def _restrict(request: Request) -> None:
    own = [request.scratch, *DEVICES]
    if request.mode == "landlock":
        landlock.restrict(request.readable, own)
    elif landlock.abi():
        landlock.restrict(["/"], own, network=request.loopback)
    if request.mode == "landlock" or seccomp.supported():
        seccomp.restrict(keep_group=not request.own_pids, sockets=request.loopback)


def limit_processor(seconds: float) -> None:
    """Let this process and each one below it use no more of the processor; it can be lowered only.

    The soft limit says SIGXCPU, a second later the hard one kills.
    """
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(seconds) + 1
    if most != resource.RLIM_INFINITY and most <= limit:
        limit = hard = most
    else:
        hard = limit + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _limit(request: Request) -> None:
    limit_processor(request.seconds)
    for kind, limit in (
        (resource.RLIMIT_AS, request.memory),
        (resource.RLIMIT_NPROC, request.processes + _already_there(request)),
        (resource.RLIMIT_FSIZE, request.file_size),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        allowed = limit if most == resource.RLIM_INFINITY else min(limit, most)
        resource.setrlimit(kind, (allowed, allowed))


def _already_there(request: Request) -> int:
    """Threads that this user runs elsewhere, for the limit counts them too."""
    if request.own_pids or os.getuid() == 0:
        return 0
    own, threads = os.getuid(), 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid == own:
                threads += len(os.listdir(f"/proc/{name}/task"))
        except OSError:
            continue
    return threads


def uid_to_become(request: Request) -> int | None:
    """A spare user where root would run the command, else None."""
    if os.getuid() != 0 or request.mode == "none":
        return None
    return privilege.spare_uid()


def _hidden_from_others(path: str) -> bool:
    """Whether a folder above a path is closed to users that are not its owner."""
    folder = os.path.dirname(os.path.realpath(path))
    while folder != "/":
        if os.path.isdir(folder) and not os.stat(folder).st_mode & 0o001:
            return True
        folder = os.path.dirname(folder)
    return False


def basic_environment(home: str) -> dict[str, str]:
    """The few variables that every command has."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _as_file(content: bytes) -> int:
    """A file without a name that holds `content`, at its start."""
    fd = os.memfd_create("stdin")
    _write_all(fd, content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def wake_on_child() -> int:
    """A pipe that can be read as soon as a child has ended."""
    ready, told = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    return ready


def _drain(fd: int) -> None:
    try:
        os.read(fd, 4096)
    except BlockingIOError:
        return


def _read_all(fd: int) -> bytes:
    parts = []
    while part := os.read(fd, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
