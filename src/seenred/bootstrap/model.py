"""The models that the settings name."""

from __future__ import annotations

from collections.abc import Callable

from seenred.bootstrap.cache import model_cache
from seenred.config.settings import ModelSettings, Settings
from seenred.domain.event import Noted
from seenred.engine.ports import Model
from seenred.infrastructure.models.circuits import Circuits
from seenred.infrastructure.models.fallback import FallbackModel
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
        """The model of the settings with its fallback, or the one of that name alone.

        Raises:
            UsageError: there is no such model.
            EnvironmentLacks: it cannot be used here; the message says what it needs.
        """
        chosen = settings.model
        if name or chosen.fallback is None:
            return self._opened(settings, name or chosen.name)
        model = self._opened(settings, chosen.name, is_patient=False)
        return FallbackModel(model, self._opened(settings, chosen.fallback), self._listener)

    def _opened(self, settings: Settings, name: str, *, is_patient: bool = True) -> Model:
        opened = open_model(
            name,
            cache=model_cache(settings),
            model_path=settings.model.path,
            timeout=settings.model.timeout,
            api_key=_key(settings.model, name),
        )
        if isinstance(opened, ProviderModel):
            parts = (opened.provider, self._circuits, self._listener)
            return SteadyModel(opened, *parts, is_patient=is_patient)
        return opened


def _key(chosen: ModelSettings, name: str) -> str:
    """The key of the settings, which belongs to the provider of `model.name` and to no other."""
    same = name.partition(":")[0] == chosen.name.partition(":")[0]
    return chosen.api_key.get_secret_value() if chosen.api_key and same else ""
