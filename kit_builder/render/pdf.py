"""HTML to PDF/UA-1 with WeasyPrint; whatever WeasyPrint only logs is a problem of the document.

A job holds everything that shapes its output, so that it can be hashed, sent to another process and repeated.
"""

from __future__ import annotations

import logging
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kit_builder import paths
from kit_builder.render import checks, form_fields

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration


@dataclass(frozen=True)
class Fault:
    """Something that would not be right on paper, in one sentence; `path` is the place in the municipality's file
    of the text that causes it, where one does."""

    message: str
    path: str = ""


class RenderError(Exception):
    """A document that would not be right on paper."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class PdfJob:
    """`html` is a whole page; `assets` are the files that it names as `kit:<name>`.

    `max_pages` is how many pages the document may have; where it has more, the body sizes `sizes` (points, from
    large to small) are tried in turn."""

    html: str
    assets: dict[str, bytes] = field(default_factory=dict)
    max_pages: int | None = None
    sizes: tuple[float, ...] = (11.5,)


@dataclass(frozen=True)
class Rendered:
    """A file and how many pages it has (0 where it has none, as a calendar)."""

    data: bytes
    pages: int


SIZE_PLACE = "/*size*/"
"""Where the body size is written into a job's HTML."""


def render_pdf(job: PdfJob) -> Rendered:
    """The document as PDF/UA-1. Raises RenderError where it does not fit or anything is missing on the paper."""
    page = _smallest_change(job)
    pages = page.document.pages
    faults = [Fault(message) for message in page.messages]
    if job.max_pages is not None and len(pages) > job.max_pages:
        faults.append(Fault(f"it has {len(pages)} pages and may have {job.max_pages}; shorten its texts"))
    faults += [
        Fault(f"the text '{text}' is not on the paper") for text in checks.lost_texts(page.source, pages)
    ]
    for element in checks.overflows(pages):
        message = f"the text '{_start(element)}' runs out of its place; shorten it"
        faults.append(Fault(message, element.get("data-path", "")))
    if faults:
        raise RenderError(faults)
    with _collected() as logged:
        data = page.document.write_pdf(pdf_variant="pdf/ua-1", finisher=form_fields.finish)
    if logged:
        raise RenderError([Fault(message) for message in logged])
    return Rendered(data, len(pages))


def _smallest_change(job: PdfJob) -> Layout:
    """The layout at the largest body size that keeps to the pages, with each fitted text as large as it can be."""
    tried: dict[int, Layout] = {}

    def fits(place: int) -> bool:
        html = job.html.replace(SIZE_PLACE, f"--body: {job.sizes[place]}pt;")
        tried[place] = _fitted(html, job.assets)
        return job.max_pages is None or len(tried[place].document.pages) <= job.max_pages

    return tried[first_fitting(len(job.sizes), fits)]


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


def _fitted(html: str, assets: dict[str, bytes]) -> Layout:
    """Lays out, with the text of each `data-fit="LARGEST SMALLEST"` box (points) as large as fits, by bisection."""
    page = layout(html, assets)
    tried = {number: _Trial.of(element) for number, element in enumerate(_fitting(page.source))}
    searched = {number for number, element in enumerate(_fitting(page.source)) if element in _too_long(page)}
    laid_out: dict[int, int] = {}
    while open_ := [number for number in searched if not tried[number].settled]:
        laid_out = {number: tried[number].size for number in searched}
        page = layout(html, assets, laid_out)
        too_long = _too_long(page)
        for number, element in enumerate(_fitting(page.source)):
            if number in open_:
                tried[number].learn(element not in too_long)
    found = {number: tried[number].size for number in searched}
    return page if found == laid_out else layout(html, assets, found)


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


def _too_long(page: Layout) -> set[Any]:
    """The fitted boxes whose text runs out of them or on to another page."""
    return {element for element in checks.overflows(page.document.pages) if element.get("data-fit")}


FIT_STEP = 2
"""Points by which a text that does not fit is made smaller."""


def _fitting(source: Any) -> list[Any]:
    return [element for element in source.etree_element.iter() if element.get("data-fit")]


@dataclass(frozen=True)
class Layout:
    """A laid-out document, its source, and what WeasyPrint complained about."""

    document: Any
    source: Any
    messages: list[str]


