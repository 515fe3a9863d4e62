"""What a call to a provider may cost, before it is made."""

from __future__ import annotations

from seenred.infrastructure.models.provider import KEYS

_PRICED = frozenset(KEYS) - {"ollama"}


def price_of(name: str, prompt_tokens: int, reply_tokens: int) -> float:
    """US dollars by the price list of genai-prices; 0 where it has none, and for one's own URL."""
    provider, _, model = name.partition(":")
    if provider not in _PRICED or "@http" in model:
        return 0.0
    try:
        from genai_prices import Usage, calc_price  # comes with the extra `agents`
    except ImportError:
        return 0.0
    usage = Usage(input_tokens=prompt_tokens, output_tokens=reply_tokens)
    try:
        return float(calc_price(usage, model, provider_id=provider).total_price)
    except (LookupError, ValueError):
        return 0.0
