"""What meetings cost, as ranges in euros (seed, Part I §1 and Part II §3)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kit_builder.method import Method, Range
from kit_builder.schema import DecisionMeeting, DiscussionMeeting


@dataclass(frozen=True)
class CostLine:
    """One line of an estimate: `count` times `each`; `amount` is the product, in euros.

    `amount` is None where the sum is not known yet (a room's rent)."""

    kind: str
    count: int
    each: Range | None

    @property
    def amount(self) -> Range | None:
        return Range(low=self.each.low * self.count, high=self.each.high * self.count) if self.each else None


def total(lines: tuple[CostLine, ...]) -> Range:
    """Sum of the lines whose amount is known, in euros."""
    amounts = [line.amount for line in lines if line.amount]
    return Range(low=sum(a.low for a in amounts), high=sum(a.high for a in amounts))


def _known(euros: int | None) -> Range | None:
    return None if euros is None else Range(low=euros, high=euros)


def discussion_costs(meeting: DiscussionMeeting | None, method: Method) -> tuple[CostLine, ...]:
    """Fees, catering and room of one discussion meeting. Without a meeting: the method's example.

    Catering is counted for each started group of about 20 people."""
    sample = method.costs.discussion_meeting
    participants = (meeting and meeting.participants) or sample.participants
    leaders = meeting.leaders if meeting and meeting.leaders is not None else sample.leaders
    secretaries = meeting.secretaries if meeting and meeting.secretaries is not None else sample.secretaries
    return (
        CostLine("leader", leaders, sample.leader),
        CostLine("secretary", secretaries, sample.secretary),
        CostLine("coordinator", 1, sample.coordinator),
        CostLine("catering", math.ceil(participants / sample.participants), sample.catering),
        CostLine("venue", 1, _known(meeting.venue_cost if meeting else None)),
    )


def decision_costs(meeting: DecisionMeeting | None, method: Method) -> tuple[CostLine, ...]:
    """Room and supper, and a fee for each facilitator. Without a meeting: one facilitator."""
    sample = method.costs.decision_meeting
    known = _known(meeting.venue_and_supper_cost) if meeting else None
    facilitators = meeting.facilitators if meeting and meeting.facilitators is not None else 1
    return (
        CostLine("venue-and-supper", 1, known or sample.venue_and_supper),
        CostLine("facilitator", facilitators, sample.facilitator),
    )
