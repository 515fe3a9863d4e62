"""The child that runs a GGUF model through llama.cpp: `python -m … MODEL_FILE CONTEXT`."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Any

from seenred.infrastructure.models import fill_in_the_middle
from seenred.infrastructure.models.child_loop import ChildError, Generate, Request, Tell, serve
from seenred.infrastructure.models.machine import free_memory, usable_cores

MEMORY_FACTOR = 1.3  # of the file's size: weights, and the cache of keys and values
PROMPT_CACHE_MIB = 512  # earlier prompts kept in memory, so that steps can alternate


def load(path: Path, context: int) -> Generate:
    """Load the model; `context` is in tokens.

    Raises:
        ChildError: xllamacpp is missing, memory is short, or the file is no model.
    """
    try:
        import xllamacpp
    except ImportError as error:
        raise ChildError(
            "extra-missing",
            f"The local runtime cannot be imported ({error}); run `pip install 'seenred[local]'`.",
        ) from error
    _check_memory(path)
    try:
        server = xllamacpp.Server(_parameters(xllamacpp, path, context))
    except Exception as error:
        raise ChildError(
            "model-unreadable", f"{path} cannot be loaded as a GGUF model: {error}; pull it again."
        ) from error
    return lambda request, tell: _generate(server, request, tell)


def _check_memory(path: Path) -> None:
    needed = path.stat().st_size * MEMORY_FACTOR
    free = free_memory()
    if free is not None and free < needed:
        raise ChildError(
            "memory-low",
            f"{path.name} needs {needed / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free; "
            "close something or choose `--model local:qwen2.5-coder-0.5b`.",
        )


def _parameters(xllamacpp: Any, path: Path, context: int) -> Any:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = context
    parameters.n_parallel = 1  # on a CPU, slots in parallel gain nothing
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = usable_cores()
    parameters.warmup = False
    parameters.cache_ram_mib = PROMPT_CACHE_MIB
    parameters.verbosity = 1  # errors
    _lock_listener(parameters)
    return parameters


def _lock_listener(parameters: Any) -> None:
    """The runtime opens a port on 127.0.0.1 that cannot be switched off; nobody gets the key."""
    parameters.api_keys = [secrets.token_urlsafe(32)]
    parameters.ui = parameters.endpoint_slots = parameters.endpoint_props = False


def _generate(server: Any, request: Request, tell: Tell) -> dict[str, Any]:
    chat = request["gap"] is None
    text: list[str] = []
    seen: dict[str, Any] = {}

    def receive(chunk: dict[str, Any]) -> bool:
        seen.update({key: chunk[key] for key in ("error", "usage") if key in chunk})
        for choice in chunk.get("choices", ()):
            text.append(choice["delta"].get("content") or "" if chat else choice["text"])
            seen["finish"] = choice.get("finish_reason")
        return tell(text[-1] if text and chunk.get("choices") else "")

    try:
        if chat:
            server.handle_chat_completions(_completion(request), receive)
        else:
            server.handle_completions(fill_in_the_middle.completion(request), receive)
    except (ValueError, RuntimeError) as error:
        raise ChildError("request-refused", f"llama.cpp refused the request: {error}.") from error
    if "error" in seen:
        raise _refusal(seen["error"])
    return {"text": "".join(text), "truncated": seen.get("finish") == "length", **_counts(seen)}


def _completion(request: Request) -> dict[str, Any]:
    completion = {
        "messages": request["messages"],
        "max_tokens": request["max_tokens"],
        "temperature": request["temperature"],
        "cache_prompt": True,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if request["seed"] is not None:
        completion["seed"] = request["seed"]
    if request["schema"] is not None:
        schema = {"name": "reply", "schema": request["schema"], "strict": True}
        completion["response_format"] = {"type": "json_schema", "json_schema": schema}
    return completion


def _counts(seen: dict[str, Any]) -> dict[str, int]:
    usage = seen.get("usage", {})
    return {
        "prompt_tokens": usage.get("prompt_tokens", 0),
        "reply_tokens": usage.get("completion_tokens", 0),
        "cached_tokens": usage.get("prompt_tokens_details", {}).get("cached_tokens", 0),
    }


def _refusal(error: dict[str, Any]) -> ChildError:
    if error.get("type") == "exceed_context_size_error":
        return ChildError(
            "prompt-too-long",
            f"The prompt has {error['n_prompt_tokens']} tokens and the local model's context "
            f"{error['n_ctx']}; shorten the input or choose a larger model with --model.",
        )
    return ChildError("request-refused", f"llama.cpp refused the request: {error.get('message')}.")


if __name__ == "__main__":
    serve(lambda: load(Path(sys.argv[1]), int(sys.argv[2])))
