"""Checks across fields: what the method asks for and what must agree. Each says what would be right."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

from kit_builder import registry, schedule
from kit_builder.anonymity.file_rules import AnonymityRules
from kit_builder.languages import guidance_languages, languages
from kit_builder.loading import Source
from kit_builder.method import Method, Step, small_groups, total_minutes
from kit_builder.oversights import Oversights, year
from kit_builder.problems import Path, Problem, Severity
from kit_builder.schema import (
    Contact,
    DecisionMeeting,
    DiscussionMeeting,
    Finding,
    Municipality,
    MunicipalityFile,
    Proposal,
    Round,
)
from kit_builder.sentences import say
from kit_builder.text_rules import TextRules, unknown_language


class Rules:
    """All rules for one municipality's file; `check` gives every problem, in no particular order."""

    def __init__(self, file: MunicipalityFile, source: Source, method: Method) -> None:
        self.file = file
        self.source = source
        self.method = method
        self.official = file.municipality.official_languages

    def check(self) -> Iterator[Problem]:
        """Every problem that the rules find."""
        yield from self._municipality(self.file.municipality)
        yield from self._unique(("rounds",), (round_.id for round_ in self.file.rounds))
        yield from self._rounds_apart()
        for index, round_ in enumerate(self.file.rounds):
            yield from self._round(("rounds", index), round_)
        yield from TextRules(self.file, self.source).check()
        yield from Oversights(self.file, self.source, self.method).check()
        yield from AnonymityRules(self.file, self.source, self.method).check()

    def _say(
        self, path: Path, rule: str, message: str, severity: Severity = "error", *, of_key: bool = False
    ) -> Problem:
        return self.source.problem(path, rule, message, severity=severity, of_key=of_key)

    # The municipality

    def _municipality(self, municipality: Municipality) -> Iterator[Problem]:
        path: Path = ("municipality",)
        expected = self.source.file.rsplit("/", 1)[-1].removesuffix(".yml")
        if municipality.id != expected:
            yield self._say(
                (*path, "id"),
                "reference.file-name",
                f"The id '{municipality.id}' and the file's name differ; write 'id: {expected}' or rename the file to "
                f"{municipality.id}.yml.",
            )
        for index, code in enumerate(self.official):
            if code in self.official[:index]:
                yield self._say(
                    (*path, "official_languages", index),
                    "schema.value",
                    say("municipality.language-twice", code=code),
                )
            if code not in guidance_languages()[:2]:
                yield self._say(
                    (*path, "official_languages", index),
                    "schema.value",
                    say("municipality.not-official", code=code),
                )
        yield from self._contact((*path, "contact"), municipality.contact)
        if municipality.code is not None:
            yield from self._registered((*path, "code"), municipality)

    def _registered(self, path: Path, municipality: Municipality) -> Iterator[Problem]:
        entry = registry.by_code(municipality.code or "")
        if entry is None:
            message = say("municipality.unknown-code", code=municipality.code)
            yield self._say(path, "registry.code", message)
            return
        if set(entry.official_languages) != set(municipality.official_languages):
            yield self._say(
                ("municipality", "official_languages"),
                "registry.languages",
                say(
                    "municipality.registered-languages",
                    name=entry.name["fi"],
                    registered=", ".join(entry.official_languages),
                    given=", ".join(municipality.official_languages),
                ),
                "warning",
            )
        for code, name in municipality.name.root.items():
            if code in entry.name and name != entry.name[code]:
                yield self._say(
                    ("municipality", "name", code),
                    "registry.name",
                    say("municipality.registered-name", code=entry.code, name=entry.name[code]),
                    "warning",
                )

    def _contact(self, path: Path, contact: Contact | None) -> Iterator[Problem]:
        if contact and not contact.publish:
            yield self._say(
                path,
                "privacy.contact",
                say("municipality.contact-unpublished"),
                "warning",
                of_key=True,
            )

    # Rounds

    def _rounds_apart(self) -> Iterator[Problem]:
        """A round is repeated every two or three years (seed, Part III §2)."""
        years = [(index, year(round_)) for index, round_ in enumerate(self.file.rounds)]
        dated = [(index, value) for index, value in years if value is not None]
        for (_, earlier), (index, later) in itertools.pairwise(dated):
            if later <= earlier:
                yield self._say(("rounds", index, "id"), "method.round-order", say("rounds.order"))
            else:
                yield from self._interval(("rounds", index, "id"), earlier, later)
        for index, value in dated:
            follow_up = self.file.rounds[index].follow_up
            if follow_up and follow_up.next_round is not None and follow_up.next_round <= value:
                yield self._say(
                    ("rounds", index, "follow_up", "next_round"),
                    "method.round-order",
                    say("rounds.next-round", next=follow_up.next_round, this=value),
                )
            elif follow_up and follow_up.next_round is not None:
                yield from self._interval(
                    ("rounds", index, "follow_up", "next_round"), value, follow_up.next_round
                )

    def _interval(self, path: Path, earlier: int, later: int) -> Iterator[Problem]:
        gap = later - earlier
        if gap not in self.method.repeat_years:
            usual = self.method.repeat_years
            sentence = "rounds.interval-one" if gap == 1 else "rounds.interval"
            message = say(sentence, earlier=earlier, later=later, gap=gap, low=usual.low, high=usual.high)
            yield self._say(path, "method.round-interval", message, "warning")

    def _round(self, path: Path, round_: Round) -> Iterator[Problem]:
        yield from self._unique((*path, "organisations"), (o.id for o in round_.organisations))
        yield from self._unique((*path, "discussion_meetings"), (m.id for m in round_.discussion_meetings))
        for index, organisation in enumerate(round_.organisations):
            yield from self._contact((*path, "organisations", index, "contact"), organisation.contact)
        for index, meeting in enumerate(round_.discussion_meetings):
            yield from self._discussion((*path, "discussion_meetings", index), meeting, round_)
        yield from self._results(path, round_)
        if round_.decision_meeting:
            yield from self._decision((*path, "decision_meeting"), round_.decision_meeting, round_)

    def _unique(self, path: Path, ids: Iterable[str]) -> Iterator[Problem]:
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ in seen:
                yield self._say(
                    (*path, index, "id"),
                    "reference.duplicate-id",
                    say("rounds.same-id", id=id_),
                )
            seen.add(id_)

    # Discussion meetings

    def _discussion(self, path: Path, meeting: DiscussionMeeting, round_: Round) -> Iterator[Problem]:
        if meeting.language not in languages():
            yield unknown_language(self.source, (*path, "language"), meeting.language)
        known = {organisation.id for organisation in round_.organisations}
        for index, id_ in enumerate(meeting.organisations):
            if id_ not in known:
                yield self._unknown((*path, "organisations", index), "organisation", id_, known)
        yield from self._group_size(path, meeting)
        yield from self._invited_on(path, meeting)
        programme = self.method.discussion_meeting.programme
        if meeting.doors and meeting.start and meeting.doors >= meeting.start:
            yield self._say(
                (*path, "doors"),
                "method.doors",
                say("meetings.doors", doors=f"{meeting.doors:%H:%M}", start=f"{meeting.start:%H:%M}"),
            )
        yield from self._fits(path, meeting.start, meeting.end, programme)
        yield from self._sign_up(path, meeting.register_by, meeting.date)

    def _unknown(self, path: Path, kind: str, id_: str, known: Iterable[str]) -> Problem:
        names = ", ".join(known) or say("rounds.none")
        return self._say(path, f"reference.{kind}", say(f"rounds.no-{kind}", id=id_, known=names))

    def _group_size(self, path: Path, meeting: DiscussionMeeting) -> Iterator[Problem]:
        """At most 12 people with one discussion leader and one secretary (seed, Introduction 1)."""
        if meeting.participants is None:
            return
        groups = small_groups(meeting.participants, self.method)
        limit = self.method.small_group.max_people
        for key, number, needed in (
            ("leaders", meeting.leaders, groups * self.method.small_group.leaders),
            ("secretaries", meeting.secretaries, groups * self.method.small_group.secretaries),
        ):
            if number is not None and number < needed:
                message = say(
                    f"meetings.{key}",
                    participants=meeting.participants,
                    needed=needed,
                    number=number,
                    limit=limit,
                )
                yield self._say((*path, key), "method.group-size", message)

    def _invited_on(self, path: Path, meeting: DiscussionMeeting) -> Iterator[Problem]:
        """Residents invited on to the decision-makers' meeting (seed, Part II §1; Introduction 2)."""
        rule, number = self.method.invited_on, meeting.invited_on
        if number is not None and meeting.participants is not None and number > meeting.participants:
            yield self._say(
                (*path, "invited_on"),
                "method.invited-on",
                say("meetings.invited-on-of", number=number, participants=meeting.participants),
            )
            return
        if number is None or number in rule.recommended:
            return
        accepted = number in rule.accepted
        message = say(
            "meetings.invited-on" if accepted else "meetings.invited-on-outside",
            number=number,
            recommended=rule.recommended,
            accepted=rule.accepted,
        )
        severity: Severity = "warning" if accepted else "error"
        yield self._say((*path, "invited_on"), "method.invited-on", message, severity)

    def _fits(
        self, path: Path, start: dt.time | None, limit: dt.time | None, programme: tuple[Step, ...]
    ) -> Iterator[Problem]:
        if start is None:
            return
        minutes = total_minutes(programme)
        if schedule.overrun(start, programme, dt.time(0)) > schedule.MINUTES_IN_A_DAY:
            yield self._say(
                (*path, "start"),
                "method.programme",
                say("meetings.past-midnight", minutes=minutes, start=f"{start:%H:%M}"),
            )
        elif limit is not None and limit <= start:
            yield self._say(
                (*path, "end"),
                "method.programme",
                say("meetings.end", end=f"{limit:%H:%M}", start=f"{start:%H:%M}"),
            )
        elif limit is not None and (over := schedule.overrun(start, programme, limit)) > 0:
            message = say(
                "meetings.too-late-one" if over == 1 else "meetings.too-late",
                minutes=minutes,
                start=f"{start:%H:%M}",
                over=over,
                end=f"{limit:%H:%M}",
            )
            yield self._say((*path, "end"), "method.programme", message)

    def _sign_up(self, path: Path, last_day: dt.date | None, day: dt.date | None) -> Iterator[Problem]:
        if last_day and day and last_day > day:
            yield self._say(
                (*path, "register_by"),
                "method.register-by",
                say("meetings.sign-up", last=last_day, day=day),
            )

    # Findings, proposals, cards

    def _results(self, path: Path, round_: Round) -> Iterator[Problem]:
        known = {meeting.id for meeting in round_.discussion_meetings}
        told: dict[str, tuple[Finding | Proposal, ...]] = {
            "findings": round_.findings,
            "proposals": round_.proposals,
        }
        for key, items in told.items():
            for index, item in enumerate(items):
                if item.meeting not in known:
                    yield self._unknown(
                        (*path, key, index, "meeting"), "meeting", item.meeting, sorted(known)
                    )
        cards = round_.cards()
        limits = self.method.deck.cards
        if len(cards) > limits.high:
            yield self._say(
                (*path, "findings"),
                "method.deck-size",
                say("rounds.too-many-cards", count=len(cards), limit=limits.high, **over_represented(round_)),
                of_key=True,
            )
        elif cards and len(cards) < limits.low:
            yield self._say(
                (*path, "findings"),
                "method.deck-size",
                say(
                    "rounds.one-card" if len(cards) == 1 else "rounds.few-cards",
                    count=len(cards),
                    usual=limits,
                ),
                "warning",
                of_key=True,
            )

    # The decision-makers' meeting

    def _decision(self, path: Path, meeting: DecisionMeeting, round_: Round) -> Iterator[Problem]:
        days = [m.date for m in round_.discussion_meetings if m.date]
        if meeting.date and days and meeting.date <= max(days):
            yield self._say(
                (*path, "date"),
                "method.meeting-order",
                say("meetings.decision-order", day=meeting.date, last=max(days)),
            )
        yield from self._sign_up(path, meeting.register_by, meeting.date)
        yield from self._fits(path, meeting.start, meeting.end, self.method.decision_meeting.programme)
        for code in meeting.groups:
            if code not in self.official:
                yield self._say(
                    (*path, "groups", code),
                    "schema.value",
                    say("meetings.not-in-official", official=", ".join(self.official), code=code),
                )
        for index, code in enumerate(meeting.interpretation):
            if code not in languages():
                yield unknown_language(self.source, (*path, "interpretation", index), code)


def over_represented(round_: Round) -> dict[str, str | int]:
    """Which `area` and which `meeting` have the most cards, and how many (`in_area`, `in_meeting`)."""
    cards = round_.cards()
    area, in_area = Counter(card.area for card in cards).most_common(1)[0]
    meeting, in_meeting = Counter(card.meeting for card in cards).most_common(1)[0]
    return {"area": area, "in_area": in_area, "meeting": meeting, "in_meeting": in_meeting}
