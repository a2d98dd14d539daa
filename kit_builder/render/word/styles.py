"""Paragraphs as they are gathered, and the Word styles that they share.

A paragraph carries its whole look while the file is written. When all are known, the commonest look of each style
becomes the style, and a paragraph says only where it differs: so a Word user changes all of a kind in one place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kit_builder.render.word.paper import Paper, colour
from kit_builder.render.word.xml import half_points, make, value

LATIN, ARABIC, ETHIOPIC, SYMBOLS = "Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic", "MS Gothic"
"""MS Gothic is the font from which Word itself takes its check boxes."""

FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


@dataclass(frozen=True)
class Letters:
    """How text looks: its size (half points), weight and colour (six hexadecimal digits)."""

    size: int
    bold: bool
    colour: str


@dataclass(frozen=True)
class Look:
    """How a paragraph looks. `above` and `below` are twips; `line` is "auto" with 240ths of the font's own line, or
    "exact" with twips; `align` is Word's `w:jc`, or "" for the side where a line begins."""

    letters: Letters
    line: tuple[str, int]
    above: int
    below: int
    align: str = ""


def letters(paper: Paper, element: Any) -> Letters:
    """How the text of an element looks."""
    style = paper.style(element)
    return Letters(half_points(style["font_size"]), style["font_weight"] >= 600, colour(style, "color"))


@dataclass
class Run:
    """A run of text (`element` is its `w:r`) of one look, language and direction."""

    element: Any
    letters: Letters
    language: str
    rtl: bool
    font: str = ""
    link: bool = False
    underlined: bool = False

    def joins(self, before: Run) -> bool:
        """Whether this run of text goes straight on from the one before, in the same look and language."""
        follows = (
            self.element.getprevious() is before.element and before.element[-1].tag == self.element[-1].tag
        )
        return follows and replace(self, element=None) == replace(before, element=None)

    def properties(self, usual: Letters) -> Any:
        """What the run says of itself, where its paragraph's style has the letters `usual`."""
        bold, size = self.letters.bold != usual.bold, self.letters.size != usual.size
        on = {} if self.letters.bold else {"w:val": "0"}
        return make(
            "w:rPr",
            {},
            value("w:rStyle", "Hyperlink") if self.link else None,
            fonts(self.font) if self.font else None,
            make("w:b", on) if bold else None,
            make("w:bCs", on) if bold else None,
            value("w:color", self.letters.colour) if self.letters.colour != usual.colour else None,
            value("w:sz", self.letters.size) if size else None,
            value("w:szCs", self.letters.size) if size else None,
            value("w:u", "single") if self.underlined else None,
            make("w:rtl") if self.rtl else None,
            make("w:lang", {"w:val": self.language, "w:bidi": self.language}),
        )


@dataclass
class Paragraph:
    """A paragraph (`element` is its `w:p`). Indents are twips from where a line begins and ends; `first` is the
    first line's own, negative where it hangs out. `above` and `below` are the margins in its place, which may be other
    than those of its look."""

    element: Any
    style: str
    look: Look
    rtl: bool
    language: str
    above: int = 0
    below: int = 0
    start: int = 0
    end: int = 0
    first: int = 0
    listed: tuple[int, int] | None = None
    borders: dict[str, dict[str, Any]] = field(default_factory=dict)
    tab: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    section: Any = None
    row: Any = None
    runs: list[Run] = field(default_factory=list)

    def settle(self, base: Look) -> None:
        """Writes the properties, of which those of `base` stand in the paragraph's style."""
        for run in self.runs:
            run.element.insert(0, run.properties(base.letters))
        spacing: dict[str, Any] = {}
        if self.above != base.above:
            spacing["w:before"] = self.above
        if self.below != base.below:
            spacing["w:after"] = self.below
        if self.look.line != base.line:
            spacing |= _line(self.look.line)
        indents = {"w:left": self.start, "w:right": self.end}
        if self.first:
            indents["w:hanging" if self.first < 0 else "w:firstLine"] = abs(self.first)
        has_indents = any(indents.values())
        borders = [make(f"w:{side}", line) for side, line in self.borders.items()]
        properties = make(
            "w:pPr",
            {},
            value("w:pStyle", style_id(self.style)),
            make("w:keepNext") if self.keep_next else None,
            make("w:keepLines") if self.keep_lines else None,
            make("w:pageBreakBefore") if self.new_page else None,
            self._numbering(),
            make("w:pBdr", {}, *borders) if borders else None,
            make("w:tabs", {}, make("w:tab", {"w:val": "right", "w:pos": self.tab})) if self.tab else None,
            make("w:bidi") if self.rtl else None,
            make("w:spacing", spacing) if spacing else None,
            make("w:ind", indents) if has_indents else None,
            value("w:jc", self.look.align or "left") if self.look.align != base.align else None,
            None if self.runs else self._mark(base),
            self.section,
        )
        self.element.insert(0, properties)

    def _numbering(self) -> Any:
        if self.listed is None:
            return None
        number, level = self.listed
        return make("w:numPr", {}, value("w:ilvl", level), value("w:numId", number))

    def _mark(self, base: Look) -> Any:
        """How text will look that is written into an empty paragraph."""
        return Run(None, self.look.letters, self.language, self.rtl).properties(base.letters)


