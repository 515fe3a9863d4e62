"""What the settings let the record of runs keep."""

from __future__ import annotations

import os

from seenred.bootstrap.data import Records
from seenred.config.settings import Settings
from seenred.domain.run import ModelCall
from seenred.domain.secret import known_secrets
from seenred.engine.recording import Recording


def recording_of(settings: Settings) -> Recording:
    """Of the calls of models."""
    own = settings.model.api_key
    secrets = (*known_secrets(os.environ), *((own.get_secret_value(),) if own else ()))
    return Recording(texts=settings.records.model_calls == "full", secrets=secrets)


def keep_call(
    records: Records,
    run: str,
    recording: Recording,
    generation: int | None,
    call: ModelCall,
    request: str,
) -> None:
    """Put a call of a model on record, with what was asked where texts are kept.

    Raises:
        RunTaken: another process has the run, and this is no call of its generation.
    """
    if recording.texts:
        records.objects.keep(request)  # its sha256 is the request's in the call
    records.calls.keep(run, recording.call(call), generation)
