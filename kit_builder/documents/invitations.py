"""Invitations to both kinds of meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from kit_builder import content, schedule
from kit_builder.documents.context import Context
from kit_builder.qr import qr_svg, qr_width
from kit_builder.schema import Contact, LocalText
from kit_builder.voice import Voice


def discussion(context: Context) -> dict[str, Any]:
    """When the meeting ends, whom to ask, and how to say names and other texts of the municipality's file.

    `path` is the meeting's place in its round, where an error of its texts is told."""
    held = [meeting.id for meeting in context.round.discussion_meetings]
    start = context.meeting.start
    programme = context.method.discussion_meeting.programme
    return {
        **_sign_up(context.meeting.register_url),
        "path": f"discussion_meetings[{held.index(context.meeting.id)}]" if start else "",
        "end": schedule.end(start, programme) if start else None,
        "contact": published_contact(context),
        "names": organisation_names(context),
        "told": told(context),
    }


def decision(context: Context) -> dict[str, Any]:
    """When the meeting ends and what its programme is, who was heard, who invites and whom to ask.

    `programme` holds each step's name (source text) and its start, the end last (seed, Part II §3).
    """
    start = context.decision_meeting.start
    slots = schedule.decision_programme(start, context.method)
    step_names = {step["id"]: step["name"] for step in content.read("content/run-sheets.yml")["decision"]}
    meetings = context.round.discussion_meetings
    return {
        **_sign_up(context.decision_meeting.register_url),
        "end": slots[-1].end,
        "programme": [(step_names[slot.step], slot.start) for slot in slots]
        + [(step_names["end"], slots[-1].end)],
        "heard_languages": tuple(dict.fromkeys(meeting.language for meeting in meetings)),
        "heard_groups": heard_groups(context),
        "contact": first_published(
            [context.municipality.contact, *(o.contact for o in context.organisations)]
        ),
        "names": organisation_names(context),
        "told": told(context),
        "language_names": lambda voice, codes: [voice.language_name(code) for code in codes],
    }


def _sign_up(address: str | None) -> dict[str, Any]:
    """The QR code of the address to sign up at, as an asset, and its width in mm."""
    if address is None:
        return {}
    return {"qr_width": qr_width(address), "assets": {"qr.svg": qr_svg(address)}}


def heard_groups(context: Context) -> tuple[str, ...]:
    """The groups that were heard, in the only language of the document.

    Empty where the document has two languages or a group has no name in its language: then the languages
    of the meetings are named instead."""
    names = []
    for meeting in context.round.discussion_meetings:
        name, code = meeting.group.find(context.lead.code)
        if code not in (None, context.lead.code):
            return ()
        names.append(name)
    return () if context.other else tuple(dict.fromkeys(names))


def published_contact(context: Context) -> Contact | None:
    """The organisation's contact person, or the municipality's, where the file lets them be published."""
    return first_published([*(o.contact for o in context.organisations), context.municipality.contact])


def first_published(people: Iterable[Contact | None]) -> Contact | None:
    """The first of `people` who may be named on papers and pages."""
    return next((person for person in people if person and person.publish), None)


def organisation_names(context: Context) -> Callable[[Voice], list[Markup]]:
    """A function that gives the names of the meeting's organisations in a voice."""
    return lambda voice: [voice.local(organisation.name) for organisation in context.organisations]


def told(context: Context) -> Callable[[LocalText | None], Markup]:
    """A function that says a text of the municipality's file in the reader's language or else in the official
    one, which then is marked as such."""
    return lambda text: context.lead.local(text, *context.municipality.official_languages)
