"""A filled PDF form: the values of its fields. Scripts are never run, pages are never drawn."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from kit_builder.documents.report_form import Mark
from kit_builder.reports import form
from kit_builder.reports.limits import MAX_LOOSE, checked
from kit_builder.reports.report import Loose, RefusedError, Report

MAX_PAGES = 60
"""The form has about ten."""
MAX_FIELDS = 500
"""The form has about twenty-five."""

logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False  # what it mends in a file says nothing to people


@dataclass
class _Raw:
    """What stands in the file: values and labels of the fields by name, notes by page, keywords."""

    values: dict[str, str] = field(default_factory=dict)
    ticked: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    notes: list[Loose] = field(default_factory=list)
    keywords: str = ""
    has_script: bool = False


def read(data: bytes, name: str) -> Report:
    """The report in a PDF's bytes; `name` is the file's. Raises RefusedError."""
    try:
        raw = _raw(pypdf.PdfReader(io.BytesIO(data)))
    except RefusedError:
        raise
    except (Exception, RecursionError) as error:  # whatever a broken file makes pypdf stumble over
        raise RefusedError(
            "report.broken", "The PDF is broken and can't be read; save the form again or ask for a new copy."
        ) from error
    known = form.field_names()
    if not known & raw.labels.keys():
        raise RefusedError(
            "report.no-form",
            "The PDF has none of the report form's fields; a form that was scanned or printed to PDF can't be read. "
            "Send the file in which the form was filled.",
        )
    asked = [form.question_asked(label) for label in raw.labels.values()]
    texts = {key: checked(value, key).strip() for key, value in raw.values.items()}
    filled = {key: value for key, value in texts.items() if value}
    unknown = [Loose(f"field '{key}'", value) for key, value in filled.items() if key not in known]
    return Report(
        file=name,
        mark=Mark.read(raw.keywords),
        facts={key: filled[key] for key in (*form.LABELS, form.COUNTRIES) if key in filled},
        ticks=tuple(key for key in form.TICKS if key in raw.ticked),
        answers={key: filled[key] for key in form.questions() if key in filled},
        loose=tuple([*unknown, *raw.notes][:MAX_LOOSE]),
        labels=next((found[1] for found in asked if found), None),
        remarks=("The PDF holds a script, which was not run.",) if raw.has_script else (),
    )


def _raw(reader: pypdf.PdfReader) -> _Raw:
    if reader.is_encrypted:
        raise RefusedError(
            "report.protected", "The PDF is protected by a password; save it without one and send it again."
        )
    root = _dictionary(reader.trailer["/Root"])
    pages = _dictionary(root.get("/Pages")).get("/Count", 0)
    if not isinstance(pages, int) or pages > MAX_PAGES:
        raise RefusedError(
            "report.too-many-pages",
            f"The PDF has {pages} pages, and at most {MAX_PAGES} are read; send the filled form alone.",
        )
    acro_form = _dictionary(root.get("/AcroForm"))
    if "/XFA" in acro_form:
        raise RefusedError(
            "report.xfa",
            "The PDF is a form of another kind (XFA), not the kit's; fill in the kit's report form.",
        )
    raw = _Raw()
    raw.has_script = _has_script(root)
    raw.keywords = _keywords(reader)
    for key, entry in _fields(acro_form):
        _take(raw, key, entry)
    for number, page in enumerate(reader.pages, 1):
        if number > MAX_PAGES:
            break
        raw.notes += [Loose(f"a note on page {number}", checked(text, "a note")) for text in _notes(page)]
    return raw


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _dictionary(value: Any) -> DictionaryObject:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _list(value: Any) -> list[Any]:
    found = _resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []


def _text(value: Any) -> str:
    found = _resolved(value)
    if isinstance(found, StreamObject):
        found = found.get_data()
    if isinstance(found, bytes):
        return found.decode("utf-8", "replace")
    return str(found) if isinstance(found, str) else ""


def _fields(acro_form: DictionaryObject) -> Iterator[tuple[str, DictionaryObject]]:
    """Every field that can hold a value, by its full name; a tree that goes in circles ends."""
    waiting = [("", entry) for entry in reversed(_list(acro_form.get("/Fields")))]
    met: set[int] = set()
    while waiting:
        above, entry = waiting.pop()
        found = _dictionary(entry)
        if id(found) in met:
            continue
        met.add(id(found))
        if len(met) > MAX_FIELDS:
            raise RefusedError(
                "report.too-many-fields",
                f"The PDF has more than {MAX_FIELDS} fields; it is not the kit's report form.",
            )
        own = _text(found.get("/T"))
        name = ".".join(part for part in (above, own) if part)
        inner = [kid for kid in _list(found.get("/Kids")) if "/T" in _dictionary(kid)]
        if inner:
            waiting += [(name, kid) for kid in reversed(inner)]
        elif name:
            yield name, found


def _take(raw: _Raw, name: str, entry: DictionaryObject) -> None:
    value = _resolved(entry.get("/V"))
    raw.labels[name] = _text(entry.get("/TU"))
    if entry.get("/FT") == "/Btn" or isinstance(value, NameObject):
        states = [
            value,
            entry.get("/AS"),
            *(_dictionary(kid).get("/AS") for kid in _list(entry.get("/Kids"))),
        ]
        if any(isinstance(state, NameObject) and state != "/Off" for state in states):
            raw.ticked.append(name)
        return
    raw.values[name] = _text(value).replace("\r\n", "\n").replace("\r", "\n")


def _keywords(reader: pypdf.PdfReader) -> str:
    value = _resolved(_dictionary(reader.trailer.get("/Info")).get("/Keywords"))
    return _text(value[0]) if isinstance(value, ArrayObject) and value else _text(value)


def _has_script(root: DictionaryObject) -> bool:
    opening = _dictionary(root.get("/OpenAction")).get("/S")
    return "/JavaScript" in _dictionary(root.get("/Names")) or "/AA" in root or opening == "/JavaScript"


def _notes(page: DictionaryObject) -> Iterator[str]:
    """What was typed on the page beside its fields, as text or as a comment."""
    for entry in _list(page.get("/Annots"))[:MAX_FIELDS]:
        note = _dictionary(entry)
        text = _text(note.get("/Contents")).strip()
        if note.get("/Subtype") in ("/FreeText", "/Text") and text:
            yield " ".join(text.split())
