"""Attacks that a sandbox must hold; each prints LEAK when it got through."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from seenred.domain.execution import Command, Ending, Limits
from seenred.errors import SandboxFailed
from seenred.referee.ports import Sandbox

_TRY = "try:\n    {0}\n    print('LEAK')\nexcept BaseException as e:\n    print('held', e)\n"


def _attempt(*lines: str) -> str:
    body = "\n    ".join(lines)
    return _TRY.format(body)


ATTACKS = {
    "TCP": _attempt("import socket; s = socket.socket()", "s.bind(('127.0.0.1', 0)); s.listen()"),
    "UDP": _attempt(
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "s.sendto(b'x', ('127.0.0.1', 9))",
    ),
    "abstract socket": _attempt(
        "import socket; s = socket.socket(socket.AF_UNIX)", "s.bind('\\0seenred-attack')"
    ),
    "write home": _attempt(
        "import os, pwd; home = pwd.getpwuid(0).pw_dir",
        "open(os.path.join(home, '.seenred-attack'), 'w').close()",
    ),
    "write /etc": _attempt("open('/etc/seenred-attack', 'w').close()"),
    "read ssh key": _attempt("import glob; assert open(glob.glob('/root/.ssh/*')[0]).read()"),
    "environment secrets": _attempt(
        "import os; assert [k for k in os.environ if 'SECRET' in k or 'KEY' in k]"
    ),
    "/proc/*/environ": _attempt(
        "import glob, os",
        "mine = {f'/proc/{os.getpid()}/environ', '/proc/self/environ'}",
        "others = [p for p in glob.glob('/proc/[0-9]*/environ') if p not in mine]",
        "def read(p):\n        try:\n            return open(p, 'rb').read()"
        "\n        except OSError:\n            return b''",
        "assert any(read(p) for p in others)",
    ),
    "kill a sibling": _attempt(
        "import os, signal",
        "targets = [int(p) for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()]",
        "def hit(p):\n        try:\n            os.kill(p, 0); return True"
        "\n        except OSError:\n            return False",
        "assert any(hit(p) for p in targets)",
    ),
    "ptrace": _attempt(
        "import ctypes, os; libc = ctypes.CDLL(None, use_errno=True)",
        "assert libc.ptrace(16, os.getppid(), 0, 0) == 0",
    ),
    "300 MB of disk": _attempt(
        "for i in range(30):\n        open(f'f{i}', 'wb').write(b'x' * 10_000_000)"
    ),
    "400 forks": _attempt(
        "import os, time",
        "for _ in range(400):\n        if os.fork() == 0:\n            time.sleep(2); os._exit(0)",
    ),
    "3 GB of memory": _attempt("b = bytearray(3 * 1024 ** 3)"),
}

LIMITS = Limits(seconds=10.0, memory=512 * 1024 * 1024)


async def leaks(sandbox: Sandbox, names: Iterable[str] = ATTACKS) -> list[str]:
    """The attacks that got through; an attack that ran into a limit was held.

    Raises:
        SandboxFailed: the sandbox cannot run anything.
    """
    return [name for name in names if await _leaks(sandbox, name)]


async def _leaks(sandbox: Sandbox, name: str) -> bool:
    command = Command(("{python}", "-I", "-S", "-c", ATTACKS[name]), limits=LIMITS)
    seen = await sandbox.run(command)
    return seen.ending is Ending.EXITED and b"LEAK" in seen.stdout


async def works(sandbox: Sandbox) -> bool:
    """Whether the sandbox runs an honest command at all, and a few quick attacks are held."""
    command = Command(("{python}", "-I", "-S", "-c", "print(6 * 7)"), limits=LIMITS)
    try:
        honest, tcp, etc = await asyncio.gather(
            sandbox.run(command), _leaks(sandbox, "TCP"), _leaks(sandbox, "write /etc")
        )
    except SandboxFailed:
        return False
    return honest.stdout.strip() == b"42" and not (tcp or etc)
