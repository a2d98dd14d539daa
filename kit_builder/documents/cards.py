"""Experience cards on duplex sheets: which card lies where. All measures are millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kit_builder import content, look
from kit_builder.documents.context import Context
from kit_builder.schema import LocalText, Round


@dataclass(frozen=True)
class Place:
    """A rectangle on the sheet: its left upper corner, width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class SheetGeometry:
    """A sheet of cards that touch one another, in the middle of the page: one cut parts two cards.

    The page's edges stay free, because office printers leave out 4–5 mm there; cut marks stand outside the
    cards, which are therefore a little smaller than A7.

    `mark_gap` and `mark_length` are the distance of a cut mark from the cards and its length,
    `mark_width` its thickness; `cross` is the length of the light crosses where four cards meet;
    `padding` is what stays free inside a card, `head` and `foot` are the heights of its area and group;
    `corner` is the radius of a rounded corner, `corner_line` the thickness of its guide;
    `back_frame` is the white edge of a back, which hides that printers shift the second side by a
    millimetre or two; `line_height` is the height of the lines about the sheet, outside the cards.
    """

    page_width: float = 210
    page_height: float = 297
    columns: int = 2
    rows: int = 4
    card_width: float = 94
    card_height: float = 68
    mark_gap: float = 2
    mark_length: float = 3
    mark_width: float = 0.2
    cross: float = 3
    padding: float = 4.5
    head: float = 8
    foot: float = 6.5
    back_frame: float = 4
    corner: float = 3
    corner_line: float = 0.2
    line_height: float = 3.2

    @property
    def cards(self) -> int:
        """How many cards a sheet has."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        return (self.page_width - self.columns * self.card_width) / 2

    @property
    def top(self) -> float:
        return (self.page_height - self.rows * self.card_height) / 2

    @property
    def text_height(self) -> float:
        """What is left for a card's text between its head and its foot."""
        return self.card_height - 2 * self.padding - self.head - self.foot

    def front(self, number: int) -> Place:
        """Where card `number` (from 0, in reading order) lies on the front."""
        row, column = divmod(number, self.columns)
        x, y = self.left + column * self.card_width, self.top + row * self.card_height
        return Place(x, y, self.card_width, self.card_height)

    def back(self, number: int) -> Place:
        """The same card seen from behind, when the sheet is turned over its long edge."""
        front = self.front(number)
        return Place(self.page_width - front.x - front.width, front.y, front.width, front.height)

    def back_area(self, number: int) -> Place:
        """The printed part of a back, inside its white edge."""
        place, edge = self.back(number), self.back_frame
        return Place(place.x + edge, place.y + edge, place.width - 2 * edge, place.height - 2 * edge)

    def corners(self, card: Place) -> Iterator[tuple[str, Place]]:
        """The squares at the corners of a card, front or back, in which the guides for rounding are drawn, each with
        the name of its corner."""
        for vertical, y in (("top", card.y), ("bottom", card.y + card.height - self.corner)):
            for side, x in (("left", card.x), ("right", card.x + card.width - self.corner)):
                yield f"{vertical}-{side}", Place(x, y, self.corner, self.corner)

    def corner_assets(self) -> dict[str, bytes]:
        """A quarter of a circle for each corner, as pictures; the line lies inside the card."""
        near, size = self.corner_line / 2, self.corner
        far, radius = size - near, size - near
        ends = {
            "top-left": (near, size, size, near),
            "top-right": (0, near, far, size),
            "bottom-left": (size, far, near, 0),
            "bottom-right": (far, 0, 0, far),
        }
        return {
            f"{corner}.svg": (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path fill="none" '
                f'stroke="{look.tokens()["line"]}" stroke-width="{self.corner_line}" '
                f'd="M{x0},{y0} A{radius},{radius} 0 0 1 {x1},{y1}"/></svg>'
            ).encode()
            for corner, (x0, y0, x1, y1) in ends.items()
        }

    def marks(self) -> Iterator[Place]:
        """The cut marks at the ends of every cutting line, outside the cards."""
        right, bottom = self.page_width - self.left, self.page_height - self.top
        before, after = self.mark_gap + self.mark_length, self.mark_gap
        for x in self._cuts(self.left, self.card_width, self.columns):
            for y in (self.top - before, bottom + after):
                yield Place(x - self.mark_width / 2, y, self.mark_width, self.mark_length)
        for y in self._cuts(self.top, self.card_height, self.rows):
            for x in (self.left - before, right + after):
                yield Place(x, y - self.mark_width / 2, self.mark_length, self.mark_width)

    def crosses(self) -> Iterator[Place]:
        """The bars of the light crosses where four cards meet, for those who cut with scissors."""
        for x in self._cuts(self.left, self.card_width, self.columns)[1:-1]:
            for y in self._cuts(self.top, self.card_height, self.rows)[1:-1]:
                yield Place(x - self.cross / 2, y - self.mark_width / 2, self.cross, self.mark_width)
                yield Place(x - self.mark_width / 2, y - self.cross / 2, self.mark_width, self.cross)

    def upper_line(self) -> Place:
        """The line about the sheet, above the cards and their cut marks."""
        y = self.top - self.mark_gap - self.mark_length - self.line_height
        width = self.columns * self.card_width - 2 * self.mark_gap
        return Place(self.left + self.mark_gap, y, width, self.line_height)

    def lower_line(self) -> Place:
        """The line about the sheet below the cards."""
        upper = self.upper_line()
        return Place(upper.x, self.page_height - upper.y - upper.height, upper.width, upper.height)

    @staticmethod
    def _cuts(start: float, step: float, count: int) -> list[float]:
        return [start + step * number for number in range(count + 1)]


