"""Meetings as calendar files (iCalendar, RFC 5545 and 7986): one for each meeting, and one for a whole round.

What makes a changed meeting take the old one's place in a calendar, though the build knows neither today nor history:

UID       is made of ids in the municipality's file, which stay when a day or a place changes. It is the same in every
          language and in the calendar of the whole round; nobody can own its domain (RFC 2606).
SEQUENCE  must rise with a change: calendars refuse one that has sunk, and some keep the old day where it is equal. It
          is the minutes from a fixed day to the beginning, so that a meeting that is put off, as meetings nearly
          always are, has a higher one by itself. For any other change the file says `revision`, one higher each time,
          which outweighs any move to an earlier day. Without it, whoever subscribes to the round's calendar gets the
          new place all the same; who opened the file once may keep the old one.
DTSTAMP   rises with the beginning: it lies a year before it, in the past by the time that anybody reads the file.
METHOD    is left out: the file is no message between calendars, which would need an organiser's address.

The time zone is the European Union's rule for clocks, written out: Outlook does not read the lists of days (RDATE) that
libraries make of the system's time zones, and those differ from one machine to another.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration
from markupsafe import Markup

from kit_builder import schedule, translations
from kit_builder.method import Step, load_method
from kit_builder.schema import (
    Contact,
    DecisionMeeting,
    DiscussionMeeting,
    LocalText,
    MunicipalityFile,
    Place,
    Round,
)
from kit_builder.voice import Voice, voice

ZONE = ZoneInfo("Europe/Helsinki")
DOMAIN = "meeting-kit.invalid"
PRODUCT = "-//meeting-kit//meetings//EN"
FIRST_DAY = dt.datetime(2020, 1, 1)
"""From here SEQUENCE counts."""
REVISION = 21_000_000
"""What one more revision adds to SEQUENCE: the minutes of 40 years. 99 of them fit into its 31 bits."""
READ_ANEW = dt.timedelta(days=1)
"""How often a calendar that subscribes to a round should ask for changes."""
WELCOME = (
    "You are warmly welcome to talk about how people get along in our municipality. "
    "We want to hear you in your own language."
)
LEFT_TO_RIGHT = "\u200e"
"""Keeps phone numbers and addresses in order inside a text that runs from right to left."""


def meeting_calendar(
    file: MunicipalityFile, round_: Round, meeting: DiscussionMeeting, speaker: Voice
) -> bytes:
    """A discussion meeting for those who are invited to it, in the language of `speaker`.

    Raises ValueError where the meeting has no day or no start."""
    return _calendar([_discussion(file, round_, meeting, speaker, is_invitation=True)])


def decision_calendar(file: MunicipalityFile, round_: Round, speaker: Voice) -> bytes:
    """The decision-makers' meeting in the language of `speaker`. Raises ValueError where it has no day or no start."""
    return _calendar([_decision(file, round_, speaker)])


def round_calendar(file: MunicipalityFile, round_: Round, speaker: Voice) -> bytes:
    """All meetings of a round that have a day and a start, for those who arrange them; calendars can subscribe to it.

    Raises ValueError where no meeting has them."""
    events = [
        _discussion(file, round_, meeting, speaker, is_invitation=False)
        for meeting in round_.discussion_meetings
        if meeting.date and meeting.start
    ]
    if round_.decision_meeting and round_.decision_meeting.date and round_.decision_meeting.start:
        events.append(_decision(file, round_, speaker))
    if not events:
        raise ValueError("no meeting of the round has a day and a start")
    name = f"{speaker.local_plain(file.municipality.name)} {round_.id}"
    return _calendar(sorted(events, key=lambda event: (event.start, event.uid)), name)


