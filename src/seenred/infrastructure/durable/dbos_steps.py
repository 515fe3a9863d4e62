"""The steps of a run that DBOS records."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from dbos import DBOS, Serializer
from dbos import error as dbos_error

from seenred.infrastructure.durable.steps import diverged


class JsonSerializer(Serializer):
    """Everything is JSON; what is none is recorded as its text, and we record nothing such."""

    def serialize(self, data: Any) -> str:
        """As JSON."""
        return json.dumps(data, ensure_ascii=False, default=str)

    def deserialize(self, serialized_data: str) -> Any:
        """From JSON."""
        return json.loads(serialized_data)

    def name(self) -> str:
        """As DBOS notes it with each value."""
        return "seenred_json"


class _NotRecorded(BaseException):
    """Carries an error past DBOS, which records every `Exception` as a step's result."""


class DbosLedger:
    """Remembers the steps of the run that DBOS is performing in this task."""

    async def once(self, name: str, make: Callable[[], Awaitable[Any]]) -> Any:
        """What the step gave, or gives now.

        Raises:
            CancelledError: the run was cancelled, or is another process's by now.
            UsageError: `run-diverged`, the run once had another step in this place.
        """
        errors: list[Exception] = []

        async def body() -> Any:
            try:
                return await make()
            except Exception as error:
                errors.append(error)
                raise _NotRecorded from error

        try:
            return await DBOS.run_step_async({"name": name, "preemptible": True}, body)
        except _NotRecorded:
            raise errors[0] from None
        except (
            dbos_error.DBOSWorkflowCancelledError,
            dbos_error.DBOSWorkflowConflictIDError,
        ) as ended:
            raise asyncio.CancelledError(str(ended)) from None
        except dbos_error.DBOSUnexpectedStepError as error:
            raise diverged(f"its next step is {name}: {error}") from None