@dataclass(frozen=True)
class Card:
    """One card. `area` is None for a spare card, `text` and `group` are None where they are written by hand;
    the paths are the places of both in the round's part of the municipality's file."""

    area: str | None
    text: LocalText | None = None
    group: LocalText | None = None
    text_path: str = ""
    group_path: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper, fronts and backs: the cards in the order of their places."""

    number: int
    cards: tuple[Card, ...]


def experience(context: Context) -> dict[str, Any]:
    """The sheets of the deck; for a blank template, one sheet of empty cards for each area."""
    geometry = SheetGeometry()
    areas = context.method.areas
    if context.document.round is None:
        deck = [Card(area) for area in areas for _ in range(geometry.cards)]
    else:
        deck = deck_cards(context.round, areas)
    return {
        "geometry": geometry,
        "sheets": sheets(deck, geometry.cards),
        "area_names": area_names(),
        "rounded": context.round.rounded_cards,
        "assets": geometry.corner_assets(),
    }


def area_names() -> dict[str, str]:
    """The source texts of the areas' names by id."""
    return {area["id"]: area["name"] for area in content.read("content/questions.yml")["areas"]}


def deck_cards(round_: Round, areas: tuple[str, ...]) -> list[Card]:
    """The round's experience cards by area, then in file order, each with its group (seed, Part I §5)."""
    places = {meeting.id: number for number, meeting in enumerate(round_.discussion_meetings)}
    cards = [
        Card(
            finding.area,
            finding.text,
            round_.meeting(finding.meeting).group,
            f"findings[{number}].text",
            f"discussion_meetings[{places[finding.meeting]}].group",
        )
        for number, finding in enumerate(round_.findings)
        if finding.card
    ]
    return sorted(cards, key=lambda card: areas.index(card.area) if card.area else len(areas))


def sheets(deck: list[Card], per_sheet: int) -> list[Sheet]:
    """The deck on sheets of `per_sheet` cards; spare cards fill the last one."""
    spare = -len(deck) % per_sheet
    full = [*deck, *[Card(None)] * spare]
    return [
        Sheet(number, tuple(full[start : start + per_sheet]))
        for number, start in enumerate(range(0, len(full), per_sheet), start=1)
    ]
