"""Makes one website: its guidance pages in every language, the search, and the pages that no Markdown stands behind.

The theme's part of a page and its Markdown are the same for nearly all kits: both are kept in the store, and MkDocs is
only started where something is missing there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import yaml
from jinja2 import TemplateError
from markupsafe import escape

from kit_builder import paths
from kit_builder.fingerprint import toolkit_fingerprint
from kit_builder.site.converted import Converted, Heading, SiteError, converted
from kit_builder.site.form_pages import form_files
from kit_builder.site.guidance import guidance_pages
from kit_builder.site.input import SiteInput
from kit_builder.site.merging import MergedPage
from kit_builder.site.search_index import index_files, sections
from kit_builder.site.shell import Shell, shell
from kit_builder.site.tables import for_narrow_screens
from kit_builder.site.templating import site_name, theme_values
from kit_builder.site.whole_pages import actions_feed, entrance, not_kept, resident_page, web_manifest
from kit_builder.store import Store, digest
from kit_builder.voice import voice

if TYPE_CHECKING:
    from kit_builder.site.press import Press

REMEMBERED = 1000
"""How many pieces of pages a process remembers: a few forms of every page."""


def website(site: SiteInput, store: Store) -> dict[str, bytes]:
    """All of a website but its assets (assets.py) and documents: what each file holds, by its path.

    Raises SiteError, with what MkDocs says, for a fault of the toolkit's own pages, and OSError."""
    files = {"index.html": entrance(site), "not-kept.html": not_kept(site)}
    for code in site.languages:
        files |= _guidance(site, code, store)
        files[f"{code}/residents.html"] = resident_page(site, code)
    for code in site.resident_languages:
        files[f"{code}/index.html"] = resident_page(site, code)
    for code in site.all_languages:
        files[f"{code}/manifest.webmanifest"] = web_manifest(site, code)
    if site.file is None:
        files |= {f"{code}/actions.xml": actions_feed(site, code) for code in site.languages}
        files |= {f"edit/{name}": text for name, text in form_files(site, *_where_files_are_sent())}
    return {path: text.encode("utf-8") for path, text in files.items()}


def _where_files_are_sent() -> tuple[str, str]:
    """The address of e-mail and the page, as mkdocs.yml names them."""
    extra = yaml.safe_load(paths.MKDOCS.read_text(encoding="utf-8"))["extra"]
    return extra["inbox"], extra["upload"]


def _guidance(site: SiteInput, language: str, store: Store) -> dict[str, str]:
    speaker = voice(language)
    title = escape(speaker.local_plain(site.file.municipality.name if site.file else None))
    name = escape(site_name(site, speaker))
    files: dict[str, str] = {}
    found: list[dict[str, str]] = []
    for page in guidance_pages(language):
        merged = MergedPage(site, language, page.depth)
        try:
            markdown = merged.markdown(page.markdown)
        except TemplateError as error:
            raise SiteError(f"docs/{page.source}: {error}") from error
        text = _converted(store, page.source, markdown)
        content = for_narrow_screens(merged.html(text.html))
        shown = _shell(
            store, page.source, text.headings, tuple(theme_values(site, language, page.url).items())
        )
        html = shown.page(title, name, content, site.all_languages)
        files[page.url] = merged.html(html)
        found += sections(page.url.removeprefix(f"{language}/"), content)
    indexes = index_files(language, found)
    return files | {f"{language}/{path}": text for path, text in indexes.items()}


@lru_cache(REMEMBERED)
def _converted(store: Store, source: str, markdown: str) -> Converted:
    key = digest("converted", toolkit_fingerprint(), source, markdown)
    kept = store.get(key)
    if kept is not None:
        return converted(kept)
    made = _press().convert(source, markdown)
    store.put(key, made.as_bytes())
    return made


@lru_cache(REMEMBERED)
def _shell(
    store: Store,
    source: str,
    headings: tuple[Heading, ...],
    values: tuple[tuple[str, str | bool | None], ...],
) -> Shell:
    key = digest("shell", toolkit_fingerprint(), source, repr(headings), repr(values))
    kept = store.get(key)
    if kept is None:
        kept = _press().print(source, headings, dict(values)).encode("utf-8")
        store.put(key, kept)
    return shell(kept.decode("utf-8"))


def _press() -> Press:
    # Loaded only where the store lacks a page: MkDocs and its theme take most of a second.
    from kit_builder.site.press import press

    return press()
