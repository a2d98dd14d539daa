"""Source texts for translators: from templates and data/content/ into `kit.pot` and every `<lang>.po`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from kit_builder import paths
from kit_builder.content import CONTENT_FILES
from kit_builder.documents import calibration
from kit_builder.editing import definition
from kit_builder.languages import languages
from kit_builder.plan import catalogue
from kit_builder.translations import REVIEW_HEADER, SOURCE_LANGUAGE
from kit_builder.voice import REVIEW_LINE

NOT_TEXT = {"id", "kind", "when", "for", "area", "step", "document", "documents", "minutes"}
"""Keys in data/content/ whose values are for the program, not for readers."""


def content_texts(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text for readers in a content file, with the place where it stands."""
    if isinstance(node, dict):
        here = f"{place}/{node['id']}" if "id" in node else place
        for key, value in node.items():
            if key not in NOT_TEXT:
                yield from content_texts(value, f"{here}/{key}")
    elif isinstance(node, list):
        for item in node:
            yield from content_texts(item, place)
    elif isinstance(node, str):
        yield node, place.strip("/")


OFFICIAL_CONTENT = (
    "category-cards",
    "checklists: municipality",
    "checklists: organisation",
    "follow-up",
    "form",
    "labels",
    "run-sheets: decision",
    "schema",
    "sentences",
)
"""Content that stands only on papers in the official languages, or in the form for municipalities."""


INVITED_TO = re.compile(r"run-sheets: decision/[^/]+/name")
"""Names of the steps of the decision-makers' meeting: its invitation shows them as the programme."""


def is_for_residents(places: list[str]) -> bool:
    """Whether a text stands on a paper in a meeting's language, or on a page for residents; its places say so."""
    return any(_residents_see(place) for place in places)


def _residents_see(place: str) -> bool:
    if place.startswith("document-names: "):
        return _speaks_to_residents(place.removeprefix("document-names: "))
    if place.startswith("documents/"):
        return _speaks_to_residents(place.removeprefix("documents/").removesuffix(".html"))
    if place.startswith("site/"):
        return place == "site/resident-page.html"
    return not place.startswith(OFFICIAL_CONTENT) or bool(INVITED_TO.fullmatch(place))


def _speaks_to_residents(document_id: str) -> bool:
    """True for a document that comes in a meeting's language, and for a part that several documents share."""
    entry = calibration.SHEET if document_id == calibration.SHEET.id else catalogue().get(document_id)
    return entry is None or not entry.speaks.startswith("official") or entry.speaks == "official+groups"


def template_catalog(*, residents: bool = False) -> Catalog:
    """All source texts, or only those that residents' languages need, as the catalog from which others are made."""
    catalog = _all_texts()
    if residents:
        for key in [
            message.id for message in catalog if message.id and not is_for_residents(message.auto_comments)
        ]:
            catalog.delete(key)
    return catalog


def _all_texts() -> Catalog:
    catalog = Catalog(project="meeting-kit", charset="utf-8", fuzzy=False)
    for name in CONTENT_FILES:
        path = paths.CONTENT / "content" / f"{name}.yml"
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for text, place in content_texts(data):
            flags = ["python-format"] if "%(" in text else []
            catalog.add(text, auto_comments=[f"{name}: {place}"], flags=flags)
    for text, place in definition.texts():
        catalog.add(text, auto_comments=[f"schema: {place}"])
    catalog.add(REVIEW_LINE, auto_comments=["at the foot of every page"])
    found = extract_from_dir(
        paths.TEMPLATES,
        method_map=[("**.html", "jinja2")],
        options_map={"**.html": {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols"}},
        keywords={"_": None, "gettext": None, "ngettext": (1, 2), "plain": None},
        comment_tags=("translators:",),
        strip_comment_tags=True,
    )
    for file, _line, message, comments, _context in sorted(found, key=lambda item: (item[0], item[1])):
        catalog.add(message, auto_comments=[file, *comments])
    return catalog


def updated(template: Catalog, language: str, existing: bytes) -> bytes:
    """A language's catalog after the source texts changed: changed ones fuzzy, new ones empty, old ones gone."""
    if existing:
        catalog = read_po(io.BytesIO(existing), locale=languages()[language].locale)
        headers = dict(catalog.mime_headers)
        catalog.update(template, update_creation_date=False)
    else:
        catalog = Catalog(locale=languages()[language].locale, project="meeting-kit", fuzzy=False)
        headers = {}
        catalog.update(template)
    catalog.obsolete.clear()
    return _as_po(catalog, headers.get(REVIEW_HEADER, ""))


def _as_po(catalog: Catalog, reviewed_by: str) -> bytes:
    """Catalog text that is the same for the same texts: no dates, no line numbers, one entry in one place."""
    stream = io.BytesIO()
    write_po(stream, catalog, omit_header=True, width=100, sort_output=False, ignore_obsolete=True)
    header = [
        'msgid ""',
        'msgstr ""',
        '"Project-Id-Version: meeting-kit\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        '"MIME-Version: 1.0\\n"',
    ]
    if catalog.locale:
        header += [
            f'"Language: {catalog.locale_identifier}\\n"',
            f'"Plural-Forms: {catalog.plural_forms}\\n"',
            f'"{REVIEW_HEADER}: {reviewed_by}\\n"',
        ]
    return ("\n".join(header) + "\n\n").encode() + stream.getvalue()


def update_all(folder: Path) -> list[Path]:
    """Renews `kit.pot` and every language's catalog in `folder`; gives back the files that changed."""
    everything, for_residents = template_catalog(), template_catalog(residents=True)
    wanted = {folder / "kit.pot": _as_po(everything, "")}
    for code, language in languages().items():
        template = everything if language.guidance else for_residents
        path = folder / f"{code}.po"
        if code != SOURCE_LANGUAGE:
            wanted[path] = updated(template, code, path.read_bytes() if path.is_file() else b"")
    changed = [path for path, data in wanted.items() if not path.is_file() or path.read_bytes() != data]
    for path in changed:
        path.write_bytes(wanted[path])
    return changed


if __name__ == "__main__":
    for changed_file in update_all(paths.TRANSLATIONS):
        print(changed_file.relative_to(paths.ROOT))
