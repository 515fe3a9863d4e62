"""Children that misbehave in every way, and what is left of them: nothing."""

import asyncio
import os
import signal
import sys
import threading
import time
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest
from process_group import wait_until_gone

from seenred.infrastructure.supervisor import Allowance, Fate, end, run, spawn

BEGIN = "import os, signal, sys, time\n"


def python(code):
    return [sys.executable, "-I", "-S", "-c", BEGIN + code]


@pytest.fixture
def place(tmp_path):
    """A file into which a child writes numbers of processes."""
    return tmp_path / "pids"


def noted(place):
    """Its numbers, once it has written them all and a line end."""
    while not (place.exists() and place.read_text().endswith("\n")):
        time.sleep(0.01)
    return [int(word) for word in place.read_text().split()]


def children():
    """Processes that this one has begun and not taken leave of."""
    tasks = Path("/proc/self/task").iterdir()
    return {pid for task in tasks for pid in (task / "children").read_text().split()}


def is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return False


def test_what_it_says_on_both_pipes_is_heard_with_its_code():
    done = run(python("print('out'); print('err', file=sys.stderr); sys.exit(3)"))
    assert (done.fate, done.returncode) == (Fate.EXITED, 3)
    assert (done.stdout, done.stderr) == (b"out\n", b"err\n")


def test_what_it_is_told_arrives_whole_while_it_answers():
    told = b"x" * 3_000_000
    done = run(python("sys.stdout.write(sys.stdin.read())"), stdin=told)
    assert done.stdout == told


def test_a_child_that_does_not_listen_is_not_an_error():
    assert run(python("sys.stdin.close()"), stdin=b"x" * 3_000_000).returncode == 0


def test_nothing_goes_through_a_shell():
    done = run([*python("print(sys.argv[1:])"), "$HOME; echo hi", "*"])
    assert done.stdout == b"['$HOME; echo hi', '*']\n"


def test_it_has_the_folder_and_the_environment_that_it_was_given(tmp_path):
    code = "print(os.getcwd(), os.environ.get('A'), os.environ.get('HOME'))"
    done = run(python(code), cwd=tmp_path, env={"A": "1"})
    assert done.stdout.decode().split() == [str(tmp_path), "1", "None"]


def test_a_program_that_is_not_there_is_said():
    with pytest.raises(FileNotFoundError):
        run(["/no/such/program"])


def test_both_pipes_flooded_at_once_are_both_read():
    code = "for _ in range(300): os.write(1, b'o' * 9999); os.write(2, b'e' * 9999)"
    done = run(python(code))
    assert (len(done.stdout), len(done.stderr)) == (2_999_700, 2_999_700)


def test_who_never_stops_talking_is_stopped():
    done = run(python("while True: os.write(1, b'o' * 9999)"), allowance=Allowance(output=100_000))
    assert done.fate is Fate.FLOODED
    assert 100_000 < len(done.stdout) < 300_000
    assert done.returncode == -signal.SIGTERM


def test_who_takes_too_long_is_ended():
    done = run(python("time.sleep(600)"), allowance=Allowance(seconds=0.2))
    assert done.fate is Fate.TIMED_OUT
    assert done.returncode == -signal.SIGTERM


# the first word of these children is one too many: they are ended once they are ready for it
ENDED = Allowance(output=4)
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
POLITE = "signal.signal(signal.SIGTERM, lambda *_: os._exit(7))\n"
STAY = "print('ready', flush=True)\ntime.sleep(600)\n"


def test_who_is_ended_gets_a_word_first():
    done = run(python(POLITE + STAY), allowance=ENDED)
    assert (done.fate, done.returncode) == (Fate.FLOODED, 7)


def test_who_does_not_listen_to_sigterm_is_killed():
    done = run(python(DEAF + STAY), allowance=ENDED)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"ready\n")


def test_a_grandchild_that_keeps_the_pipe_open_holds_nobody_up(place):
    code = f"""
if os.fork() == 0:
    time.sleep(600)
open({str(place)!r}, 'w').write(f'{{os.getpid()}}\\n')
print('done', flush=True)
"""
    done = run(python(code))
    assert (done.fate, done.returncode, done.stdout) == (Fate.EXITED, 0, b"done\n")
    wait_until_gone(*noted(place))


def test_a_grandchild_that_is_deaf_to_sigterm_goes_with_its_parent(place):
    code = f"""
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    time.sleep(600)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
open({str(place)!r}, 'w').write(f'{{os.getpid()}}\\n')
"""
    done = run(python(code + STAY), allowance=ENDED)
    assert (done.fate, done.returncode) == (Fate.FLOODED, -signal.SIGTERM)
    wait_until_gone(*noted(place))


def test_a_child_that_closes_its_pipes_and_stays_is_waited_for():
    code = "os.close(1); os.close(2); time.sleep(0.2); os._exit(5)"
    assert run(python(code)).returncode == 5


def test_a_child_that_is_dead_before_it_is_read_has_said_what_it_said():
    done = run(python("os.write(1, b'last words'); os.kill(os.getpid(), signal.SIGKILL)"))
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"last words")


def test_no_zombie_and_no_open_file_is_left(place):
    files, before = len(list(Path("/proc/self/fd").iterdir())), children()
    code = f"open({str(place)!r}, 'w').write(f'{{os.getpid()}}\\n')"
    for allowance in (None, Allowance(seconds=0.0), Allowance(output=-1)):
        run(python(code), allowance=allowance)
    assert len(list(Path("/proc/self/fd").iterdir())) == files
    assert children() <= before


@pytest.mark.skipif(sys.platform != "linux", reason="no other system lets us say so")
def test_memory_has_a_limit():
    code = "time.sleep(0.5)\nprint(len(bytearray(1 << 30)))"
    done = run(python(code), allowance=Allowance(memory=300 << 20))
    assert done.returncode == 1
    assert b"MemoryError" in done.stderr


def test_whoever_is_interrupted_leaves_no_child(place):
    code = f"""
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open({str(place)!r}, 'w').write(f'{{os.getpid()}}\\n')
time.sleep(600)
"""
    found = []

    def interrupt():
        found.extend(noted(place))
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run(python(code))
    finally:
        signal.signal(signal.SIGINT, before)
        thread.join()
    wait_until_gone(*found)
    assert not is_zombie(found[0])


STAYING = """
child = os.fork()
if child == 0:
    time.sleep(600)
print(os.getpid(), flush=True)
time.sleep(600)
"""


def test_a_child_that_stays_is_ended_with_its_group():
    async def main():
        process = await spawn(python(STAYING), stdout=PIPE)
        group = int(await process.stdout.readline())
        await end(process)
        await end(process)
        return group, process.returncode

    group, code = asyncio.run(main())
    wait_until_gone(group)
    assert code == -signal.SIGKILL


def test_a_child_that_stays_may_go_by_itself():
    async def main():
        process = await spawn(python(POLITE + STAY), stdout=PIPE)
        await process.stdout.readline()
        await end(process, grace=60)
        return process.returncode

    assert asyncio.run(main()) == 7


def test_a_start_that_is_cancelled_leaves_no_child(place):
    code = f"open({str(place)!r}, 'w').write(f'{{os.getpid()}}\\n')\ntime.sleep(600)"

    async def main():
        for pause in (0, 0, 0.001, 0.01, 0.1):
            pipes = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE}
            starting = asyncio.ensure_future(spawn(python(code), **pipes))
            await asyncio.sleep(pause)
            if not starting.cancel():
                await end(starting.result())
            await asyncio.gather(starting, return_exceptions=True)

    before = children()
    asyncio.run(main())
    assert children() <= before
