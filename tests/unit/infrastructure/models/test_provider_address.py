import pytest

from seenred.errors import EnvironmentLacks, UsageError
from seenred.infrastructure.models.provider import Address, address_of


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("anthropic:claude-sonnet-5", "ANTHROPIC_API_KEY"),
        ("openai:gpt-6", "OPENAI_API_KEY"),
        ("google:gemini-4-pro", "GOOGLE_API_KEY"),
    ],
)
def test_a_missing_key_names_its_variable(name, variable):
    with pytest.raises(
        EnvironmentLacks, match=f"set the environment variable {variable}"
    ) as caught:
        address_of(name, {variable: ""})
    assert caught.value.code == "key-missing"


def test_a_key_goes_to_its_provider():
    address = address_of("google:gemini-4-pro", {"GEMINI_API_KEY": "k"})
    assert address == Address("google", "gemini-4-pro", key="k")


def test_ollama_needs_no_key():
    assert address_of("ollama:qwen3:4b", {}) == Address(
        "ollama", "qwen3:4b", "http://localhost:11434/v1"
    )


def test_a_url_in_the_name_needs_no_key_and_gets_none():
    environment = {"OPENAI_API_KEY": "k"}
    address = address_of("openai:m@https://elsewhere.example/v1", environment)
    assert address == Address("openai", "m", "https://elsewhere.example/v1")


def test_the_owner_of_the_key_sends_it_elsewhere_by_the_base_url():
    environment = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://mine.example/v1"}
    mine = Address("openai", "m", "https://mine.example/v1", "k")
    assert address_of("openai:m", environment) == mine
    assert address_of("openai:m@https://mine.example/v1", environment) == mine
    assert address_of("openai:m@https://other.example/v1", environment).key == ""


@pytest.mark.parametrize("name", ["openai:", "anthropic:m@http://x/v1", "openai:@http://x/v1"])
def test_a_name_without_a_model_is_refused(name):
    with pytest.raises(UsageError, match="names no model; write it as `openai:"):
        address_of(name, {"OPENAI_API_KEY": "k"})
