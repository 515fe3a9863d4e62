import pytest

from seenred.domain.model_name import is_same_model


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gpt-6", "gpt-6"),
        ("gpt-6", ""),
        ("gpt-4o", "gpt-4o-2024-08-06"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("claude-sonnet-4-5", "claude-sonnet-4-5-20250929"),
        ("claude-3-7-sonnet-latest", "claude-3-7-sonnet-20250219"),
        ("gemini-4-pro", "models/gemini-4-pro-001"),
        ("Qwen/Qwen3-4B", "qwen3-4b"),
        ("qwen3:latest", "qwen3"),
    ],
)
def test_a_snapshot_of_a_model_is_the_model(asked, answered):
    assert is_same_model(asked, answered)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gpt-6", "gpt-5"),
        ("gpt-4o", "gpt-4o-mini"),
        ("gpt-4o-mini", "gpt-4o"),
        ("claude-opus-5", "claude-haiku-5"),
        ("claude-3", "claude-3-haiku"),
        ("qwen3:4b", "qwen3:0.6b"),
        ("qwen3", "qwen30"),
    ],
)
def test_a_smaller_or_older_brother_is_another_model(asked, answered):
    assert not is_same_model(asked, answered)
