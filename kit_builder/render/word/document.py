"""The HTML that makes a document's PDF as an editable Word file: one source, one look.

The document is laid out as for the PDF; its look and measures are read from there and written as Word's styles,
paragraphs and tables. Nothing may get lost: every text of the HTML is looked for in the finished file."""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from typing import Any

import docx
from docx.section import Section

from kit_builder.look import tokens
from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.fitting import Settled, at_size, settle
from kit_builder.render.jobs import PdfJob
from kit_builder.render.sheets import put_on
from kit_builder.render.word import looks as word_looks
from kit_builder.render.word import package as word_package
from kit_builder.render.word import styles as word_styles
from kit_builder.render.word.blocks import Blocks
from kit_builder.render.word.flow import Flow
from kit_builder.render.word.languages import word_tag
from kit_builder.render.word.lists import Lists
from kit_builder.render.word.paper import Paper
from kit_builder.render.word.styles import Paragraph
from kit_builder.render.word.text import LTR_MARK, RTL_MARK, Piece, Writer, contents, pieces, tidy
from kit_builder.render.word.xml import clark, half_points, make, twips

LEAST_EDGE = 5 * 96 / 25.4
"""What printers leave white at the foot of a page, in CSS pixels: 5 mm."""


def render_docx(job: PdfJob) -> bytes:
    """The document of a job as a Word file.

    Raises RenderError where the HTML holds something that a Word file cannot show, or any text would get lost."""
    return write_docx(job, settle(job))


def write_docx(job: PdfJob, settled: Settled) -> bytes:
    """The document as a Word file, from the layout that its PDF has, whose letterhead and facts are the job's. Raises
    RenderError as `render_docx` does.

    Where the document may have only so many pages, it is set one size smaller: Word breaks lines and sets tables its
    own way, and should keep to the pages too."""
    layout = settled.layout
    if job.max_pages is not None and settled.place + 1 < len(job.sizes):
        smaller = settled.place + 1
        if smaller not in settled.tried or not put_on(settled.tried[smaller], job):
            settled.tried[smaller] = at_size(job, smaller)
        layout = settled.tried[smaller]
    if layout.messages:
        raise RenderError([Fault(message) for message in layout.messages])
    paper = Paper(layout)
    document = docx.Document()
    word_package.clean(document)
    _write(document, paper, job.assets)
    lost = lost_texts(paper.body, document)
    if lost:
        raise RenderError([Fault(f"the text '{text[:80]}' is not in the Word file") for text in lost])
    return word_package.saved(document)


def _write(document: Any, paper: Paper, assets: dict[str, bytes]) -> None:
    numbers = count(1)
    final = document.element.body[-1]
    pages = [paper.pages[0]]
    running: list[Paragraph] = []

    def finish_section(section: Any) -> None:
        _set_paper(section, paper, pages[-1])
        running.extend(_running(Section(section, document.part), paper, assets, numbers, pages[-1].width))

    def new_section(page: Any) -> Any | None:
        if (page.width, page.height) == (pages[-1].width, pages[-1].height):
            return None
        ended = deepcopy(final)
        finish_section(ended)
        pages.append(page)
        return ended

    lists = Lists(paper)
    blocks = Blocks(paper, Writer(paper, document.part, assets, numbers), lists, new_section)
    flow = Flow(final.addprevious, *paper.content(paper.body), is_body=True)
    blocks.all(paper.body.find("main"), flow)
    flow.close()
    finish_section(final)
    style = paper.style(paper.body)
    language = word_tag(paper.language(paper.body))
    colours = {name: token.lstrip("#") for name, token in tokens().items()}
    usual = word_looks.paragraph(paper, paper.body, []).look
    shared = word_styles.settle([*blocks.paragraphs, *running], usual)
    word_package.set_styles(
        document,
        word_styles.defaults(half_points(style["font_size"]), language, paper.direction(paper.body) == "rtl"),
        [*shared, *word_styles.other_styles(colours["participation"])],
    )
    word_package.set_numbering(document, lists.numbering())
    word_package.set_fonts(document)
    head = paper.root.find("head")
    author = next(meta.get("content") for meta in head.iter("meta") if meta.get("name") == "author")
    word_package.set_properties(document, head.findtext("title"), author, language)


