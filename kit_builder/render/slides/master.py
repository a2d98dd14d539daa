"""The empty presentation: theme, slide master and layouts, made from python-pptx's default template.

There is a layout for every kind of slide and, for the areas, one for each number of groups: whoever adds a slide in
an office program chooses a layout and gets the area's colour and columns.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.shapes.picture import CT_Picture
from pptx.parts.slide import SlideLayoutPart
from pptx.util import Emu

from kit_builder import look, paths
from kit_builder.languages import languages
from kit_builder.render.slides import places
from kit_builder.render.slides.deck import Deck

ACCENTS = ("participation", "attitudes", "safety", "interaction", "summary", "line")
"""Which colour of tokens.css stands at which of the theme's six accents."""

LEFTOVERS = ("printerSettings", "viewProps", "thumbnail", "extended-properties")
"""What python-pptx's template has of its author's own."""

FIRST_LAYOUT_ID = 2147483700
"""Above the master's own id; ids of masters and layouts are unique in a presentation."""


def area_layout(area: str, groups: int) -> str:
    """The key of the layout for an area's slide with so many groups."""
    return f"{area}-{groups}"


def accent(area: str) -> str:
    """The theme's name for an area's colour."""
    return f"accent{ACCENTS.index(area) + 1}"


def is_mirrored(deck: Deck) -> bool:
    """Whether the slides are read from right to left."""
    return languages()[deck.language].direction == "rtl"


def language_tag(code: str) -> str:
    """A language as office programs name it, such as fi-FI."""
    return languages()[code].locale.replace("_", "-") if code in languages() else code


def new_show(deck: Deck, name_size: float) -> tuple[Any, dict[str, Any]]:
    """A presentation without slides, and its layouts by key: "opening", "table", "steps" and `area_layout`.

    `name_size` is the size of the municipality's name on every slide, in points."""
    show = Presentation()
    show.slide_width, show.slide_height = Emu(places.WIDTH), Emu(places.HEIGHT)
    show.element.find(qn("p:sldSz")).attrib.pop("type")
    for owner in (show.part, show.part.package):
        for id_, relation in list(owner._rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in LEFTOVERS:
                owner._rels.pop(id_)
    dress_theme(show.slide_master.part)
    _dress_master(show.slide_master, deck, name_size)
    for layout in list(show.slide_layouts):
        show.slide_layouts.remove(layout)
    layouts = _layouts(deck)
    for number, xml in enumerate(layouts.values(), start=1):
        _add_layout(show.slide_master, number, xml)
    return show, dict(zip(layouts, show.slide_layouts, strict=True))


def dress_theme(owner: Any) -> None:
    """Gives the theme of a slide or notes master the toolkit's fonts and colours, and shapes without effects."""
    part = owner.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    theme.set("name", "meeting-kit")
    for element, contents in (
        ("clrScheme", _colours()),
        ("fontScheme", _fonts("majorFont") + _fonts("minorFont")),
        ("fillStyleLst", '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3),
        ("effectStyleLst", "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3),
    ):
        old = next(theme.iter(qn(f"a:{element}")))
        named = ' name="meeting-kit"' if "name" in old.attrib else ""
        old.getparent().replace(
            old, parse_xml(f"<a:{element} {nsdecls('a')}{named}>{contents}</a:{element}>")
        )
    if hasattr(part, "_element"):
        part._element = theme
    else:
        part.blob = serialize_part_xml(theme)


def _colours() -> str:
    tokens = look.tokens()
    found = {"dk1": tokens["ink"], "lt1": "#ffffff", "dk2": tokens["muted"], "lt2": tokens["quiet"]}
    found |= {f"accent{number}": tokens[name] for number, name in enumerate(ACCENTS, start=1)}
    found |= {"hlink": tokens["participation"], "folHlink": tokens["attitudes"]}
    return "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>' for name, colour in found.items()
    )


def _fonts(use: str) -> str:
    """Noto Sans, with what an office program needs to choose a likeness where it is not installed."""
    return (
        f'<a:{use}><a:latin typeface="Noto Sans" panose="020B0502040504020204" pitchFamily="34"/>'
        '<a:ea typeface=""/><a:cs typeface="Noto Sans Arabic"/>'
        '<a:font script="Arab" typeface="Noto Sans Arabic"/>'
        f'<a:font script="Ethi" typeface="Noto Sans Ethiopic"/></a:{use}>'
    )


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["places"] = places
    env.globals["units"] = lambda millimetres: round(millimetres * places.UNITS_PER_MM)
    env.globals["points"] = lambda size: round(size * 100)
    env.globals["share"] = lambda part: round(part * 100_000)
    return env


def _filled(template: str, deck: Deck, **values: Any) -> Any:
    """A template of templates/slides/ as XML."""
    text = (
        _environment()
        .get_template(f"slides/{template}")
        .render(
            deck=deck,
            prompts=dict(deck.prompts),
            lang=language_tag(deck.language),
            rtl=is_mirrored(deck),
            **values,
        )
    )
    return parse_xml(text.strip())


def _dress_master(master: Any, deck: Deck, name_size: float) -> None:
    """Fills the master: places and looks of title, text, footer and number, and what stands on every slide."""
    new = _filled("master.xml", deck, name_size=name_size)
    own = master.element
    own.cSld.replace(own.cSld.spTree, new.cSld.spTree)
    styles = own.find(qn("p:txStyles"))
    for name in ("p:titleStyle", "p:bodyStyle"):
        styles.replace(styles.find(qn(name)), new.find(f"{qn('p:txStyles')}/{qn(name)}"))
    if deck.logo:
        image, relation = master.part.get_or_add_image_part(io.BytesIO(deck.logo))
        width, height = image.image.size
        scale = min(places.LOGO.width / width, places.LOGO.height / height)
        box = places.Box(places.LOGO.x, places.LOGO.y, width * scale, height * scale)
        where = box.placed(mirrored=is_mirrored(deck))
        picture = CT_Picture.new_pic(5, "Logo", deck.name, relation, *where)  # type: ignore[no-untyped-call]
        own.cSld.spTree.append(picture)


def _layouts(deck: Deck) -> dict[str, Any]:
    """Every layout's XML by its key."""
    prompts = dict(deck.prompts)
    made = {
        kind: _filled("layout.xml", deck, kind=kind, name=prompts[kind], title=prompts[kind])
        for kind in ("opening", "table", "steps")
    }
    for area, name in deck.areas:
        colour = accent(area)
        for count in range(1, len(deck.columns.widths) + 1):
            boxes = list(places.column_boxes(deck.columns, count))
            values = {"kind": "area", "name": f"{name} – {count}", "title": name}
            made[area_layout(area, count)] = _filled("layout.xml", deck, colour=colour, boxes=boxes, **values)
    return made


def _add_layout(master: Any, number: int, xml: Any) -> None:
    name = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")
    part = SlideLayoutPart(name, CONTENT_TYPE.PML_SLIDE_LAYOUT, master.part.package, xml)
    part.relate_to(master.part, RELATIONSHIP_TYPE.SLIDE_MASTER)
    listed = master.element.get_or_add_sldLayoutIdLst()._add_sldLayoutId()
    listed.rId = master.part.relate_to(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    listed.set("id", str(FIRST_LAYOUT_ID + number))
