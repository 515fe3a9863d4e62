"""A process with pytest ready in it, which forks a confined child for each check.

`main()` is called in a fresh interpreter inside the sandbox; checks arrive on stdin and answers
leave on a pipe, each behind its length. Code of the project runs in the children only, and they
have neither end.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from typing import NamedTuple

from . import start
from .start import LENGTH, STDERR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    from seenred.infrastructure.sandbox.inside import landlock, scratch, supervise
    from seenred.infrastructure.sandbox.inside.request import Report, Request
    from seenred.infrastructure.sandbox.inside.syscalls import prctl
    from seenred.infrastructure.sandbox.inside.tree import Tree
else:
    # under a name that no project's module has
    from seenred_sandbox import landlock, scratch, supervise
    from seenred_sandbox.request import Report, Request
    from seenred_sandbox.syscalls import prctl
    from seenred_sandbox.tree import Tree

_DUMPABLE, _SUBREAPER, _NO_NEW_PRIVILEGES = 4, 36, 38
# what is limited by whoever waits for a child, or by the child when it has its check
_WAITED = ("seconds", "progress", "pause")
# seconds, until then
_LONGEST = 86400.0
# bytes of the lines of one check that are read back
_MOST = 48 << 20


def main(settings: str, reply_fd: int) -> NoReturn:
    """Serve checks until stdin ends.

    Args:
        settings: JSON: `mode`, `own_pids`, `readable`, `scratch`, `root`, `prepared`, `options`,
            `path`.
    """
    told = json.loads(settings)
    requests = os.dup(0)
    for number, way in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        os.dup2(os.open(os.devnull, way), number)
    zygote = Zygote(told, requests, reply_fd)
    try:
        zygote.prepare()
    except BaseException as error:
        zygote.answer(json.dumps({"failed": f"{type(error).__name__}: {error}"[:500]}).encode())
        os._exit(1)
    zygote.answer(b"{}")
    zygote.serve()


class Child(NamedTuple):
    """A confined process that waits.

    Attributes:
        limits: what it has limited itself to.
        giving: where its check goes in; it is closed behind it.
        failed: where it says that it could not be confined.
    """

    leader: int
    request: Request
    limits: dict[str, Any]
    giving: int
    failed: int


class Zygote:
    """One process and what it has ready."""

    def __init__(self, told: dict[str, Any], requests: int, replies: int) -> None:
        self._told = told
        self._requests, self._replies = requests, replies
        self._wake = supervise.wake_on_child()
        self._count = 0
        self._spare: Child | None = None
        self._run: Callable[[dict[str, Any], Callable[..., None], str], int]

    def prepare(self) -> None:
        """Confine itself where nothing else does, then import pytest or begin a session."""
        told = self._told
        prctl(_SUBREAPER, 1)
        prctl(_DUMPABLE, 0)
        if told["mode"] == "landlock":
            prctl(_NO_NEW_PRIVILEGES, 1)
            # it watches its children by /proc, which they do not see
            readable = [*told["readable"], "/proc"]
            landlock.restrict(readable, [told["scratch"], *supervise.DEVICES])
        os.chdir(told["root"])
        start.prepare_path(start.fill(told["path"], told["root"]))
        from . import observe, watch  # noqa: F401 -- the children find them here

        if told["prepared"]:
            from .prepared import Prepared

            self._run = Prepared(start.fill(told["options"], told["root"]), told["root"]).run
        else:
            _import_plugins(told["root"])
            self._run = _run_anew
        threads = len(os.listdir("/proc/self/task"))
        if threads > 1:
            raise RuntimeError(f"a plugin runs {threads - 1} threads, which a fork would lose")
        gc.collect()
        gc.freeze()

    def serve(self) -> NoReturn:
        """One check after the other."""
        while True:
            length = _read(self._requests, LENGTH)
            if not length:
                os._exit(0)
            work = json.loads(_read(self._requests, int(length)))
            limits = work["limits"]
            waited = {name: limits.pop(name) for name in _WAITED}
            try:
                child = self._child(limits)
                report = self._check(child, child.request._replace(**waited), work["job"])
            except OSError as error:
                os.write(2, str(error).encode())
                os._exit(1)
            self.answer(report.to_bytes())
            clear(child.request.scratch)
            # while nobody waits
            self._spare = self._fork(limits)

    def answer(self, data: bytes) -> None:
        """Send one answer; with nobody there to take it, leave."""
        view = memoryview(b"%0*d" % (LENGTH, len(data)) + data)
        try:
            while view:
                view = view[os.write(self._replies, view) :]
        except BrokenPipeError:
            os._exit(1)

    def _child(self, limits: dict[str, Any]) -> Child:
        """The child that waits already, if it is limited as asked; else a new one."""
        spare, self._spare = self._spare, None
        if spare is not None and spare.limits == limits:
            return spare
        if spare is not None:
            self._tree(spare).kill()
            os.close(spare.giving)
            os.close(spare.failed)
            clear(spare.request.scratch)
        return self._fork(limits)

    def _fork(self, limits: dict[str, Any]) -> Child:
        """A child that is confined and waits for its check."""
        self._count += 1
        place = os.path.join(self._told["scratch"], str(self._count))
        request = self._request(limits, place)
        uid = supervise.uid_to_become(request)
        os.makedirs(os.path.join(place, "tmp"))
        scratch.lay(place, {STDERR: b""}, uid)
        failed, failing = os.pipe()
        taking, giving = os.pipe()
        leader = os.fork()
        if leader == 0:
            self._become(request, uid, taking, failing)
        os.close(failing)
        os.close(taking)
        return Child(leader, request, limits, giving, failed)

    def _tree(self, child: Child) -> Tree:
        return Tree(child.leader, child.request.own_pids)

    def _check(self, child: Child, request: Request, job: dict[str, Any]) -> Report:
        tree = self._tree(child)
        started = time.monotonic()
        _give(child.giving, json.dumps({"seconds": request.seconds, "job": job}).encode())
        ending, code = supervise.watch(request, tree, started, self._replies, self._wake)
        seconds = time.monotonic() - started
        tree.kill()
        why = os.read(child.failed, 1000).decode(errors="replace")
        os.close(child.failed)
        found = scratch.collect(request.scratch, [STDERR, start.LINES], _MOST)
        return Report(ending, code, seconds, why, found)

    def _request(self, limits: dict[str, Any], place: str) -> Request:
        told = self._told
        return Request(
            argv=[],
            files={},
            stdin=b"",
            collect=[],
            scratch=place,
            mode=told["mode"],
            own_pids=told["own_pids"],
            readable=told["readable"],
            cwd=told["root"],
            environment={},
            seconds=_LONGEST,
            **limits,
        )

    def _become(self, request: Request, uid: int | None, taking: int, failing: int) -> NoReturn:
        """In the child: let go of everything, confine this process, wait for the check, run it."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # both lie above 3: what is below is taken
        os.dup2(taking, 3)
        failing = os.dup2(failing, 4)
        os.closerange(5, os.sysconf("SC_OPEN_MAX"))
        try:
            supervise.confine(request, uid)
            errors = os.open(os.path.join(request.scratch, STDERR), os.O_WRONLY | os.O_APPEND)
            os.dup2(errors, 2)
            os.close(errors)
        except OSError as error:
            os.write(4, f"could not confine: {error.strerror}".encode())
            os._exit(126)
        os.close(4)
        with os.fdopen(3, "rb") as file:
            told = file.read()
        if not told:
            os._exit(0)  # it is not needed
        work = json.loads(told)
        supervise.limit_processor(work["seconds"])
        _leave(self._run, work["job"], request.scratch, self._told["root"])


