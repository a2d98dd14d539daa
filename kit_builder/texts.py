"""Every text of a municipality's file, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kit_builder.problems import Path
from kit_builder.schema import LocalText


def every_text(part: Any, path: Path = ()) -> Iterator[tuple[Path, LocalText]]:
    """The texts for readers in a part of a file, in file order; `path` is the part's place."""
    if isinstance(part, LocalText):
        yield path, part
    elif isinstance(part, BaseModel):
        for key in type(part).model_fields:
            yield from every_text(getattr(part, key), (*path, key))
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from every_text(item, (*path, index))
