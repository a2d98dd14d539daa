"""The municipality's own facts under the names that pages use: `kit.name`, `kit.decision_date` …"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kit_builder.schema import MunicipalityFile
from kit_builder.site.then_and_now import AT_MOST
from kit_builder.voice import Voice


@dataclass(frozen=True)
class KitValues:
    """A municipality's facts in one language. What the file doesn't say is None, so that a page can ask;
    `has_cards` is whether the round has experience cards, `several_rounds` and `earlier_rounds` whether there are more
    rounds than one, and more than stand beside one another."""

    name: Markup
    in_name: Markup | None
    round: str
    meeting_count: Markup
    languages: Markup | None
    organisations: Markup | None
    first_meeting: Markup | None
    last_meeting: Markup | None
    decision_date: Markup | None
    decision_place: Markup | None
    register_by: Markup | None
    follow_up_body: Markup | None
    next_round: str | None
    has_cards: bool
    several_rounds: bool
    earlier_rounds: bool


def kit_values(file: MunicipalityFile, voice: Voice) -> KitValues:
    """The facts of a municipality's latest round, as `voice` says them."""
    round_ = file.rounds[-1]
    where = file.municipality.in_name
    meetings = round_.discussion_meetings
    days = sorted(meeting.date for meeting in meetings if meeting.date)
    spoken = dict.fromkeys(meeting.language for meeting in meetings)
    decision, follow_up = round_.decision_meeting, round_.follow_up
    return KitValues(
        name=voice.local(file.municipality.name),
        in_name=voice.local(where) if where and voice.code in where.languages() else None,
        round=round_.id,
        meeting_count=voice.number(len(meetings)),
        languages=voice.items(map(voice.language_name, spoken)) if spoken else None,
        organisations=voice.items(voice.local(o.name) for o in round_.organisations) or None,
        first_meeting=voice.date(days[0]) if days else None,
        last_meeting=voice.date(days[-1]) if days else None,
        decision_date=voice.date(decision.date) if decision and decision.date else None,
        decision_place=voice.local(decision.place.name) if decision and decision.place else None,
        register_by=voice.date(decision.register_by) if decision and decision.register_by else None,
        follow_up_body=voice.local(follow_up.body) if follow_up and follow_up.body else None,
        next_round=str(follow_up.next_round) if follow_up and follow_up.next_round else None,
        has_cards=bool(round_.cards()),
        several_rounds=len(file.rounds) > 1,
        earlier_rounds=len(file.rounds) > AT_MOST,
    )
