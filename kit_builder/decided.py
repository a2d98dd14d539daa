"""What municipalities decided, as their kits' manifests tell it, so that others can learn (seed, Part III)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kit_builder.languages import languages
from kit_builder.schema import Action, MunicipalityFile

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Decided:
    """An action, the id of its round, the day of the round's decision-makers' meeting, where it is known, and the
    languages of the groups that were heard in the round, in the order of the languages."""

    round: str
    day: dt.date | None
    action: Action
    heard: tuple[str, ...] = ()

    @property
    def since(self) -> dt.date | None:
        """The day of the meeting, or the first of the year by which the round is called; None where neither is
        known."""
        year = YEAR.search(self.round)
        return self.day or (dt.date(int(year[0]), 1, 1) if year else None)


def manifest_lines(file: MunicipalityFile) -> list[dict[str, Any]]:
    """Every action of every round, in file order, for the manifest."""
    lines = []
    for round_ in file.rounds:
        meeting = round_.decision_meeting
        day = meeting.date.isoformat() if meeting and meeting.date else None
        spoken = {held.language for held in round_.discussion_meetings}
        heard = [code for code in languages() if code in spoken]
        for action in round_.actions:
            told = action.model_dump(mode="json", exclude={"accept"}, exclude_none=True)
            lines.append({"round": round_.id, "decided": day, "heard": heard, **told})
    return lines


def from_manifest(lines: Iterable[dict[str, Any]]) -> tuple[Decided, ...]:
    """The actions of a manifest. One that today's schema no longer reads is left out: a kit whose file has errors
    stays from an older build, and may be older than the schema."""
    found = []
    for line in lines:
        told = {key: value for key, value in line.items() if key not in ("round", "decided", "heard")}
        try:
            action = Action.model_validate(told)
        except ValidationError:
            continue
        day = line.get("decided")
        heard = tuple(code for code in line.get("heard", ()) if code in languages())
        since = dt.date.fromisoformat(day) if day else None
        found.append(Decided(str(line.get("round", "")), since, action, heard))
    return tuple(found)
