"""Which documents a municipality gets: in which language, on which paper, how many copies. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from kit_builder import content
from kit_builder.languages import guidance_languages, languages
from kit_builder.method import Method, decks, small_groups
from kit_builder.schema import DiscussionMeeting, MunicipalityFile, Round

STEPS = ("prepare", "discussion", "results", "decision", "follow-up")


class Entry(BaseModel):
    """One line of the catalogue data/documents.yml; its comments say what each key means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    audience: str = Field(alias="for")
    step: str
    per: str
    speaks: str
    needs: tuple[str, ...]
    paper: str
    copies: str
    sides: str
    colour: bool = False
    cut: bool = False
    formats: tuple[str, ...] = ("pdf",)


@cache
def catalogue() -> dict[str, Entry]:
    """The catalogue of documents by id, in the order in which they are needed."""
    return {
        id_: Entry.model_validate({"id": id_, **entry})
        for id_, entry in content.read("documents.yml").items()
    }


@dataclass(frozen=True)
class Document:
    """One paper to make. `round` and `meeting` are ids, None for a blank template; the first language is the
    reader's; `copies` is how many to print (0: it is shown, not printed)."""

    entry: Entry
    languages: tuple[str, ...]
    round: str | None
    meeting: str | None
    copies: int

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def language(self) -> str:
        return self.languages[0]

    @property
    def path(self) -> str:
        """Where the PDF lies, from the kit's (or the template folder's) root."""
        return self.path_as("pdf")

    def path_as(self, form: str) -> str:
        """Where the file of another format lies: "docx", "pptx" or "ics"."""
        folder = f"documents/{self.round}" if self.round else f"templates/{self.language}"
        return f"{folder}/{self._name}.{form}"

    @property
    def preview_path(self) -> str:
        """Where the picture of the PDF's first page lies: apart, so that a folder of papers holds papers alone."""
        return f"previews/{self.round or self.language}/{self._name}.webp"

    @property
    def _name(self) -> str:
        return ".".join([self.id, *([self.meeting] if self.meeting else []), self.language])


@dataclass(frozen=True)
class Waiting:
    """A document that can't be made yet, and what the data must say first (`needs`, an id)."""

    id: str
    round: str
    needs: str


@dataclass(frozen=True)
class Plan:
    """All documents of a municipality, in the order in which they are needed, and those that wait."""

    documents: tuple[Document, ...]
    waiting: tuple[Waiting, ...]


def plan(file: MunicipalityFile, method: Method) -> Plan:
    """The documents of every round of a municipality."""
    documents: list[Document] = []
    waiting: list[Waiting] = []
    for round_ in file.rounds:
        for entry in catalogue().values():
            missing = [need for need in entry.needs if not _has(round_, need)]
            if missing:
                waiting.append(Waiting(entry.id, round_.id, missing[0]))
                continue
            if entry.per == "meeting" and not all(map(_is_dated, round_.discussion_meetings)):
                waiting.append(Waiting(entry.id, round_.id, "all-meetings"))
            documents += _documents(entry, round_, file.municipality.official_languages, method)
    return Plan(tuple(documents), tuple(waiting))


def blank_templates(method: Method) -> tuple[Document, ...]:
    """Every document as an empty template, in every language in which it can be needed."""
    documents = []
    for entry in catalogue().values():
        for code in (
            guidance_languages() if entry.speaks in ("official", "official-together") else languages()
        ):
            documents.append(Document(entry, (code,), None, None, 1))
    return tuple(documents)


def _has(round_: Round, need: str) -> bool:
    """Whether a round's data hold what a document needs."""
    meeting = round_.decision_meeting
    return {
        "meetings": any(_is_dated(m) for m in round_.discussion_meetings),
        "findings": bool(round_.findings),
        "cards": bool(round_.cards()),
        "proposals": bool(round_.proposals),
        "decision-meeting": bool(meeting and meeting.date and meeting.start and meeting.place),
    }[need]


def _is_dated(meeting: DiscussionMeeting) -> bool:
    """A meeting whose papers can be made: its day, start and place are known."""
    return bool(meeting.date and meeting.start and meeting.place)


