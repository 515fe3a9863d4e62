"""Which model a name means, and what can be used on this machine."""

from __future__ import annotations

import importlib.util
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from seenred.engine.ports import Model
from seenred.errors import EnvironmentLacks, SeenredError, UsageError
from seenred.infrastructure.models.catalog import CATALOG, LocalFile, known
from seenred.infrastructure.models.local import LocalModel
from seenred.infrastructure.models.mlx import MlxModel
from seenred.infrastructure.models.provider import KEYS, TIMEOUT, ProviderModel, address_of
from seenred.infrastructure.models.provider import require_extra as require_agents
from seenred.infrastructure.models.pull import find
from seenred.infrastructure.models.scripted import ScriptedModel

PROVIDERS = ("local", "mlx", *KEYS, "scripted")
KNOCK_SECONDS = 0.3  # for a server on this machine


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One way to a model here; `reason` and `remedy` are clauses, the remedy empty if available."""

    name: str
    available: bool
    reason: str
    remedy: str = ""


def open_model(
    name: str,
    *,
    cache: Path,
    model_path: Path | None = None,
    environment: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    api_key: str = "",
) -> Model:
    """The model called `name`; nothing is loaded or sent before its first prompt.

    Args:
        name: `local`, `local:NAME`, `local:FILE.gguf`, `mlx:FOLDER`, `scripted:FILE` or
            `provider:MODEL`.
        cache: where pulled models lie.
        model_path: a GGUF file of the user's own that bare `local` means.
        environment: where providers' keys are looked up, instead of the process's own.
        timeout: seconds for one reply of a provider.
        api_key: taken in place of the provider's variable; it goes no further than that would.

    Raises:
        UsageError: no such provider, model or script.
        EnvironmentLacks: its runtime, file or key is missing here.
    """
    provider, _, rest = name.partition(":")
    match provider:
        case "local":
            return _open_local(name, rest, cache, model_path)
        case "mlx":
            return MlxModel(_mlx_path(rest), name)
        case "scripted":
            return ScriptedModel.load(Path(rest))
    if provider not in PROVIDERS:
        raise _unknown(name)
    given = os.environ if environment is None else environment
    own = {KEYS[provider][0]: api_key} if api_key else {}
    return ProviderModel(name, {**given, **own}, timeout)


def describe_models(
    *,
    cache: Path,
    model_path: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> list[ModelInfo]:
    """Every way to a model, whether it can be gone here, and what is missing where it cannot."""
    given = os.environ if environment is None else environment
    own = [_describe_own(model_path)] if model_path else []
    local = [_describe_local(model, cache) for model in CATALOG]
    mlx = _describe("mlx:FOLDER", _require_mlx, "the runtime is installed")
    return [*own, *local, mlx, *(_describe_provider(name, given) for name in KEYS)]


def _open_local(name: str, rest: str, cache: Path, model_path: Path | None) -> LocalModel:
    own = Path(rest) if "/" in rest or rest.endswith(".gguf") else None
    if own is None and not rest:
        own = model_path
    if own is not None:
        _require_file(own)
        _require_llama()
        return LocalModel(own.absolute(), f"local:{own.name}")
    model = known(name)
    _require_llama()
    return LocalModel(_require_pulled(model, cache), model.full_name)


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise EnvironmentLacks(
            "model-missing",
            f"There is no model file {path}; give an existing GGUF file in SEENRED_MODEL_PATH or "
            "as `local:FILE.gguf`.",
        )


def _require_pulled(model: LocalFile, cache: Path) -> Path:
    path = find(model, cache)
    if path is None:
        raise EnvironmentLacks(
            "model-missing",
            f"{model.full_name} is not in {cache}; run `seenred models pull {model.full_name}`.",
        )
    return path


def _require_llama() -> None:
    if importlib.util.find_spec("xllamacpp") is None:
        raise EnvironmentLacks(
            "extra-missing",
            "Local models need the runtime xllamacpp; run `pip install 'seenred[local]'` "
            "(on Apple silicon it brings MLX instead: use `--model mlx:FOLDER`).",
        )


def _require_mlx() -> None:
    if importlib.util.find_spec("mlx_lm") is None:
        raise EnvironmentLacks(
            "extra-missing",
            "MLX models need the runtime mlx-lm; run `pip install mlx-lm`"
            " (on Linux also `mlx[cpu]`).",
        )


def _mlx_path(rest: str) -> Path:
    path = Path(rest)
    if not rest or not path.exists():
        raise UsageError(
            "model-unknown", f"There is no model folder or file {rest!r}; write `mlx:FOLDER`."
        )
    _require_mlx()
    return path.absolute()


def _unknown(name: str) -> UsageError:
    full = [model.full_name for model in CATALOG]
    bare = {model.name: model.full_name for model in CATALOG}
    provider = name.partition(":")[0] or "local"
    close = get_close_matches(name, [*full, *bare], n=1) or get_close_matches(
        provider, PROVIDERS, n=1, cutoff=0.0
    )
    nearest = bare.get(close[0], close[0])
    return UsageError(
        "model-unknown",
        f"There is no model {name!r}; did you mean `{nearest}`? Providers are "
        f"{', '.join(PROVIDERS)}.",
    )


def _describe(name: str, check: Callable[[], object], fine: str) -> ModelInfo:
    """Turn the sentence of a failed check into a reason and its remedy."""
    try:
        check()
    except SeenredError as error:
        reason, _, remedy = error.message.rstrip(".").partition("; ")
        return ModelInfo(name, False, reason, remedy)
    return ModelInfo(name, True, fine)


def _describe_own(path: Path) -> ModelInfo:
    def check() -> None:
        _require_file(path)
        _require_llama()

    return _describe("local", check, f"SEENRED_MODEL_PATH is {path}")


def _describe_local(model: LocalFile, cache: Path) -> ModelInfo:
    def check() -> None:
        _require_llama()
        _require_pulled(model, cache)

    return _describe(model.full_name, check, f"in {cache}")


def _describe_provider(provider: str, environment: Mapping[str, str]) -> ModelInfo:
    def check() -> None:
        require_agents()
        address = address_of(f"{provider}:MODEL", environment)
        if provider == "ollama":
            _knock(address.url)

    fine = "its server answers" if provider == "ollama" else "its key is set"
    return _describe(f"{provider}:MODEL", check, fine)


def _knock(url: str) -> None:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=KNOCK_SECONDS).close()
    except OSError as error:
        raise EnvironmentLacks(
            "model-unreachable", f"No server answers at {url}; start `ollama serve`."
        ) from error
