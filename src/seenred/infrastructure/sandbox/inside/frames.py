"""Lists of byte strings on a pipe: `<length>:<bytes>` for each."""

from __future__ import annotations

from collections.abc import Iterable


def pack(fields: Iterable[bytes]) -> bytes:
    """Join fields into one byte string that `unpack` takes apart again."""
    return b"".join(b"%d:%b" % (len(field), field) for field in fields)


def unpack(data: bytes) -> list[bytes]:
    """Take the fields apart.

    Raises:
        ValueError: the data is cut off or was not packed.
    """
    fields: list[bytes] = []
    at = 0
    while at < len(data):
        colon = data.index(b":", at)
        end = colon + 1 + int(data[at:colon])
        if end > len(data):
            raise ValueError("a field is cut off")
        fields.append(data[colon + 1 : end])
        at = end
    return fields
