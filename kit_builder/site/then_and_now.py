"""A municipality's rounds beside one another: what was decided and how far it has come, and what residents said.

In words and as they stand in the file: the method compares no numbers between rounds, because other people took part
each time (seed, Part III)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kit_builder.schema import Action, DiscussionMeeting, Finding, LocalText, MunicipalityFile, Round
from kit_builder.site.learning import STATUSES

AT_MOST = 3
"""How many rounds fit beside one another; earlier ones stand on the page of actions."""


@dataclass(frozen=True)
class SeenRound:
    """A round as its column shows it: its id, the groups that were heard, actions by status, findings by area, each
    with the group that told it."""

    id: str
    groups: tuple[LocalText, ...]
    actions: dict[str, tuple[Action, ...]]
    findings: dict[str, tuple[tuple[Finding, LocalText], ...]]


def side_by_side(file: MunicipalityFile, areas: tuple[str, ...]) -> list[SeenRound]:
    """The latest rounds, then before now; `areas` in the method's order."""
    return [_seen(round_, areas) for round_ in file.rounds[-AT_MOST:]]


def _seen(round_: Round, areas: tuple[str, ...]) -> SeenRound:
    groups = {meeting.id: meeting.group for meeting in round_.discussion_meetings}
    return SeenRound(
        round_.id,
        _heard(round_.discussion_meetings),
        {status: tuple(a for a in round_.actions if a.status == status) for status in STATUSES},
        {
            area: tuple((found, groups[found.meeting]) for found in round_.findings if found.area == area)
            for area in areas
        },
    )


def _heard(meetings: tuple[DiscussionMeeting, ...]) -> tuple[LocalText, ...]:
    return tuple(dict.fromkeys(meeting.group for meeting in meetings))


def how_far(file: MunicipalityFile) -> dict[str, int]:
    """How many actions of all rounds have come how far."""
    counted: Counter[str] = Counter(action.status for round_ in file.rounds for action in round_.actions)
    return {status: counted[status] for status in STATUSES}
