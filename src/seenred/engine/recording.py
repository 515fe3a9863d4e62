"""What of the calls of models goes on record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from seenred.domain.conversation import Reply
from seenred.domain.event import Replied, TextArrived
from seenred.domain.run import ModelCall
from seenred.domain.secret import redacted, redacted_data
from seenred.engine.asking import Answered

OFF = "the run is recorded with `--record off`"
SECRET = "it held what looks like a secret, which is not recorded"


@dataclass(frozen=True, slots=True)
class Recording:
    """How a run is recorded; secrets never are.

    Attributes:
        texts: whether what models were asked and replied is kept; else the sha256 of it.
        secrets: known ones.
    """

    texts: bool = True
    secrets: tuple[str, ...] = ()

    def answered(self, answered: Answered) -> Answered:
        """As the step's result keeps it."""
        reply = answered.reply
        if not self.texts:
            return replace(answered, reply=_hashed(reply), withheld=OFF)
        text = redacted(reply.text, self.secrets)
        if text == reply.text:
            return answered
        return replace(answered, reply=replace(reply, text=text), withheld=SECRET)

    def call(self, call: ModelCall) -> ModelCall:
        """As it is listed."""
        told = redacted(call.reply, self.secrets) if self.texts else _hash(call.reply)
        return replace(call, reply=told)

    def event(self, event: Any) -> Any:
        """As it is told later; None: not at all."""
        if self.texts:
            return event
        if isinstance(event, TextArrived):
            return None
        return Replied(_hashed(event.reply)) if isinstance(event, Replied) else event

    def told(self, data: Any) -> Any:
        """The fields of an event."""
        return redacted_data(data, self.secrets)


def _hashed(reply: Reply) -> Reply:
    return replace(reply, text=_hash(reply.text))


def _hash(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()}"
