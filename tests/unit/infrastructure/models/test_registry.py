import importlib.util
import os
import socket

import pytest

from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.models.catalog import QWEN_0_5B
from seenred.infrastructure.models.local import LocalModel
from seenred.infrastructure.models.mlx import MlxModel
from seenred.infrastructure.models.provider import ProviderModel
from seenred.infrastructure.models.registry import describe_models, open_model
from seenred.infrastructure.models.scripted import ScriptedModel

needs_llama = pytest.mark.skipif(
    not importlib.util.find_spec("xllamacpp"), reason="the extra `local` is not installed"
)
needs_agents = pytest.mark.skipif(
    not importlib.util.find_spec("pydantic_ai"), reason="the extra `agents` is not installed"
)


@pytest.fixture
def hidden(monkeypatch):
    """Makes packages look as if they were not installed."""
    really = importlib.util.find_spec

    def hide(*names):
        monkeypatch.setattr(
            importlib.util, "find_spec", lambda name: None if name in names else really(name)
        )

    return hide


@pytest.fixture
def pulled(tmp_path):
    """A cache in which the small model was found right before: sparse, with its marker."""
    path = tmp_path / QWEN_0_5B.file_name
    with path.open("wb") as file:
        file.truncate(QWEN_0_5B.size)
    stamp = f'"size": {QWEN_0_5B.size}, "mtime_ns": {path.stat().st_mtime_ns}'
    marker = tmp_path / f"{path.name}.sha256-ok"
    marker.write_text(f'{{"sha256": "{QWEN_0_5B.sha256}", {stamp}}}')
    return tmp_path


@needs_llama
def test_a_pulled_model_is_opened_under_its_name(pulled):
    model = open_model("local:qwen2.5-coder-0.5b", cache=pulled)
    assert isinstance(model, LocalModel)
    assert model.name == "local:qwen2.5-coder-0.5b"


@needs_llama
def test_a_model_that_was_not_pulled_says_how_to(tmp_path):
    with pytest.raises(EnvironmentLacks, match=r"run `seenred models pull local:qwen2\.5-coder-1"):
        open_model("local", cache=tmp_path)


@needs_llama
def test_bare_local_means_the_file_of_ones_own(tmp_path):
    path = tmp_path / "mine.gguf"
    path.touch()
    assert open_model("local", cache=tmp_path, model_path=path).name == "local:mine.gguf"


@needs_llama
def test_a_file_may_stand_in_the_name(tmp_path):
    (tmp_path / "mine.gguf").touch()
    assert open_model(f"local:{tmp_path}/mine.gguf", cache=tmp_path).name == "local:mine.gguf"


@needs_llama
def test_a_name_is_not_overruled_by_the_file_of_ones_own(pulled):
    path = pulled / "mine.gguf"
    path.touch()
    model = open_model("local:qwen2.5-coder-0.5b", cache=pulled, model_path=path)
    assert model.name == "local:qwen2.5-coder-0.5b"


def test_a_file_of_ones_own_that_is_not_there_is_said(tmp_path):
    with pytest.raises(EnvironmentLacks, match=r"no model file .*nowhere\.gguf"):
        open_model("local", cache=tmp_path, model_path=tmp_path / "nowhere.gguf")


def test_without_the_runtime_its_extra_is_named(tmp_path, hidden):
    hidden("xllamacpp")
    with pytest.raises(EnvironmentLacks, match=r"pip install 'seenred\[local\]'"):
        open_model("local", cache=tmp_path)


def test_without_pydantic_ai_its_extra_is_named(tmp_path, hidden):
    hidden("pydantic_ai")
    with pytest.raises(EnvironmentLacks, match=r"pip install 'seenred\[agents\]'"):
        open_model("openai:gpt-6", cache=tmp_path, environment={"OPENAI_API_KEY": "k"})


