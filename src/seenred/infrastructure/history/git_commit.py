"""Git's raw commit objects, read without any of git's settings."""

from __future__ import annotations

import re

from seenred.referee.proof.ports import Commit

_TRAILER = re.compile(r"^([A-Za-z0-9-]+): *(.*)$")


def parse_commit(name: str, raw: bytes) -> Commit:
    """A commit from the content of its object."""
    head, _, message = raw.partition(b"\n\n")
    headers = [line.partition(b" ") for line in head.split(b"\n") if not line.startswith(b" ")]
    values = {key: value for key, _, value in headers}
    text = _decoded(message, values.get(b"encoding", b"utf-8"))
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return Commit(
        name=name,
        subject=" ".join(paragraphs[0].split()) if paragraphs else "",
        parents=tuple(value.decode() for key, _, value in headers if key == b"parent"),
        author=_decoded(values.get(b"author", b""), b"utf-8").rpartition(" <")[0],
        trailers=_trailers(paragraphs[-1]) if len(paragraphs) > 1 else {},
    )


def _decoded(text: bytes, encoding: bytes) -> str:
    try:
        return text.decode(encoding.decode("ascii", "replace"), "replace")
    except LookupError:
        return text.decode("utf-8", "replace")


def _trailers(paragraph: str) -> dict[str, str]:
    """`Key: value` lines, when the whole paragraph is made of them."""
    matches = [_TRAILER.match(line) for line in paragraph.splitlines()]
    return {m[1]: m[2] for m in matches if m} if all(matches) else {}
