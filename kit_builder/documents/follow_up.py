"""The follow-up plan: the actions, and what the follow-up body does when."""

from __future__ import annotations

from typing import Any

from kit_builder import content
from kit_builder.documents.context import Context

PHASE = {
    "responsibility": "start",
    "money": "start",
    "actions": "start",
    "tell-residents": "start",
    "evaluate": "along",
    "share": "along",
    "next-groups": "again",
    "repeat": "again",
}
"""Section of data/content/follow-up.yml → when it is done: straight after the decision-makers' meeting, while
the actions are carried out, or before the next round (seed, Part III §2)."""


def plan(context: Context) -> dict[str, Any]:
    """The sections of each phase, and the last day by which an action is due (None where no action has one).

    Raises KeyError for a section that has no phase."""
    sections: dict[str, list[Any]] = {phase: [] for phase in PHASE.values()}
    for section in content.read("content/follow-up.yml")["sections"]:
        sections[PHASE[section["id"]]].append(section)
    days = [action.due for action in context.round.actions if action.due]
    return {"sections": sections, "last_due": max(days, default=None)}
