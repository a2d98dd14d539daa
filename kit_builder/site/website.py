"""Builds one website with MkDocs into a folder, and the page at its root on which a reader chooses a language."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from kit_builder import paths
from kit_builder.site.form_pages import form_files
from kit_builder.site.input import SiteInput
from kit_builder.site.plugin import KitPlugin
from kit_builder.site.whole_pages import actions_feed, entrance, not_kept, resident_page, web_manifest

UNWANTED = ("sitemap.xml", "sitemap.xml.gz", "404.html")
"""Made by MkDocs for a site that knows its own address; ours is also opened from a folder."""


class SiteError(Exception):
    """A page of the toolkit can't be built; the message is MkDocs's."""


def build_site(site: SiteInput, folder: Path) -> None:
    """Builds the website into `folder`, strictly: a warning of MkDocs is an error.

    Raises SiteError."""
    os.environ["NO_MKDOCS_2_WARNING"] = os.environ["DISABLE_MKDOCS_2_WARNING"] = "true"
    with _warnings() as warnings:
        try:
            config = load_config(str(paths.ROOT / "mkdocs.yml"), site_dir=str(folder))
            plugin = config.plugins["kit"]
            assert isinstance(plugin, KitPlugin)
            plugin.use(site)
            mkdocs_build(config)
        except (MkDocsException, Abort) as error:
            raise SiteError("; ".join(warnings) or str(error)) from error
    for name in UNWANTED:
        (folder / name).unlink(missing_ok=True)
    (folder / "index.html").write_text(entrance(site), encoding="utf-8")
    (folder / "not-kept.html").write_text(not_kept(site), encoding="utf-8")
    if not site.file:
        (folder / "edit").mkdir()
        for name, text in form_files(site, config.extra["inbox"], config.extra["upload"]):
            (folder / "edit" / name).write_text(text, encoding="utf-8")
    for code in () if site.file else site.languages:
        (folder / code / "actions.xml").write_text(actions_feed(site, code), encoding="utf-8")
    for code in site.resident_languages:
        (folder / code).mkdir()
        (folder / code / "index.html").write_text(resident_page(site, code), encoding="utf-8")
    for code in site.languages:
        (folder / code / "residents.html").write_text(resident_page(site, code), encoding="utf-8")
    for code in site.all_languages:
        (folder / code / "manifest.webmanifest").write_text(web_manifest(site, code), encoding="utf-8")


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What MkDocs says while it builds, beginning with warnings, which it otherwise prints."""
    logger, messages = logging.getLogger("mkdocs"), []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    handler = Collect(logging.WARNING)
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
