"""What the stable code of each verdict means; `docs/reference/verdicts.md` says the same."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "label/mismatch": "The commit's subject or trailer says another kind than its content shows.",
}


def explain(rule: str) -> str:
    """One sentence for `claim/reason`; the code in words where nothing better is known."""
    claim, _, reason = rule.partition("/")
    known = REASONS.get(rule) or REASONS.get(reason)
    return known or f"{claim}: {reason.replace('-', ' ')}"
