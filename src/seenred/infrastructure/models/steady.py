"""A provider's model that is asked again when it fails for now, and left alone when it is ill."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable

from seenred.domain.circuit import FAILURES
from seenred.domain.conversation import Prompt, Reply
from seenred.domain.event import Noted
from seenred.domain.model_name import is_same_model
from seenred.domain.retry import POLICIES, Retries
from seenred.engine.ports import Model
from seenred.errors import ModelFailed, ModelFaltered
from seenred.infrastructure.models.circuits import Circuits

RESTING = "model-resting"  # the code of a call to a provider that is left alone


def jittered(seconds: float) -> float:
    """That wait, or up to half as long again: so that many who wait do not come back together."""
    return seconds * random.uniform(1.0, 1.5)


def _hush() -> None:
    """What stamina logs is told by our events; it stays for those who configure logging."""
    logger = logging.getLogger("stamina")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


class SteadyModel:
    """Implements `seenred.engine.ports.Model` over one that may fail for now.

    Args:
        provider: whose circuit its calls share.
        listener: is told of each failure that is met by asking again, and of a model that
            answers in place of the one that was asked.
        is_patient: waits once for a provider that is left alone; False where another can answer.
        waited: the wait that is made of the one that the policy asks for, in seconds.
    """

    def __init__(
        self,
        model: Model,
        provider: str,
        circuits: Circuits,
        listener: Callable[[Noted], object],
        waited: Callable[[float], float] = jittered,
        *,
        is_patient: bool = True,
    ) -> None:
        self._model = model
        self._provider = provider
        self._circuits = circuits
        self._listener = listener
        self._waited = waited
        self._is_patient = is_patient
        self._others: set[str] = set()

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def fills_gaps(self) -> bool:
        return self._model.fills_gaps

    async def complete(self, prompt: Prompt, on_text: Callable[[str], None] | None = None) -> Reply:
        import stamina  # comes with the extra `agents`, as providers do

        _hush()
        attempts = stamina.retry_context(self._patience(), attempts=None, timeout=None)
        async for attempt in attempts:
            with attempt:
                reply = await self._asked_once(prompt, on_text)
                self._compare(reply.answered_by)
                return reply
        raise AssertionError("stamina ends with a reply or the last failure")

    async def close(self) -> None:
        await self._model.close()

    def _patience(self) -> Callable[[Exception], bool | float]:
        """Says for each failure of one call after which wait it is asked again, if at all."""
        retries = Retries()

        def wait_after(error: Exception) -> bool | float:
            nonlocal retries
            if not isinstance(error, ModelFaltered) or not self._is_worth_it(error):
                return False
            retries = retries.after(error.code)
            wait = retries.wait(error.code, error.retry_after)
            if wait is None:
                return False
            wait = self._waited(wait)
            self._tell(error, wait, retries.failures[error.code])
            return wait

        return wait_after

    def _is_worth_it(self, error: ModelFaltered) -> bool:
        return self._is_patient or error.code != RESTING

    def _tell(self, error: ModelFaltered, wait: float, failures: int) -> None:
        count = f"{failures} of {POLICIES[error.code].tries}"
        self._listener(Noted(f"{error.what}; asking again in {wait:.0f} s ({count}).", True))

    async def _asked_once(self, prompt: Prompt, on_text: Callable[[str], None] | None) -> Reply:
        rest = self._circuits.enter(self._provider)
        if rest is not None:
            raise self._left_alone(rest)
        code = "cancelled"
        try:
            reply = await self._model.complete(prompt, on_text)
        except ModelFailed as failed:
            code = failed.code
            raise
        else:
            code = ""
            return reply
        finally:
            self._ended(code)

    def _ended(self, code: str) -> None:
        if code:
            self._circuits.ended(self._provider, code)
        else:
            self._circuits.answered(self._provider)

    def _compare(self, answered_by: str) -> None:
        """Tell, once for each, that another model has answered."""
        asked = self.name.partition(":")[2].partition("@http")[0]
        if answered_by in self._others or is_same_model(asked, answered_by):
            return
        self._others.add(answered_by)
        self._listener(Noted(f"{self.name} was asked, and {answered_by} has answered.", True))

    def _left_alone(self, rest: float) -> ModelFaltered:
        return ModelFaltered(
            RESTING,
            f"{self._provider} failed {FAILURES} times in a row and is left alone for now",
            "try again in a minute, or choose another model with --model",
            rest,
        )
