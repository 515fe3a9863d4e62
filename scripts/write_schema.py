"""Write docs/reference/proof.schema.json from the dataclasses; run it when they change."""

from __future__ import annotations

import json
from pathlib import Path

from seenred.interop.document import schema

TARGET = Path(__file__).resolve().parent.parent / "docs" / "reference" / "proof.schema.json"

if __name__ == "__main__":
    text = json.dumps(schema(), indent=2, ensure_ascii=False)
    TARGET.write_text(f"{text}\n", encoding="utf-8")
