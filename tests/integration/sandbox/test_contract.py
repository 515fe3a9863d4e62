from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from seenred.domain.execution import Command, Ending, Execution, Limits
from seenred.errors import SandboxFailed, UsageError
from seenred.infrastructure.sandbox.bubblewrap import Bubblewrap
from seenred.infrastructure.sandbox.interpreter import running_interpreter
from seenred.referee.ports import Sandbox

_QUICK = Limits(seconds=0.5)


def _python(program: str, limits: Limits | None = None, **more: object) -> Command:
    argv = ("{python}", "-I", "-S", "-c", program)
    return Command(argv, limits=limits or Limits(), **more)  # type: ignore[arg-type]


def _run(sandbox: Sandbox, command: Command) -> Execution:
    return asyncio.run(sandbox.run(command))


def _running(marker: str) -> list[str]:
    """Processes of this machine with `marker` among their arguments."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if marker.encode() in words and path.parent.name != str(os.getpid()):
            found.append(path.parent.name)
    return found


def test_files_go_in_and_come_back(sandbox: Sandbox) -> None:
    program = "import sys; open('out', 'w').write(open('a/b').read() + sys.stdin.read())"

    execution = _run(
        sandbox,
        _python(program, files={"a/b": b"file "}, stdin=b"stdin", collect=("out", "missing")),
    )

    assert (execution.ending, execution.exit_code) == (Ending.EXITED, 0)
    assert execution.collected == {"out": b"file stdin"}


def test_streams_and_exit_code_are_kept_apart(sandbox: Sandbox) -> None:
    program = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)"

    execution = _run(sandbox, _python(program))

    assert (execution.stdout, execution.stderr) == (b"out\n", b"err\n")
    assert execution.exit_code == 7


def test_command_starts_in_an_empty_folder_with_a_bare_environment(sandbox: Sandbox) -> None:
    program = "import os; print(os.listdir('.'), sorted(os.environ))"

    execution = _run(sandbox, _python(program))

    names = ["HOME", "LANG", "OPENBLAS_NUM_THREADS", "PATH", "PYTHONDONTWRITEBYTECODE"]
    assert execution.stdout.decode() == f"[] {[*names, 'PYTHONHASHSEED', 'TMPDIR']}\n"


@pytest.mark.parametrize("path", ["/etc/shadow", "/etc/passwd", "/root", "/home", "/var"])
def test_rest_of_the_machine_cannot_be_read(sandbox: Sandbox, path: str) -> None:
    program = f"import os; print((os.listdir if os.path.isdir({path!r}) else open)({path!r}))"

    execution = _run(sandbox, _python(program))

    assert execution.exit_code == 1 or b"[" in execution.stdout
    assert b".ssh" not in execution.stdout
    assert b"TextIO" not in execution.stdout


def test_endless_loop_ends_at_the_deadline(sandbox: Sandbox) -> None:
    execution = _run(sandbox, _python("while True: pass", _QUICK))

    assert execution.ending is Ending.TIMED_OUT


def test_what_was_written_before_the_deadline_is_collected(sandbox: Sandbox) -> None:
    program = "open('part', 'w').write('done'); import time; time.sleep(60)"

    execution = _run(sandbox, _python(program, _QUICK, collect=("part",)))

    assert execution.collected == {"part": b"done"}


def test_fork_bomb_ends_at_the_deadline(sandbox: Sandbox) -> None:
    marker = f"bomb-{os.getpid()}-{time.monotonic_ns()}"
    program = f"import os  # {marker}\nwhile True:\n try: os.fork()\n except OSError: pass"

    execution = _run(sandbox, _python(program, _QUICK))

    assert execution.ending is Ending.TIMED_OUT
    assert _running(marker) == []


def test_chain_of_forks_does_not_outlive_the_command(sandbox: Sandbox) -> None:
    marker = f"chain-{os.getpid()}-{time.monotonic_ns()}"
    program = f"import os  # {marker}\nwhile True:\n if os.fork(): os._exit(0)"

    execution = _run(sandbox, _python(program, _QUICK))

    assert execution.ending is Ending.EXITED
    assert _running(marker) == []


def test_daemon_in_its_own_session_does_not_survive(sandbox: Sandbox) -> None:
    marker = f"daemon-{os.getpid()}-{time.monotonic_ns()}"
    program = (
        f"import os, time  # {marker}\n"
        "if os.fork() == 0:\n"
        " try: os.setsid()\n"
        " except OSError: pass\n"
        " if os.fork() == 0:\n"
        "  for fd in range(3): os.close(fd)\n"
        "  time.sleep(60)\n"
    )

    execution = _run(sandbox, _python(program))

    assert execution.ending is Ending.EXITED
    assert _running(marker) == []


@pytest.mark.parametrize("stream", [1, 2])
def test_flood_of_output_ends_the_command(sandbox: Sandbox, stream: int) -> None:
    program = f"import os\nfor _ in range(1024): os.write({stream}, bytes(1 << 20))"

    execution = _run(sandbox, _python(program, Limits(output=1000)))

    assert execution.ending is Ending.TOO_MUCH_OUTPUT
    assert len(execution.stdout + execution.stderr) == 1000


def test_huge_file_is_refused(sandbox: Sandbox) -> None:
    program = "open('huge', 'wb').truncate(1 << 40)"

    execution = _run(sandbox, _python(program))

    assert execution.exit_code != 0


def test_memory_of_many_processes_is_limited_together(sandbox: Sandbox) -> None:
    program = (
        "import os, time\nfor _ in range(3): os.fork()\nheld = b'x' * (40 << 20)\ntime.sleep(60)\n"
    )

    execution = _run(sandbox, _python(program, Limits(memory=100 << 20)))

    assert execution.ending is Ending.OUT_OF_MEMORY


def test_deleted_files_count_as_disk(sandbox: Sandbox) -> None:
    program = (
        "import os, time\nkept = []\n"
        "for n in range(30):\n"
        " kept.append(open(f'f{n}', 'wb', buffering=0)); kept[-1].write(bytes(10 << 20))\n"
        " os.remove(f'f{n}')\n"
        "time.sleep(2)\nprint('leaked')\n"
    )

    execution = _run(sandbox, _python(program))

    assert b"leaked" not in execution.stdout


def test_links_are_not_followed_out_of_the_folder(sandbox: Sandbox) -> None:
    program = (
        "import os\n"
        "os.symlink('/etc/hostname', 'link')\n"
        "os.symlink('/etc', 'folder')\n"
        "os.mkfifo('pipe')\n"
        "os.mkdir('directory')\n"
    )

    execution = _run(
        sandbox, _python(program, collect=("link", "folder/hostname", "pipe", "directory"))
    )

    assert (execution.exit_code, execution.collected) == (0, {})


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "", "a//b"])
def test_path_out_of_the_folder_is_refused(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(UsageError, match="scratch directory"):
        _run(sandbox, _python("pass", files={name: b""}))


def test_report_cannot_be_forged(sandbox: Sandbox) -> None:
    program = (
        "import os\n"
        "for fd in range(3, 64):\n"
        " try: os.write(fd, b'6:forged')\n"
        " except OSError: pass\n"
        "os.closerange(0, 64)\n"
    )

    assert _run(sandbox, _python(program)).exit_code == 0


def test_missing_program_is_said(sandbox: Sandbox) -> None:
    execution = _run(sandbox, Command(("/usr/bin/no-such-program",)))

    assert execution.exit_code == 127
    assert b"no-such-program" in execution.stderr


def test_killed_command_is_told_by_its_signal(sandbox: Sandbox) -> None:
    execution = _run(sandbox, _python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"))

    assert (execution.ending, execution.exit_code) == (Ending.KILLED, 139)


def test_cancelled_run_leaves_no_process(sandbox: Sandbox) -> None:
    marker = f"cancelled-{os.getpid()}-{time.monotonic_ns()}"
    program = f"import os, time  # {marker}\nos.fork(); time.sleep(60)"

    async def cancel_once_started() -> None:
        run = asyncio.create_task(sandbox.run(_python(program, Limits(seconds=60))))
        while not _running(marker):
            await asyncio.sleep(0.01)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run

    asyncio.run(cancel_once_started())
    assert _running(marker) == []


@pytest.mark.parametrize("turns", range(12))
def test_run_can_be_cancelled_at_any_moment(sandbox: Sandbox, turns: int) -> None:
    marker = f"early-{os.getpid()}-{time.monotonic_ns()}"
    program = f"import time  # {marker}\ntime.sleep(60)"
    command = _python(program, Limits(seconds=60), files={"big": bytes(8 << 20)})

    async def cancel_after_turns() -> None:
        run = asyncio.create_task(sandbox.run(command))
        for _ in range(turns):
            await asyncio.sleep(0)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run

    asyncio.run(cancel_after_turns())
    assert _running(marker) == []


def test_twenty_commands_at_once_stay_apart(sandbox: Sandbox) -> None:
    async def all_of_them() -> list[Execution]:
        commands = [_python(f"open('n', 'w').write('{n}')", collect=("n",)) for n in range(20)]
        return await asyncio.gather(*(sandbox.run(command) for command in commands))

    found = [execution.collected for execution in asyncio.run(all_of_them())]

    assert found == [{"n": str(n).encode()} for n in range(20)]


def test_sandbox_that_does_not_start_is_no_verdict_on_the_code() -> None:
    broken = Bubblewrap("/usr/bin/false", running_interpreter())

    with pytest.raises(SandboxFailed, match="doctor"):
        _run(broken, _python("pass"))
