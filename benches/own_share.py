"""How much of a solve is our own, and how fast the embedded model answers here.

Prints wall-clock seconds of one real solve, our own share of them (everything outside the model
and the tests), the command's own peak memory, and the child's tokens/s against a bare xllamacpp
loop of the same prompt, interleaved, as a ratio of medians. Run it alone on the machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.infrastructure.models.catalog import QWEN_0_5B
from seenred.infrastructure.models.local import LocalModel
from seenred.infrastructure.models.pull import find

EXAMPLE = Path(__file__).parents[1] / "examples/longest-increasing-subsequence/problem.txt"
QUESTION = "Write a Python function that sorts a list of pairs by their second item."
TOKENS = 120
ROUNDS = 5
BARE = f"""
import json, os, sys, xllamacpp as x
p = x.CommonParams(); p.model.path = sys.argv[1]; p.n_ctx = 8192; p.n_parallel = 1
threads = len(os.sched_getaffinity(0))
p.cpuparams.n_threads = threads; p.cpuparams_batch.n_threads = threads; p.warmup = False
server = x.Server(p)
for line in sys.stdin:
    message = {{"role": "user", "content": line.strip()}}
    body = {{"messages": [message], "max_tokens": {TOKENS}, "temperature": 0}}
    print(json.dumps(server.handle_chat_completions(body)["timings"]), flush=True)
os._exit(0)
"""


def solve() -> None:
    """One real solve in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "seenred", "solve", str(EXAMPLE), "--json"]
        process = subprocess.Popen(
            [*command, "-o", f"{folder}/output"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout is not None  # asked for above
        report = json.loads(process.stdout.read())
        _, _, usage = os.wait4(process.pid, 0)
    share = report["own_seconds"] / report["seconds"]
    print(f"solve              {report['seconds']:.0f} s, solved: {report['solved']}")
    print(f"our own share      {share:.2%} of the wall-clock time")
    print(f"our own memory     {usage.ru_maxrss / 1024:.0f} MB at its peak")


async def speed() -> None:
    """Tokens/s through the child and through a bare loop, in turn."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "seenred/models"
    path = find(QWEN_0_5B, cache)
    if path is None:
        sys.exit(f"Run `seenred models pull {QWEN_0_5B.full_name}` first.")
    model = LocalModel(path)
    bare = subprocess.Popen(
        [sys.executable, "-c", BARE, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bare.stdin is not None
    assert bare.stdout is not None
    ours, theirs = [], []
    prompt = Prompt((Message(Speaker.USER, QUESTION),), max_tokens=TOKENS)
    for number in range(ROUNDS + 1):
        reply = await model.complete(prompt)
        bare.stdin.write(QUESTION + "\n")
        bare.stdin.flush()
        timing = json.loads(bare.stdout.readline())
        if number:  # the first round loads and warms up
            ours.append(reply.reply_tokens / reply.seconds)
            seconds = (timing["prompt_ms"] + timing["predicted_ms"]) / 1000
            theirs.append(timing["predicted_n"] / seconds)
    await model.close()
    bare.kill()
    bare.wait()
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"tokens/s           {statistics.median(ours):.1f}, of a bare loop {ratio:.2f}")


if __name__ == "__main__":
    solve()
    asyncio.run(speed())
