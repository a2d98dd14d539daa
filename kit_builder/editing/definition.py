"""The form's fields, read from the schema of a municipality's file: the schema is the only list of fields.

A field is a dict for the browser: `key`, `kind` (the name that values.py gives to its kind of value, or "choice",
"group", "list" or "by-language") and `label`; where they apply also `required`, `empty` (it may be null), `example`,
`pattern`, `limit` (letters), `most` (items), `filled` (at least one item), `choices`, `refersTo` (the list of the round
from whose ids one chooses), `fields` (of a group), `item` (of a list)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kit_builder.schema import MunicipalityFile
from kit_builder.voice import Voice

PLAIN = {
    "pattern": "pattern",
    "maxLength": "limit",
    "maxItems": "most",
    "refersTo": "refersTo",
    "enum": "choices",
}
"""What JSON Schema says of a field → what the form calls it."""


def fields(voice: Voice) -> list[dict[str, Any]]:
    """The fields of the file's first level, with everything inside them, labelled in the language of `voice`."""
    schema = MunicipalityFile.model_json_schema()
    return _fields(schema, schema["$defs"], voice)


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the schema that the form shows, for translators, with the place where it stands."""
    schema = MunicipalityFile.model_json_schema()
    for model in (schema, *schema["$defs"].values()):
        for key, described in model.get("properties", {}).items():
            yield described["description"], f"{model['title']}.{key}"
            items = _whole(described, schema["$defs"]).get("items", {})
            if "$ref" in items:
                yield _whole(items, schema["$defs"])["title"], f"{model['title']}.{key}, one of them"


def _fields(model: dict[str, Any], defs: dict[str, Any], voice: Voice) -> list[dict[str, Any]]:
    needed = model.get("required", ())
    return [
        {"key": key, **_field(described, defs, voice), **({"required": True} if key in needed else {})}
        for key, described in model["properties"].items()
    ]


def _field(described: dict[str, Any], defs: dict[str, Any], voice: Voice) -> dict[str, Any]:
    whole = _whole(described, defs)
    label = described.get("description", whole.get("title", ""))
    field: dict[str, Any] = {"kind": _kind(whole), "label": voice.plain(label) if label else ""}
    if {"type": "null"} in described.get("anyOf", ()):
        field["empty"] = True
    field |= {name: whole[key] for key, name in PLAIN.items() if key in whole}
    if "examples" in described:
        field["example"] = described["examples"][0]
    if field["kind"] == "group":
        field["fields"] = _fields(whole, defs, voice)
    elif field["kind"] == "list":
        field["item"] = _field(whole["items"], defs, voice)
        if "minItems" in whole:
            field["filled"] = True
    elif field["kind"] == "by-language":
        (values,) = whole["patternProperties"].values()
        field["item"] = _field(values, defs, voice)
    return field


def _kind(whole: dict[str, Any]) -> str:
    if "kind" in whole:
        return str(whole["kind"])
    if "enum" in whole:
        return "choice"
    if "properties" in whole:
        return "group"
    return "list" if whole["type"] == "array" else "by-language"


def _whole(described: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """A field's schema with what it refers to put in its place; that it may be null too is left out."""
    if "kind" in described:
        return described
    branches = [branch for branch in described.get("anyOf", ()) if branch.get("type") != "null"]
    if branches:
        return {**_whole(branches[0], defs), **{k: v for k, v in described.items() if k != "anyOf"}}
    if "$ref" in described:
        name = described["$ref"].rsplit("/", 1)[1]
        return {**_whole(defs[name], defs), **{k: v for k, v in described.items() if k != "$ref"}}
    return described
