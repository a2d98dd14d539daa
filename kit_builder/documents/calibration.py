"""A sheet that tells whether a printer's fronts and backs meet, before a deck is printed. All measures are mm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from kit_builder.documents.cards import Place, SheetGeometry
from kit_builder.documents.context import make_context
from kit_builder.documents.html import environment, styles
from kit_builder.method import load_method
from kit_builder.plan import Document, Entry
from kit_builder.render.jobs import PdfJob

SHEET = Entry.model_validate(
    {
        "id": "calibration",
        "for": "printer",
        "step": "decision",
        "per": "round",
        "speaks": "official-together",
        "needs": (),
        "paper": "A4",
        "copies": "none",
        "sides": "two",
    }
)
"""Printed with the cards and no document of the catalogue: it belongs to a printer and to no meeting."""


@dataclass(frozen=True)
class Mark:
    """A ring on the front or a cross on the back: its number, its middle, and where the number stands."""

    number: int
    x: float
    y: float
    label: Place


@dataclass(frozen=True)
class Calibration:
    """A ring at each outer corner of the cards, and behind each one a cross with the same number.

    `ring` is the radius that the middle of a cross must keep to: half of the white edge of a card's back, which hides
    as much. `cross` is the length of a cross's bars, `label` the width and height of a number, `gap` its distance
    from the middle of its mark; `ruler` is the length of the line to be measured, `ruler_y` its height on the page."""

    sheet: SheetGeometry
    cross: float = 8
    label: float = 6
    gap: float = 6
    ruler: float = 100
    ruler_y: float = 236

    @property
    def ring(self) -> float:
        return self.sheet.back_frame / 2

    def rings(self) -> Iterator[Mark]:
        """The rings on the front, with their numbers beside them."""
        for number, x, y in self._corners():
            inwards = self.gap if x < self.sheet.page_width / 2 else -self.gap - self.label
            yield Mark(number, x, y, Place(x + inwards, y - self.label / 2, self.label, self.label))

    def crosses(self) -> Iterator[Mark]:
        """The crosses on the back, as they lie when the sheet is turned over its long edge. Their numbers stand below
        or above them, so that both numbers can be read against a light."""
        for number, front, y in self._corners():
            x = self.sheet.page_width - front
            inwards = self.gap if y < self.sheet.page_height / 2 else -self.gap - self.label
            yield Mark(number, x, y, Place(x - self.label / 2, y + inwards, self.label, self.label))

    def _corners(self) -> Iterator[tuple[int, float, float]]:
        sheet, number = self.sheet, 0
        for y in (sheet.top, sheet.page_height - sheet.top):
            for x in (sheet.left, sheet.page_width - sheet.left):
                number += 1
                yield number, x, y


def calibration_job(official: tuple[str, ...], fronts_only: str) -> PdfJob:
    """The job that makes the sheet, front and back, in the municipality's official languages. `fronts_only` is the
    name of the file for a printer whose sides don't meet."""
    context = make_context(Document(SHEET, official, None, None, 0), None, load_method(), None)
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    html = (
        environment()
        .get_template("documents/calibration.html")
        .render(
            **values, styles=styles(SHEET.id), marks=Calibration(SheetGeometry()), fronts_only=fronts_only
        )
    )
    return PdfJob(html)
