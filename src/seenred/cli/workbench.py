"""What every command works with that judges the working tree."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from seenred.bootstrap.referee import Referee, Surroundings, open_referee
from seenred.cli.place import working_folder
from seenred.referee.audit.import_reach import ImportReach
from seenred.referee.audit.scope import chosen_files, suite_files
from seenred.referee.chosen_suite import chosen_suite
from seenred.referee.named_test import find_test, known_tests
from seenred.referee.proof.placed_test import path_of
from seenred.referee.working_change import WorkingChange, working_change


@dataclass(frozen=True, slots=True)
class Workbench:
    """A change and the referee that judges it.

    Attributes:
        known: first line of each test that was found by parsing.
        tests: ids of the tests that were asked about.
        suite: files and folders of the other tests that may be run; empty for all.
    """

    referee: Referee
    work: WorkingChange
    known: Mapping[str, int]
    tests: tuple[str, ...]
    suite: tuple[str, ...]

    def confined(self) -> Workbench:
        """Where a suite was chosen: with a referee that runs it, and the tests it is about."""
        if not self.suite:
            return self
        change, blobs = self.work.change, self.referee.blobs
        files = suite_files(change, blobs, self.work.layout)
        chosen = chosen_files(change, ImportReach(blobs), files, self.suite)
        asked = frozenset(path_of(test) for test in self.tests)
        return replace(self, referee=self.referee.confined_to(chosen | asked))


@asynccontextmanager
async def open_workbench(
    options: Mapping[str, Any], asked: Sequence[str] = ()
) -> AsyncIterator[Workbench]:
    """The working tree against what the options name, with a referee that runs what they choose.

    Args:
        asked: tests as a person names them.

    Raises:
        UsageError: no such revision, test or part of the suite, or several tests of that name.
    """
    around = Surroundings(options["python"], options["allow_loopback"], options["no_sandbox"])
    async with open_referee(working_folder(), around) as referee:
        base = options.get("base") or options.get("against")
        work = working_change(referee.history, referee.blobs, base)
        known = known_tests(work.change.tree, referee.blobs, work.layout)
        tests = tuple(find_test(each, known) for each in asked)
        suite = chosen_suite(options.get("suite", ()), work.change.tree)
        yield Workbench(referee, work, known, tests, suite).confined()
