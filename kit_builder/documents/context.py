"""What a document's template may use. Templates know these names and no others (undefined names are errors)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kit_builder.languages import guidance_languages
from kit_builder.method import Method
from kit_builder.plan import Document
from kit_builder.schema import (
    DecisionMeeting,
    DiscussionMeeting,
    FollowUp,
    Municipality,
    MunicipalityFile,
    Round,
)
from kit_builder.voice import Voice, voice


@dataclass(frozen=True)
class Context:
    """Names for templates.

    document            what is made (id, languages, copies; `document.round` is None for a blank template)
    voices              how it speaks: one Voice for each language, the reader's first
    lead                the reader's Voice
    other               the official language's Voice beside it, or None
    unreviewed          the Voices that say that the paper has not been read by a human; empty once it has
    municipality        its Municipality; every value may be None in a blank template
    municipality_name   its name in the reader's language as bare text; "" in a blank template
    round, meeting, decision_meeting, follow_up   from the data; values may be None
    organisations       the organisations that hold the meeting or the round
    method              the method's rules and numbers
    logo                name of the municipality's logo among the assets, or None
    """

    document: Document
    voices: tuple[Voice, ...]
    lead: Voice
    other: Voice | None
    unreviewed: tuple[Voice, ...]
    municipality: Municipality
    municipality_name: str
    round: Round
    meeting: DiscussionMeeting
    decision_meeting: DecisionMeeting
    follow_up: FollowUp
    organisations: tuple[Any, ...]
    method: Method
    logo: str | None


def make_context(
    document: Document, file: MunicipalityFile | None, method: Method, logo: str | None
) -> Context:
    """The names for one document of a municipality, or (file None) for a blank template."""
    voices = tuple(voice(code) for code in document.languages)
    round_ = _round(file, document)
    meeting = _meeting(round_, document)
    municipality = file.municipality if file else _empty(Municipality, name=None, official_languages=())
    wanted = meeting.organisations if document.meeting else tuple(o.id for o in round_.organisations)
    return Context(
        document=document,
        voices=voices,
        lead=voices[0],
        other=voices[1] if len(voices) > 1 else None,
        unreviewed=_unreviewed(voices, municipality),
        municipality=municipality,
        municipality_name=voices[0].local_plain(municipality.name),
        round=round_,
        meeting=meeting,
        decision_meeting=round_.decision_meeting or _empty(DecisionMeeting),
        follow_up=round_.follow_up or _empty(FollowUp),
        organisations=tuple(o for o in round_.organisations if o.id in wanted),
        method=method,
        logo=logo,
    )


def _unreviewed(voices: tuple[Voice, ...], municipality: Municipality) -> tuple[Voice, ...]:
    """Who says that no human has read the paper's texts: its own languages, and one that staff can read."""
    if all(speaker.reviewed for speaker in voices):
        return ()
    known = guidance_languages()
    if any(speaker.code in known for speaker in voices):
        return voices
    return (*voices, *map(voice, municipality.official_languages[:1] or known[:2]))


def _empty(model: type[Any], **values: Any) -> Any:
    """A part of a municipality's file in which nothing is filled in."""
    return model.model_construct(
        **{name: None for name in model.model_fields if name not in values}, **values
    )


def _round(file: MunicipalityFile | None, document: Document) -> Round:
    if file is None:
        return Round(id="0")
    return next(round_ for round_ in file.rounds if round_.id == document.round)


def _meeting(round_: Round, document: Document) -> DiscussionMeeting:
    if document.meeting is None:
        empty: DiscussionMeeting = _empty(DiscussionMeeting, organisations=())
        return empty
    return round_.meeting(document.meeting)
