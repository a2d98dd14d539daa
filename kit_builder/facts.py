"""The method's numbers under the names that texts use: `%(group_max)s` in catalogs, `n.group_max` on pages."""

from __future__ import annotations

from kit_builder.costs import decision_costs, discussion_costs, total
from kit_builder.method import Method, Range, total_minutes


def numbers(method: Method) -> dict[str, int]:
    """Plain numbers (people, minutes, hours, cards, years)."""
    discussion = method.discussion_meeting
    minutes = {step.step: step.minutes for step in discussion.programme}
    return {
        "areas_count": len(method.areas),
        "group_max": method.small_group.max_people,
        "meeting_minutes": total_minutes(discussion.programme),
        "meeting_hours": total_minutes(discussion.programme) // 60,
        "welcome_minutes": minutes["welcome"],
        "area_minutes": minutes["participation"],
        "break_short": minutes["break-1"],
        "break_long": minutes["break-2"],
        "closing_minutes": minutes["closing"],
        "refreshments_minutes": discussion.refreshments,
        "invited_on_min": method.invited_on.recommended.low,
        "invited_on_max": method.invited_on.recommended.high,
        "offer_min": method.invited_on.offered_by_leader.low,
        "offer_max": method.invited_on.offered_by_leader.high,
        "cards_min": method.deck.cards.low,
        "cards_max": method.deck.cards.high,
        "deck_group_size": method.deck.group_size,
        "actions_min": method.actions_per_group.low,
        "actions_max": method.actions_per_group.high,
        "decision_minutes": total_minutes(method.decision_meeting.programme),
        "decision_hours": total_minutes(method.decision_meeting.programme) // 60,
        "years_in_finland": method.years_in_finland,
        "repeat_years_min": method.repeat_years.low,
        "repeat_years_max": method.repeat_years.high,
        "cost_participants": method.costs.discussion_meeting.participants,
    }


def sums(method: Method) -> dict[str, Range]:
    """Sums of money, in euros."""
    discussion, decision = method.costs.discussion_meeting, method.costs.decision_meeting
    return {
        "fee_leader": discussion.leader,
        "fee_secretary": discussion.secretary,
        "fee_coordinator": discussion.coordinator,
        "catering": discussion.catering,
        "cost_meeting": total(discussion_costs(None, method)),
        "venue_supper": decision.venue_and_supper,
        "fee_facilitator": decision.facilitator,
        "cost_decision": total(decision_costs(None, method)),
    }
