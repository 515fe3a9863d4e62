"""The attacks that a sandbox has to hold: one small hostile program each.

A program prints `leaked` when it got what it wanted. `{…}` is filled with the bait's values.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attack:
    """One hostile program.

    Attributes:
        name: what it tries, as a person reads it.
        program: Python source with the bait's places in `{}`.
        witnessed: whether it came through is seen outside (the bait's UDP port), not printed.
    """

    name: str
    program: str
    witnessed: bool = False


_TCP = """
import socket
socket.create_connection(("127.0.0.1", {tcp}), 2)
print("leaked")
"""
_UDP = """
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"leaked", ("127.0.0.1", {udp}))
"""
_ABSTRACT = """
import socket
socket.socket(socket.AF_UNIX).connect("\\0" + {abstract!r})
print("leaked")
"""
_WRITE_HOME = """
open({home!r} + "/planted", "w").write("x")
print("leaked")
"""
_WRITE_ETC = """
open("/etc/{marker}", "w").write("x")
import os
os.remove("/etc/{marker}")
print("leaked")
"""
_READ_KEY = """
if {marker!r} in open({home!r} + "/.ssh/id_ed25519").read():
    print("leaked")
"""
_ENVIRONMENT = """
import os
if {marker!r} in str(os.environ):
    print("leaked")
"""
_PROC_ENVIRON = """
import glob
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        if {marker!r} in open(path).read():
            print("leaked")
    except OSError:
        pass
"""
_KILL = """
import os
os.kill({victim}, 0)
print("leaked")
"""
_PTRACE = """
import ctypes
if ctypes.CDLL(None).ptrace(16, {victim}, None, None) == 0:
    print("leaked")
"""
_DISK = """
for number in range(30):
    with open(f"junk{{number}}", "wb") as file:
        for _ in range(10):
            file.write(bytes(1 << 20))
print("leaked")
"""
_FORKS = """
import os, time
for _ in range(400):
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
print("leaked")
"""
_MEMORY = """
held = bytearray(3 << 30)
held[:: 1 << 20] = b"x" * len(held[:: 1 << 20])
print("leaked")
"""

ATTACKS = (
    Attack("TCP connection", _TCP),
    Attack("UDP packet", _UDP, witnessed=True),
    Attack("abstract socket", _ABSTRACT),
    Attack("write to the home directory", _WRITE_HOME),
    Attack("write to /etc", _WRITE_ETC),
    Attack("read a private key", _READ_KEY),
    Attack("read secrets in the environment", _ENVIRONMENT),
    Attack("read another process's environment", _PROC_ENVIRON),
    Attack("kill another process", _KILL),
    Attack("trace another process", _PTRACE),
    Attack("write 300 MB", _DISK),
    Attack("fork 400 times", _FORKS),
    Attack("use 3 GB of memory", _MEMORY),
)
