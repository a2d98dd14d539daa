"""The invitation that the form shows while it is filled in: the real template, with slots where the data stand.

The browser can't run the template, so that it is run here for every case in which its words differ: the language, the
official language beside it, an address, childcare, and how one signs up. What only stands there or not is told by its
slot: a paragraph whose slot stays empty is left out."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from markupsafe import Markup

from kit_builder import paths
from kit_builder.documents import invitations
from kit_builder.documents.context import Context, make_context
from kit_builder.documents.html import environment, title
from kit_builder.languages import guidance_languages
from kit_builder.method import load_method
from kit_builder.plan import Document, catalogue
from kit_builder.schema import Contact, DiscussionMeeting, LocalText, Municipality, Organisation, Place, Round
from kit_builder.voice import Voice

ID = "invitation-discussion"
OFFICIAL = tuple(guidance_languages()[:2])
SIGN_UP = ("none", "link", "link-and-day")
BODY = re.compile(r"<body.*</body>", re.DOTALL)
CODE = re.compile(r"<p class=\"code\"[^>]*><img src=\"kit:qr\.svg\"[^>]*>")
LINK = re.compile(r"<a href=[^>]*>.*?</a>", re.DOTALL)
DAY, TIME = dt.date(2024, 1, 1), dt.time(0, 1)


class SlotVoice(Voice):
    """A voice that leaves a slot where it would say a date, a time or a text of the file."""

    def local(self, text: LocalText | None, *preferred: str) -> Markup:
        """A slot of the text's own name."""
        return _slot(text.root["*"]) if text else super().local(text, *preferred)

    def date(self, day: dt.date | None) -> Markup:
        return _slot("date", self.code)

    def short_date(self, day: dt.date | None) -> Markup:
        return _slot("register_by", self.code)

    def time(self, time: dt.time | None) -> Markup:
        return _slot("doors", self.code)

    def times(self, start: dt.time | None, end: dt.time | None) -> Markup:
        return _slot("times", self.code)

    def items(self, parts: Any) -> Markup:
        """The only list of an invitation is that of the organisations."""
        list(parts)
        return _slot("organisations", self.code)


@cache
def _slot_voice(code: str) -> SlotVoice:
    return SlotVoice(code)


def _slot(name: str, code: str = "") -> Markup:
    spoken = Markup(' data-voice="{}"').format(code) if code else ""
    return Markup('<bdi data-slot="{}"{}></bdi>').format(name, spoken)


@dataclass(frozen=True)
class Case:
    """What an invitation says: in which languages, and whether there is an address, childcare, a sign-up."""

    codes: tuple[str, ...]
    address: bool
    childcare: bool
    sign_up: str

    @property
    def name(self) -> str:
        """As the browser asks for it: "fi address childcare link" is with Finnish beside it; "-" is without."""
        beside = self.codes[1] if len(self.codes) > 1 else "-"
        address, childcare = ("address" if self.address else "-"), ("childcare" if self.childcare else "-")
        return f"{beside} {address} {childcare} {self.sign_up}"


@cache
def invitations_in(code: str) -> dict[str, str]:
    """The invitation to a meeting in the language, as HTML of its body, by the name of each case."""
    cases = itertools.starmap(Case, itertools.product(_codes(code), (True, False), (True, False), SIGN_UP))
    return {case.name: _body(case) for case in cases}


def _codes(code: str) -> Iterator[tuple[str, ...]]:
    """The language with the official ones that may stand beside it, as the plan of documents has it."""
    yield from ((code, other) for other in OFFICIAL if other != code)
    if code in OFFICIAL:
        yield (code,)


def _body(case: Case) -> str:
    codes = case.codes
    document = Document(catalogue()[ID], codes, "0", None, 1)
    voices = tuple(map(_slot_voice, codes))
    meeting = _meeting(case)
    context = replace(
        _context(document, codes),
        voices=voices,
        lead=voices[0],
        other=voices[1] if voices[1:] else None,
        round=Round.model_construct(id="0", discussion_meetings=(meeting,)),
        meeting=meeting,
    )
    # The code of an address is nothing to look at before there is an address: a box stands in its place.
    unsigned = meeting.model_copy(update={"register_url": None})
    extras = {**invitations.discussion(replace(context, meeting=unsigned)), "qr_width": 0}
    template = environment().get_template(f"documents/{ID}.html")
    values = {name: getattr(context, name) for name in Context.__dataclass_fields__}
    html = template.render(**values, **extras, styles="", running=True, title=title(document, context))
    found = BODY.search(html)
    assert found
    body = CODE.sub('<p class="code"><span class="qr" aria-hidden="true">QR</span>', found[0])
    return re.sub(r"\n\s*", "\n", LINK.sub(_slot("register_url"), body))


def _context(document: Document, codes: tuple[str, ...]) -> Context:
    """What a template may use, for a municipality and an organisation of which only the names of slots are known."""
    blank = replace(document, round=None)
    context = make_context(blank, None, load_method(), None)
    municipality = Municipality.model_construct(
        id="",
        name=_named("municipality"),
        official_languages=codes[-1:],
        contact=Contact.model_construct(
            name=_slot("contact"), title=None, email=None, phone=None, publish=True
        ),
        logo=None,
    )
    organisation = Organisation.model_construct(id="o", name=_named("organisation"), contact=None)
    return replace(
        context,
        document=document,
        municipality=municipality,
        municipality_name=_slot("municipality"),
        organisations=(organisation,),
    )


def _meeting(case: Case) -> DiscussionMeeting:
    place = Place.model_construct(
        name=_named("place.name"),
        address=_named("place.address") if case.address else None,
        access=_named("place.access"),
    )
    return DiscussionMeeting.model_construct(
        id="",
        language=case.codes[0],
        group=_named("group"),
        date=DAY,
        doors=TIME,
        start=TIME,
        end=None,
        place=place,
        organisations=("o",),
        childcare=case.childcare,
        refreshments=_named("refreshments"),
        register_url="https://example.org" if case.sign_up != "none" else None,
        register_by=DAY if case.sign_up == "link-and-day" else None,
    )


def _named(name: str) -> LocalText:
    """A text that a SlotVoice turns into the slot of this name."""
    return LocalText.model_validate(name)


def style() -> str:
    """The paper's own styles, and what a screen needs to show them as a sheet."""
    own = [paths.TOKENS, paths.TEMPLATES / "styles" / "print.css", paths.TEMPLATES / "styles" / f"{ID}.css"]
    sheet = paths.PACKAGE / "editing" / "browser" / "sheet.css"
    return "\n".join(path.read_text(encoding="utf-8") for path in (*own, sheet))
