"""The text part of a Word file as XML, from a zip file that nobody need trust."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree

from kit_builder.reports.report import RefusedError

MAX_PARTS = 1_000
MAX_XML_BYTES = 4_000_000
"""The empty form's text part has about 100 000."""
MAX_ELEMENTS = 200_000
"""The empty form has about 4 000."""
TEXT_PART = "word/document.xml"


def text_part(data: bytes) -> ElementTree.Element:
    """The root of a Word file's text. Raises RefusedError where there is none or it is dangerous to read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _parsed(_unpacked(package))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        ElementTree.ParseError,
    ):
        raise RefusedError(
            "report.broken", "The Word file is broken and can't be read; save it again or ask for a new copy."
        ) from None


def too_much() -> RefusedError:
    """What is told of a file that no person has filled by hand."""
    return RefusedError(
        "report.too-large", "The Word file holds far more than a filled form; send the form alone."
    )


def _unpacked(package: zipfile.ZipFile) -> bytes:
    """The text part's bytes; only this part is unpacked, and no further than the limit, whatever the file says."""
    parts = package.infolist()
    part = next((part for part in parts if part.filename == TEXT_PART), None)
    if part is None:
        raise RefusedError("report.kind", "The file is no Word file; save the filled form as .docx.")
    if part.flag_bits & 1:
        raise RefusedError("report.protected", "The file is protected by a password; save it without one.")
    with package.open(part) as stream:
        unpacked = stream.read(MAX_XML_BYTES + 1)
    if len(parts) > MAX_PARTS or len(unpacked) > MAX_XML_BYTES:
        raise too_much()
    return unpacked


class _Builder(ElementTree.TreeBuilder):
    """Refuses a document type: Word writes none, and entities can only be declared in one."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise RefusedError(
            "report.entities",
            "The Word file declares entities, as no word processor does; it is not opened. Ask for a new copy.",
        )


def _parsed(xml: bytes) -> ElementTree.Element:
    root = ElementTree.fromstring(xml, ElementTree.XMLParser(target=_Builder()))
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise too_much()
    return root
