"""What all municipalities decided, in the order in which a reader of the toolkit's page wants it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from kit_builder import content, registry
from kit_builder.decided import Decided
from kit_builder.site.input import KitEntry

STATUSES = ("done", "under-way", "planned")
"""What is done comes first: others can learn most from it."""

UNDATED = dt.date(2000, 1, 1)
"""Atom wants a day for every entry, also where neither the round's name nor its meeting tells one."""

LATEST = 200
"""How many entries the feed has at most."""


@dataclass(frozen=True)
class Learned:
    """An action with the kit of the municipality that decided it."""

    kit: KitEntry
    decided: Decided

    @property
    def day(self) -> dt.date:
        """The day by which the feed orders it."""
        return self.decided.since or UNDATED

    @property
    def key(self) -> str:
        """A name for the feed that stays the same until the action's status changes: what becomes done is news."""
        action = self.decided.action
        texts = (self.kit.id, self.decided.round, action.status, *sorted(action.title.root.items()))
        return uuid.uuid5(uuid.NAMESPACE_OID, repr(texts)).urn


def by_area(kits: Iterable[KitEntry], areas: Iterable[str]) -> list[tuple[str | None, list[Learned]]]:
    """The actions of each of the `areas` and then those of none, by status, the latest first; an area without
    actions is left out."""
    every = sorted(_every(kits), key=lambda found: registry.plain(next(iter(found.kit.names.values()))))
    every.sort(key=lambda found: found.day, reverse=True)
    every.sort(key=lambda found: STATUSES.index(found.decided.action.status))
    groups = [
        (area, [found for found in every if found.decided.action.area == area]) for area in (*areas, None)
    ]
    return [(area, found) for area, found in groups if found]


def latest(kits: Iterable[KitEntry]) -> list[Learned]:
    """The actions for the feed, the latest first."""
    return sorted(_every(kits), key=lambda found: (found.day, found.key), reverse=True)[:LATEST]


def _every(kits: Iterable[KitEntry]) -> list[Learned]:
    return [Learned(kit, decided) for kit in kits for decided in kit.decided]


def area_names() -> dict[str, str]:
    """The areas' names by id, in their order, as source texts."""
    return {area["id"]: area["name"] for area in content.read("content/questions.yml")["areas"]}
