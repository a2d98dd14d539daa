"""The largest sizes at which a document keeps to its pages and its boxes, found by laying it out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kit_builder.render import checks
from kit_builder.render.jobs import PdfJob
from kit_builder.render.layout import Layout, layout

FITTED = re.compile(r' data-fit="([0-9 ]+)"')

FIT_STEP = 2
"""Points by which a text that does not fit is made smaller."""

FULL = 1.001
"""How full something is at least that does not fit, whatever was measured: a part of it may not be divided."""

GROWTH = 2
"""How fast a text grows with its letters: its lines become higher, and more."""

GUESSES = 4
"""After so many trials a place is not guessed any more, but sought in the middle of what is left."""


@dataclass
class Settled:
    """A layout, the place of its body size among the job's `sizes`, and the layouts at other sizes that were tried."""

    layout: Layout
    place: int
    tried: dict[int, Layout]


def settle(job: PdfJob) -> Settled:
    """The layout at the largest body size that keeps to the pages, with each fitted text as large as it can be."""
    tried: dict[int, Layout] = {}
    search = Search(job.sizes, job.likely)
    while not search.settled:
        page = tried[search.place] = at_size(job, search.place)
        pages = page.document.pages
        most = job.max_pages or len(pages)
        search.learn(len(pages) <= most, sum(map(checks.filled_page, pages)) / most)
    place = search.place
    if place not in tried:
        tried[place] = at_size(job, place)
    return Settled(tried[place], place, tried)


def at_size(job: PdfJob, place: int) -> Layout:
    """The layout at one of the job's body sizes."""
    return _fitted(job, job.sizes[place])


def _fitted(job: PdfJob, body: float) -> Layout:
    """Lays out, with the text of each `data-fit="LARGEST SMALLEST"` box (points) as large as fits. A third number is
    the size that is tried first.

    While sizes are sought, nothing but the boxes in question is laid out."""
    searches = dict(enumerate(_search(told) for told in FITTED.findall(job.html)))
    open_ = set(searches)

    def laid_out() -> Layout:
        sizes = {number: search.size for number, search in searches.items()}
        return layout(job.html, job.assets, body, sizes, open_)

    while open_:
        page = laid_out()
        too_long = set(checks.overflows(page.document.pages))
        filled = checks.filled_boxes(page.document.pages, {page.boxes[number] for number in open_})
        for number in open_:
            element = page.boxes[number]
            searches[number].learn(element not in too_long, filled.get(element, 0))
        open_ = {number for number in open_ if not searches[number].settled}
    return laid_out()


def _search(told: str) -> Search:
    largest, smallest, *likely = map(int, told.split())
    sizes = (*range(largest, smallest, -FIT_STEP), smallest)
    return Search(sizes, sizes.index(*likely) if likely else 0)


@dataclass
class Search:
    """The search for the first of `sizes` (points, from large to small) at which a text fits, given that it fits at
    all later ones too; the last where it fits nowhere. It begins at the place `likely`.

    Each trial tells how full the page or box was, and so where to look next."""

    sizes: tuple[float, ...]
    likely: int = 0
    filled: dict[int, float] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether `place` is the one that is sought.

        Lines do not get fewer as letters grow: what fills a page to 97 % does not fit with letters larger by 4 %."""
        low, high = self._between()
        return (high - low <= 1 and bool(self.filled)) or (
            high in self.filled and self.filled[high] * self.sizes[high - 1] / self.sizes[high] > 1
        )

    @property
    def place(self) -> int:
        """Where to look next, or the place that was sought."""
        low, high = self._between()
        if self.settled:
            return high
        if not self.filled:
            return self.likely
        last = high - 1 if high in self.filled else high
        if len(self.filled) >= GUESSES or self.filled.get(low, 2) <= FULL:
            return (low + last + 1) // 2
        nearest = high if high in self.filled else low
        size, filled = self.sizes[nearest], self.filled[nearest]
        guesses = (
            place for place in range(low + 1, last) if filled * (self.sizes[place] / size) ** GROWTH <= 1
        )
        return next(guesses, last)

    @property
    def size(self) -> float:
        """The size at `place`."""
        return self.sizes[self.place]

    def learn(self, fits: bool, filled: float) -> None:
        """What a trial at `place` has shown: whether the text fits, and how full its page or box was (1 is full)."""
        self.filled[self.place] = min(filled, 1) if fits else max(filled, FULL)

    def _between(self) -> tuple[int, int]:
        """The last place that is too large (-1 where none is known), and the first that is not."""
        low = max((place for place, filled in self.filled.items() if filled > 1), default=-1)
        high = min(
            (place for place, filled in self.filled.items() if filled <= 1), default=len(self.sizes) - 1
        )
        return low, high
