"""A real child that echoes, hangs, crashes and prints, as a model's child might."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from seenred.errors import ModelFailed
from seenred.infrastructure.models import child_process
from seenred.infrastructure.models.child_process import ChildProcess

CHILD = """
import os, signal, sys, time
from seenred.infrastructure.models.child_loop import ChildError, serve

def generate(request, tell):
    match request["say"]:
        case "echo":
            for word in request["words"]:
                tell(word)
            return {"text": "".join(request["words"]), "pid": os.getpid()}
        case "forever":
            while not tell("tick"):
                time.sleep(0.01)
            return {"text": "stopped"}
        case "deaf":
            tell("deaf")
            time.sleep(600)
        case "fail":
            raise ChildError("prompt-too-long", "Too long.")
        case "die":
            print("could not allocate 3 GB", file=sys.stderr, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise ValueError("a bug")
        case "print":
            print("noise from a library", flush=True)
            os.system("echo more noise")
            return {"text": "clean"}

def load():
    if "unloadable" in sys.argv:
        raise ChildError("model-unreadable", "No model.")
    return generate

serve(load)
"""


@pytest.fixture
def argv(tmp_path):
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    package = Path(child_process.__file__).parents[3]
    boot = f"import sys; sys.path.insert(0, {str(package)!r}); "
    return (sys.executable, "-c", boot + f"exec(open({str(script)!r}).read())")


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()


def ask_all(argv, *requests):
    """The answers of one child process object, failures as values; closed at the end."""

    async def main():
        child = ChildProcess("toy", argv)
        try:
            return [
                (await asyncio.gather(child.ask(request), return_exceptions=True))[0]
                for request in requests
            ]
        finally:
            await child.close()

    return asyncio.run(main())


ECHO = {"say": "echo", "words": ["red ", "grün"]}


def test_text_comes_in_pieces_and_whole(argv):
    pieces = []

    async def main():
        child = ChildProcess("toy", argv)
        done = await child.ask(ECHO, pieces.append)
        await child.close()
        return done

    assert asyncio.run(main())["text"] == "red grün"
    assert pieces == ["red ", "grün"]


def test_one_child_answers_every_request(argv):
    first, second = ask_all(argv, ECHO, ECHO)
    assert first["pid"] == second["pid"]


def test_requests_made_at_once_take_turns(argv):
    async def main():
        child = ChildProcess("toy", argv)
        both = await asyncio.gather(*(child.ask({**ECHO, "words": [w]}) for w in "ab"))
        await child.close()
        return [done["text"] for done in both]

    assert asyncio.run(main()) == ["a", "b"]


def test_close_ends_the_child_and_may_be_called_twice(argv):
    async def main():
        child = ChildProcess("toy", argv)
        pid = (await child.ask(ECHO))["pid"]
        await child.close()
        await child.close()
        return pid

    assert not alive(asyncio.run(main()))


def test_a_failure_is_reported_and_the_child_goes_on(argv):
    failed, echoed = ask_all(argv, {"say": "fail"}, ECHO)
    assert isinstance(failed, ModelFailed)
    assert (failed.code, failed.message) == ("prompt-too-long", "Too long.")
    assert echoed["text"] == "red grün"


def test_a_crash_is_a_sentence_with_the_last_words(argv):
    crashed, echoed = ask_all(argv, {"say": "die"}, ECHO)
    assert isinstance(crashed, ModelFailed)
    assert crashed.code == "model-crashed"
    assert "toy was killed by SIGKILL (out of memory?)" in crashed.message
    assert "it last said: could not allocate 3 GB" in crashed.message
    assert echoed["text"] == "red grün"


def test_a_bug_in_the_child_is_a_sentence_too(argv):
    (crashed,) = ask_all(argv, {"say": "raise"})
    assert "toy exited with 1; it last said: ValueError: a bug" in crashed.message


def test_a_child_that_cannot_load_says_why(argv):
    (failed,) = ask_all((*argv, "unloadable"), ECHO)
    assert isinstance(failed, ModelFailed)
    assert (failed.code, failed.message) == ("model-unreadable", "No model.")


def test_a_child_that_cannot_even_start_is_a_sentence():
    (failed,) = ask_all((sys.executable, "-c", "import seenred_nowhere"), ECHO)
    assert isinstance(failed, ModelFailed)
    assert "No module named 'seenred_nowhere'" in failed.message


def test_what_libraries_print_does_not_disturb(argv):
    printed, echoed = ask_all(argv, {"say": "print"}, ECHO)
    assert printed["text"] == "clean"
    assert echoed["text"] == "red grün"


async def cancelled(child, request):
    """Cancel `request` after its first piece of text; the pid that answered it."""
    begun = asyncio.Event()
    task = asyncio.create_task(child.ask(request, lambda _: begun.set()))
    await begun.wait()
    pid = child.pid
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return pid


def test_a_cancelled_request_stops_and_the_child_is_kept(argv):
    async def main():
        child = ChildProcess("toy", argv)
        pid = await cancelled(child, {"say": "forever"})
        done = await child.ask(ECHO)
        await child.close()
        return pid, done

    pid, done = asyncio.run(main())
    assert done["pid"] == pid
    assert done["text"] == "red grün"


def test_a_child_that_does_not_heed_a_cancel_is_killed(argv):
    async def main():
        child = ChildProcess("toy", argv)
        pid = await cancelled(child, {"say": "deaf"})
        gone = not alive(pid)
        done = await child.ask(ECHO)
        await child.close()
        return pid, gone, done

    pid, gone, done = asyncio.run(main())
    assert gone
    assert done["pid"] != pid


def test_a_listener_that_raises_stops_the_request(argv):
    async def main():
        child = ChildProcess("toy", argv)

        def refuse(_):
            raise RuntimeError("enough")

        with pytest.raises(RuntimeError, match="enough"):
            await child.ask({"say": "forever"}, refuse)
        done = await child.ask(ECHO)
        await child.close()
        return done

    assert asyncio.run(main())["text"] == "red grün"


PARENT = """
import asyncio, os, signal, sys
from seenred.infrastructure.models.child_process import ChildProcess

async def main():
    child = ChildProcess("toy", sys.argv[1:])
    def begun(_):
        print(child.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    await child.ask({"say": "deaf"}, begun)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")
def test_the_child_dies_with_its_parent(argv):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.run(
        [sys.executable, "-c", PARENT, *argv], capture_output=True, text=True, env=environment
    )
    assert parent.returncode == -signal.SIGKILL
    pid = int(parent.stdout)
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or not alive(pid):
            break
        asyncio.run(asyncio.sleep(0.05))
    assert not Path(f"/proc/{pid}").exists() or not alive(pid)
