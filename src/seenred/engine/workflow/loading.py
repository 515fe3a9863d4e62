"""Whether a module can be loaded for its tests at all, asked before anything else is done."""

from __future__ import annotations

import builtins

from seenred.domain.execution import Answer, Outcome
from seenred.domain.finding import Trial
from seenred.engine.workflow.desk import Subject
from seenred.errors import EnvironmentLacks, UsageError
from seenred.referee.suite import Suite

# Raised by what a module does at import and cannot do in the sandbox, not by a defect of its code.
_EFFECTS = (OSError, EOFError, SystemExit, KeyboardInterrupt, MemoryError)


async def refuse_unloadable(subject: Subject, suite: Suite) -> None:
    """Check a module of the user's; a defect that shows at import is left for the run to repair.

    Raises:
        UsageError: `source-acts-at-import`, with the line.
        EnvironmentLacks: `source-import-missing`, a module that it imports is not here.
    """
    if subject.problem is not None:
        return
    (answer,) = await suite.answer(subject.text, [Trial(expression="None")])
    if answer.outcome is Outcome.UNLOADABLE:
        _refuse(subject.path, answer)


def _refuse(path: str, answer: Answer) -> None:
    kind, _, said = answer.error.partition(":")
    raised = getattr(builtins, kind, None)
    if raised is ModuleNotFoundError:
        raise EnvironmentLacks(
            "source-import-missing",
            f"{path} imports what is not installed here ({said.strip()}); install it beside "
            "Seenred, or give a file that stands alone.",
        )
    if not isinstance(raised, type) or issubclass(raised, _EFFECTS):
        where = f" in line {answer.line}" if answer.line else ""
        raise UsageError(
            "source-acts-at-import",
            f"{path} cannot be loaded for its tests{where}: {answer.error}; put what it does at "
            'import under `if __name__ == "__main__":`.',
        )
