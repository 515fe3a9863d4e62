"""The child that runs a model through MLX: `python -m … FOLDER_OR_GGUF`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from seenred.infrastructure.models.child_loop import ChildError, Generate, Request, Tell, serve
from seenred.infrastructure.models.mlx_llama import load_gguf

PREFILL_STEP = 256  # prompt tokens between two looks at whether the request was cancelled
UNKNOWN_CONTEXT = 8192  # tokens, where a model doesn't say


class _CancelledError(Exception):
    """Nobody waits for the reply any more."""


def load(path: Path) -> Generate:
    """Load a model folder of mlx-lm, or a GGUF file.

    Raises:
        ChildError: mlx-lm is missing, or this is no model that it reads.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"  # a folder that lacks a file is not completed from afar
    try:
        import mlx_lm
    except ImportError as error:
        raise ChildError(
            "extra-missing",
            f"The MLX runtime cannot be imported ({error}); run `pip install mlx-lm`"
            " (on Linux also `mlx[cpu]`).",
        ) from error
    try:
        if path.is_file():
            model, tokenizer, context = load_gguf(path)
            tokenizer = mlx_lm.tokenizer_utils.TokenizerWrapper(tokenizer)
        else:
            model, tokenizer = mlx_lm.load(str(path))
            context = getattr(model.args, "max_position_embeddings", None) or UNKNOWN_CONTEXT
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ChildError(
            "model-unreadable", f"{path} cannot be loaded by MLX: {_one_line(error)}."
        ) from error
    return _Conversation(model, tokenizer, context).generate


class _Conversation:
    """Keeps the cache of the last request, so that a shared prefix is computed once."""

    def __init__(self, model: Any, tokenizer: Any, context: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._context = context
        self._cache: Any = None
        self._cached: list[int] = []

    def generate(self, request: Request, tell: Tell) -> dict[str, Any]:
        tokens = self._tokens(request)
        shared = self._reuse(tokens)
        reply = {"prompt_tokens": len(tokens), "cached_tokens": shared, "reply_tokens": 0}
        pieces: list[str] = []
        truncated = False
        self._cached = tokens[:shared]
        try:
            for step in self._steps(tokens, shared, request, tell):
                pieces.append(step.text)
                reply["reply_tokens"] = step.generation_tokens
                truncated = step.finish_reason == "length"
                if tell(step.text):
                    break
            self._cached = tokens
        except _CancelledError:
            self._cache = None  # half a prompt: not worth keeping count of
        return reply | {"text": "".join(pieces), "truncated": truncated}

    def _tokens(self, request: Request) -> list[int]:
        tokens: list[int] = self._tokenizer.apply_chat_template(
            request["messages"], add_generation_prompt=True, return_dict=False
        )
        if len(tokens) >= self._context:
            raise ChildError(
                "prompt-too-long",
                f"The prompt has {len(tokens)} tokens and the MLX model's context "
                f"{self._context}; shorten the input or choose a larger model with --model.",
            )
        return tokens

    def _reuse(self, tokens: list[int]) -> int:
        """Trim the cache to what it shares with `tokens`; at least one is left to compute."""
        from mlx_lm.models.cache import make_prompt_cache, trim_prompt_cache

        if self._cache is None:
            self._cache, self._cached = make_prompt_cache(self._model), []
        pairs = zip(self._cached, tokens[:-1], strict=False)
        shared = next(
            (i for i, (old, new) in enumerate(pairs) if old != new),
            min(len(self._cached), len(tokens) - 1),
        )
        surplus = self._cache[0].offset - shared
        if trim_prompt_cache(self._cache, surplus) != surplus:
            self._cache, shared = make_prompt_cache(self._model), 0
        return shared

    def _steps(self, tokens: list[int], shared: int, request: Request, tell: Tell) -> Any:
        import mlx.core as mx
        from mlx_lm import stream_generate
        from mlx_lm.sample_utils import make_sampler

        def progress(_done: int, _total: int) -> None:
            if tell(""):
                raise _CancelledError

        if request["seed"] is not None:
            mx.random.seed(request["seed"])
        return stream_generate(
            self._model,
            self._tokenizer,
            tokens[shared:],
            max_tokens=min(request["max_tokens"], self._context - len(tokens)),
            sampler=make_sampler(temp=request["temperature"]),
            prompt_cache=self._cache,
            prefill_step_size=PREFILL_STEP,
            prompt_progress_callback=progress,
        )


def _one_line(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:300].rstrip(".")


if __name__ == "__main__":
    serve(lambda: load(Path(sys.argv[1])))
