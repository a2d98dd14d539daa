"""Two to four people who are counted: under five, a number points at persons (data/method.yml, smallest_group)."""

from __future__ import annotations

from kit_builder.anonymity.telling import Telling


def few_people(telling: Telling) -> tuple[int, int] | None:
    """Positions of the first and last word by which a sentence counts two to four people, or None.

    What two people might do is no count: "two residents could join"."""
    if telling.possible:
        return None
    for index in range(len(telling.words)):
        fathers_of = telling.low(index - 1) in telling.spoken.having  # "with three children"
        if telling.low(index) in telling.spoken.few and not fathers_of:
            end = _who_act(telling, index) or telling.of_several(index + 1) or _persons(telling, index)
            if end:
                return index, end - 1
    return None


def _who_act(telling: Telling, index: int) -> int:
    """Two said, only two knew, but not "at two there was": the position after the verb, or 0."""
    hour = telling.low(index - 1) in telling.spoken.hours
    return index + 2 if telling.acts(index + 1) and not hour else 0


def _persons(telling: Telling, index: int) -> int:
    """The position after the persons who are counted, or 0; "neljän lapsen isä" counts children, not fathers."""
    for at in telling.near(index):
        if telling.someone(at) and not telling.resident(at):
            return 0
        finnish = telling.language == "fi" and telling.resident(at)
        if finnish or telling.low(at) in telling.spoken.plural_persons:
            return at + 1
    return 0
