"""The results as a deck for office programs: the slides of documents/results.py, with what their speaker says."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from kit_builder import content, schedule
from kit_builder.documents.context import Context
from kit_builder.documents.html import title
from kit_builder.documents.results import SlideGeometry, slides
from kit_builder.render.slides.deck import (
    AreaSlide,
    Column,
    Columns,
    Deck,
    OpeningSlide,
    Paragraph,
    Run,
    StepsSlide,
    TableSlide,
)
from kit_builder.voice import Voice

TO_FILL_IN = "…"
"""What stands on a slide where the data say nothing."""


def results_deck(context: Context, logo: bytes | None) -> Deck:
    """The slides of the results, or (for a blank template) the same slides without a word of any group.

    `logo` is the municipality's logo as PNG."""
    found = slides(context)
    lead = context.lead
    name, place = title(context.document, context), _clean(context.municipality_name)
    areas = tuple((area, lead.plain(found["area_names"][area])) for area in context.method.areas)
    prompts = {
        "opening": name,
        "table": lead.plain("Whom did we hear?"),
        "steps": lead.plain("What happens next?"),
        "under": lead.plain("Municipality"),
        "group": lead.plain("Group"),
        "findings": lead.plain("Results"),
    }
    footer = [_name(lead)]
    footer += [words(speaker.review_line, speaker) for speaker in context.unreviewed]
    return Deck(
        language=lead.code,
        title=f"{name} – {place}" if place else name,
        author=place or "meeting-kit",
        name=place,
        logo=logo,
        footer=tuple(footer),
        areas=areas,
        prompts=tuple(prompts.items()),
        columns=_columns(found["geometry"]),
        slides=(
            _opening(context, found),
            *_meetings(context, found),
            *_areas(context, found),
            _next_steps(context, found),
        ),
    )


def _name(lead: Voice) -> Paragraph:
    return words(lead.gettext(content.read("content/document-names.yml")["results"]), lead)


def _columns(geometry: SlideGeometry) -> Columns:
    widths = tuple(geometry.width(count) for count in range(1, geometry.most_columns + 1))
    return Columns(widths, geometry.column_gap, geometry.body_height, geometry.indent)


def _opening(context: Context, found: dict[str, Any]) -> OpeningSlide:
    lead, day = context.lead, context.decision_meeting.date
    is_blank = context.document.round is None
    under = [words(lead.blank() if is_blank else lead.local(context.municipality.name), lead)]
    if day or is_blank:
        meeting = words(lead.gettext("The decision-makers’ meeting"), lead)
        under.append((*meeting, Run(" ", lead.code), *_bold(words(lead.date(day), lead))))
    by: Paragraph = ()
    if context.organisations:
        names = lead.items(found["names"](lead))
        by = words(lead.gettext("The discussion meetings were arranged by:") + " " + names, lead)
    return OpeningSlide(
        title=_name(lead),
        under=tuple(under),
        by=by,
        notes=_step_notes(context, found["steps"]["opening"]),
    )


def _meetings(context: Context, found: dict[str, Any]) -> list[TableSlide]:
    """Which groups were heard, on as many slides as they need."""
    lead = context.lead
    head = tuple(words(lead.gettext(text), lead) for text in ("Group", "Language of the meeting", "Date"))
    step = found["steps"]["results"]
    made = []
    for number, meetings in enumerate(found["meeting_slides"] or [found["blank_rows"]]):
        name = "Whom did we hear? (continues)" if number else "Whom did we hear?"
        rows = [
            (
                words(lead.local(held.group), lead),
                words(lead.language_name(held.language), lead),
                words(lead.date(held.date), lead) if held.date else (),
            )
            if context.document.round
            else ((), (), ())
            for held in meetings
        ]
        made.append(
            TableSlide(
                title=words(lead.gettext(name), lead),
                said=() if number else words(lead.gettext(step["say"]), lead),
                head=head,
                rows=tuple(rows),
                notes=_step_notes(context, step),
                path="discussion_meetings",
            )
        )
    return made


def _areas(context: Context, found: dict[str, Any]) -> list[AreaSlide]:
    lead, names = context.lead, found["area_names"]
    notes = (words(lead.gettext(found["steps"]["results"]["text"]), lead),)
    if context.document.round is None:
        empty = tuple(Column((), ()) for _ in found["blank_columns"])
        return [
            AreaSlide(area, words(lead.gettext(names[area]), lead), empty, notes, "")
            for area in context.method.areas
        ]
    made = []
    for slide in found["slides"]:
        name = lead.gettext(names[slide.area])
        if slide.continues:
            name = lead.gettext("%(area)s (continues)", area=name)
        columns = []
        for column in slide.columns:
            group = lead.local(column.group)
            if column.continues:
                group = lead.gettext("%(group)s (continues)", group=group)
            told = tuple(words(lead.local(told.text), lead) for told in column.findings)
            columns.append(Column(words(group, lead), told))
        made.append(AreaSlide(slide.area, words(name, lead), tuple(columns), notes, slide.longest))
    return made


def _next_steps(context: Context, found: dict[str, Any]) -> StepsSlide:
    lead, step = context.lead, found["steps"]["discussion"]
    notes = list(_step_notes(context, step))
    for part in step["substeps"]:
        notes += [_bold(words(lead.gettext(part["name"]), lead)), words(lead.gettext(part["say"]), lead)]
    return StepsSlide(
        title=words(lead.gettext("What happens next?"), lead),
        said=words(lead.gettext(step["say"]), lead),
        steps=tuple(words(lead.gettext(part["name"]), lead) for part in step["substeps"]),
        notes=tuple(notes),
    )


def _step_notes(context: Context, step: dict[str, Any]) -> tuple[Paragraph, ...]:
    """What the run sheet says of a step: when, who speaks, what to say first, and what to do."""
    lead = context.lead
    slots = schedule.decision_programme(context.decision_meeting.start, context.method)
    slot = next(slot for slot in slots if slot.step == step["id"])
    name = lead.gettext(step["name"])
    if slot.start:
        name = lead.times(slot.start, slot.end) + " " + name
    return (
        _bold(words(name, lead)),
        words(lead.gettext(step["who"]), lead),
        (*_bold(words(lead.gettext("Say first") + ": ", lead)), *words(lead.gettext(step["say"]), lead)),
        words(lead.gettext(step["text"]), lead),
    )


def _bold(paragraph: Paragraph) -> Paragraph:
    return tuple(Run(run.text, run.language, bold=True) for run in paragraph)


def words(text: Markup, voice: Voice) -> Paragraph:
    """What a voice says, as runs of one language each; a line to write on becomes TO_FILL_IN."""
    parser = _Parser(voice.code)
    parser.feed(str(text))
    parser.close()
    return tuple(Run(part, language) for language, part in parser.parts if part)


class _Parser(HTMLParser):
    """Collects the texts of HTML with the language of each."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.languages = [language]
        self.parts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.languages.append(values.get("lang") or self.languages[-1])
        if "blank" in (values.get("class") or "").split():
            self.handle_data(TO_FILL_IN)

    def handle_endtag(self, tag: str) -> None:
        self.languages.pop()

    def handle_data(self, data: str) -> None:
        language, text = self.languages[-1], _clean(data)
        if self.parts and self.parts[-1][0] == language:
            text = self.parts.pop()[1] + text
        self.parts.append((language, text))


def _clean(text: str) -> str:
    """The text without control characters, which the files of office programs cannot hold."""
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs", "Cn"))
