"""What a website is made from. Everything a page may show is here; a page reads nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kit_builder.decided import Decided
from kit_builder.languages import languages
from kit_builder.plan import Document, Plan
from kit_builder.schema import DiscussionMeeting, MunicipalityFile, Round


@dataclass(frozen=True)
class MadeFile:
    """A file to download: its format ("pdf", "docx" …), `path` from the site's root, `bytes` of size."""

    form: str
    path: str
    bytes: int


@dataclass(frozen=True)
class Preview:
    """A picture of a document's first page: `path` from the site's root, its width and height in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True)
class MadeDocument:
    """A document in all its formats, the PDF first; `pages` of paper."""

    document: Document
    pages: int
    files: tuple[MadeFile, ...]
    preview: Preview


@dataclass(frozen=True)
class KitEntry:
    """A published kit in the toolkit's list: its id, its name by official language, its languages, the day from
    which it is, where its file has errors now, and what was decided."""

    id: str
    names: dict[str, str]
    languages: tuple[str, ...]
    since: dt.date | None
    decided: tuple[Decided, ...]


@dataclass(frozen=True)
class SiteInput:
    """One website: a municipality's kit, or (`file` None) the toolkit.

    `made` are its documents, `kits` the published kits, `languages` the pages' languages, the main one first;
    `calendars` are the addresses of the rounds' calendars by round and language."""

    file: MunicipalityFile | None
    plan: Plan
    made: tuple[MadeDocument, ...]
    kits: tuple[KitEntry, ...]
    languages: tuple[str, ...]
    calendars: dict[tuple[str, str], str]

    @property
    def round(self) -> Round | None:
        """The round that the pages speak of: the latest; None in the toolkit."""
        return self.file.rounds[-1] if self.file else None

    @property
    def resident_languages(self) -> tuple[str, ...]:
        """Languages that have a page for residents: those of the round's meetings, or in the toolkit all."""
        spoken = [m.language for m in self.round.discussion_meetings] if self.round else languages()
        return tuple(dict.fromkeys(code for code in spoken if code not in self.languages))

    @property
    def all_languages(self) -> tuple[str, ...]:
        """Every language that has a page here."""
        return (*self.languages, *self.resident_languages)

    @property
    def documents(self) -> tuple[MadeDocument, ...]:
        """The files of that round, or the toolkit's blank templates."""
        wanted = self.round.id if self.round else None
        return tuple(made for made in self.made if made.document.round == wanted)

    def files_of(self, document_id: str) -> list[MadeDocument]:
        """Those of one document."""
        return [made for made in self.documents if made.document.id == document_id]

    @property
    def meetings_by_day(self) -> list[DiscussionMeeting]:
        """The round's discussion meetings in the order of their days; those without a day come last."""
        held = self.round.discussion_meetings if self.round else ()
        return sorted(held, key=lambda meeting: meeting.date or dt.date.max)
