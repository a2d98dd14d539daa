"""Slides for the decision-makers' meeting: what every group told about each area, side by side.

How much fits is measured here as a text of the smallest size that is read from the back of a room; the renderer then
makes it as large as the slide holds.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from kit_builder import content
from kit_builder.documents.cards import area_names
from kit_builder.documents.context import Context
from kit_builder.documents.invitations import organisation_names
from kit_builder.render.slides import text_fit
from kit_builder.schema import DiscussionMeeting, LocalText, Round
from kit_builder.voice import Voice


@dataclass(frozen=True)
class SlideGeometry:
    """What a slide's columns hold (templates/styles/results.css). Widths and heights are millimetres.

    `body_height` is the height of the columns and `head` what the bar above a group takes of it; `widest` is the
    greatest width of a column, so that its lines stay readable; `indent` is the width of a bullet. `text_size` is
    the size in points at which slides are filled. In shares of it: `line` is the height of a finding's line and
    `between` the space between two; `name` is the size of a group's name, `name_line` the height of its line and
    `under_name` the space below it.
    """

    body_width: float = 302.7
    body_height: float = 136
    head: float = 4.4
    column_gap: float = 12
    widest: float = 230
    indent: float = 6
    most_columns: int = 3
    text_size: float = 18
    line: float = 1.35
    between: float = 0.5
    name: float = 1.1
    name_line: float = 1.32
    under_name: float = 0.55

    def width(self, columns: int) -> float:
        """The width of a column when the slide is split into so many, in millimetres."""
        return min(self.widest, (self.body_width - self.column_gap * (columns - 1)) / columns)

    def row(self, columns: int) -> float:
        """The width of so many columns beside each other, in millimetres."""
        return columns * self.width(columns) + (columns - 1) * self.column_gap

    def height(self, group: str, findings: Sequence[str], columns: int) -> float:
        """The height of a group's name and findings in one of so many columns, in millimetres."""
        width = self.width(columns)
        names = text_fit.lines(group, width, self.text_size * self.name, bold=True)
        lines = sum(text_fit.lines(text, width - self.indent, self.text_size) for text in findings)
        shares = names * self.name_line + self.under_name + lines * self.line
        shares += self.between * max(0, len(findings) - 1)
        return self.head + shares * self.text_size * text_fit.MM_PER_POINT


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

    def height(group: LocalText, told: Sequence[Told]) -> float:
        texts = [voice.local_plain(one.text) for one in told]
        return geometry.height(voice.local_plain(group), texts, count)

    count = _evenly(len(waiting), geometry.most_columns)
    while count > 1 and any(
        height(group, told[:1]) > geometry.body_height for group, told in list(waiting.items())[:count]
    ):
        count -= 1
    columns = []
    for group, told in list(waiting.items())[:count]:
        shown = _share(told, partial(height, group), geometry.body_height)
        columns.append(Column(group, tuple(told[:shown]), len(told) < len(groups[group])))
        del told[:shown]
    return tuple(columns)


def _share(told: Sequence[Told], height: Callable[[Sequence[Told]], float], room: float) -> int:
    """How many of a group's findings stand on the next slide: all of them, or where they need several slides, so many
    that the slides are as full as one another, and none is left with a single finding."""
    slides = _slides_needed(told, height, room)
    if slides == 1:
        return len(told)
    fitting = range(1, _most(told, height, room) + 1)
    enough = [number for number in fitting if _slides_needed(told[number:], height, room) < slides]
    return min(reversed(enough), key=lambda n: max(height(told[:n]), height(told[n:]) / (slides - 1)))


def _slides_needed(told: Sequence[Told], height: Callable[[Sequence[Told]], float], room: float) -> int:
    """How many slides a group's findings need, each filled as far as it goes."""
    slides = 0
    while told:
        slides, told = slides + 1, told[_most(told, height, room) :]
    return slides


def _most(told: Sequence[Told], height: Callable[[Sequence[Told]], float], room: float) -> int:
    """How many of the findings fit one slide; one is always taken."""
    return next((number for number in range(1, len(told)) if height(told[: number + 1]) > room), len(told))


def _evenly(groups: int, most: int) -> int:
    """How many groups stand on the next slide, so that slides are alike: four become two and two."""
    return math.ceil(groups / math.ceil(groups / most))


def _chunks(meetings: list[DiscussionMeeting], size: int) -> list[list[DiscussionMeeting]]:
    return [meetings[start : start + size] for start in range(0, len(meetings), size)]
