import pytest

from seenred.infrastructure.models.price import price_of


def test_the_price_of_a_known_model_grows_with_prompt_and_reply():
    pytest.importorskip("genai_prices", reason="the extra `agents` is not installed")
    one = price_of("openai:gpt-4o", 1_000_000, 0)
    assert one > 0
    assert price_of("openai:gpt-4o", 2_000_000, 0) == pytest.approx(2 * one)
    assert price_of("openai:gpt-4o", 1_000_000, 1_000_000) > 2 * one


@pytest.mark.parametrize(
    "name", ["local", "openai:no-such-model", "openai:gpt-4o@http://127.0.0.1/v1", "ollama:gpt-4o"]
)
def test_what_has_no_price_costs_nothing(name):
    assert price_of(name, 1_000_000, 1_000_000) == 0