@needs_agents
def test_a_provider_is_opened_with_its_key(tmp_path):
    model = open_model("openai:gpt-6", cache=tmp_path, environment={"OPENAI_API_KEY": "k"})
    assert isinstance(model, ProviderModel)
    assert model.name == "openai:gpt-6"


@needs_agents
def test_a_provider_without_its_key_names_the_variable(tmp_path):
    with pytest.raises(EnvironmentLacks, match="ANTHROPIC_API_KEY"):
        open_model("anthropic:claude-sonnet-5", cache=tmp_path, environment={})


def test_a_script_is_opened(tmp_path):
    (tmp_path / "s.json").write_text('["hi"]')
    assert isinstance(open_model(f"scripted:{tmp_path}/s.json", cache=tmp_path), ScriptedModel)


@pytest.mark.skipif(not importlib.util.find_spec("mlx_lm"), reason="mlx-lm is not installed")
def test_a_folder_is_opened_by_mlx(tmp_path):
    assert isinstance(open_model(f"mlx:{tmp_path}", cache=tmp_path), MlxModel)


def test_an_mlx_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UsageError, match="no model folder or file 'nowhere'"):
        open_model("mlx:nowhere", cache=tmp_path)


def test_without_mlx_its_package_is_named(tmp_path, hidden):
    hidden("mlx_lm")
    with pytest.raises(EnvironmentLacks, match="pip install mlx-lm"):
        open_model(f"mlx:{tmp_path}", cache=tmp_path)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("opnai:gpt-6", "openai"),
        ("antropic:x", "anthropic"),
        ("locl", "local"),
        ("qwen2.5-coder-0.5", "local:qwen2.5-coder-0.5b"),
        ("", "local"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(tmp_path, name, nearest):
    with pytest.raises(UsageError, match=f"did you mean `{nearest}`") as caught:
        open_model(name, cache=tmp_path)
    assert caught.value.code == "model-unknown"


@needs_llama
@needs_agents
def test_every_way_is_described_with_what_it_lacks(pulled):
    environment = {"OPENAI_API_KEY": "k", "OLLAMA_BASE_URL": "http://127.0.0.1:1/v1"}
    by_name = {info.name: info for info in describe_models(cache=pulled, environment=environment)}
    assert list(by_name) == [
        "local:qwen2.5-coder-1.5b",
        "local:qwen2.5-coder-0.5b",
        "mlx:FOLDER",
        "anthropic:MODEL",
        "openai:MODEL",
        "google:MODEL",
        "ollama:MODEL",
    ]
    assert by_name["local:qwen2.5-coder-0.5b"].available
    missing = by_name["local:qwen2.5-coder-1.5b"]
    assert not missing.available
    assert missing.reason == f"local:qwen2.5-coder-1.5b is not in {pulled}"
    assert missing.remedy == "run `seenred models pull local:qwen2.5-coder-1.5b`"
    assert by_name["openai:MODEL"].available
    assert by_name["anthropic:MODEL"].remedy == ("set the environment variable ANTHROPIC_API_KEY")
    assert by_name["ollama:MODEL"].remedy == "start `ollama serve`"
    assert all(bool(info.remedy) != info.available for info in by_name.values())


@needs_agents
def test_a_server_of_ollama_that_answers_is_available(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        told = describe_models(cache=tmp_path, environment={"OLLAMA_BASE_URL": url})
    assert told[-1].available


@needs_llama
def test_the_file_of_ones_own_is_described_first(tmp_path):
    path = tmp_path / "mine.gguf"
    path.touch()
    first = describe_models(cache=tmp_path, model_path=path, environment={})[0]
    assert (first.name, first.available) == ("local", True)
    assert first.reason == f"SEENRED_MODEL_PATH is {os.fspath(path)}"


@pytest.mark.parametrize("package", ["pydantic_ai", "xllamacpp", "mlx", "mlx_lm"])
def test_the_registry_imports_no_model_library(package):
    import subprocess
    import sys

    code = f"import sys, seenred.infrastructure.models.registry; print({package!r} in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert ran.stdout.strip() == "False"
