"""Text in a line: runs by language, direction and script, breaks, blanks to write on, fields and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import Any, Literal

from docx.opc.constants import RELATIONSHIP_TYPE

from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.word import drawings as word_drawings
from kit_builder.render.word.languages import by_script, word_tag
from kit_builder.render.word.paper import Paper
from kit_builder.render.word.styles import LATIN, SYMBOLS, Letters, Paragraph, Run, letters
from kit_builder.render.word.xml import make, value

PHRASING = ("a", "b", "bdi", "br", "em", "i", "img", "input", "span", "strong")
"""Elements that stand in a line of text."""

HEADINGS = ("h1", "h2", "h3")

LTR_MARK, RTL_MARK = "\u200e", "\u200f"
MARKS = {"ltr": (RTL_MARK + LTR_MARK, LTR_MARK + RTL_MARK), "rtl": (LTR_MARK + RTL_MARK, RTL_MARK + LTR_MARK)}
"""What stands before and after a text of the other direction, so that neither scrambles the other: Word keeps to
the marks where it does not know HTML's isolation."""

NO_BREAK_SPACE = "\u00a0"
SPACE_WIDTH = 0.26
"""Width of a space in Noto Sans, in parts of the letters' size."""

CHECK_BOX = "☐"
BOX_SIZE = 1.15
"""How much larger a check box is than the text beside it."""


@dataclass(frozen=True)
class Piece:
    """One thing in a line. `element` is the HTML element that it belongs to."""

    kind: Literal["text", "break", "tab", "blank", "picture", "field", "tick", "shape", "page"]
    element: Any
    text: str = ""
    link: str = ""


def contents(element: Any) -> list[Any]:
    """What an element holds, in order: texts and elements."""
    found = [element.text or ""]
    for child in element:
        found += [child, child.tail or ""]
    return found


def pieces(paper: Paper, owner: Any, nodes: Iterable[Any], link: str = "") -> Iterator[Piece]:
    """The nodes (texts of `owner`, and elements) as pieces. Raises RenderError at an element that it doesn't know."""
    for node in nodes:
        if isinstance(node, str):
            yield Piece("text", owner, node, link)
        elif node.tag == "br":
            yield Piece("break", owner)
        elif node.tag == "img":
            yield Piece("picture", node, node.get("alt") or "")
        elif node.tag == "input":
            yield Piece("field", node)
        elif "blank" in (node.get("class") or "").split():
            yield Piece("blank", node)
        elif node.tag in PHRASING:
            yield from _phrase(paper, owner, node, node.get("href") or link)
        else:
            raise RenderError([Fault(f"<{node.tag}> cannot stand in a line of a Word file")])


def _phrase(paper: Paper, owner: Any, node: Any, link: str) -> Iterator[Piece]:
    direction = paper.direction(node)
    before, after = MARKS[direction] if direction != paper.direction(owner) else ("", "")
    yield from _marks(owner, node, before)
    yield from pieces(paper, node, contents(node), link)
    yield from reversed(list(_marks(owner, node, after[::-1])))
    if paper.hangs(node):
        yield Piece("tab", owner)


def _marks(owner: Any, node: Any, marks: str) -> Iterator[Piece]:
    """The outer mark belongs to the text around, the inner one to the text inside."""
    for element, mark in zip((owner, node), marks, strict=False):
        yield Piece("text", element, mark)


def tidy(found: Iterable[Piece]) -> list[Piece]:
    """The pieces with white space as HTML shows it: one space at most, none at the ends of a line."""
    tidied: list[Piece] = []
    for piece in found:
        at_start = not tidied or tidied[-1].kind in ("break", "tab")
        if piece.kind == "text":
            text = re.sub(r"[ \t\n\r\f]+", " ", piece.text)
            if at_start or (tidied[-1].kind == "text" and tidied[-1].text.endswith(" ")):
                text = text.lstrip(" ")
            if text:
                tidied.append(replace(piece, text=text))
        elif piece.kind in ("break", "tab"):
            _trim(tidied)
            if tidied and tidied[-1].kind != "break":
                tidied.append(piece)
        else:
            tidied.append(piece)
    while _trim(tidied) or (tidied and tidied[-1].kind == "break"):
        if tidied[-1].kind == "break":
            tidied.pop()
    return tidied


def _trim(tidied: list[Piece]) -> bool:
    """Takes the space away that the last piece ends with; whether there was one."""
    if not tidied or tidied[-1].kind != "text" or not tidied[-1].text.endswith(" "):
        return False
    text = tidied[-1].text.rstrip(" ")
    tidied[-1:] = [replace(tidied[-1], text=text)] if text else []
    return True


