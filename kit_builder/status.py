"""What each kit has and waits for, in lines for the terminal. Here the clock may be looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kit_builder import content
from kit_builder.data import Entry
from kit_builder.method import load_method
from kit_builder.plan import plan
from kit_builder.schema import MunicipalityFile


def lines(entries: list[Entry], today: dt.date | None = None) -> Iterator[str]:
    """One paragraph for each municipality; `today` is this machine's day where it is not given."""
    today = today or dt.date.today()
    for entry in entries:
        errors = sum(problem.severity == "error" for problem in entry.problems)
        warnings = len(entry.problems) - errors
        yield f"{entry.id}: errors {errors}, warnings {warnings}"
        if entry.file is None:
            continue
        if accepted := entry.notices():
            yield f"  accepted false alarms: {len(accepted)} (`kit check` shows them with their reasons)"
        planned = plan(entry.file, load_method())
        yield f"  {len(planned.documents)} documents"
        needs = content.read("content/labels.yml")["needs"]
        for need in dict.fromkeys(w.needs for w in planned.waiting):
            waiting = [w.id for w in planned.waiting if w.needs == need]
            yield f"  waits for {needs[need]}: {', '.join(dict.fromkeys(waiting))}"
        yield from _next(entry.file, today)


def _next(file: MunicipalityFile, today: dt.date) -> Iterator[str]:
    """The reminder to delete the reports of the latest meeting that has been held (seed, Part I §5), and the next
    meeting."""
    held = [round_.decision_meeting.date for round_ in file.rounds if round_.decision_meeting]
    past = [day for day in held if day and day <= today]
    if past:
        yield (
            f"  delete the reports: the decision-makers' meeting was on {max(past)}; the organisations, secretaries "
            "and the municipality delete the secretaries' reports and notes once it is over"
        )
    current = file.rounds[-1]
    days = [(m.date, f"discussion meeting {m.id}") for m in current.discussion_meetings if m.date]
    if current.decision_meeting and current.decision_meeting.date:
        days.append((current.decision_meeting.date, "decision-makers' meeting"))
    coming = sorted(day for day in days if day[0] >= today)
    if coming:
        yield f"  next: {coming[0][1]} on {coming[0][0]}"