def _leave(
    run: Callable[[dict[str, Any], Callable[..., None], str], int],
    job: dict[str, Any],
    place: str,
    root: str,
) -> NoReturn:
    from . import observe, watch

    os.environ["HOME"] = place
    os.environ["TMPDIR"] = os.path.join(place, "tmp")
    tempfile.tempdir = None
    random.seed()
    importlib.invalidate_caches()
    channel = observe.Channel(os.path.join(place, start.LINES))
    watch.start()
    status = 3
    try:
        status = run(start.placed(job, root), channel.tell, place)
        channel.tell(returned=status)
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode(errors="replace"))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status & 0xFF)


def _run_anew(job: dict[str, Any], tell: Callable[..., None], place: str) -> int:
    """A session from its beginning."""
    from . import observe

    observer = observe.Observer()
    observer.begin(job, tell, place)
    return observe.run(job, observer)


def _import_plugins(root: str) -> None:
    """Have pytest and its plugins imported, as it imports them itself, and nothing else of it."""
    from . import observe

    try:
        from _pytest.config import _prepareconfig

        words = ["-c", os.devnull, "--rootdir", root, "--noconftest", root]
        _prepareconfig(words, [observe.Observer()])._ensure_unconfigure()
    except Exception:
        return  # a version whose insides differ: each check imports what it needs


def _give(fd: int, data: bytes) -> None:
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(fd, view) :]
    except BrokenPipeError:
        return  # it could not be confined, and says so elsewhere
    finally:
        os.close(fd)


def clear(place: str) -> None:
    """Remove a scratch directory whose owner may have closed it."""
    own = os.geteuid()
    for folder, names, _ in os.walk(place):
        for path in (folder, *(os.path.join(folder, name) for name in names)):
            if os.path.islink(path):
                continue
            if own == 0:
                os.chown(path, 0, 0)
            os.chmod(path, 0o700)
    shutil.rmtree(place, ignore_errors=True)


def _read(fd: int, length: int) -> bytes:
    """So many bytes; none when the other side is gone."""
    parts = []
    while length:
        part = os.read(fd, min(length, 1 << 20))
        if not part:
            return b""
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
