"""Programmes become clock times."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kit_builder.method import Method, Step, total_minutes

MINUTES_IN_A_DAY = 24 * 60


@dataclass(frozen=True)
class Slot:
    """One step of a programme; the times are None where no start is known."""

    step: str
    minutes: int
    start: dt.time | None
    end: dt.time | None


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _time(minutes: int) -> dt.time:
    """Clock time of a minute of the day; midnight at the day's end is 00:00."""
    return dt.time(*divmod(minutes % MINUTES_IN_A_DAY, 60))


def clock(start: dt.time | None, programme: tuple[Step, ...]) -> tuple[Slot, ...]:
    """The programme's steps with clock times from `start` on.

    Raises ValueError where the programme would run past midnight."""
    if start is None:
        return tuple(Slot(step.step, step.minutes, None, None) for step in programme)
    now = _minutes(start)
    if now + total_minutes(programme) > MINUTES_IN_A_DAY:
        raise ValueError("the programme runs past midnight")
    slots = []
    for step in programme:
        slots.append(Slot(step.step, step.minutes, _time(now), _time(now + step.minutes)))
        now += step.minutes
    return tuple(slots)


def discussion_programme(doors: dt.time | None, start: dt.time | None, method: Method) -> tuple[Slot, ...]:
    """A discussion meeting with its refreshments before the start (seed, Introduction)."""
    plan = method.discussion_meeting
    length = _minutes(start) - _minutes(doors) if doors and start and doors < start else plan.refreshments
    refreshments = Slot("refreshments", length, doors, start if doors else None)
    return (refreshments, *clock(start, plan.programme))


def decision_programme(start: dt.time | None, method: Method) -> tuple[Slot, ...]:
    """The decision-makers' meeting (seed, Part II §3)."""
    return clock(start, method.decision_meeting.programme)


def end(start: dt.time, programme: tuple[Step, ...]) -> dt.time:
    """When a programme that begins at `start` is over."""
    return _time(_minutes(start) + total_minutes(programme))


def overrun(start: dt.time, programme: tuple[Step, ...], limit: dt.time) -> int:
    """By how many minutes a programme runs over `limit`; 0 or less where it fits."""
    return _minutes(start) + total_minutes(programme) - _minutes(limit)
