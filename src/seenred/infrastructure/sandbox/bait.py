"""What the attacks go for: listening sockets, a private key, a process with a secret."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType


class Bait:
    """Things worth attacking, laid out on this machine while the context lasts.

    Args:
        under: a folder of the user's own (the cache, the home); the bait's home is made there.
    """

    def __init__(self, under: Path) -> None:
        self._under = under
        self._marker = f"seenred-bait-{secrets.token_hex(8)}"

    def __enter__(self) -> Bait:
        self._under.mkdir(parents=True, exist_ok=True)
        self._home = Path(tempfile.mkdtemp(prefix="bait-", dir=self._under))
        key = self._home / ".ssh" / "id_ed25519"
        key.parent.mkdir()
        key.write_text(self._marker, encoding="ascii")
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 0))
        self._udp.setblocking(False)
        self._abstract = socket.socket(socket.AF_UNIX)
        self._abstract.bind("\0" + self._marker)
        self._abstract.listen()
        self._victim = self._start_victim()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._victim.kill()
        self._victim.communicate()
        for open_socket in (self._tcp, self._udp, self._abstract):
            open_socket.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def aim(self, program: str) -> str:
        """An attack's source with this bait's places filled in."""
        return program.format(
            tcp=self._tcp.getsockname()[1],
            udp=self._udp.getsockname()[1],
            abstract=self._marker,
            home=str(self._home),
            marker=self._marker,
            victim=self._victim.pid,
        )

    def witnessed(self) -> bool:
        """Whether a packet has arrived since the last time."""
        try:
            return bool(self._udp.recv(64))
        except BlockingIOError:
            return False

    def _start_victim(self) -> subprocess.Popen[bytes]:
        """A process of this user that waits on its stdin, with a secret in its environment."""
        return subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", "import sys; sys.stdin.read()"],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is not for it
            env=os.environ | {"SECRET_OF_SEENRED": self._marker},
        )
