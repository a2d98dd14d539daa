"""A deck becomes a presentation (PPTX) with real titles, places for text, speaker notes, and a theme of its own.

Every text is measured before it is put into its place and made smaller where it must be; what fits at no size is a
fault at its place in the municipality's file, as in the PDF.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.office_properties import describe
from kit_builder.render.slides import places
from kit_builder.render.slides.deck import (
    AreaSlide,
    Column,
    Deck,
    OpeningSlide,
    Paragraph,
    Run,
    StepsSlide,
    TableSlide,
)
from kit_builder.render.slides.master import (
    accent,
    area_layout,
    dress_theme,
    is_mirrored,
    language_tag,
    new_show,
)
from kit_builder.render.slides.places import BETWEEN, HEADING, Box, Place
from kit_builder.render.slides.table import table_size, write_table
from kit_builder.render.slides.text import Measured, fitting_size, plain, set_sizes, write

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The build knows no today: every presentation says the same day, the earliest that a zip can say."""

FIRST, SECOND = 10, 11
"""Numbers of the layouts' places for text; an area's columns begin at FIRST."""

SHAPES = {
    "participation": (MSO_SHAPE.OVAL, 1, ()),
    "attitudes": (MSO_SHAPE.ROUNDED_RECTANGLE, 0.92, (0.07,)),
    "safety": (MSO_SHAPE.HEXAGON, 0.92, (0.28, 1.1547)),
    "interaction": (MSO_SHAPE.DIAMOND, 1, ()),
}
"""Each area's shape, how much of its place it takes so that all look alike in size, and its adjustments: the shapes
that look.SHAPES draws. The hexagon is turned on a corner."""


def render_pptx(deck: Deck) -> bytes:
    """The presentation; the same bytes for the same deck. Raises RenderError where a text does not fit."""
    writer = _Writer(deck)
    for slide in deck.slides:
        match slide:
            case OpeningSlide():
                writer.opening(slide)
            case TableSlide():
                writer.table(slide)
            case AreaSlide():
                writer.area(slide)
            case StepsSlide():
                writer.steps(slide)
    if writer.faults:
        raise RenderError(list(dict.fromkeys(writer.faults)))
    _register_notes(writer.show)
    _describe(writer.show.core_properties, deck)
    stream = io.BytesIO()
    writer.show.save(stream)
    return _without_times(stream.getvalue())


def _register_notes(show: Any) -> None:
    """Dresses the notes master, and names it in the presentation, which python-pptx leaves out."""
    master = show.notes_master.part
    dress_theme(master)
    relation = show.part.relate_to(master, RELATIONSHIP_TYPE.NOTES_MASTER)
    listed = (
        f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{relation}"/></p:notesMasterIdLst>'
    )
    show.element.find(qn("p:sldMasterIdLst")).addnext(parse_xml(listed))


def _describe(properties: Any, deck: Deck) -> None:
    describe(properties, deck.title, deck.author, language_tag(deck.language))
    properties.last_modified_by = ""
    properties.created = properties.modified = dt.datetime(*FIXED_TIME)


