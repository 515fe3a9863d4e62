"""What of the calls of models goes on record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from seenred.domain.conversation import Reply
from seenred.domain.event import Replied, TextArrived
from seenred.domain.run import ModelCall
from seenred.engine.asking import Answered

OFF = "the run is recorded with `--record off`"


@dataclass(frozen=True, slots=True)
class Recording:
    """How a run is recorded.

    Attributes:
        texts: whether what models were asked and replied is kept; else the sha256 of it.
    """

    texts: bool = True

    def answered(self, answered: Answered) -> Answered:
        """As the step's result keeps it."""
        if self.texts:
            return answered
        return replace(answered, reply=_hashed(answered.reply), withheld=OFF)

    def call(self, call: ModelCall) -> ModelCall:
        """As it is listed."""
        return call if self.texts else replace(call, reply=_hash(call.reply))

    def event(self, event: Any) -> Any:
        """As it is told later; None: not at all."""
        if self.texts:
            return event
        if isinstance(event, TextArrived):
            return None
        return Replied(_hashed(event.reply)) if isinstance(event, Replied) else event


def _hashed(reply: Reply) -> Reply:
    return replace(reply, text=_hash(reply.text))


def _hash(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()}"