def _calendar(events: Sequence[Event], name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    if name:
        for key in ("name", "x-wr-calname"):
            calendar.add(key, name)
        calendar.add("refresh-interval", vDuration(READ_ANEW), parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", vDuration(READ_ANEW))
    calendar.add_component(_time_zone())
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _time_zone() -> Timezone:
    """Finland's clocks: an hour on at 3.00 on the last Sunday of March, and back at 4.00 on that of October."""
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    winter, summer = dt.timedelta(hours=2), dt.timedelta(hours=3)
    for part, name, first, before, after in (
        (TimezoneDaylight(), "EEST", dt.datetime(1997, 3, 30, 3), winter, summer),
        (TimezoneStandard(), "EET", dt.datetime(1996, 10, 27, 4), summer, winter),
    ):
        part.add("tzname", name)
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1SU"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _discussion(
    file: MunicipalityFile,
    round_: Round,
    meeting: DiscussionMeeting,
    speaker: Voice,
    *,
    is_invitation: bool,
) -> Event:
    """A discussion meeting; an invitation speaks to those who are invited and leaves their group's name out."""
    say, told = speaker.gettext, []
    if is_invitation:
        told.append(say(WELCOME))
    if meeting.doors:
        told.append(say("Doors open and refreshments from %(time)s", time=speaker.time(meeting.doors)))
    told += _access(meeting.place, file, speaker)
    if is_invitation and speaker.code == meeting.language:
        told.append(say("The meeting is held in your language."))
    else:
        language = speaker.language_name(meeting.language)
        told.append(say("The meeting is held in this language: %(language)s", language=language))
    if meeting.childcare:
        told.append(say("There is childcare during the meeting."))
    told.append(say("Taking part costs nothing."))
    if meeting.register_url:
        by = f" {speaker.short_date(meeting.register_by)}" if meeting.register_by else ""
        told.append(say("Please sign up:") + f" {_ltr(meeting.register_url, speaker)}" + Markup(by))
    organisations = [one for one in round_.organisations if one.id in meeting.organisations]
    if organisations:
        names = speaker.items([_local(one.name, file, speaker) for one in organisations])
        told.append(say("The meeting is arranged by:") + " " + names)
    contacts = [*(one.contact for one in organisations), file.municipality.contact]
    told += _questions(say("Do you have questions? Ask:"), contacts, file, speaker)
    name = _known(speaker, "Discussion meeting", "Invitation to a discussion meeting")
    summary = Markup("{} – {}").format(name, speaker.local_plain(file.municipality.name))
    if not is_invitation:
        summary = Markup("{}: {}").format(name, _local(meeting.group, file, speaker))
    uid = f"{file.id}.{round_.id}.discussion.{meeting.id}@{DOMAIN}"
    event = _event(uid, meeting, load_method().discussion_meeting.programme)
    _describe(event, summary, told, meeting, file, speaker)
    return event


def _decision(file: MunicipalityFile, round_: Round, speaker: Voice) -> Event:
    meeting = round_.decision_meeting
    if meeting is None:
        raise ValueError("the round has no decision-makers' meeting")
    say = speaker.gettext
    told = [say("Residents and decision-makers talk together"), *_access(meeting.place, file, speaker)]
    told.append(say("Supper is served and costs nothing. Tell us if you need a special diet."))
    if meeting.register_by:
        told.append(say("Please sign up by %(date)s.", date=speaker.date(meeting.register_by)))
    if meeting.register_url:
        told.append(say("Sign up here:") + f" {_ltr(meeting.register_url, speaker)}")
    if meeting.interpretation:
        names = speaker.items([speaker.language_name(code) for code in meeting.interpretation])
        told.append(say("Interpretation:") + " " + names)
    hosts = [file.municipality.name, *(one.name for one in round_.organisations)]
    told.append(say("Arranged by:") + " " + speaker.items([_local(name, file, speaker) for name in hosts]))
    contacts = [file.municipality.contact, *(one.contact for one in round_.organisations)]
    told += _questions(say("Questions:"), contacts, file, speaker)
    municipality = speaker.local_plain(file.municipality.name)
    summary = Markup("{} – {}").format(say("The decision-makers’ meeting"), municipality)
    event = _event(
        f"{file.id}.{round_.id}.decision@{DOMAIN}", meeting, load_method().decision_meeting.programme
    )
    _describe(event, summary, told, meeting, file, speaker)
    return event


def _event(uid: str, meeting: DiscussionMeeting | DecisionMeeting, programme: tuple[Step, ...]) -> Event:
    """An event with its times and what tells calendars that it has changed."""
    if meeting.date is None or meeting.start is None:
        raise ValueError("a meeting without a day or a start can't stand in a calendar")
    start = dt.datetime.combine(meeting.date, meeting.start)
    end = dt.datetime.combine(meeting.date, schedule.end(meeting.start, programme))
    if end <= start:
        end += dt.timedelta(days=1)
    event = Event()
    event.add("uid", uid)
    event.add("dtstart", start.replace(tzinfo=ZONE))
    event.add("dtend", end.replace(tzinfo=ZONE))
    minutes = max(0, (start - FIRST_DAY) // dt.timedelta(minutes=1))
    event.add("sequence", meeting.revision * REVISION + minutes)
    event.add("dtstamp", (start.replace(tzinfo=ZONE) - dt.timedelta(days=365)).astimezone(dt.UTC))
    event.add("status", "CONFIRMED")
    return event


def _describe(
    event: Event,
    summary: Markup,
    told: list[Markup],
    meeting: DiscussionMeeting | DecisionMeeting,
    file: MunicipalityFile,
    speaker: Voice,
) -> None:
    """What the event is, where it is and what else there is to know, each with its language."""
    place = meeting.place
    told = [*told, *(one.review_line for one in _unreviewed(file, speaker))]
    event.add("summary", _plain(summary), parameters={"language": speaker.code})
    event.add("description", "\n".join(map(_plain, told)), parameters={"language": speaker.code})
    if place:
        parts = [place.name, place.address] if place.address else [place.name]
        event.add("location", ", ".join(_plain(_local(part, file, speaker)) for part in parts))
    if meeting.register_url:
        event.add("url", meeting.register_url)


def _unreviewed(file: MunicipalityFile, speaker: Voice) -> list[Voice]:
    """Who says that no human has read the translation: its own language, and one that staff can read."""
    if speaker.reviewed:
        return []
    staff = voice(file.municipality.official_languages[0])
    return [speaker] if speaker.language.guidance else [speaker, staff]


def _known(speaker: Voice, *texts: str) -> Markup:
    """The first of the texts that the language has, or else the last: residents' languages lack what only staff
    read."""
    found = (text for text in texts if translations.find(text, speaker.code).language == speaker.code)
    return speaker.gettext(next(found, texts[-1]))


def _local(text: LocalText, file: MunicipalityFile, speaker: Voice) -> Markup:
    """A text of the file in the speaker's language, or else in the official one."""
    return speaker.local(text, *file.municipality.official_languages)


def _access(place: Place | None, file: MunicipalityFile, speaker: Voice) -> list[Markup]:
    return [_local(place.access, file, speaker)] if place and place.access else []


def _questions(
    label: Markup, people: Iterable[Contact | None], file: MunicipalityFile, speaker: Voice
) -> list[Markup]:
    """Whom to ask: the first of the people who lets their details be published."""
    person = next((person for person in people if person and person.publish), None)
    if person is None:
        return []
    name = person.name or (_local(person.title, file, speaker) if person.title else None)
    details = [name, *(_ltr(text, speaker) for text in (person.phone, person.email) if text)]
    return [label + " " + Markup(", ").join(filter(None, details))]


def _ltr(text: str, speaker: Voice) -> str:
    """A phone number or an address, kept in order inside a text that runs from right to left."""
    return f"{LEFT_TO_RIGHT}{text}{LEFT_TO_RIGHT}" if speaker.direction == "rtl" else text


def _plain(text: Markup) -> str:
    """Bare text in one line, without control characters: a calendar file must not hold them."""
    bare = text.striptags()
    return "".join(letter for letter in bare if unicodedata.category(letter) not in ("Cc", "Cs"))
