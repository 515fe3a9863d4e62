"""Observations of test files that passed, in one file in the user's cache."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from seenred.domain.observation import Observation, Outcome, Phase, SeenTest
from seenred.infrastructure.cache.text_store import MOST_BYTES, TextStore

# raised whenever what is written means something else
_FORMAT = 1


class ObservationStore:
    """Knows observations by their keys; whatever goes wrong, it only knows less.

    Args:
        folder: in the user's cache.
        scope: what every observation depends on besides its key: project, interpreter, packages.
        most_bytes: the longest unused go beyond that.
        now: seconds, whatever they are counted from.
    """

    def __init__(
        self,
        folder: Path,
        scope: str,
        *,
        most_bytes: int = MOST_BYTES,
        now: Callable[[], float] = time.time,
    ) -> None:
        file = folder / f"observations-{_FORMAT}.sqlite"
        self._texts = TextStore(file, "observation", scope, most_bytes=most_bytes, now=now)

    def recall(self, keys: Sequence[str]) -> Mapping[str, Observation]:
        """Those that are known, which are now the last used."""
        known = {key: _read(text) for key, text in self._texts.recall(keys).items()}
        return {key: observation for key, observation in known.items() if observation is not None}

    def keep(self, seen: Mapping[str, Observation]) -> None:
        """Know these from now on."""
        self._texts.keep({key: _written(each) for key, each in seen.items()})

    def connected(self) -> AbstractContextManager[sqlite3.Connection]:
        """The file, its changes kept together or not at all."""
        return self._texts.connected()


def _written(seen: Observation) -> str:
    tests = [[t.test_id, t.outcome, t.phase, t.reason, t.seconds] for t in seen.tests]
    return json.dumps({"selected": seen.selected, "tests": tests, "seconds": seen.seconds})


def _read(content: str) -> Observation | None:
    try:
        data: dict[str, Any] = json.loads(content)
        tests = tuple(
            SeenTest(test_id, Outcome(outcome), Phase(phase), None, reason, seconds)
            for test_id, outcome, phase, reason, seconds in data["tests"]
        )
        return Observation(tuple(data["selected"]), tests, seconds=data["seconds"])
    except (ValueError, TypeError, KeyError):
        return None