def _without_times(data: bytes) -> bytes:
    """The same zip, with the same time for every part."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for entry in old.infolist():
            part = zipfile.ZipInfo(entry.filename, FIXED_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(entry))
    return stream.getvalue()


class _Writer:
    """Writes the slides of a deck and collects what does not fit."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.faults: list[Fault] = []
        name = [Measured((Run(deck.name, deck.language),))]
        self.show, self.layouts = new_show(deck, self._size(places.NAME, name))

    def opening(self, slide: OpeningSlide) -> None:
        """Title, municipality and day, the areas' shapes, and who arranged the meetings."""
        made = self._new("opening", slide.title, places.OPENING_TITLE, slide.notes)
        first = places.OPENING_SHAPES
        for number, (area, name) in reversed(list(enumerate(self.deck.areas))):
            self._shape(made, area, name, replace(first, x=first.x + number * places.SHAPES_STEP))
        self._fill(made.placeholders[1], places.UNDER, slide.under)
        self._fill_or_drop(made.placeholders[FIRST], places.BY, slide.by)

    def table(self, slide: TableSlide) -> None:
        """A sentence with a table below it, or the table alone in the place of both."""
        made = self._new("table", slide.title, places.TITLE, slide.notes)
        self._fill_or_drop(made.placeholders[FIRST], places.SAID, slide.said)
        place = places.TABLE
        if not slide.said:
            top, bottom = places.SAID.box.y, place.box.y + place.box.height
            place = replace(place, box=replace(place.box, y=top, height=bottom - top))
        rows = [slide.head, *slide.rows]
        size = table_size(rows, place)
        if size is None:
            self._does_not_fit([cell for row in slide.rows for cell in row], slide.path)
            return
        frame = made.placeholders[SECOND].insert_table(len(rows), len(slide.head))
        frame.left, frame.top, frame.width, _ = place.box.placed(mirrored=is_mirrored(self.deck))
        write_table(frame.table, rows, place.box.width, size, self.deck)

    def area(self, slide: AreaSlide) -> None:
        """The area's shape and name, and a column for each group."""
        count = len(slide.columns)
        made = self._new(area_layout(slide.area, count), slide.title, places.AREA_TITLE, slide.notes)
        self._shape(made, slide.area, dict(self.deck.areas)[slide.area], places.AREA_SHAPE)
        columns = [self._measured(column) for column in slide.columns]
        size = min(
            self._size(Place(text, places.GROUP_SIZES), column, slide.path)
            for (_, text), column in zip(places.column_boxes(self.deck.columns, count), columns, strict=True)
        )
        for number, column in enumerate(columns):
            placeholder = made.placeholders[FIRST + number]
            write(placeholder.text_frame, column, self.deck)
            if size != places.GROUP_SIZES[0]:
                set_sizes(placeholder, size, column)

    def steps(self, slide: StepsSlide) -> None:
        """A sentence and numbered steps."""
        made = self._new("steps", slide.title, places.TITLE, slide.notes)
        self._fill_or_drop(made.placeholders[FIRST], places.SAID, slide.said)
        self._fill(
            made.placeholders[SECOND], places.STEPS, slide.steps, indent=places.STEPS_INDENT, after=BETWEEN
        )

    def _new(self, layout: str, title: Paragraph, place: Place, notes: Sequence[Paragraph]) -> Any:
        """A slide with its title, footer, number and speaker notes."""
        made = self.show.slides.add_slide(self.layouts[layout])
        self._fill(made.shapes.title, place, [title], bold=True)
        for placeholder in made.slide_layout.placeholders:
            kind = placeholder.placeholder_format.type
            if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                made.shapes.clone_placeholder(placeholder)
                own = made.placeholders[placeholder.placeholder_format.idx]
                if kind == PP_PLACEHOLDER.FOOTER:
                    self._fill(own, places.FOOTER, self.deck.footer)
                else:
                    self._number(own, placeholder)
        write(made.notes_slide.notes_text_frame, [Measured(line) for line in notes], self.deck)
        return made

    def _number(self, own: Any, of_layout: Any) -> None:
        """The slide's number, as the layout's field that office programs keep right when slides move."""
        paragraph = deepcopy(of_layout._element.txBody.p_lst[0])
        next(paragraph.iter(qn("a:t"))).text = str(len(self.show.slides))
        body = own._element.get_or_add_txBody()
        body.replace(body.p_lst[0], paragraph)

    def _measured(self, column: Column) -> list[Measured]:
        """A column's paragraphs: the group, then its findings a level below; none where it is filled in later."""
        if not column.group:
            return []
        heading = Measured(column.group, bold=True, scale=HEADING, after=BETWEEN)
        indent = self.deck.columns.indent
        return [heading, *(Measured(told, 1, indent=indent, after=BETWEEN) for told in column.findings)]

    def _size(self, place: Place, paragraphs: list[Measured], path: str = "") -> float:
        """The largest size at which paragraphs fit a place; where there is none, that is a fault."""
        size = fitting_size(place, paragraphs)
        if size is None:
            self._does_not_fit([one.paragraph for one in paragraphs], path)
        return size or place.sizes[-1]

    def _does_not_fit(self, paragraphs: Sequence[Paragraph], path: str) -> None:
        text = " ".join(filter(None, map(plain, paragraphs)))[:60]
        self.faults.append(Fault(f"the text '{text}' runs out of its place on the slide; shorten it", path))

    def _fill(self, placeholder: Any, place: Place, paragraphs: Sequence[Paragraph], **look: Any) -> None:
        """Puts paragraphs into a placeholder at the size at which they fit; `look` is how they are measured."""
        measured = [Measured(paragraph, **look) for paragraph in paragraphs]
        size = self._size(place, measured)
        write(placeholder.text_frame, measured, self.deck)
        if size != place.sizes[0]:
            set_sizes(placeholder, size, measured)

    def _fill_or_drop(self, placeholder: Any, place: Place, paragraph: Paragraph) -> None:
        """Like _fill; an empty paragraph takes the placeholder off the slide."""
        if paragraph:
            self._fill(placeholder, place, [paragraph])
        else:
            placeholder._element.getparent().remove(placeholder._element)

    def _shape(self, made: Any, area: str, name: str, box: Box) -> None:
        """An area's shape, with its name as alternative text, next after the slide's title."""
        kind, share, adjustments = SHAPES[area]
        edge = box.width * (1 - share) / 2
        inner = Box(box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge)
        shape = made.shapes.add_shape(kind, *inner.placed(mirrored=is_mirrored(self.deck)))
        for number, value in enumerate(adjustments):
            shape.adjustments[number] = value
        if kind is MSO_SHAPE.HEXAGON:
            shape.rotation = 90
        shape.name = name
        shape._element.nvSpPr.cNvPr.set("descr", name)
        shape.fill.solid()
        shape.fill.fore_color.theme_color = MSO_THEME_COLOR.from_xml(accent(area))
        shape.line.fill.background()
        made.shapes.title._element.addnext(shape._element)
