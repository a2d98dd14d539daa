"""A filled Word form: which text belongs to which question.

Word keeps the name of each field (a content control's tag); LibreOffice drops it and keeps the bookmark in the field;
other programs may keep neither, and then a text belongs to the question under which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from kit_builder.documents.report_form import Mark
from kit_builder.reports import form
from kit_builder.reports.limits import MAX_LOOSE, checked
from kit_builder.reports.report import Loose, RefusedError, Report
from kit_builder.reports.word_package import text_part, too_much

MAX_DEPTH = 150
MAX_PARAGRAPHS = 5_000
"""The form has about 200."""
TICKED = "☒☑✔✓✗✘🗹🗷"
SKIPPED = {
    "del",
    "moveFrom",
    "Fallback",
    "sectPr",
    "pPr",
    "rPr",
    "tblPr",
    "trPr",
    "tcPr",
    "sdtPr",
    "instrText",
}
"""What holds no text that is to be read: deleted text, the same drawing for older programs, looks."""


@dataclass(frozen=True)
class _Line:
    """A paragraph; `field` is the name of the form's field in which it stands, if any is known."""

    text: str
    field: str | None


@dataclass
class _Reading:
    """What has been read so far; `question` and `place` are the last question and text of the form."""

    facts: dict[str, list[str]] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)
    answers: dict[str, list[str]] = field(default_factory=dict)
    loose: list[Loose] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    question: str | None = None
    place: str = "the beginning"


def read(data: bytes, name: str) -> Report:
    """The report in a Word file's bytes; `name` is the file's. Raises RefusedError."""
    reading = _Reading()
    written = (line for line in _lines(text_part(data), None, 0) if line.text.strip())
    for number, line in enumerate(written, 1):
        if number > MAX_PARAGRAPHS:
            raise too_much()
        _take(reading, line)
    if not reading.languages and not reading.answers:
        raise RefusedError(
            "report.no-form",
            "The Word file has none of the report form's questions; send the filled form itself.",
        )
    texts = {key: "\n".join(lines).strip() for key, lines in {**reading.facts, **reading.answers}.items()}
    filled = {key: checked(text, key) for key, text in texts.items() if text}
    return Report(
        file=name,
        mark=Mark.read(filled.get(form.MEETING, "")),
        facts={key: filled[key] for key in (*form.LABELS, form.COUNTRIES) if key in filled},
        ticks=tuple(key for key in form.TICKS if key in reading.ticks),
        answers={key: filled[key] for key in form.questions() if key in filled},
        loose=tuple(reading.loose),
        labels=_labels(reading.languages),
    )


def _labels(languages: list[str]) -> str | None:
    """The language of the fields: Finnish or Swedish, where the questions stand in another one beside it."""
    official = [code for code in languages if code in ("fi", "sv")]
    return next(iter(official or languages), None)


def _take(reading: _Reading, line: _Line) -> None:
    text = line.text.strip()
    if line.field in form.TICKS:
        if any(sign in text for sign in TICKED):
            reading.ticks.add(line.field)
    elif line.field in form.questions():
        reading.answers.setdefault(line.field, []).append(text)
    elif line.field is not None:
        reading.facts.setdefault(line.field, []).append(text)
    else:
        _take_by_place(reading, text)


def _take_by_place(reading: _Reading, text: str) -> None:
    if asked := form.question_asked(text):
        reading.question, language = asked
        reading.languages.append(language)
    elif form.is_form_text(text):
        if text[0] in TICKED and (box := form.box_labelled(text[1:])):
            reading.ticks.add(box)
        if reading.question is None or form.starts_area(text):
            reading.question, reading.place = None, " ".join(text.split())[:60]
    elif reading.question is not None:
        reading.answers.setdefault(reading.question, []).append(text)
    elif len(reading.loose) < MAX_LOOSE:
        reading.loose.append(Loose(f"after '{reading.place}'", checked(text, reading.place)))


# Paragraphs and their fields


def _local(element: Element) -> str:
    """A tag without its namespace: Word has two for the same thing."""
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _local(child) == name), None)


def _lines(element: Element, name: str | None, depth: int) -> Iterator[_Line]:
    if depth > MAX_DEPTH:
        raise RefusedError("report.broken", "The Word file is nested too deeply to be read; save it again.")
    for child in element:
        kind = _local(child)
        if kind in SKIPPED:
            continue
        if kind == "p":
            yield from _paragraph(child, name, depth)
        elif kind == "tr":
            yield from _row(child, name, depth)
        elif kind == "tc":
            yield from _lines(child, name or _bookmarked(child), depth + 1)
        elif not _shows_placeholder(child):
            yield from _lines(child, _tagged(child) or name if kind == "sdt" else name, depth + 1)


def _row(row: Element, name: str | None, depth: int) -> Iterator[_Line]:
    """A row of a table: beside the label of a fact stands the fact."""
    lines = list(_lines(row, name, depth + 1))
    told = [line for line in lines if line.text.strip()]
    fact = form.fact_labelled(told[0].text) if told and told[0].field is None else None
    if fact is None:
        yield from lines
        return
    yield from (line if line is told[0] else replace(line, field=line.field or fact) for line in lines)


def _known_field(name: str) -> str | None:
    return name if name in form.field_names() else None


def _tagged(control: Element) -> str | None:
    """The name of a content control, where it is a field of the form."""
    about = _child(control, "sdtPr")
    tag = _child(about, "tag") if about is not None else None
    return _known_field(_attribute(tag, "val")) if tag is not None else None


def _shows_placeholder(control: Element) -> bool:
    """Whether a content control is empty: what stands in it is Word's own "Click or tap here to enter text"."""
    about = _child(control, "sdtPr")
    return about is not None and _child(about, "showingPlcHdr") is not None


def _bookmarked(element: Element) -> str | None:
    """The field whose bookmark stands in an element, where it is the only one."""
    marks = (found for found in element.iter() if _local(found) == "bookmarkStart")
    names = {_known_field(_attribute(mark, "name").replace("_", "-")) for mark in marks} - {None}
    return names.pop() if len(names) == 1 else None


def _paragraph(paragraph: Element, name: str | None, depth: int) -> Iterator[_Line]:
    name = name or _inner_field(paragraph) or _bookmarked(paragraph)
    boxes: list[Element] = []
    text = "".join(_runs(paragraph, boxes, depth))
    if any(
        _local(found) == "checked" and _attribute(found, "val") in ("1", "true") for found in paragraph.iter()
    ):
        text = f"{TICKED[0]}{text}"
    yield _Line(text, name)
    for box in boxes:
        yield from _lines(box, None, depth + 1)


def _inner_field(paragraph: Element) -> str | None:
    controls = (found for found in paragraph.iter() if _local(found) == "sdt")
    return next((name for control in controls if (name := _tagged(control))), None)


def _runs(element: Element, boxes: list[Element], depth: int) -> Iterator[str]:
    """The texts of a paragraph; text boxes are set aside in `boxes`."""
    if depth > MAX_DEPTH:
        raise RefusedError("report.broken", "The Word file is nested too deeply to be read; save it again.")
    for child in element:
        kind = _local(child)
        if kind == "t":
            yield child.text or ""
        elif kind in ("br", "cr"):
            yield "\n"
        elif kind == "tab":
            yield " "
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind == "txbxContent":
            boxes.append(child)
        elif kind not in SKIPPED and not _shows_placeholder(child):
            yield from _runs(child, boxes, depth + 1)
