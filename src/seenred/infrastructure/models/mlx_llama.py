"""Builds an MLX model and its tokenizer from a GGUF file of the llama architecture.

The names and meanings of the metadata keys are those of the GGUF specification.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seenred.infrastructure.models.child_loop import ChildError

CONTROL = 3  # `tokenizer.ggml.token_type` of control tokens
OUTER = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}
INNER = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_norm": "input_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "ffn_norm": "post_attention_layernorm",
}


def load_gguf(path: Path) -> tuple[Any, Any, int]:
    """Model, tokenizer and context length in tokens.

    Raises:
        ChildError: the file is of an architecture or has a tokenizer that is not supported.
    """
    import mlx.core as mx

    weights, metadata = mx.load(str(path), return_metadata=True)
    _require(path, metadata, "general.architecture", ("llama",))
    _require(path, metadata, "tokenizer.ggml.model", ("gpt2",))
    _require(path, metadata, "tokenizer.ggml.pre", ("smollm", "gpt-2", "default"))
    weights = {renamed(name): weight for name, weight in weights.items()}
    return (
        _model(weights, metadata),
        _tokenizer(metadata),
        int(metadata["llama.context_length"]),
    )


def _require(path: Path, metadata: dict[str, Any], key: str, allowed: tuple[str, ...]) -> None:
    if metadata.get(key) not in allowed:
        raise ChildError(
            "gguf-unsupported",
            f"{path} has {key} {metadata.get(key)!r}, which MLX reads only from a model folder; "
            "give the folder, or run the file with `local:`.",
        )


def renamed(name: str) -> str:
    """`blk.3.attn_q.weight` as the llama model of mlx-lm calls it."""
    match name.split("."):
        case ["blk", layer, part, kind]:
            return f"model.layers.{layer}.{INNER.get(part, part)}.{kind}"
        case [part, kind]:
            return f"{OUTER.get(part, part)}.{kind}"
    return name


def _model(weights: dict[str, Any], metadata: dict[str, Any]) -> Any:
    import mlx.core as mx
    import mlx.nn as nn
    from mlx_lm.models.llama import Model, ModelArgs

    model = Model(ModelArgs(**_arguments(weights, metadata)))

    def packing(path: str, module: Any) -> bool | dict[str, int]:
        if f"{path}.scales" not in weights:
            return False
        inputs = module.weight.shape[-1]
        return {
            "group_size": inputs // weights[f"{path}.scales"].shape[-1],
            "bits": weights[f"{path}.weight"].shape[-1] * 32 // inputs,
        }

    nn.quantize(model, class_predicate=packing)
    # rope_freqs and the like are computed by the model itself
    known = [(name, value) for name, value in weights.items() if name.startswith(("model.", "lm_"))]
    model.load_weights(known)
    mx.eval(model.parameters())
    return model


def _arguments(weights: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    return {
        "model_type": "llama",
        "hidden_size": int(metadata["llama.embedding_length"]),
        "num_hidden_layers": int(metadata["llama.block_count"]),
        "intermediate_size": int(metadata["llama.feed_forward_length"]),
        "num_attention_heads": int(metadata["llama.attention.head_count"]),
        "num_key_value_heads": int(metadata["llama.attention.head_count_kv"]),
        "rms_norm_eps": float(metadata["llama.attention.layer_norm_rms_epsilon"]),
        "vocab_size": len(metadata["tokenizer.ggml.tokens"]),
        "rope_theta": float(metadata.get("llama.rope.freq_base", 10000.0)),
        # GGUF keeps the rows of q and k in the order of interleaved rotation
        "rope_traditional": True,
        "tie_word_embeddings": "lm_head.weight" not in weights,
    }


def _tokenizer(metadata: dict[str, Any]) -> Any:
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    tokens = metadata["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ")) for merge in metadata["tokenizer.ggml.merges"]]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    bare = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    digits = [pre_tokenizers.Digits(individual_digits=True)]
    bare.pre_tokenizer = pre_tokenizers.Sequence(
        (digits if metadata["tokenizer.ggml.pre"] == "smollm" else [])
        + [pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    bare.decoder = decoders.ByteLevel()
    types = metadata["tokenizer.ggml.token_type"].tolist()
    special = [token for token, kind in zip(tokens, types, strict=True) if kind == CONTROL]
    bare.add_special_tokens([AddedToken(token, special=True) for token in special])
    end = tokens[int(metadata["tokenizer.ggml.eos_token_id"])]
    template = metadata.get("tokenizer.chat_template")
    return PreTrainedTokenizerFast(tokenizer_object=bare, eos_token=end, chat_template=template)
