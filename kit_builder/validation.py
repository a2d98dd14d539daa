"""From a loaded file to a municipality: every complaint at its place, in one sentence."""

from __future__ import annotations

import difflib
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from kit_builder.loading import Source
from kit_builder.problems import Path, Problem
from kit_builder.schema import LocalText, MunicipalityFile


def validate(source: Source) -> tuple[MunicipalityFile | None, list[Problem]]:
    """The municipality that a file describes, and what is wrong with it; None where anything is wrong."""
    try:
        return MunicipalityFile.model_validate(source.value), []
    except ValidationError as error:
        return None, [_problem(source, details) for details in error.errors()]


def _problem(source: Source, details: Any) -> Problem:
    kind: str = details["type"]
    path: Path = tuple(part for part in details["loc"] if part != "[key]")
    if kind == "extra_forbidden":
        key = str(path[-1])
        known = known_keys(path[:-1])
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'?" if near else f"known here are {', '.join(known)}."
        return source.problem(
            path, "schema.unknown-key", f"The key '{key}' is not known here; {hint}", of_key=True
        )
    if kind == "missing":
        return source.problem(path[:-1], "schema.missing-key", f"The key '{path[-1]}' is missing here.")
    if kind == "literal_error":
        allowed = details["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        given = details["input"]
        if not isinstance(given, str):
            given = "this"
        return source.problem(path, "schema.value", f"'{given}' is not allowed here; allowed are {allowed}.")
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return source.problem(path, "schema.type", "A group of keys is expected here, one on each line.")
    if kind in ("tuple_type", "list_type"):
        return source.problem(
            path, "schema.type", "A list is expected here: each item on its own line after '- '."
        )
    if kind == "too_short":
        return source.problem(path, "schema.empty", "At least one value is expected here.")
    if kind == "too_long":
        limit = details["ctx"]["max_length"]
        return source.problem(
            path, "schema.too-many", f"The list is too long; at most {limit} items are read."
        )
    return source.problem(path, kind if "." in kind else "schema.value", details["msg"])


def known_keys(path: Path) -> list[str]:
    """The keys that the schema knows at a place in the file."""
    model: type[BaseModel] = MunicipalityFile
    for part in path:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None if issubclass(annotation, LocalText) else annotation
    for inner in get_args(annotation):
        if (found := _model_in(inner)) is not None:
            return found
    return None
