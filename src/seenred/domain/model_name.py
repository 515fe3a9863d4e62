"""Whether the model that answered is the one that was asked."""

from __future__ import annotations

import re

# A dated snapshot or a revision of the same model: `-2024-08-06`, `-20250929`, `-001`, `@1`.
_REVISION = re.compile(r"([-@:]\d[\d.-]*)?([-@:]latest)?")


def is_same_model(asked: str, answered: str) -> bool:
    """Whether a provider means by `answered` what was asked for; it may say nothing."""
    one, other = sorted((_plain(asked), _plain(answered)), key=len)
    if not one:
        return True
    return other.startswith(one) and bool(_REVISION.fullmatch(other[len(one) :]))


def _plain(name: str) -> str:
    """Without whose it is, and without `latest`, which may be any revision."""
    last = name.strip().lower().rpartition("/")[2]
    return re.sub(r"[-@:]latest$", "", last)
