"""Slides for the decision-makers' meeting: what every group told about each area, side by side.

How much fits is measured cautiously here; the renderer's own check has the last word.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from kit_builder import content
from kit_builder.documents.cards import area_names
from kit_builder.documents.context import Context
from kit_builder.documents.invitations import organisation_names
from kit_builder.schema import DiscussionMeeting, LocalText, Round
from kit_builder.voice import Voice


@dataclass(frozen=True)
class SlideGeometry:
    """What a slide's columns hold. Widths and heights are millimetres, text sizes points.

    `body_height` is the height of the columns and `heading` what a group's name takes of it; `widest` is
    the greatest width of a column, so that its lines stay readable. `letter` is the mean width of a
    letter and `line` the height of a line, both in text sizes; `indent` is the width of a bullet; `slack`
    is the share of a line that is lost where words wrap; `between` is the space after a finding, in
    lines.
    """

    body_width: float = 302.7
    body_height: float = 136
    heading: float = 18
    column_gap: float = 12
    widest: float = 230
    indent: float = 6
    most_columns: int = 3
    text_size: float = 19
    letter: float = 0.55
    line: float = 1.35
    slack: float = 0.12
    between: float = 0.5

    def width(self, columns: int) -> float:
        """The width of a column when the slide is split into so many, in millimetres."""
        return min(self.widest, (self.body_width - self.column_gap * (columns - 1)) / columns)

    def letters(self, columns: int) -> float:
        """How many letters a line has when the slide is split into so many columns."""
        return (
            (self.width(columns) - self.indent)
            / MM_PER_POINT
            / (self.text_size * self.letter)
            * (1 - self.slack)
        )

    @property
    def lines(self) -> float:
        """How many lines a column has."""
        return (self.body_height - self.heading) / MM_PER_POINT / (self.text_size * self.line)

    def height(self, text: str, columns: int) -> float:
        """How many lines a finding takes, with the space after it."""
        return math.ceil(len(text) / self.letters(columns)) + self.between


MM_PER_POINT = 25.4 / 72
MEETINGS_ON_A_SLIDE = 7


@dataclass(frozen=True)
class Told:
    """A finding, and its place in the round's part of the municipality's file."""

    text: LocalText
    path: str


@dataclass(frozen=True)
class Column:
    """What one group told, or some of it; `continues` where the group began on an earlier slide."""

    group: LocalText
    findings: tuple[Told, ...]
    continues: bool


@dataclass(frozen=True)
class Slide:
    """One slide of an area; `continues` where the area began on an earlier slide; `longest` is the path of
    the finding that takes the most room."""

    area: str
    columns: tuple[Column, ...]
    continues: bool
    longest: str


def slides(context: Context) -> dict[str, Any]:
    """The slides with findings, the meetings by slide, and what the template shows beside them."""
    meetings = sorted(context.round.discussion_meetings, key=lambda meeting: meeting.date or dt.date.max)
    geometry = SlideGeometry()
    return {
        "geometry": geometry,
        "slides": result_slides(context.round, context.method.areas, context.lead, geometry),
        "meeting_slides": _chunks(meetings, MEETINGS_ON_A_SLIDE),
        "names": organisation_names(context),
        "area_names": area_names(),
        "steps": {step["id"]: step for step in content.read("content/run-sheets.yml")["decision"]},
        "blank_rows": range(MEETINGS_ON_A_SLIDE),
        "blank_columns": range(geometry.most_columns),
    }


def result_slides(
    round_: Round, areas: tuple[str, ...], voice: Voice, geometry: SlideGeometry
) -> list[Slide]:
    """All findings of a round, area by area, the groups side by side (seed, Part II §3.2)."""
    return [slide for area in areas for slide in area_slides(area, by_group(round_, area), voice, geometry)]


def by_group(round_: Round, area: str) -> dict[LocalText, list[Told]]:
    """An area's findings by group, in the order of the meetings.

    Several meetings of one group are told as one (seed, Part I §5)."""
    groups: dict[LocalText, list[Told]] = {meeting.group: [] for meeting in round_.discussion_meetings}
    for number, finding in enumerate(round_.findings):
        if finding.area == area:
            groups[round_.meeting(finding.meeting).group].append(
                Told(finding.text, f"findings[{number}].text")
            )
    return {group: told for group, told in groups.items() if told}


def area_slides(
    area: str, groups: dict[LocalText, list[Told]], voice: Voice, geometry: SlideGeometry
) -> list[Slide]:
    """One area on as many slides as it needs: groups side by side, going on where findings don't fit."""
    found: list[Slide] = []
    waiting = {group: list(told) for group, told in groups.items()}
    while waiting:
        columns = _columns(waiting, groups, voice, geometry)
        findings = [told for column in columns for told in column.findings]
        longest = max(findings, key=lambda told: len(voice.local_plain(told.text)))
        found.append(Slide(area, columns, bool(found), longest.path))
        waiting = {group: told for group, told in waiting.items() if told}
    return found


def _columns(
    waiting: dict[LocalText, list[Told]],
    groups: dict[LocalText, list[Told]],
    voice: Voice,
    geometry: SlideGeometry,
) -> tuple[Column, ...]:
    """The columns of the next slide; takes what they show from `waiting`."""

    def height(told: Told) -> float:
        return geometry.height(voice.local_plain(told.text), count)

    count = _evenly(len(waiting), geometry.most_columns)
    while count > 1 and any(height(told[0]) > geometry.lines for told in list(waiting.values())[:count]):
        count -= 1
    columns = []
    for group, told in list(waiting.items())[:count]:
        shown, room = [told.pop(0)], geometry.lines
        room -= height(shown[0])
        while told and height(told[0]) <= room:
            shown.append(told.pop(0))
            room -= height(shown[-1])
        columns.append(Column(group, tuple(shown), len(shown) + len(told) < len(groups[group])))
    return tuple(columns)


def _evenly(groups: int, most: int) -> int:
    """How many groups stand on the next slide, so that slides are alike: four become two and two."""
    return math.ceil(groups / math.ceil(groups / most))


def _chunks(meetings: list[DiscussionMeeting], size: int) -> list[list[DiscussionMeeting]]:
    return [meetings[start : start + size] for start in range(0, len(meetings), size)]
