"""What modules define, by the names of their blobs, in one file in the user's cache."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from seenred.domain.symbol import ModuleSymbols, Symbol, SymbolKind
from seenred.infrastructure.cache.text_store import MOST_BYTES, TextStore

# raised whenever what is written, or what is read out of a module, means something else
_FORMAT = 2


class SymbolStore:
    """Knows what modules define; whatever goes wrong, it only knows less.

    Args:
        folder: in the user's cache.
        most_bytes: the longest unused go beyond that.
        now: seconds, whatever they are counted from.
    """

    def __init__(
        self,
        folder: Path,
        *,
        most_bytes: int = MOST_BYTES,
        now: Callable[[], float] = time.time,
    ) -> None:
        # an interpreter reads only what it knows of the language
        scope = ".".join(map(str, sys.version_info[:2]))
        file = folder / f"symbols-{_FORMAT}.sqlite"
        self._texts = TextStore(file, "module", scope, most_bytes=most_bytes, now=now)

    def recall(self, blobs: Sequence[str]) -> Mapping[str, ModuleSymbols]:
        """Those that are known."""
        known = {blob: _read(text) for blob, text in self._texts.recall(blobs).items()}
        return {blob: module for blob, module in known.items() if module is not None}

    def keep(self, found: Mapping[str, ModuleSymbols]) -> None:
        """Know these from now on."""
        self._texts.keep({blob: _written(module) for blob, module in found.items()})


def _written(module: ModuleSymbols) -> str:
    rows = [
        [s.name, s.kind, s.first, s.last, s.signature, s.summary, " ".join(s.uses)]
        for s in module.symbols
    ]
    return json.dumps([rows, module.imports, module.skimmed])


def _read(text: str) -> ModuleSymbols | None:
    try:
        data: list[Any] = json.loads(text)
        rows, imports, skimmed = data
        symbols = tuple(
            Symbol(name, _KINDS[kind], first, last, signature, summary, tuple(uses.split()))
            for name, kind, first, last, signature, summary, uses in rows
        )
        bindings = tuple((bound, target) for bound, target in imports)
        return ModuleSymbols(symbols, bindings, bool(skimmed))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


_KINDS = {kind.value: kind for kind in SymbolKind}