def layout(html: str, assets: dict[str, bytes], sizes: dict[int, int] | None = None) -> Layout:
    """Lays the pages out without writing them; `sizes` are points for the fitted boxes, by their order.

    Raises RenderError where the document asks for a file that is not its own."""
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    with _collected() as logged:
        source = HTML(string=html, base_url="kit:", url_fetcher=_fetcher(assets))
        for number, element in enumerate(_fitting(source)):
            largest = int(element.get("data-fit").split()[0])
            element.set("style", f"font-size: {(sizes or {}).get(number, largest)}pt")
        try:
            document = source.render(font_config=_fonts())
        except FatalURLFetchingError as error:
            raise RenderError([Fault(str(error))]) from error
    return Layout(document, source, logged)


def _start(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())[:60]


@cache
def _fonts() -> FontConfiguration:
    """One configuration for the process: only the toolkit's own fonts exist, on every machine."""
    os.environ["FONTCONFIG_FILE"] = str(_font_file())
    _mark_languages()
    _map_real_characters()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _font_file() -> Any:
    cache_folder = paths.ROOT / ".kit" / "fontconfig"
    cache_folder.mkdir(parents=True, exist_ok=True)
    file = cache_folder / "fonts.conf"
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f"<fontconfig><dir>{paths.FONTS}</dir><cachedir>{cache_folder}</cachedir></fontconfig>\n"
    )
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
    return file


def _fetcher(assets: dict[str, bytes]) -> Any:
    """Opens nothing but the job's own assets: no file, no network."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Assets(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("kit:").lstrip("/")
            if not url.startswith("kit:") or name not in assets:
                raise FatalURLFetchingError(
                    f"the document asks for '{url}', which is not among its own files"
                )
            kind = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}[name.rsplit(".", 1)[-1]]
            return URLFetcherResponse(url, assets[name], {"Content-Type": kind})

    return Assets()


class _collected:  # noqa: N801 - reads as a word in `with _collected() as logged`
    """Collects what WeasyPrint logs while it works."""

    def __enter__(self) -> list[str]:
        self.messages: list[str] = []
        messages = self.messages

        class Handler(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                messages.append(record.getMessage())

        self.handler = Handler(logging.WARNING)
        self.logger = logging.getLogger("weasyprint")
        self.kept = self.logger.handlers[:], self.logger.propagate
        self.logger.handlers, self.logger.propagate = [self.handler], False
        return messages

    def __exit__(self, *_: object) -> None:
        self.logger.handlers, self.logger.propagate = self.kept


@cache
def _mark_languages() -> None:
    """Writes the language of each part into the PDF's structure (WCAG 3.1.2), which WeasyPrint leaves out."""
    import pydyf
    from weasyprint.pdf import tags

    original = tags._build_box_tree

    def with_language(box: Any, *arguments: Any) -> Any:
        element = getattr(getattr(box, "_box", box), "element", None)
        language = element.get("lang") if element is not None and element.tag != "html" else None
        for item in original(box, *arguments):
            if language:
                item["Lang"] = pydyf.String(language)
            yield item

    tags._build_box_tree = with_language


@cache
def _map_real_characters() -> None:
    """Keeps characters that nobody writes out of the character maps of fonts: U+0000, U+FEFF and U+FFFE, which
    PDF/UA-1 forbids (7.21.7), and ligatures and presentation forms such as U+FB00, which stand for "ff".

    WeasyPrint writes the whole map of a font with which fields are filled, and the Noto fonts have some of them."""
    from weasyprint.pdf import fonts

    class RealCharacters(fonts.TTFont):  # type: ignore[misc]
        def getBestCmap(self, *arguments: Any, **options: Any) -> Any:  # noqa: N802 - fontTools' name
            found = super().getBestCmap(*arguments, **options)
            return {code: glyph for code, glyph in found.items() if code not in (0, 0xFEFF, 0xFFFE)}

    def letters(code: int) -> str:
        return unicodedata.normalize("NFKC", chr(code)) if 0xFB00 <= code <= 0xFEFC else chr(code)

    fonts.TTFont = RealCharacters
    fonts.chr = letters
