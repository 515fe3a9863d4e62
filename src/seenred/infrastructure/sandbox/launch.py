"""Starts `confine.py`, feeds it, watches its output, and makes sure that it ends."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from seenred.domain.execution import Command, Ending, Execution
from seenred.errors import SandboxFailed

# Seconds that the launcher may take beyond the command's own deadline.
GRACE = 5.0
CONFINE = Path(__file__).with_name("confine.py")
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def readable_paths() -> tuple[Path, ...]:
    """System libraries and this interpreter, and nothing of any home."""
    system = [Path(p) for p in ("/usr", "/bin", "/lib", "/lib64", "/sbin", "/etc/ld.so.cache")]
    python = [Path(p) for p in dict.fromkeys((sys.base_prefix, sys.prefix, sys.exec_prefix))]
    return tuple(p for p in [*system, *python] if p.exists())


async def launch(
    prefix: Sequence[str],
    command: Command,
    root: str,
    drop_to: int | None,
    confined: bool = True,
) -> Execution:
    """Run one command through `confine.py` behind `prefix`.

    Args:
        root: the scratch directory as seen inside.
        drop_to: uid and gid to change to inside, or None.
        confined: False leaves Landlock and seccomp out.

    Raises:
        SandboxFailed: the launcher itself did not work.
    """
    request = os.memfd_create("request")
    read_end, write_end = os.pipe()
    try:
        os.write(request, _request(command, root, drop_to, confined))
        os.lseek(request, 0, os.SEEK_SET)
        process = await asyncio.create_subprocess_exec(
            *prefix,
            *(sys.executable, "-I", "-S", "-c", CONFINE.read_text(), str(request), str(write_end)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            pass_fds=(request, write_end),
            env=ENVIRONMENT,
            start_new_session=True,
        )
    except OSError as error:
        os.close(read_end)
        raise SandboxFailed("sandbox-failed", f"The sandbox cannot start: {error}.") from None
    finally:
        os.close(request)
        os.close(write_end)
    try:
        return await _watch(process, command, read_end)
    finally:
        await _end(process)


async def _watch(process: asyncio.subprocess.Process, command: Command, read_end: int) -> Execution:
    feeding = asyncio.ensure_future(_feed(process, command.stdin))
    result = asyncio.ensure_future(asyncio.to_thread(_read_all, read_end))
    limit = command.limits.output
    streams = [_capped(process.stdout, limit), _capped(process.stderr, limit)]
    try:
        async with asyncio.timeout(command.limits.seconds + GRACE):
            out, err = await _both(streams, process)
            raw = await result
    except TimeoutError:
        await _end(process)
        await result
        return Execution(Ending.TIMED_OUT, 137, b"", b"", command.limits.seconds)
    except BaseException:
        await _end(process)
        await result
        raise
    finally:
        feeding.cancel()
    if len(out) > limit or len(err) > limit:
        seconds = json.loads(raw)["seconds"] if raw else 0.0
        return Execution(Ending.TOO_MUCH_OUTPUT, 137, out[:limit], err[:limit], seconds)
    if not raw:
        raise SandboxFailed(
            "sandbox-failed",
            f"The sandbox did not run the command: {err.decode(errors='replace').strip()[-300:]}",
        )
    return _execution(json.loads(raw), out, err)


def _execution(result: dict[str, object], out: bytes, err: bytes) -> Execution:
    code = result["code"]
    collected = result["collected"]
    assert isinstance(collected, dict)  # confine.py writes it
    ending = Ending.EXITED
    if code is None:
        ending, code = Ending.TIMED_OUT, -signal.SIGKILL
    assert isinstance(code, int)
    if code < 0 and ending is Ending.EXITED:
        ending = Ending.TIMED_OUT if -code == signal.SIGXCPU else Ending.KILLED
    return Execution(
        ending,
        code if code >= 0 else 128 - code,
        out,
        err,
        float(str(result["seconds"])),
        {name: base64.b64decode(content) for name, content in collected.items()},
    )


def _request(command: Command, root: str, drop_to: int | None, confined: bool) -> bytes:
    argv = [sys.executable if word == "{python}" else word for word in command.argv]
    return json.dumps(
        {
            "argv": argv,
            "root": root,
            "files": {n: base64.b64encode(c).decode() for n, c in command.files.items()},
            "collect": command.collect,
            "collect_limit": command.limits.file_size,
            "limits": asdict(command.limits),
            "readable": [str(p) for p in readable_paths()],
            "environment": {**ENVIRONMENT, "HOME": root, "TMPDIR": root},
            "drop_to": drop_to,
            "confined": confined,
        }
    ).encode()


async def _feed(process: asyncio.subprocess.Process, stdin: bytes) -> None:
    assert process.stdin is not None  # asked for at the start
    try:
        process.stdin.write(stdin)
        await process.stdin.drain()
        process.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        return


async def _both(
    streams: Sequence[asyncio.Future[bytes] | object], process: asyncio.subprocess.Process
) -> tuple[bytes, bytes]:
    """Read both streams; the first that runs over ends the process."""
    out, err = await asyncio.gather(*(_ending(s, process) for s in streams))
    return out, err


async def _ending(stream: object, process: asyncio.subprocess.Process) -> bytes:
    data, over = await stream  # type: ignore[misc]
    if over:
        await _end(process)
    return data  # type: ignore[no-any-return]


async def _capped(stream: asyncio.StreamReader | None, limit: int) -> tuple[bytes, bool]:
    assert stream is not None  # asked for at the start
    data = bytearray()
    while chunk := await stream.read(65536):
        data += chunk
        if len(data) > limit:
            return bytes(data[: limit + 1]), True
    return bytes(data), False


def _read_all(descriptor: int) -> bytes:
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


async def _end(process: asyncio.subprocess.Process) -> None:
    """SIGTERM lets `confine.py` sweep its descendants; SIGKILL follows in any case."""
    if process.returncode is not None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            async with asyncio.timeout(1.0):
                await process.wait()
                break
        except TimeoutError:
            continue
    await process.wait()
