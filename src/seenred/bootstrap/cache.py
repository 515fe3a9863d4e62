"""Where Seenred keeps what it need not compute or fetch twice."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # reading the settings is slow, and the cache can be found without them
    from seenred.config.settings import Settings


def model_cache(settings: Settings) -> Path:
    """Where pulled models lie: by setting, else in the user's cache (XDG base directories)."""
    if settings.model.cache is not None:
        return settings.model.cache.expanduser()
    return user_cache() / "models"


def user_cache() -> Path:
    """Seenred's folder in the user's cache (XDG base directories)."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "seenred"
