"""What the report form asks, in every language: its questions, and the facts about the meeting and the group."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from kit_builder import content, translations
from kit_builder.documents.html import document_job
from kit_builder.languages import languages
from kit_builder.plan import Document, catalogue
from kit_builder.voice import voice

MEETING = "meeting"
LABELS = {
    MEETING: "The meeting",
    "meeting-day": "Day",
    "meeting-place": "Place",
    "meeting-group": "Group",
    "meeting-language": "Language of the meeting",
}
"""What the form tells of the meeting: the name of its field, and the label beside it (source texts)."""

COUNTRIES = "group-countries"
TICKS = {
    "group-women": ("women", "Gender: women"),
    "group-men": ("men", "Gender: men"),
    "group-young": ("young people", "Age: young people"),
    "group-working-age": ("people of working age", "Age: people of working age"),
    "group-older": ("older people", "Age: older people"),
    "group-years-under": (
        "less than %(years_in_finland)s years",
        "Time in Finland: less than %(years_in_finland)s years",
    ),
    "group-years-over": (
        "more than %(years_in_finland)s years",
        "Time in Finland: more than %(years_in_finland)s years",
    ),
}
"""What may be ticked of the group (seed, Introduction 3): the name of the box, the label beside it,
and what it says when it stands alone (source texts)."""


@dataclass(frozen=True)
class Question:
    """A question; `area` is None for the summarising one, `number` counts from 1 within an area."""

    id: str
    area: str | None
    number: int
    text: str


@cache
def questions() -> dict[str, Question]:
    """The questions by id, in the order in which they are asked."""
    data = content.read("content/questions.yml")
    found = [
        Question(question["id"], area["id"], number, question["text"])
        for area in data["areas"]
        for number, question in enumerate(area["questions"], 1)
    ]
    summary = data["summary"]
    return {question.id: question for question in [*found, Question(summary["id"], None, 1, summary["text"])]}


@cache
def field_names() -> frozenset[str]:
    """The names of all fields that a form can have."""
    return frozenset((*LABELS, COUNTRIES, *TICKS, *questions()))


def plain(text: str) -> str:
    """A text as it is compared: composed characters, single spaces, nothing unseen, small letters."""
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split()).casefold()


@cache
def _translated(texts: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, str]]:
    found = {}
    for id_, text in texts:
        for code in languages():
            if translations.find(text, code).language == code:
                found[plain(voice(code).plain(text))] = id_, code
    return found


def question_asked(text: str) -> tuple[str, str] | None:
    """The id of the question that a text asks, and in which language; None where it is none.

    A number before it ("1. ") does not matter."""
    asked = tuple((question.id, question.text) for question in questions().values())
    return _translated(asked).get(plain(re.sub(r"^\W*\d+\W+", "", text)))


def fact_labelled(text: str) -> str | None:
    """The name of the fact about the meeting that stands beside this label, in whichever language."""
    found = _translated(tuple(LABELS.items())).get(plain(text))
    return found[0] if found else None


def box_labelled(text: str) -> str | None:
    """The name of the box that stands beside this label, in whichever language."""
    found = _translated(tuple((name, label) for name, (label, _) in TICKS.items())).get(plain(text))
    return found[0] if found else None


@cache
def _titles() -> tuple[str, ...]:
    data = content.read("content/questions.yml")
    names = (*(area["name"] for area in data["areas"]), data["summary"]["name"])
    found = {plain(voice(code).plain(name)) for name in names for code in languages()}
    return tuple(sorted(found, key=lambda title: (-len(title), title)))


def starts_area(text: str) -> bool:
    """True for the title of an area or of the summarising question, in one language or in several."""
    return not _without(plain(text), _titles()).strip()


def _without(text: str, parts: tuple[str, ...]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return text


class _Texts(HTMLParser):
    """Collects the texts of a page's body."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._in_body = False

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        self._in_body |= tag == "body"

    def handle_data(self, data: str) -> None:
        if self._in_body and (text := plain(data)):
            self.found.add(text)


@cache
def _form_texts() -> tuple[str, ...]:
    """Every text that an empty form prints, in each language, the longest first."""
    reader = _Texts()
    for code in languages():
        blank = Document(catalogue()["report-form"], (code,), None, None, 0)
        reader.feed(document_job(blank, None).html)
    return tuple(sorted(reader.found, key=lambda text: (-len(text), text)))


@cache
def _form_text_set() -> frozenset[str]:
    return frozenset(_form_texts())


def is_form_text(text: str) -> bool:
    """True where a text stands in the empty form, in one language or in several beside each other."""
    rest = plain(text)
    if rest in _form_text_set():
        return True
    return not any(letter.isalpha() for letter in _without(rest, _form_texts()))
