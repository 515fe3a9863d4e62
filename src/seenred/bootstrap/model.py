"""The models that the settings name."""

from __future__ import annotations

from collections.abc import Callable

from seenred.bootstrap.cache import model_cache
from seenred.config.settings import Settings
from seenred.domain.event import Noted
from seenred.engine.ports import Model
from seenred.infrastructure.models.circuits import Circuits
from seenred.infrastructure.models.provider import ProviderModel
from seenred.infrastructure.models.registry import open_model
from seenred.infrastructure.models.steady import SteadyModel


class Models:
    """Opens models; those of one provider share its circuit.

    Args:
        listener: is told when a provider fails and is asked again.
    """

    def __init__(self, listener: Callable[[Noted], object]) -> None:
        self._listener = listener
        self._circuits = Circuits()

    def open(self, settings: Settings, name: str | None = None) -> Model:
        """The model of the settings, or of that name.

        Raises:
            EnvironmentLacks: it cannot be used here; the message says what it needs.
        """
        model = settings.model
        opened = open_model(
            name or model.name,
            cache=model_cache(settings),
            model_path=model.path,
            timeout=model.timeout,
            api_key=model.api_key.get_secret_value() if model.api_key else "",
        )
        if isinstance(opened, ProviderModel):
            return SteadyModel(opened, opened.provider, self._circuits, self._listener)
        return opened