class Writer:
    """Writes pieces into paragraphs of one part of the file (its body, a header or a footer).

    `assets` are the pictures by name; `numbers` gives every drawing and field of the file a number of its own."""

    def __init__(self, paper: Paper, part: Any, assets: dict[str, bytes], numbers: count[int]) -> None:
        self.paper = paper
        self.part = part
        self.assets = assets
        self.numbers = numbers

    def write(self, paragraph: Paragraph, found: Iterable[Piece]) -> None:
        """Adds the pieces to a paragraph."""
        for link, group in groupby(found, lambda piece: piece.link):
            holder = paragraph.element
            if link:
                relation = self.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                holder = make("w:hyperlink", {"r:id": relation, "w:history": 1})
                paragraph.element.append(holder)
            for piece in group:
                getattr(self, f"_{piece.kind}")(paragraph, holder, piece)

    def _run(
        self,
        paragraph: Paragraph,
        holder: Any,
        piece: Piece,
        child: Any,
        *,
        look: Letters | None = None,
        rtl: bool | None = None,
        font: str = "",
        underlined: bool = False,
    ) -> Run:
        element = make("w:r", {}, child)
        language = word_tag(self.paper.language(piece.element))
        if rtl is None:
            rtl = self.paper.direction(piece.element) == "rtl"
        look = look or letters(self.paper, piece.element)
        run = Run(element, look, language, rtl, font, bool(piece.link), underlined)
        holder.append(element)
        paragraph.runs.append(run)
        return run

    def _text(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        for text, rtl, font in by_script(piece.text, self.paper.direction(piece.element) == "rtl"):
            before = paragraph.runs[-1] if paragraph.runs else None
            run = self._run(paragraph, holder, piece, _words(text), rtl=rtl, font=font)
            if before and run.joins(before):
                before.element[-1].text += text
                holder.remove(run.element)
                paragraph.runs.pop()

    def _break(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        self._run(paragraph, holder, piece, make("w:br"))

    def _tab(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        self._run(paragraph, holder, piece, make("w:tab"))

    def _blank(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        """A line to write on: no-break spaces, underlined, as wide as on paper."""
        self._run(paragraph, holder, piece, _words(self._spaces(piece.element)), font=LATIN, underlined=True)

    def _spaces(self, element: Any) -> str:
        left, right = self.paper.border_box(element)
        size = self.paper.style(element)["font_size"]
        return NO_BREAK_SPACE * max(4, int((right - left) / (SPACE_WIDTH * size)))

    def _picture(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        """A picture with its alternative text, or that text alone where Word could not show the picture."""
        name = piece.element.get("src").removeprefix("kit:")
        box = self.paper.box(piece.element)
        data = self.assets[name]
        drawn = word_drawings.as_png(data) if name.endswith(".svg") else data
        if drawn is None:
            self._text(paragraph, holder, piece)
            return
        size = (box.width, box.height)
        picture = word_drawings.picture(self.part, drawn, size, piece.text, next(self.numbers))
        self._run(paragraph, holder, piece, picture)

    def _shape(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        """The shape of an area before its title. It is decoration: the title says the same."""
        size = self.paper.style(piece.element)["font_size"] * word_drawings.SHAPE_SIZE
        drawing = word_drawings.shape(self.assets[piece.text], size, next(self.numbers))
        self._run(paragraph, holder, replace(piece, text=""), drawing)

    def _field(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        """A field of a form: a box to tick, or a line to write on."""
        self.mark(holder, piece.element)
        if piece.element.get("type") == "checkbox":
            self._tick(paragraph, holder, piece)
            return
        inside = make("w:sdtContent")
        self._run(paragraph, inside, piece, _words(self._spaces(piece.element)), font=LATIN, underlined=True)
        about = make("w:sdtPr", {}, make("w:rPr", {}, value("w:u", "single")), *self.names(piece.element))
        about.extend([make("w:showingPlcHdr"), make("w:text")])
        holder.append(make("w:sdt", {}, about, inside))

    def _tick(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        """A box that a click ticks."""
        inside = make("w:sdtContent")
        usual = letters(self.paper, piece.element)
        larger = replace(usual, size=round(usual.size * BOX_SIZE), bold=False)
        run = self._run(paragraph, inside, piece, _words(CHECK_BOX), look=larger, rtl=False, font=SYMBOLS)
        box = make(
            "w14:checkbox",
            {},
            make("w14:checked", {"w14:val": 0}),
            make("w14:checkedState", {"w14:val": "2612", "w14:font": SYMBOLS}),
            make("w14:uncheckedState", {"w14:val": "2610", "w14:font": SYMBOLS}),
        )
        about = make("w:sdtPr", {}, run.properties(paragraph.look.letters), *self.names(piece.element), box)
        holder.append(make("w:sdt", {}, about, inside))

    def _page(self, paragraph: Paragraph, holder: Any, piece: Piece) -> None:
        """The number of the page, and of how many: Word counts them. Like a date they are read from the left."""
        mark, stroke = (LTR_MARK, "/") if paragraph.rtl else ("", " / ")
        for told in (mark, "PAGE", mark + stroke + mark, "NUMPAGES", mark):
            if told.isupper():
                field = make("w:fldSimple", {"w:instr": told})
                self._run(paragraph, field, piece, _words("1"), rtl=False)
                holder.append(field)
            elif told:
                self._run(paragraph, holder, piece, _words(told), rtl=False)

    def mark(self, holder: Any, entry: Any) -> None:
        """Marks the place of a form's field by a bookmark of its name: where LibreOffice has saved the file, the
        field's own name is gone. Word takes no hyphen in such a name."""
        number = next(self.numbers)
        name = entry.get("name").replace("-", "_")
        holder.append(make("w:bookmarkStart", {"w:id": number, "w:name": name}))
        holder.append(make("w:bookmarkEnd", {"w:id": number}))

    def names(self, element: Any) -> Iterator[Any]:
        """What a field of a form is called: its title for people (Word takes 64 letters), its name for programs."""
        if element.get("title"):
            yield value("w:alias", element.get("title")[:64])
        if element.get("name"):
            yield value("w:tag", element.get("name"))
        yield value("w:id", next(self.numbers))


def _words(text: str) -> Any:
    element = make("w:t", {"xml:space": "preserve"})
    element.text = text
    return element
