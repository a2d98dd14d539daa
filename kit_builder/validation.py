"""From a loaded file to a municipality: every complaint at its place, in one sentence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from kit_builder.characters import look_alike, name_of, shown
from kit_builder.loading import Source
from kit_builder.problems import MAX_PROBLEMS, Path, Problem, too_many
from kit_builder.schema import LocalText, MunicipalityFile
from kit_builder.sentences import say

_MISSING_SPACE = re.compile(r"[^\W\d][\w-]*:\S")


def validate(source: Source) -> tuple[MunicipalityFile | None, list[Problem]]:
    """The municipality that a file describes, and what is wrong with it; None where anything is wrong."""
    try:
        return MunicipalityFile.model_validate(source.value), []
    except ValidationError as error:
        found = sorted(
            error.errors(include_url=False), key=lambda details: source.place(_path(details), of_key=True)
        )
    told = [_problem(source, details) for details in found[:MAX_PROBLEMS]]
    if len(found) > MAX_PROBLEMS:
        place = source.place(_path(found[MAX_PROBLEMS]), of_key=True)
        told.append(too_many(source.file, place))
    return None, told


def _path(details: Any) -> Path:
    return tuple(part for part in details["loc"] if part != "[key]")


def _problem(source: Source, details: Any) -> Problem:
    kind: str = details["type"]
    given = details["input"]
    path = _path(details)
    key = str(path[-1]) if path else ""
    match kind:
        case "extra_forbidden":
            message = _unknown_key(key, path[:-1])
            return source.problem(path, "schema.unknown-key", message, of_key=True)
        case "missing":
            message = say("schema.missing-key", key=key, what=_description(path))
            return source.problem(path[:-1], "schema.missing-key", message)
        case "literal_error":
            return source.problem(path, "schema.value", _not_allowed(given, details["ctx"]["expected"]))
        case "model_type" | "dict_type":
            return source.problem(path, "schema.type", _keys_expected(given, path))
        case "tuple_type":
            message = f"A list is expected here, each item on its own line after '- ', {_instead(given)}."
            return source.problem(path, "schema.type", message)
        case "too_short":
            message = say("schema.empty-list", what=_description(path))
            return source.problem(path, "schema.empty", message)
        case "too_long":
            limit = details["ctx"]["max_length"]
            message = say("schema.too-many", count=len(given), limit=limit)
            return source.problem((*path, limit), "schema.too-many", message)
    known = "." in kind
    message = details["msg"].rstrip(".") if known else f"{_kind(given).capitalize()} can't be read here"
    return source.problem(path, kind if known else "schema.value", f"{message}{_hint(given)}.")


def _kind(given: Any) -> str:
    if isinstance(given, dict):
        return "a group of keys"
    if isinstance(given, list):
        return "a list"
    return "nothing" if given is None else f"'{shown(given)}'"


def _instead(given: Any) -> str:
    return "but nothing stands here" if given is None else f"not {_kind(given)}"


def _hint(given: Any) -> str:
    """What an eye does not see in a value that looks right: letters, digits and quotation marks of another kind."""
    if not isinstance(given, str) or given.isascii():
        return ""
    if re.search("^[“”„‟«»‘’]|[“”„‟«»‘’]$", given):
        return " (the quotation marks around it are curly; type straight ones)"
    if digit := next((letter for letter in given if letter.isdigit() and not letter.isascii()), None):
        return f" ('{digit}' here is {name_of(digit)}; type the digits 0 to 9)"
    return f" ({hint})" if (hint := look_alike(given)) else ""


def _not_allowed(given: Any, expected: str) -> str:
    allowed = ", ".join(re.findall("'([^']+)'", expected))
    if not isinstance(given, str):
        return f"One of the words {allowed} is expected here, {_instead(given)}."
    return say("schema.choice", given=shown(given), allowed=allowed + _hint(given))


def _keys_expected(given: Any, path: Path) -> str:
    if isinstance(given, str) and (slip := _MISSING_SPACE.match(given)):
        return f"A space is missing after the colon of '{shown(slip.group()[:-2])}'."
    if not path:
        return f"The file must begin with the keys municipality: and rounds:, not with {_kind(given)}."
    keys = known_keys(path)
    if not keys:
        return f"A group of keys is expected here, {_instead(given)}: {_description(path)}."
    such = f"such as {keys[0]}: and {keys[1]}:"
    return f"A group of keys {such} is expected here, each on a line of its own, {_instead(given)}."


def _unknown_key(key: str, path: Path) -> str:
    """The sentence about a key that the schema does not know at `path`: what was probably meant."""
    known = known_keys(path)
    plain = re.sub("[ -]", "_", key.casefold())
    near = difflib.get_close_matches(plain, known, n=1, cutoff=0.5)
    sure = difflib.get_close_matches(plain, known, n=1, cutoff=0.8)
    start = f"The key '{shown(key)}' is not known here;"
    if _MISSING_SPACE.match(key):
        return f"{start} write a space after its colon."
    if not sure and (homes := _homes().get(plain)):
        return f"{start} it belongs to {' or '.join(homes[:3])}."
    if near:
        return f"{start} did you mean '{near[0]}'{_hint(key)}?"
    return say("schema.unknown-key", key=shown(key), keys=", ".join(known))


@cache
def _homes() -> dict[str, list[str]]:
    """For each key, the groups of the file in which it is known."""
    homes: dict[str, list[str]] = {}

    def visit(model: type[BaseModel], name: str) -> None:
        for key, field in model.model_fields.items():
            if name not in homes.setdefault(key, []):
                homes[key].append(name)
            if inner := _model_in(field.annotation):
                visit(inner, f"'{key}'")

    visit(MunicipalityFile, "the first level of the file, without indentation")
    return homes


def _description(path: Path) -> str:
    """What the schema says about the key at `path`, with an example where it has one, as the end of a sentence."""
    field = next((field for field in _fields(path) if field.description), None)
    if field is None or field.description is None:
        return ""
    text = field.description
    text = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return say("schema.such-as", what=text, example=field.examples[0]) if field.examples else text


def _fields(path: Path) -> Iterator[FieldInfo]:
    """The schema's entries on the way to `path`, the last first."""
    model: type[BaseModel] | None = MunicipalityFile
    found: list[FieldInfo] = []
    for part in path:
        if isinstance(part, str) and model is not None:
            field = model.model_fields[part]
            found.append(field)
            model = _model_in(field.annotation)
    yield from reversed(found)


def known_keys(path: Path) -> list[str]:
    """The keys that the schema knows at a place in the file."""
    field = next(_fields(path), None)
    model = _model_in(field.annotation) if field else MunicipalityFile
    return list(model.model_fields) if model else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None if issubclass(annotation, LocalText) else annotation
    for inner in get_args(annotation):
        if (found := _model_in(inner)) is not None:
            return found
    return None
