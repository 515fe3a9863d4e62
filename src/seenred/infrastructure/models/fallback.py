"""A model whose calls another one answers when it cannot."""

from __future__ import annotations

from collections.abc import Callable

from seenred.domain.conversation import Prompt, Reply
from seenred.domain.event import Noted
from seenred.engine.ports import Model
from seenred.errors import ModelFailed


class FallbackModel:
    """Implements `seenred.engine.ports.Model`; each reply names the model that gave it.

    Args:
        model: is asked first, with each prompt.
        fallback: is asked what `model` cannot answer.
        listener: is told each time that another one begins to answer.
    """

    def __init__(self, model: Model, fallback: Model, listener: Callable[[Noted], object]) -> None:
        self._model = model
        self._fallback = fallback
        self._listener = listener
        self._fallen = False

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def fills_gaps(self) -> bool:
        """Only where each of the two does: either may have to answer."""
        return self._model.fills_gaps and self._fallback.fills_gaps

    async def complete(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Reply:
        try:
            reply = await self._model.complete(prompt, on_text)
        except ModelFailed as failed:
            self._fall(failed)
            return await self._answered_instead(failed, prompt, on_text)
        if self._fallen:
            self._fallen = False
            self._listener(Noted(f"{self.name} answers again."))
        return reply

    async def close(self) -> None:
        try:
            await self._model.close()
        finally:
            await self._fallback.close()

    def _fall(self, failed: ModelFailed) -> None:
        if not self._fallen:
            self._fallen = True
            told = f"{failed.message} The fallback {self._fallback.name} answers in its place."
            self._listener(Noted(told, warning=True))

    async def _answered_instead(
        self, failed: ModelFailed, prompt: Prompt, on_text: Callable[[str], None] | None
    ) -> Reply:
        try:
            return await self._fallback.complete(prompt, on_text)
        except ModelFailed as also:
            raise ModelFailed(
                also.code, f"{failed.message} So did its fallback: {also.message}"
            ) from also
