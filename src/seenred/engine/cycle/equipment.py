"""Everything that cycles may use, whatever they are run for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from seenred.domain.cycle_event import CycleListener
from seenred.domain.proof import Proof
from seenred.domain.tree import Entry, Tree
from seenred.engine.asking import Asker
from seenred.engine.commands import CycleCommand
from seenred.engine.cycle.ports import Checks, Person, SymbolCache, Workshop
from seenred.engine.cycle.reviewing import Reviewing
from seenred.engine.ports import Steps
from seenred.referee.proof.ports import Blobs, SuiteRunner


@dataclass(frozen=True, slots=True)
class Court:
    """Where proposals are judged.

    Attributes:
        runner: keeps prepared processes.
        recollecting: the runner, which knows what has passed and cannot have changed since: enough
            for what the certifier runs anew before it is committed.
        certifier: runs each check cold.
    """

    runner: SuiteRunner
    recollecting: SuiteRunner
    certifier: SuiteRunner
    blobs: Blobs

    def text(self, tree: Tree, path: str) -> str:
        """A file of a tree; "" where it has none, or none that is UTF-8."""
        entry = tree.files.get(path)
        content = self.blobs.read(entry.blob) if entry and not entry.link else b""
        return content.decode(errors="replace")

    def changed(self, tree: Tree, texts: Mapping[str, str]) -> Tree:
        """The tree with these files written, their modes kept."""
        return tree.with_changes({path: self._entry(tree, path, t) for path, t in texts.items()})

    def _entry(self, tree: Tree, path: str, text: str) -> Entry:
        before = tree.files.get(path)
        return Entry(self.blobs.add(text.encode()), bool(before and before.executable))


@dataclass(slots=True)
class Equipment:
    """What a command that runs cycles has opened.

    Attributes:
        reviewing: makes the reviews of one change.
        documented: proofs as a JSON document.
    """

    command: CycleCommand
    court: Court
    workshop: Workshop
    asker: Asker
    steps: Steps
    checks: Checks
    person: Person
    reviewing: Callable[[], Reviewing]
    symbols: SymbolCache
    listener: CycleListener
    documented: Callable[[tuple[Proof, ...]], str]
