"""Lays out HTML with WeasyPrint, with nothing but the toolkit's fonts and the document's own files.

Whatever WeasyPrint only logs is kept with the layout: a missing picture or glyph is a problem of the document."""

from __future__ import annotations

import logging
import os
import re
import unicodedata
from collections.abc import Mapping, Set
from copy import copy, deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kit_builder import paths
from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.jobs import SIZE_PLACE

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration


@dataclass
class Layout:
    """A laid-out document: the HTML and pictures of the letterhead and facts that it has now (sheets.py), the size of
    its text in points, WeasyPrint's pages and source, the fitted boxes by their order, and what WeasyPrint complained
    about."""

    html: str
    assets: dict[str, bytes]
    body: float | None
    document: Any
    source: Any
    boxes: dict[int, Any]
    messages: list[str]


def layout(
    html: str,
    assets: dict[str, bytes],
    body: float | None = None,
    sizes: Mapping[int, float] = MappingProxyType({}),
    only: Set[int] = frozenset(),
    more_styles: str = "",
) -> Layout:
    """Lays the pages out without writing them. `body` is the size of the text in points, where the styles have a place
    for it; `sizes` are points for the fitted boxes, by their order.

    With `only`, everything but these fitted boxes is left out, as far as it does not share their place: an element
    with `data-page` is a page of its own, or stands at a place of its own on a page. `more_styles` come after the
    document's own. Raises RenderError where the document asks for a file that is not its own."""
    from weasyprint.urls import FatalURLFetchingError

    with collected() as logged:
        source = _read(html).again(_fetcher(assets))
        fitted = [element for element in source.etree_element.iter() if element.get("data-fit")]
        boxes = dict(enumerate(fitted))
        for number, element in boxes.items():
            if number in sizes:
                element.set("style", f"font-size: {sizes[number]}pt")
        if only:
            _leave_out_other_pages(source, {boxes[number] for number in only})
        styles = [*_styles(source, body, logged), *([_style_sheet(more_styles)[0]] if more_styles else ())]
        try:
            document = source.render(font_config=_fonts(), stylesheets=styles)
        except FatalURLFetchingError as error:
            raise RenderError([Fault(str(error))]) from error
    return Layout(html, assets, body, document, source, boxes, logged)


@lru_cache(maxsize=1)
def _read(html: str) -> Any:
    """The HTML as a tree, read once for all sizes that are tried."""
    from weasyprint import HTML

    class Source(HTML):  # type: ignore[misc]
        def again(self, fetcher: Any) -> Source:
            """The same document with a tree of its own, to be changed and laid out."""
            another = copy(self)
            another.url_fetcher = fetcher
            another.wrapper_element = type(self.wrapper_element).from_html_root(
                deepcopy(self.etree_element), content_language=None
            )
            another.etree_element = another.wrapper_element.etree_element
            return another

        def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
            return [_usual_styles()]

    return Source(string=html, base_url="kit:")


UNUSED_STYLES = re.compile(
    r"^(?:::footnote-|::note-|  @(?:left|right|top-center|top-right|bottom-center|\S+-corner)).*\n",
    re.MULTILINE,
)
"""Lines of WeasyPrint's style sheet of HTML: of notes, and of the edges of a page where nothing stands."""


@cache
def _usual_styles() -> CSS:
    """The styles that HTML has by itself, without those that no document needs.

    WeasyPrint works out the styles of notes and markers for every element, and those of sixteen places at its edges
    for every page: half of all styles of a document."""
    from weasyprint import CSS, html
    from weasyprint.css.counters import CounterStyle

    text = UNUSED_STYLES.sub("", html.UA).replace("\n::marker", "\nli::marker")
    return CSS(string=text, base_url="kit:", counter_style=CounterStyle())


def _leave_out_other_pages(source: Any, boxes: set[Any]) -> None:
    body = source.etree_element.find("body")
    pages = {page for page in body.iter() if page.get("data-page") is not None}
    if not pages:
        return
    kept = {page for page in pages if boxes & set(page.iter())}

    def clear(element: Any) -> None:
        for child in list(element):
            if child in kept:
                continue
            if kept & set(child.iter()):
                clear(child)
            else:
                element.remove(child)

    clear(body.find("main"))


def _styles(source: Any, body: float | None, logged: list[str]) -> list[CSS]:
    """Takes the styles out of a document, and adds to `logged` what WeasyPrint complained about in them."""
    head = source.etree_element.find("head")
    sheets = []
    for element in head.findall("style"):
        head.remove(element)
        size = f"--body: {body}pt;" if body is not None else ""
        sheet, messages = _style_sheet((element.text or "").replace(SIZE_PLACE, size))
        sheets.append(sheet)
        logged += messages
    return sheets


@lru_cache(maxsize=128)
def _style_sheet(text: str) -> tuple[CSS, list[str]]:
    """Styles, read once for all documents of a kind: reading them takes a fifth of a layout's time."""
    from weasyprint import CSS

    with collected() as logged:
        sheet = CSS(string=text, base_url="kit:", font_config=_fonts())
    return sheet, logged


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


class collected:  # noqa: N801 - reads as a word in `with collected() as logged`
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
