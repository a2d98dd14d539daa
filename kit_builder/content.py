"""The toolkit's own YAML: trusted, written by us, read once in a process."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from kit_builder import paths


@cache
def read(name: str) -> Any:
    """The contents of `data/<name>`; callers must not change what they get."""
    with (paths.CONTENT / name).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=yaml.CSafeLoader)


CONTENT_FILES = (
    "questions",
    "checklists",
    "run-sheets",
    "introduction",
    "safer-space",
    "survey",
    "wording",
    "follow-up",
    "category-cards",
    "document-names",
    "labels",
    "sentences",
    "form",
)


def all_texts() -> dict[str, Any]:
    """Every content file under the name that templates use: `run-sheets.yml` is `content.run_sheets`."""
    return {name.replace("-", "_"): read(f"content/{name}.yml") for name in CONTENT_FILES}
