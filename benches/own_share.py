"""How much of a solve is our own, and how fast the embedded model answers here.

Prints the wall-clock time of one real solve, our own share of it and our own memory, and the
model's tokens/s through our child process against a bare xllamacpp loop in this machine's turn.
Other work on the machine changes the times more than the shares and the ratio.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.infrastructure.models.catalog import QWEN_1_5B
from seenred.infrastructure.models.local import LocalModel
from seenred.infrastructure.models.pull import find

EXAMPLE = Path(__file__).parents[1] / "examples/longest-increasing-subsequence/problem.txt"
QUESTION = "Write a Python function that sorts a list of pairs by their second item."
TOKENS = 100
ROUNDS = 7  # an odd number, so that the median is one of them
POLL = 0.05  # seconds between two looks at the memory
TARGETS = "targets: share < 2 %, memory < 200 MB, ratio ≥ 0.95"

BARE = f"""
import json, os, sys, time, xllamacpp as x
sys.stdout = os.fdopen(os.dup(1), "w"); os.dup2(2, 1)  # what the library prints goes to stderr
p = x.CommonParams(); p.model.path = sys.argv[1]; p.n_ctx = 8192; p.n_parallel = 1
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = len(os.sched_getaffinity(0))
p.warmup = False; p.verbosity = 1
server = x.Server(p)
for line in sys.stdin:
    message = {{"role": "user", "content": line.strip()}}
    body = {{"messages": [message], "max_tokens": {TOKENS}, "temperature": 0}}
    started = time.perf_counter()
    tokens = server.handle_chat_completions(body)["usage"]["completion_tokens"]
    print(json.dumps([tokens, time.perf_counter() - started]), flush=True)
os._exit(0)
"""


@dataclass(frozen=True, slots=True)
class Solve:
    """One real solve.

    Attributes:
        seconds: wall-clock time of the command, from its start to its end.
        memory: peak resident bytes of the command's own process, the kernel's VmHWM; the children
            that hold the model and the tests are processes of their own and not in it.
    """

    report: dict[str, Any]
    seconds: float
    memory: int

    @property
    def own(self) -> float:
        """Seconds outside the steps that call the model or run tests, start-up included."""
        return self.seconds - (self.report["seconds"] - self.report["own_seconds"])


def solve() -> Solve:
    """Run the command in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["solve", str(EXAMPLE), "--json", "-o", f"{folder}/output"]
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "seenred", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        memory = 0
        while process.poll() is None:
            memory = max(memory, peak_memory(process.pid))
            time.sleep(POLL)
        seconds = time.monotonic() - started
        assert process.stdout is not None  # asked for above
        return Solve(json.loads(process.stdout.read()), seconds, memory)


def peak_memory(pid: int) -> int:
    """Bytes; 0 for a process that is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    row = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(row.split()[1]) * 1024


class BareLoop:
    """xllamacpp in a process of its own, with nothing of ours around it."""

    def __init__(self, model: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", BARE, str(model)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def rate(self) -> float:
        """Tokens/s of one answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(QUESTION + "\n")
        self._process.stdin.flush()
        tokens, seconds = json.loads(self._process.stdout.readline())
        return float(tokens / seconds)

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


async def our_rate(model: LocalModel) -> float:
    """Tokens/s of one answer, as the caller of the model sees it."""
    prompt = Prompt((Message(Speaker.USER, QUESTION),), max_tokens=TOKENS)
    started = time.perf_counter()
    reply = await model.complete(prompt)
    return reply.reply_tokens / (time.perf_counter() - started)


async def rates(path: Path) -> list[tuple[float, float]]:
    """Ours and the bare loop's tokens/s, in turn; who goes first alternates."""
    model, bare = LocalModel(path), BareLoop(path)
    try:
        pairs = []
        for number in range(ROUNDS + 1):
            if number % 2:
                ours = await our_rate(model)
                pairs.append((ours, bare.rate()))
            else:
                theirs = bare.rate()
                pairs.append((await our_rate(model), theirs))
        return pairs[1:]  # the first round loads
    finally:
        bare.close()
        await model.close()


def main() -> None:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "seenred/models"
    path = find(QWEN_1_5B, cache)
    if path is None:
        sys.exit(f"Run `seenred models pull {QWEN_1_5B.full_name}` first.")
    pairs = asyncio.run(rates(path))
    done = solve()
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    print(f"solve       {done.seconds:.0f} s, solved: {done.report['solved']}")
    print(f"our share   {done.own / done.seconds:.2%}, {done.own:.2f} s")
    print(f"our memory  {done.memory / 2**20:.0f} MB")
    print(f"tokens/s    {statistics.median(ours for ours, _ in pairs):.1f}")
    print(f"ratio       {ratio:.2f} of a bare loop, median of {len(pairs)} pairs")
    print(TARGETS)


if __name__ == "__main__":
    main()
