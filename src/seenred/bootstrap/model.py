"""The model that the settings name."""

from __future__ import annotations

from seenred.bootstrap.cache import model_cache
from seenred.config.settings import Settings
from seenred.engine.ports import Model
from seenred.infrastructure.models.registry import open_model


def model_of(settings: Settings, name: str | None = None) -> Model:
    """The model of the settings, or of that name.

    Raises:
        EnvironmentLacks: it cannot be used here; the message says what it needs.
    """
    model = settings.model
    return open_model(
        name or model.name,
        cache=model_cache(settings),
        model_path=model.path,
        timeout=model.timeout,
        api_key=model.api_key.get_secret_value() if model.api_key else "",
    )
