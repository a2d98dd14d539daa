"""Run sheets: what is said and done at each step of both meetings, with clock times."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from kit_builder import content, schedule
from kit_builder.documents.context import Context


@dataclass(frozen=True)
class ScriptedStep:
    """A step of a meeting: its script (an entry of data/content/run-sheets.yml), its length in minutes (None
    for the end, which takes no time of its own) and its clock times, None where no start is known."""

    script: dict[str, Any]
    minutes: int | None
    start: dt.time | None
    end: dt.time | None


def discussion(context: Context) -> dict[str, Any]:
    """The steps of the discussion meeting, refreshments first (seed, Introduction)."""
    meeting = context.meeting
    slots = schedule.discussion_programme(meeting.doors, meeting.start, context.method)
    return {"steps": scripted(slots, content.read("content/run-sheets.yml")["discussion"])}


def decision(context: Context) -> dict[str, Any]:
    """The steps of the decision-makers' meeting, the end included (seed, Part II §3)."""
    start = context.decision_meeting.start
    programme = context.method.decision_meeting.programme
    scripts = content.read("content/run-sheets.yml")["decision"]
    over = schedule.end(start, programme) if start else None
    end = ScriptedStep(_by_id(scripts)["end"], None, over, None)
    return {"steps": (*scripted(schedule.decision_programme(start, context.method), scripts), end)}


def scripted(slots: tuple[schedule.Slot, ...], scripts: list[dict[str, Any]]) -> tuple[ScriptedStep, ...]:
    """Each slot of a programme with the script of the same id. Raises KeyError where a step has no script."""
    by_id = _by_id(scripts)
    return tuple(ScriptedStep(by_id[slot.step], slot.minutes, slot.start, slot.end) for slot in slots)


def _by_id(scripts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {script["id"]: script for script in scripts}
