"""A round's papers as few PDFs: one for each paper and finishing, with all copies in the order of the print order.

They are read from what was published, so that what is printed is what people have seen on the kit's pages.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import NameObject

from kit_builder.documents.calibration import calibration_job
from kit_builder.documents.print_order import PrintRow, bundles
from kit_builder.plan import Document, catalogue
from kit_builder.problems import KitError
from kit_builder.published import PublishedKit, published_kits
from kit_builder.render.pdf import render_pdf

CARDS = "experience-cards"
FRONTS_ONLY = "cards-fronts-only"
CALIBRATION = "calibration"
PILES = ("A4-one-sided", "A4-two-sided", "A4-two-sided-to-cut", "A3", FRONTS_ONLY, CALIBRATION)
"""The names of all files that a pack may have, in the order in which they are told."""

FOR_SCREENS = ("/Annots", "/StructParents", "/Tabs")
"""What a page has for those who read it or fill it in on a screen; links and empty fields are not printed."""


@dataclass(frozen=True)
class PrintFile:
    """A file of the pack: its name, its bytes, and how many sheets of paper it takes."""

    name: str
    data: bytes
    sheets: int


@dataclass(frozen=True)
class Original:
    """A document to print, and the pages of which its copies are made."""

    row: PrintRow
    pages: tuple[PageObject, ...]


def published_kit(out: Path, municipality: str) -> PublishedKit:
    """The kit of a municipality (its id) in the published output. Raises KitError where there is none."""
    kits = published_kits(out)
    if municipality not in kits:
        there = f"it has {', '.join(kits)}" if kits else "`kit build` makes the kits"
        raise KitError(f"{out} has no kit called '{municipality}'; {there}.")
    return kits[municipality]


def print_pack(kit: PublishedKit, round_id: str | None) -> list[PrintFile]:
    """The files with which a round (its id; None: the latest) is printed.

    Raises KitError where the kit has no such round, or where a file is not as it was published."""
    originals = [_original(kit, row) for row in _rows(kit, round_id)]
    piles: dict[str, list[Original]] = {}
    for original in originals:
        piles.setdefault(finishing(original.row), []).append(original)
    files = [
        _print_file(name, piles[name], two_sided=piles[name][0].row.two_sided)
        for name in sorted(piles, key=PILES.index)
    ]
    decks = [
        Original(original.row, original.pages[::2])
        for original in originals
        if original.row.document.id == CARDS
    ]
    if decks:
        files.append(_print_file(FRONTS_ONLY, decks, two_sided=False))
        sheet = render_pdf(calibration_job(tuple(kit.line["languages"]), f"{FRONTS_ONLY}.pdf"))
        files.append(PrintFile(f"{CALIBRATION}.pdf", sheet.data, sheet.pages // 2))
    return files


def finishing(row: PrintRow) -> str:
    """What all papers of a pile share: their size and, for A4, how they are printed and whether they are cut."""
    if row.paper != "A4":
        return row.paper
    sides = "two-sided" if row.two_sided else "one-sided"
    return f"{row.paper}-{sides}{'-to-cut' if row.document.entry.cut else ''}"


def write_pack(files: list[PrintFile], folder: Path) -> None:
    """Writes the files into `folder`, in which nothing of an earlier pack is left. Raises KitError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in PILES:
            (folder / f"{name}.pdf").unlink(missing_ok=True)
        for file in files:
            (folder / file.name).write_bytes(file.data)
    except OSError as error:
        raise KitError(f"{error.filename or folder} can't be written: {error.strerror}.") from error


def _rows(kit: PublishedKit, round_id: str | None) -> list[PrintRow]:
    """What is printed for a round, in the order of its print order."""
    published = [entry for entry in kit.manifest["documents"] if entry["format"] == "pdf"]
    rounds = list(dict.fromkeys(entry["round"] for entry in published))
    wanted = rounds[-1] if round_id is None else round_id
    if wanted not in rounds:
        raise KitError(f"The kit '{kit.line['id']}' has no round '{wanted}'; it has {', '.join(rounds)}.")
    rows = [PrintRow(_document(entry), entry["pages"]) for entry in published if entry["round"] == wanted]
    return [row for bundle in bundles(rows) for row in bundle.rows]


def _document(entry: dict[str, Any]) -> Document:
    return Document(
        catalogue()[entry["id"]],
        tuple(entry["languages"]),
        entry["round"],
        entry["meeting"],
        entry["copies"],
    )


def _original(kit: PublishedKit, row: PrintRow) -> Original:
    path = row.document.path
    (entry,) = (entry for entry in kit.manifest["documents"] if entry["path"] == path)
    try:
        data = (kit.folder / path).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise KitError(f"{kit.folder / path} is not as it was published; run `kit build` anew.")
    return Original(row, tuple(PdfReader(io.BytesIO(data)).pages))


def _print_file(name: str, pile: list[Original], two_sided: bool) -> PrintFile:
    """All copies of a pile's papers, one after the other. On two sides each copy begins on a sheet of its own: an
    empty page follows an odd number of pages."""
    writer = PdfWriter()
    for original in pile:
        for _ in range(original.row.document.copies):
            for page in original.pages:
                writer.add_page(page, excluded_keys=FOR_SCREENS)
            if two_sided and len(original.pages) % 2:
                writer.add_blank_page()
    writer.add_metadata({"/Title": name})
    preferences = writer.create_viewer_preferences()
    preferences[NameObject("/PrintScaling")] = NameObject("/None")
    preferences[NameObject("/Duplex")] = NameObject("/DuplexFlipLongEdge" if two_sided else "/Simplex")
    stream = io.BytesIO()
    writer.write(stream)
    sheets = len(writer.pages) // (2 if two_sided else 1)
    return PrintFile(f"{name}.pdf", stream.getvalue(), sheets)
