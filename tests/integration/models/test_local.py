"""The embedded runtime with the real 0.5B model."""

import asyncio
import json
import os
import signal
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.domain.gap import Gap, Room
from seenred.errors import ModelFailed
from seenred.infrastructure.models.local import LocalModel

pytest.importorskip("xllamacpp", reason="the extra `local` is not installed")
pytestmark = pytest.mark.slow

LONG = "You review Python code for defects and answer in one word. " * 12


def prompt(text, **options):
    messages = (Message(Speaker.SYSTEM, LONG), Message(Speaker.USER, text))
    return Prompt(messages, **({"max_tokens": 12} | options))


def with_model(use, path, **options):
    async def main():
        model = LocalModel(path, **options)
        try:
            return await use(model)
        finally:
            await model.close()

    return asyncio.run(main())


def test_a_prompt_is_answered_piece_by_piece_and_counted(small_gguf):
    pieces = []
    asked = prompt("Say the word: red")
    reply = with_model(lambda model: model.complete(asked, pieces.append), small_gguf, name="x")
    assert reply.text
    assert "".join(pieces) == reply.text
    assert reply.model == "x"
    assert reply.prompt_tokens > 100
    assert 0 < reply.reply_tokens <= 12
    assert reply.seconds > 0
    assert reply.cost == 0


def test_candidates_of_one_prompt_compute_its_prefix_once(small_gguf):
    async def candidates(model):
        return [
            await model.complete(prompt("Name a colour.", temperature=0.9, seed=seed))
            for seed in (1, 2)
        ]

    first, second = with_model(candidates, small_gguf)
    assert first.cached_tokens == 0
    assert second.cached_tokens >= second.prompt_tokens - 1


def test_a_seed_repeats_a_sampled_reply(small_gguf):
    asked = prompt("Tell a story.", temperature=0.9, seed=5)

    async def twice(model):
        return [(await model.complete(asked)).text for _ in range(2)]

    first, second = with_model(twice, small_gguf)
    assert first == second


SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 20}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


def test_a_schema_shapes_the_reply(small_gguf):
    asked = prompt("Invent a person.", schema=SCHEMA, max_tokens=60)
    reply = with_model(lambda model: model.complete(asked), small_gguf)
    person = json.loads(reply.text)
    assert person.keys() == {"name", "age"}
    assert isinstance(person["age"], int)


def test_a_reply_cut_by_its_limit_says_so(small_gguf):
    asked = Prompt((Message(Speaker.USER, "Count from 1 to 500, with commas."),), max_tokens=5)
    reply = with_model(lambda model: model.complete(asked), small_gguf)
    assert reply.truncated
    assert reply.reply_tokens == 5


def test_a_prompt_beyond_the_context_names_both_numbers(small_gguf):
    asked = prompt("red " * 550)
    with pytest.raises(ModelFailed, match=r"has 7\d\d tokens .* context 512") as caught:
        with_model(lambda model: model.complete(asked), small_gguf, context=512)
    assert caught.value.code == "prompt-too-long"


def test_a_schema_that_llama_cannot_enforce_is_refused(small_gguf):
    asked = prompt("x", schema={"type": "nonsense"})
    with pytest.raises(ModelFailed) as caught:
        with_model(lambda model: model.complete(asked), small_gguf)
    assert caught.value.code == "request-refused"


def test_a_cancelled_reply_leaves_the_model_usable(small_gguf):
    async def cancel_then_ask(model):
        begun = asyncio.Event()
        task = asyncio.create_task(
            model.complete(prompt("Count to 1000.", max_tokens=2000), lambda _: begun.set())
        )
        await begun.wait()
        pid = model.child.pid
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        reply = await model.complete(prompt("Say the word: red"))
        return pid == model.child.pid, reply

    same_child, reply = with_model(cancel_then_ask, small_gguf)
    assert same_child
    assert reply.text


def test_a_crash_is_an_error_and_the_next_prompt_starts_afresh(small_gguf):
    async def crash_then_ask(model):
        with pytest.raises(ModelFailed, match="SIGKILL") as caught:
            await model.complete(
                prompt("Count to 1000.", max_tokens=2000),
                lambda _: os.kill(model.child.pid, signal.SIGKILL),
            )
        return caught.value.code, await model.complete(prompt("Say the word: red"))

    code, reply = with_model(crash_then_ask, small_gguf)
    assert code == "model-crashed"
    assert reply.text


def test_a_file_that_is_no_model_is_said(tmp_path):
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(1000))
    with pytest.raises(ModelFailed, match=r"broken\.gguf cannot be loaded as a GGUF model"):
        with_model(lambda model: model.complete(prompt("x")), path)


def listening_ports(pid):
    """TCP ports on which a process listens, from /proc."""
    sockets = {
        target.removeprefix("socket:[").removesuffix("]")
        for fd in Path(f"/proc/{pid}/fd").iterdir()
        if (target := str(fd.readlink())).startswith("socket:")
    }
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [int(row[1].split(":")[1], 16) for row in rows if row[9] in sockets and row[3] == "0A"]


def test_the_runtime_listener_answers_nobody(small_gguf):
    async def knock(model):
        await model.complete(prompt("Say the word: red", max_tokens=1))
        return [await asyncio.to_thread(ask, port) for port in listening_ports(model.child.pid)]

    def ask(port):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/completions",
            data=b'{"prompt": "x", "n_predict": 1}',
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as response:
                return response.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    assert set(with_model(knock, small_gguf)) <= {401}


def test_a_memory_that_is_too_small_is_said_before_loading(tmp_path):
    path = tmp_path / "huge.gguf"
    with path.open("wb") as file:
        file.truncate(8 << 40)  # sparse: takes no disk
    with pytest.raises(ModelFailed, match=r"huge\.gguf needs .* GB of memory") as caught:
        with_model(lambda model: model.complete(prompt("x")), path)
    assert caught.value.code == "memory-low"


def test_a_gap_is_filled_and_nothing_beyond_it(small_gguf):
    gap = Gap("def add(a, b):\n    total = ", "    return total\n", Room.LINE, 4)
    asked = Prompt((), max_tokens=40, gap=gap)
    reply = with_model(lambda model: model.complete(asked), small_gguf)
    assert reply.text.strip() == "a + b"
    assert reply.reply_tokens > 0


def test_a_model_of_another_family_is_not_asked_to_fill_gaps(tmp_path):
    assert LocalModel(tmp_path / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf").fills_gaps
    assert not LocalModel(tmp_path / "llama-3.2-1b.gguf").fills_gaps
