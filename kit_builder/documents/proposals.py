"""Residents' proposals, as the small groups get them in step 5 (seed, Part II §3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kit_builder.documents.cards import area_names
from kit_builder.documents.context import Context
from kit_builder.schema import LocalText, Round


@dataclass(frozen=True)
class AreaProposals:
    """An area's proposals, each with its group; `area` is None for those that belong to no single area."""

    area: str | None
    entries: tuple[tuple[LocalText | None, LocalText | None], ...]


def proposals(context: Context) -> dict[str, Any]:
    """The proposals by area; in a blank template, room for some by hand in every area."""
    areas = context.method.areas
    blank = context.document.round is None
    return {
        "parts": blank_parts(areas) if blank else by_area(context.round, areas),
        "area_names": area_names(),
    }


def by_area(round_: Round, areas: tuple[str, ...]) -> list[AreaProposals]:
    """The round's proposals in the order of the areas, those without one last; empty areas are left out."""
    parts = []
    for area in (*areas, None):
        found = [(p.text, round_.meeting(p.meeting).group) for p in round_.proposals if p.area == area]
        if found:
            parts.append(AreaProposals(area, tuple(found)))
    return parts


BLANK_PROPOSALS = 2
"""How many proposals can be written by hand under each area of a blank template."""


def blank_parts(areas: tuple[str, ...]) -> list[AreaProposals]:
    """Every area, and room for proposals without one, with nothing filled in."""
    return [AreaProposals(area, ((None, None),) * BLANK_PROPOSALS) for area in (*areas, None)]