# Pages


def _set_paper(section: Any, paper: Paper, page: Any) -> None:
    """Writes the size and margins of a section's paper, and the side from which it is read."""
    width, height = page.margin_width(), page.margin_height()
    header, footer = (paper.body.find(tag) for tag in ("header", "footer"))
    margins = {
        f"w:{side}": twips(getattr(page, f"margin_{side}")) for side in ("top", "right", "bottom", "left")
    }
    if header is not None:
        box, first = paper.box(footer), paper.page(footer)
        under = first.margin_height() - box.border_box_y() - box.border_height()
        margins |= {"w:header": twips(paper.box(header).border_box_y())}
        margins |= {"w:footer": twips(max(under, LEAST_EDGE))}
    for child in list(section):
        section.remove(child)
    turned = {"w:orient": "landscape"} if width > height else {}
    section.append(make("w:pgSz", {"w:w": twips(width), "w:h": twips(height)} | turned))
    section.append(make("w:pgMar", margins | {"w:gutter": 0}))
    if paper.direction(paper.body) == "rtl":
        section.append(make("w:bidi"))


def _running(
    section: Section, paper: Paper, assets: dict[str, bytes], numbers: count[int], width: float
) -> list[Paragraph]:
    """Writes a section's header and footer, `width` CSS pixels wide, and gives back their paragraphs."""
    header, footer = (paper.body.find(tag) for tag in ("header", "footer"))
    if header is None:
        return []
    logo = [Piece("picture", image, image.get("alt")) for image in header.findall("img")]
    name = header.find("span")
    above = [(header, [*logo, Piece("tab", header), *pieces(paper, name, contents(name))])]
    first: list[Any] = []
    below = []
    for node in contents(footer):
        if isinstance(node, str) or not paper.is_block(node):
            first.append(node)
        else:
            below.append((node, tidy(pieces(paper, node, contents(node)))))
    below.insert(
        0, (footer, [*tidy(pieces(paper, footer, first)), Piece("tab", footer), Piece("page", footer)])
    )
    found = []
    for place, lines, style in ((section.header, above, "header"), (section.footer, below, "footer")):
        place.is_linked_to_previous = False
        for paragraph in place.paragraphs:
            paragraph._element.getparent().remove(paragraph._element)
        writer = Writer(paper, place.part, assets, numbers)
        for element, told in lines:
            paragraph = word_looks.paragraph(paper, element, told)
            paragraph.style, paragraph.tab = style, twips(width)
            writer.write(paragraph, told)
            place._element.append(paragraph.element)
            found.append(paragraph)
    return found


# Nothing gets lost


def lost_texts(body: Any, document: Any) -> list[str]:
    """The texts of the HTML's body, and the alternative texts of its pictures, that the Word file does not hold.

    Each is looked for as often as it stands in the HTML, the longest first, so that a short one is not found within
    another."""
    held = "\n".join(map(_squeeze, _held(document)))
    wanted = [" ".join(text.split()) for element in body.iter() for text in _texts(element)]
    lost = []
    for text in sorted(filter(None, wanted), key=len, reverse=True):
        if _squeeze(text) in held:
            held = held.replace(_squeeze(text), "\n", 1)
        else:
            lost.append(text)
    return lost


def _texts(element: Any) -> list[str]:
    return [element.text or "", element.tail or "", element.get("alt") or ""]


def _held(document: Any) -> list[str]:
    """The texts of the file: each paragraph's, and each picture's alternative text."""
    running = [place for section in document.sections for place in (section.header, section.footer)]
    parts = [document.element, *(place._element for place in running if not place.is_linked_to_previous)]
    found = []
    for part in parts:
        for paragraph in part.iter(clark("w:p")):
            found.append("".join(text.text or "" for text in paragraph.iter(clark("w:t"))))
        found += [about.get("descr") or "" for about in part.iter(clark("wp:docPr"))]
    return found


def _squeeze(text: str) -> str:
    return "".join(text.translate({ord(mark): None for mark in (LTR_MARK, RTL_MARK)}).split())
