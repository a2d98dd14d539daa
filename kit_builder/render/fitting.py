"""The largest sizes at which a document keeps to its pages and its boxes, found by laying it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kit_builder.render import checks
from kit_builder.render.jobs import PdfJob
from kit_builder.render.layout import Layout, layout

FIT_STEP = 2
"""Points by which a text that does not fit is made smaller."""


@dataclass(frozen=True)
class Settled:
    """A layout and the place of its body size among the job's `sizes`."""

    layout: Layout
    place: int


def settle(job: PdfJob) -> Settled:
    """The layout at the largest body size that keeps to the pages, with each fitted text as large as it can be."""
    tried: dict[int, Layout] = {}

    def fits(place: int) -> bool:
        tried[place] = at_size(job, place)
        return job.max_pages is None or len(tried[place].document.pages) <= job.max_pages

    place = first_fitting(len(job.sizes), fits)
    return Settled(tried[place], place)


def at_size(job: PdfJob, place: int) -> Layout:
    """The layout at one of the job's body sizes."""
    return _fitted(job, job.sizes[place])


def first_fitting(count: int, fits: Callable[[int], bool]) -> int:
    """The first of `count` places at which something fits, given that it fits at all later ones too; the last where
    it fits nowhere. `fits` is asked about that place, and about as few others as possible."""
    if fits(0) or count == 1:
        return 0
    low, high = 0, count - 1  # it does not fit at `low`; `high` is the best that is left
    asked = False
    while high - low > 1 or not asked:
        middle = (low + high) // 2 if high - low > 1 else high
        if fits(middle):
            high, asked = middle, True
        elif middle == high:
            return high
        else:
            low = middle
    return high


def _fitted(job: PdfJob, body: float) -> Layout:
    """Lays out, with the text of each `data-fit="LARGEST SMALLEST"` box (points) as large as fits, by bisection.

    While sizes are sought, nothing but the boxes in question is laid out."""

    def laid_out(sizes: dict[int, int], only: set[int] | None = None) -> Layout:
        return layout(job.html, job.assets, body, sizes, only)

    boxes = set(range(job.html.count(' data-fit="')))
    if not boxes:
        return laid_out({})
    page = laid_out({}, boxes)
    trials = {number: _Trial.of(page.boxes[number]) for number in _too_long(page)}
    while open_ := {number for number, trial in trials.items() if not trial.settled}:
        page = laid_out(_sizes(trials), open_)
        too_long = _too_long(page)
        for number in open_:
            trials[number].learn(number not in too_long)
    return laid_out(_sizes(trials))


def _sizes(trials: dict[int, _Trial]) -> dict[int, int]:
    return {number: trial.size for number, trial in trials.items()}


@dataclass
class _Trial:
    """The search for one box's size: too large at `too_large`, taken to fit at `fits` (places in `sizes`)."""

    sizes: tuple[int, ...]
    too_large: int
    fits: int

    @classmethod
    def of(cls, element: Any) -> _Trial:
        largest, smallest = map(int, element.get("data-fit").split())
        sizes = (*range(largest, smallest, -FIT_STEP), smallest)
        return cls(sizes, 0, len(sizes) - 1)

    @property
    def settled(self) -> bool:
        return self.fits - self.too_large <= 1

    @property
    def size(self) -> int:
        place = self.fits if self.settled else (self.too_large + self.fits) // 2
        return self.sizes[place]

    def learn(self, fitted: bool) -> None:
        middle = (self.too_large + self.fits) // 2
        if fitted:
            self.fits = middle
        else:
            self.too_large = middle


def _too_long(page: Layout) -> set[int]:
    """The fitted boxes whose text runs out of them or on to another page."""
    found = set(checks.overflows(page.document.pages))
    return {number for number, element in page.boxes.items() if element in found}