def settle(paragraphs: list[Paragraph], usual: Look) -> Iterator[Any]:
    """Writes the properties of all paragraphs and gives back the styles (`w:style`) that they share.

    `usual` is the look of text that nothing else is said of. Headings have its colour: an area's colour stays with
    the titles of that area."""
    looks: dict[str, Counter[Look]] = {}
    for paragraph in paragraphs:
        look = paragraph.look
        if paragraph.style.startswith("heading"):
            look = replace(look, letters=replace(look.letters, colour=usual.letters.colour))
        looks.setdefault(paragraph.style, Counter())[look] += 1
    bases = {"Normal": usual} | {name: found.most_common(1)[0][0] for name, found in looks.items()}
    for paragraph in paragraphs:
        paragraph.settle(bases[paragraph.style])
    for name, look in bases.items():
        yield _style(name, look)


def _style(name: str, look: Look) -> Any:
    on = {} if look.letters.bold else {"w:val": "0"}
    level = int(name[-1]) - 1 if name.startswith("heading") else None
    return make(
        "w:style",
        {"w:type": "paragraph", "w:styleId": style_id(name)} | ({"w:default": 1} if name == "Normal" else {}),
        value("w:name", name),
        value("w:basedOn", "Normal") if name != "Normal" else None,
        value("w:next", "Normal") if level is not None else None,
        make("w:qFormat"),
        make(
            "w:pPr",
            {},
            make("w:keepNext") if level is not None else None,
            make("w:keepLines") if level is not None else None,
            make("w:spacing", {"w:before": look.above, "w:after": look.below} | _line(look.line)),
            value("w:jc", look.align) if look.align else None,
            value("w:textAlignment", "center") if name == "header" else None,
            value("w:outlineLvl", level) if level is not None else None,
        ),
        make(
            "w:rPr",
            {},
            make("w:b", on),
            make("w:bCs", on),
            value("w:color", look.letters.colour),
            value("w:sz", look.letters.size),
            value("w:szCs", look.letters.size),
        ),
    )


def other_styles(link: str) -> list[Any]:
    """The styles that are not of paragraphs: what Word expects, and links in the colour `link`."""
    zero = {"w:w": 0, "w:type": "dxa"}
    return [
        make(
            "w:style",
            {"w:type": "character", "w:default": 1, "w:styleId": "DefaultParagraphFont"},
            value("w:name", "Default Paragraph Font"),
        ),
        make(
            "w:style",
            {"w:type": "table", "w:default": 1, "w:styleId": "TableNormal"},
            value("w:name", "Normal Table"),
            make(
                "w:tblPr",
                {},
                make("w:tblInd", zero),
                make(
                    "w:tblCellMar",
                    {},
                    *(make(f"w:{side}", zero) for side in ("top", "left", "bottom", "right")),
                ),
            ),
        ),
        make(
            "w:style",
            {"w:type": "numbering", "w:default": 1, "w:styleId": "NoList"},
            value("w:name", "No List"),
        ),
        make(
            "w:style",
            {"w:type": "character", "w:styleId": "Hyperlink"},
            value("w:name", "Hyperlink"),
            make("w:rPr", {}, value("w:color", link), value("w:u", "single")),
        ),
    ]


def defaults(size: int, language: str, rtl: bool) -> Any:
    """What holds for all text: the fonts, the size (half points) and the language of a document that reads from
    right to left (`rtl`) or from the left."""
    slots = dict.fromkeys(FONT_SLOTS, LATIN)
    return make(
        "w:docDefaults",
        {},
        make(
            "w:rPrDefault",
            {},
            make(
                "w:rPr",
                {},
                make("w:rFonts", slots | {"w:cs": ARABIC} if rtl else slots),
                value("w:sz", size),
                value("w:szCs", size),
                make("w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": language}),
            ),
        ),
        make("w:pPrDefault"),
    )


def fonts(name: str) -> Any:
    """One font for a run, whatever Word takes its letters for."""
    return make("w:rFonts", dict.fromkeys(FONT_SLOTS, name))


def style_id(name: str) -> str:
    """A style's identifier: its name in one word."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _line(line: tuple[str, int]) -> dict[str, Any]:
    return {"w:line": line[1], "w:lineRule": line[0]}