def _documents(entry: Entry, round_: Round, official: tuple[str, ...], method: Method) -> Iterator[Document]:
    if entry.per == "meeting":
        for meeting in filter(_is_dated, round_.discussion_meetings):
            spoken: tuple[str, ...] = (meeting.language,)
            if entry.speaks == "meeting+official" and meeting.language not in official:
                spoken = (meeting.language, official[0])
            copies = _meeting_copies(entry.copies, meeting, method)
            yield Document(entry, spoken, round_.id, meeting.id, copies)
        return
    if entry.speaks == "official-together":
        yield Document(
            entry, official, round_.id, None, _round_copies(entry.copies, round_, official, None, method)
        )
        return
    for code in official:
        copies = _round_copies(entry.copies, round_, official, code, method)
        yield Document(entry, (code,), round_.id, None, copies)
    if entry.speaks in ("official+groups", "leaders"):
        for code in _resident_languages(round_, official):
            copies = _round_copies(entry.copies, round_, official, code, method)
            yield Document(entry, (code, official[0]), round_.id, None, copies)


def _resident_languages(round_: Round, official: tuple[str, ...]) -> list[str]:
    """The meetings' languages that are not official ones, in the order of the meetings."""
    return list(dict.fromkeys(m.language for m in round_.discussion_meetings if m.language not in official))


def _participants(meeting: DiscussionMeeting, method: Method) -> int:
    return meeting.participants or method.costs.discussion_meeting.participants


def _leaders(meeting: DiscussionMeeting, method: Method) -> int:
    groups = small_groups(_participants(meeting, method), method)
    return meeting.leaders if meeting.leaders is not None else groups * method.small_group.leaders


def _secretaries(meeting: DiscussionMeeting, method: Method) -> int:
    groups = small_groups(_participants(meeting, method), method)
    return meeting.secretaries if meeting.secretaries is not None else groups * method.small_group.secretaries


def _meeting_copies(rule: str, meeting: DiscussionMeeting, method: Method) -> int:
    """How many copies one discussion meeting needs."""
    return {
        "participants": _participants(meeting, method),
        "leaders": _leaders(meeting, method),
        "secretaries": _secretaries(meeting, method),
        "leaders-and-coordinator": _leaders(meeting, method) + 1,
        "small-groups": small_groups(_participants(meeting, method), method),
    }[rule]


def _round_copies(
    rule: str, round_: Round, official: tuple[str, ...], code: str | None, method: Method
) -> int:
    """How many copies a round needs, in one language or (None) in all official ones on the same sheet."""
    if rule == "none":
        return 0
    if rule == "one":
        return 1
    if rule == "organisations":
        return max(1, len(round_.organisations)) if code == official[0] else 1
    if rule == "leaders-and-secretaries":
        meetings = [m for m in round_.discussion_meetings if m.language == code]
        return max(1, sum(_leaders(m, method) + _secretaries(m, method) for m in meetings))
    meeting = round_.decision_meeting
    if rule == "facilitators":
        return (meeting and meeting.facilitators) or 1
    if rule == "decks":
        return deck_copies(round_, official, code, method)
    if rule == "actions":
        return deck_copies(round_, official, code, method) * method.actions_per_group.high
    if rule == "decision-participants":
        if code not in official:
            invited = [m.invited_on for m in round_.discussion_meetings if m.language == code]
            return sum(method.invited_on.recommended.high if n is None else n for n in invited)
        return _decision_participants(round_, official, code, method)
    raise ValueError(f"data/documents.yml: there is no rule for copies called {rule!r}")


def deck_copies(round_: Round, official: tuple[str, ...], code: str | None, method: Method) -> int:
    """How many small groups need a deck: as the data say for each language, or one for about five people.

    Without numbers for each language, every group is counted for the first official language and one deck is
    made in each other one."""
    meeting = round_.decision_meeting
    if meeting and meeting.groups:
        return sum(meeting.groups.values()) if code is None else meeting.groups.get(code, 0)
    participants = (meeting and meeting.participants) or 0
    if participants and code in (None, official[0]):
        return decks(participants, method)
    return 1


def _decision_participants(round_: Round, official: tuple[str, ...], code: str | None, method: Method) -> int:
    meeting = round_.decision_meeting
    participants = (meeting and meeting.participants) or 1
    if code == official[0] and not (meeting and meeting.groups):
        return participants
    return min(participants, deck_copies(round_, official, code, method) * method.deck.group_size)
