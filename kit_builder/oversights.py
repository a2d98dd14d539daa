"""What people overlook when they fill in a file, or copy the last round's: days, hours, words that can't be meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kit_builder.loading import Source
from kit_builder.method import Method
from kit_builder.problems import Path, Problem, Severity
from kit_builder.schema import (
    Action,
    Contact,
    DecisionMeeting,
    DiscussionMeeting,
    Finding,
    MunicipalityFile,
    Proposal,
    Round,
)
from kit_builder.sentences import say

EARLIEST = dt.time(7)
"""Before this hour no meeting begins; "05:30" was meant to be "17:30". (After 21:00 it would not end on the day.)"""
LONGEST_WAIT = 2
"""Hours from the doors to the start; refreshments take half an hour."""
LONGEST_SIGN_UP = 183
"""Days between the last day to sign up and the meeting; more is another year's date."""
LONGEST_ACTION = 10
"""Years between a meeting and what it decided; more is a slip of the finger."""

Meeting = DiscussionMeeting | DecisionMeeting
Item = Finding | Proposal | Action


class Oversights:
    """The checks for one municipality's file; `check` gives every problem, in no particular order."""

    def __init__(self, file: MunicipalityFile, source: Source, method: Method) -> None:
        self.file = file
        self.source = source
        self.method = method

    def check(self) -> Iterator[Problem]:
        """What was overlooked."""
        yield from self._contact(("municipality", "contact"), self.file.municipality.contact)
        for index, round_ in enumerate(self.file.rounds):
            path: Path = ("rounds", index)
            for number, organisation in enumerate(round_.organisations):
                yield from self._contact((*path, "organisations", number, "contact"), organisation.contact)
            for where, meeting in meetings(path, round_):
                yield from self._meeting(where, meeting)
                yield from self._year(where, meeting, round_)
            yield from self._same_room(path, round_)
            yield from self._small_groups((*path, "decision_meeting", "groups"), round_.decision_meeting)
            yield from self._actions(path, round_)
            for key in ("findings", "proposals", "actions"):
                yield from self._said_twice((*path, key), getattr(round_, key))
        yield from self._left_from_the_last_round()

    def _say(self, path: Path, rule: str, message: str, severity: Severity = "warning") -> Problem:
        return self.source.problem(path, rule, message, severity=severity)

    def _line(self, path: Path) -> int:
        return self.source.place(path)[0]

    def _contact(self, path: Path, contact: Contact | None) -> Iterator[Problem]:
        if contact and contact.publish and not (contact.email or contact.phone):
            yield self._say(
                path,
                "privacy.contact-empty",
                "This contact person is printed without an e-mail address or a phone number; add one, so that people "
                "can ask.",
            )

    # Meetings

    def _hours(self, path: Path, meeting: Meeting) -> Iterator[Problem]:
        times = {key: getattr(meeting, key, None) for key in ("doors", "start", "end")}
        for key, time in times.items():
            if time and meeting.start is None:
                yield self._say(
                    (*path, key),
                    "method.no-start",
                    f"Only '{key}: {time:%H:%M}' is known of the meeting's hours; add start:, or nothing can be "
                    "printed of them.",
                )
            elif time and time < EARLIEST and key != "end":
                meant = time.replace(hour=time.hour + 12)
                yield self._say(
                    (*path, key),
                    "method.hours",
                    f"'{key}: {time:%H:%M}' is in the night; did you mean \"{meant:%H:%M}\"?",
                )
        if times["doors"] and meeting.start and meeting.start.hour - times["doors"].hour > LONGEST_WAIT:
            yield self._say(
                (*path, "doors"),
                "method.doors",
                f"The doors open at {times['doors']:%H:%M}, hours before the start at {meeting.start:%H:%M}; is the "
                "hour right?",
            )

    def _meeting(self, path: Path, meeting: Meeting) -> Iterator[Problem]:
        yield from self._hours(path, meeting)
        if (
            meeting.date
            and meeting.register_by
            and (meeting.date - meeting.register_by).days > LONGEST_SIGN_UP
        ):
            yield self._say(
                (*path, "register_by"),
                "method.register-by",
                f"The last day to sign up, {meeting.register_by}, is more than half a year before the meeting on "
                f"{meeting.date}; is it from an earlier round?",
            )
        for key in ("organisations", "interpretation"):
            yield from self._twice((*path, key), getattr(meeting, key, ()))

    def _twice(self, path: Path, values: tuple[str, ...]) -> Iterator[Problem]:
        for index, value in enumerate(values):
            if value in values[:index]:
                yield self._say(
                    (*path, index),
                    "reference.repeated",
                    say("municipality.language-twice", code=value),
                    "error",
                )

    def _year(self, path: Path, meeting: Meeting, round_: Round) -> Iterator[Problem]:
        """A round that is called by its year has its meetings in it, or in the winter around it."""
        if (
            meeting.date
            and re.fullmatch("20[0-9]{2}", round_.id)
            and abs(meeting.date.year - int(round_.id)) > 1
        ):
            yield self._say(
                (*path, "date"),
                "method.round-year",
                f"The meeting on {meeting.date} stands in the round {round_.id}; is the date from another round?",
            )

    def _same_room(self, path: Path, round_: Round) -> Iterator[Problem]:
        """Two meetings at one time in one place: the second was copied from the first."""
        known: dict[tuple[object, ...], DiscussionMeeting] = {}
        for index, meeting in enumerate(round_.discussion_meetings):
            if meeting.date is None or meeting.start is None or meeting.place is None:
                continue
            first = known.setdefault((meeting.date, meeting.start, meeting.place), meeting)
            if first is not meeting:
                yield self._say(
                    (*path, "discussion_meetings", index, "date"),
                    "method.same-room",
                    f"The meetings {first.id} and {meeting.id} are both on {meeting.date} at {meeting.start:%H:%M} in "
                    "the same place; change one, or add which room to the place.",
                )

    def _small_groups(self, path: Path, meeting: DecisionMeeting | None) -> Iterator[Problem]:
        """Small groups have about five people (seed, Part II §2)."""
        if meeting is None or meeting.participants is None or not meeting.groups:
            return
        groups = sum(meeting.groups.values())
        if groups * 2 > meeting.participants:
            yield self._say(
                path,
                "method.small-groups",
                f"{groups} small groups for {meeting.participants} people; a group has about "
                f"{self.method.deck.group_size} people.",
            )

    # Findings, proposals, actions

    def _actions(self, path: Path, round_: Round) -> Iterator[Problem]:
        day = round_.decision_meeting and round_.decision_meeting.date
        for index, action in enumerate(round_.actions):
            where = (*path, "actions", index)
            if action.due and day and action.due < day:
                yield self._say(
                    (*where, "due"),
                    "method.action-due",
                    say("rounds.action-due", due=action.due, day=day),
                )
            elif action.due and day and action.due.year - day.year > LONGEST_ACTION:
                yield self._say(
                    (*where, "due"),
                    "method.action-due",
                    f"The action is due {action.due}, {action.due.year - day.year} years after the decision-makers' "
                    f"meeting on {day}; is the year right?",
                )
            if action.effect and action.status == "planned":
                yield self._say(
                    (*where, "effect"),
                    "method.action-status",
                    "An effect is told of an action that is only planned; write its status as it is now: under-way or "
                    "done.",
                )

    def _said_twice(self, path: Path, items: tuple[Item, ...]) -> Iterator[Problem]:
        """The same from two groups is two results; from one group it was pasted twice."""
        known: dict[tuple[str, str], int] = {}
        for index, item in enumerate(items):
            group = "" if isinstance(item, Action) else item.meeting
            first = min((known.setdefault((group, text), index) for text in said(item)), default=index)
            if first != index:
                yield self._say(
                    (*path, index),
                    "results.twice",
                    f"The same stands on line {self._line((*path, first))} already; keep one of them.",
                )

    def _left_from_the_last_round(self) -> Iterator[Problem]:
        """A new round is often begun as a copy of the last one."""
        for index in range(1, len(self.file.rounds)):
            before, round_ = self.file.rounds[index - 1 : index + 1]
            days = [meeting.date for _, meeting in meetings((), before) if meeting.date]
            in_order = (year(before) or 0) < (year(round_) or 9999)  # otherwise the order itself is told
            for path, meeting in meetings(("rounds", index), round_):
                if in_order and meeting.date and days and meeting.date <= max(days):
                    yield self._say(
                        (*path, "date"),
                        "method.round-order",
                        f"The meeting on {meeting.date} is not after the round {before.id}, which lasts until "
                        f"{max(days)}; is the date from the old round?",
                        "error",
                    )
            for key in ("findings", "proposals"):
                old = {
                    text: number for number, item in enumerate(getattr(before, key)) for text in said(item)
                }
                for number, item in enumerate(getattr(round_, key)):
                    if same := [old[text] for text in said(item) if text in old]:
                        line = self._line(("rounds", index - 1, key, same[0]))
                        yield self._say(
                            ("rounds", index, key, number),
                            "results.copied",
                            f"The same stands on line {line} in the round {before.id}; is it left from there?",
                        )


def meetings(path: Path, round_: Round) -> Iterator[tuple[Path, Meeting]]:
    """A round's meetings, each with its place."""
    for index, meeting in enumerate(round_.discussion_meetings):
        yield (*path, "discussion_meetings", index), meeting
    if round_.decision_meeting:
        yield (*path, "decision_meeting"), round_.decision_meeting


def said(item: Item) -> list[str]:
    """What an item says, without what makes no difference: capitals, and signs between words."""
    text = item.title if isinstance(item, Action) else item.text
    plain = (" ".join(re.findall(r"\w+", words.casefold())) for words in text.root.values())
    return [words for words in plain if words]


def year(round_: Round) -> int | None:
    """The year of a round: its decision-makers' meeting's, its first discussion meeting's, or the one in its id."""
    if round_.decision_meeting and round_.decision_meeting.date:
        return round_.decision_meeting.date.year
    days = [meeting.date for meeting in round_.discussion_meetings if meeting.date]
    if days:
        return min(days).year
    return int(round_.id) if round_.id.isdigit() and len(round_.id) == 4 else None
