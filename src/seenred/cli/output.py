"""The result of judging, in the format that was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.console import Console

from seenred.domain.audit import Audit
from seenred.domain.proof import Proof
from seenred.errors import UsageError


class Format(StrEnum):
    """For whom the result is printed."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Output:
    """How a result is printed.

    Attributes:
        explain: tell every proof in full.
    """

    format: Format
    explain: bool

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Output:
        """What the command line says.

        Raises:
            UsageError: `--json` with another format.
        """
        chosen = Format(options["output_format"] or (Format.JSON if options["as_json"] else "text"))
        if options["as_json"] and chosen is not Format.JSON:
            raise UsageError(
                "formats-several", f"--json and --output-format {chosen} exclude each other."
            )
        return cls(chosen, options["explain"])

    def show(
        self,
        judged: Audit | tuple[Proof, ...],
        text: Callable[[Console], None],
        lines: Mapping[str, int],
    ) -> None:
        """Print it on stdout.

        Args:
            text: prints it for a person.
            lines: first line of tests, by their ids.
        """
        if self.format in (Format.TEXT, Format.GITHUB):
            text(Console(highlight=False))
        if self.format is not Format.TEXT:
            print(_written(self.format, judged, lines), end="")


def _written(wanted: Format, judged: Audit | tuple[Proof, ...], lines: Mapping[str, int]) -> str:
    if wanted is Format.JSON:
        from seenred.interop.document import to_json

        return f"{to_json(judged)}\n"
    if wanted is Format.JUNIT:
        from seenred.interop.junit import junit

        return junit(judged)
    from seenred.interop.remark import remarks

    found = remarks(judged, lines)
    if wanted is Format.GITHUB:
        from seenred.interop.github import annotate

        return annotate(found)
    from seenred.interop.sarif import sarif

    head = judged.head if isinstance(judged, Audit) else ""
    return json.dumps(sarif(found, head), indent=2, ensure_ascii=False) + "\n"
