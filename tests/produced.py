"""Every produced PDF of the example site, with what it was made from, for tests that read paper as a reader does."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
import tinyhtml5

from kit_builder import data
from kit_builder.documents.html import document_job
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.plan import Document, blank_templates, plan

INVISIBLE = re.compile("[\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Produced:
    """A planned document and the file that was made of it; `kit` is "" for a blank template."""

    kit: str
    document: Document
    path: Path
    file: Any
    assets: dict[str, bytes]

    def __str__(self) -> str:
        return f"{self.kit or 'blank'}/{self.document.path}"

    @cached_property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.data))

    @cached_property
    def text(self) -> str:
        """What a reader copies out of the file. Poppler turns Arabic ligatures round; pypdf leaves letters as
        they stand in the file, but is slow."""
        if any(languages()[code].direction == "rtl" for code in self.document.languages):
            return clean("\n".join(page.extract_text() for page in self.reader.pages))
        done = subprocess.run(["pdftotext", "-raw", self.path, "-"], capture_output=True, check=True)
        return clean(done.stdout.decode())

    @cached_property
    def source_words(self) -> list[str]:
        """The words of the HTML from which the file was made."""
        html = document_job(self.document, self.file, self.assets).html
        return clean(
            " ".join(_texts(tinyhtml5.parse(html, namespace_html_elements=False).find("body")))
        ).split()


def letters(text: str) -> str:
    """Letters and their marks alone: extractors put digits and stops of right-to-left lines in an order of their
    own."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LM")


def clean(text: str) -> str:
    """Text without what can't be seen, spaces as spaces."""
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ").replace("\u202f", " ")


def _texts(element: Any) -> list[str]:
    if (
        not isinstance(element.tag, str)
        or element.tag[0] == "{"
        or element.tag in ("style", "option", "textarea")
    ):
        return []
    found = [element.text or ""]
    for child in element:
        found += [*_texts(child), child.tail or ""]
    return found


def all_produced(site: Path) -> list[Produced]:
    """Every PDF of a built example site."""
    method = load_method()
    found = [Produced("", d, site / d.path, None, {}) for d in blank_templates(method)]
    for entry in data.read_data(ROOT / "data", method):
        folder = site / "kits" / entry.id
        found += [
            Produced(entry.id, document, folder / document.path, entry.file, entry.assets)
            for document in plan(entry.file, method).documents
        ]
    return found
