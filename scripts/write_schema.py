"""Write the schemas in docs/reference from the dataclasses; run it when they change."""

from __future__ import annotations

import json
from pathlib import Path

from seenred.interop import cycle_document, document

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
SCHEMAS = {
    "proof.schema.json": document.schema,
    "cycles.schema.json": cycle_document.schema,
}

if __name__ == "__main__":
    for name, schema in SCHEMAS.items():
        text = json.dumps(schema(), indent=2, ensure_ascii=False)
        (FOLDER / name).write_text(f"{text}\n", encoding="utf-8")
