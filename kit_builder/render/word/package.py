"""The package of a Word file: its parts, properties and settings, and bytes that are always the same."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from kit_builder.render.office_properties import describe
from kit_builder.render.word import styles as word_styles
from kit_builder.render.word.xml import NAMES, make, value

FIXED_DATE = dt.datetime(2000, 1, 1)
"""When every file was made, as far as it says."""

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file can say."""

UNUSED = (
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
"""Parts of the empty file from which python-docx starts, that do not fit ours."""

NEAREST_FONTS = {
    word_styles.LATIN: "Segoe UI",
    word_styles.ARABIC: "Segoe UI",
    word_styles.ETHIOPIC: "Ebrima",
}
"""What Word takes where a font is not installed: Windows' own for the same script."""

SETTINGS = """
<w:settings xmlns:w="{w}">
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
    <w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"
      w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
    <w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
    <w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
  </w:compat>
  <w:themeFontLang w:val="{language}" w:bidi="{language}"/>
  <w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1"
    w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6"
    w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>
  <w:decimalSymbol w:val=","/>
  <w:listSeparator w:val=";"/>
</w:settings>
"""
"""Mode 15 is today's Word: without it a file opens in "compatibility mode"."""


def clean(document: Any) -> None:
    """Takes away what the empty file of python-docx holds beside a document."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, relation in relations.items() if relation.reltype in UNUSED]:
            del relations[name]


def set_properties(document: Any, title: str, author: str, language: str) -> None:
    """What the file says of itself; `language` as Word knows it."""
    properties = document.core_properties
    describe(properties, title, author, language)
    properties.last_modified_by = properties.author
    properties.created = properties.modified = FIXED_DATE
    settings = parse_xml(SETTINGS.format(w=NAMES["w"], language=language))
    _replace(document.settings.element, list(settings))


def set_styles(document: Any, defaults: Any, styles: list[Any]) -> None:
    """The file's styles: Word's list of names stays, so that its own styles keep their places in the menu."""
    element = document.styles.element
    latent = [child for child in element if child.tag.endswith("}latentStyles")]
    _replace(element, [defaults, *latent, *styles])


def set_numbering(document: Any, numbering: list[Any]) -> None:
    """The file's lists."""
    _replace(document.part.numbering_part.element, numbering)


def set_fonts(document: Any) -> None:
    """Says which fonts stand in where ours are not installed."""
    fonts = [
        make("w:font", {"w:name": name}, value("w:altName", nearest), value("w:family", "swiss"))
        for name, nearest in NEAREST_FONTS.items()
    ]
    table = serialize_part_xml(make("w:fonts", {}, *fonts))
    name = PackURI("/word/fontTable.xml")
    part = Part(name, CONTENT_TYPE.WML_FONT_TABLE, table, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _replace(element: Any, children: list[Any]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)


def saved(document: Any) -> bytes:
    """The file's bytes, the same for the same document: without the time at which they were written."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return fixed.getvalue()
