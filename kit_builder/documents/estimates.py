"""The cost estimate of a round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kit_builder.costs import CostLine, decision_costs, discussion_costs, total
from kit_builder.documents.context import Context
from kit_builder.method import Method, Range
from kit_builder.schema import DiscussionMeeting


@dataclass(frozen=True)
class MeetingCosts:
    """What one discussion meeting costs, line by line; `meeting` is None for the method's example."""

    meeting: DiscussionMeeting | None
    lines: tuple[CostLine, ...]

    @property
    def total(self) -> Range:
        """Sum of the lines whose amount is known, in euros."""
        return total(self.lines)

    @property
    def is_complete(self) -> bool:
        """Whether every line has an amount."""
        return all(line.amount for line in self.lines)


def estimate(context: Context) -> dict[str, Any]:
    """Costs of each discussion meeting, of the decision-makers' meeting, and of the round, in euros
    (seed, Part I §1 and Part II §3). Without data: the method's examples."""
    meetings = discussion_meeting_costs(context.round.discussion_meetings, context.method)
    lines = decision_costs(context.round.decision_meeting, context.method)
    return {
        "meetings": meetings,
        "discussions_total": together(tuple(meeting.total for meeting in meetings)),
        "decision_lines": lines,
        "decision_total": total(lines),
        "grand_total": together((*(meeting.total for meeting in meetings), total(lines))),
        "without_venue": sum(not meeting.is_complete for meeting in meetings),
        "is_example": any(not cost.meeting or cost.meeting.participants is None for cost in meetings),
    }


def discussion_meeting_costs(
    meetings: tuple[DiscussionMeeting, ...], method: Method
) -> tuple[MeetingCosts, ...]:
    """The costs of each meeting, or of the method's example where there is none."""
    wanted: tuple[DiscussionMeeting | None, ...] = meetings or (None,)
    return tuple(MeetingCosts(meeting, discussion_costs(meeting, method)) for meeting in wanted)


def together(ranges: tuple[Range, ...]) -> Range:
    """Sum of ranges, in euros."""
    return Range(low=sum(r.low for r in ranges), high=sum(r.high for r in ranges))
