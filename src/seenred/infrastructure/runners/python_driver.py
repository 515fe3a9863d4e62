"""Runs inside the sandbox, standard library only: one forked child for each input.

Reads `job.json`, writes `results.json`. No expected value is in either, so a candidate that
forges its own result gains nothing. The modules below are imported before the forks because
candidates use them: importing them once is cheaper.
"""

import ast
import bisect  # noqa: F401
import collections
import functools  # noqa: F401
import heapq  # noqa: F401
import io
import itertools  # noqa: F401
import json
import math
import os
import re  # noqa: F401
import select
import signal
import sys
import time
import traceback
import types
import typing  # noqa: F401

SOURCE = "solution.py"
# Items taken of a generator or another iterator that a candidate returns.
ITEMS = 100_000
VALUE = 1_000_000


def canonical(value):
    """A repr that is the same for equal plain values; iterators become lists."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{canonical(k)}: {canonical(v)}" for k, v in value.items())
        return "{" + pairs + "}"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(canonical(v) for v in value)) + "}" if value else "set()"
    if isinstance(value, tuple):
        return "(" + ", ".join(canonical(v) for v in value) + ("," * (len(value) == 1)) + ")"
    if isinstance(value, list | collections.deque):
        return "[" + ", ".join(canonical(v) for v in value) + "]"
    if isinstance(value, types.GeneratorType | range | map | filter | zip | reversed):
        return canonical([v for v, _ in zip(value, range(ITEMS), strict=False)])
    return repr(value)


def load(source, name):
    """The candidate as a module; its own prints and reads go nowhere."""
    module = types.ModuleType(name)
    module.__file__ = SOURCE
    sys.modules[name] = module
    exec(compile(source, SOURCE, "exec"), module.__dict__)
    return module


def find(module, name):
    """The wanted function, or the method of that name of `class Solution`."""
    if callable(getattr(module, name, None)):
        return getattr(module, name)
    solution = getattr(module, "Solution", None)
    if solution is not None and callable(getattr(solution, name, None)):
        return getattr(solution(), name)
    names = [n for n, v in vars(module).items() if isinstance(v, types.FunctionType)]
    raise LookupError(f"there is no function {name}, only {', '.join(names) or 'none'}")


def literal(text):
    """A Python literal, `inf` and `nan` included."""
    try:
        return ast.literal_eval(text)
    except ValueError:
        return eval(text, {"__builtins__": {}}, {"inf": math.inf, "nan": math.nan})


def call(job, item):
    module = load(job["source"], "solution")
    function = find(module, job["function"])
    arguments = [literal(text) for text in item]
    before = [canonical(a) for a in arguments]
    yield
    returned = function(*arguments)
    if returned is None:
        for old, argument in zip(before, arguments, strict=True):
            if canonical(argument) != old:
                return canonical(argument)
    return canonical(returned)


def evaluate(job, item):
    module = load(job["source"], job["module"])
    code = compile(item, "<expression>", "eval")
    yield
    return canonical(eval(code, module.__dict__))


def feed(job, item):
    sys.stdin = io.TextIOWrapper(io.BytesIO(item.encode()), encoding="utf-8")
    code = compile(job["source"], SOURCE, "exec")
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    yield
    try:
        exec(code, module.__dict__)
    except SystemExit as leaving:
        if leaving.code not in (None, 0):
            raise
    sys.stdout.flush()
    with open("stdout", "rb") as file:
        return file.read(VALUE + 1).decode("utf-8", "replace")


def trace(job, item):
    module = load(job["source"], job["module"])
    lines = set()

    def local(frame, event, _):
        if event == "line":
            lines.add(frame.f_lineno)
        return local

    def start(frame, _event, _):
        return local if frame.f_code.co_filename == SOURCE else None

    yield
    sys.settrace(start)
    try:
        eval(item, module.__dict__)
    except BaseException:
        pass
    finally:
        sys.settrace(None)
    return json.dumps(sorted(lines))


MODES = {"call": call, "evaluate": evaluate, "feed": feed, "trace": trace}


def describe(error):
    """What a raised exception says, and where in the candidate."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == SOURCE]
    line = frames[-1].lineno if frames else None
    if isinstance(error, SyntaxError) and error.filename == SOURCE:
        line = error.lineno
    text = " ".join(str(error).split())[:500]
    return {
        "error": f"{type(error).__name__}: {text}" if text else type(error).__name__,
        "line": line,
    }


def perform(job, item, out):
    """In the child: load, then run; what was loaded badly is told apart from what ran badly."""
    running = MODES[job["mode"]](job, item)
    outcome = "unloadable"
    try:
        next(running)
        outcome = "raised"
        started = time.perf_counter()
        try:
            next(running)
        except StopIteration as done:
            seconds = time.perf_counter() - started
            answer = {"outcome": "returned", "value": str(done.value), "seconds": seconds}
            if len(answer["value"]) > VALUE:
                answer = {"outcome": "crashed", "error": "the result is over 1 MB"}
    except MemoryError:
        answer = {"outcome": "out of memory"}
    except BaseException as error:
        answer = {"outcome": outcome, **describe(error)}
    with os.fdopen(out, "w") as file:
        json.dump(answer, file)


def child(job, item, out):
    """Become the candidate's process; never returns."""
    os.setpgid(0, 0)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 2)
    target = os.open("stdout", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(target if job["mode"] == "feed" else null, 1)
    sys.argv = [SOURCE]
    try:
        perform(job, item, out)
    finally:
        os._exit(0)


def run(job, item):
    """Fork, wait within the deadline, read the child's answer."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        child(job, item, write_end)
    os.close(write_end)
    deadline = time.monotonic() + job["seconds"]
    data = b""
    timed_out = False
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([read_end], [], [], left)[0]:
            timed_out = True
            break
        chunk = os.read(read_end, 65536)
        if not chunk:
            break
        data += chunk
    os.close(read_end)
    for target in (pid, -pid):
        try:
            os.kill(target, signal.SIGKILL)
        except OSError:
            pass
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if timed_out:
        return {"outcome": "timed out", "seconds": job["seconds"]}
    try:
        return json.loads(data)
    except ValueError:
        how = f"signal {-status}" if status < 0 and status != -9 else "no result was given"
        return {"outcome": "crashed", "error": how}


def main():
    """Answer every item of the job, in order."""
    with open("job.json") as file:
        job = json.load(file)
    os.unlink("job.json")
    results = [run(job, item) for item in job["items"]]
    with open("results.json", "w") as file:
        json.dump(results, file)


if __name__ == "__main__":
    main()
