"""MkDocs and its theme, started once for many websites.

What MkDocs does before it comes to a site's own words (reading its configuration, finding files, making the menus of
each language) is the same for every kit. It is done once in a process; then pages are made one by one, by MkDocs's own
means. The same pages come out as of plain MkDocs (tests/test_press.py).
"""

from __future__ import annotations

import copy
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from kit_builder import paths
from kit_builder.site.converted import Converted, Heading, SiteError
from kit_builder.site.plugin import KitPlugin
from kit_builder.site.shell import CONTENT, NAME, TITLE
from kit_builder.site.sources import toolkit_or_kit

FIRST, LAST = 200, -300


class _Nothing:
    """Stands for the theme while MkDocs only gets ready: it prints nothing."""

    def get_template(self, _name: str) -> _Nothing:
        return self

    def render(self, _context: object) -> str:
        return ""


@dataclass(frozen=True)
class _Ready:
    """A page as MkDocs has it ready for the theme."""

    page: Page
    files: Files
    context: TemplateContext
    theme: Any


class _Collector(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Takes every page out of MkDocs's hands as soon as it is ready, before anything is converted or printed."""

    def __init__(self) -> None:
        self.ready: dict[str, _Ready] = {}
        self._files: Files | None = None
        self._theme: Any = None

    @event_priority(FIRST)
    def on_page_markdown(self, _markdown: str, *, files: Files, **_rest: Any) -> str:
        self._files = files
        return ""

    @event_priority(LAST)
    def on_env(self, env: Any, *, config: MkDocsConfig, **_rest: Any) -> Any:
        config.site_name = NAME
        self._theme = env
        return _Nothing()

    @event_priority(LAST)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        assert self._files is not None
        own = copy.copy(config)  # MkDocs changes its one configuration for every language and page
        own["theme"], own["extra"] = copy.deepcopy(config["theme"]), copy.deepcopy(config["extra"])
        context["config"] = own
        self.ready[page.file.src_uri] = _Ready(page, self._files, context, self._theme)
        return context


class Press:
    """MkDocs with every guidance page ready."""

    def __init__(self) -> None:
        collector = _Collector()
        with tempfile.TemporaryDirectory() as folder, _strictly():
            os.environ["NO_MKDOCS_2_WARNING"] = os.environ["DISABLE_MKDOCS_2_WARNING"] = "true"
            self._config = load_config(str(paths.MKDOCS), site_dir=folder)
            plugin = self._config.plugins["kit"]
            assert isinstance(plugin, KitPlugin)
            plugin.use(toolkit_or_kit(paths.CONTENT, ""))
            self._config.plugins["collector"] = collector
            mkdocs_build(self._config)
        self._ready = collector.ready

    def convert(self, source: str, markdown: str) -> Converted:
        """A page's Markdown as HTML, with its links led to the pages' addresses. Raises SiteError for a link that
        leads nowhere."""
        ready = self._ready[source]
        page = ready.page
        page.markdown = markdown
        with _strictly():
            page.render(self._config, ready.files)
        assert page.content is not None
        return Converted(page.content, _headings(page.toc))

    def print(self, source: str, headings: tuple[Heading, ...], values: Mapping[str, Any]) -> str:
        """The page as the theme prints it, with marks (shell.py) in place of the site's name and the page's text;
        `values` are what the theme's overrides may use (templating.py). Raises SiteError."""
        ready = self._ready[source]
        page = ready.page
        page.content, page.toc = CONTENT, _toc(headings)
        page.active = True
        own = page.meta
        if values["kit_start"]:
            page.meta = {**own, "title": TITLE}
        with _strictly():
            html = ready.theme.get_template("main.html").render({**ready.context, **values})
        page.active, page.meta = False, own
        return str(html)


@cache
def press() -> Press:
    """The press of this process, made when it is needed first: it takes half a second. Raises SiteError."""
    return Press()


def _headings(toc: TableOfContents | list[AnchorLink]) -> tuple[Heading, ...]:
    return tuple(Heading(item.title, item.id, item.level, _headings(item.children)) for item in toc)


def _toc(headings: tuple[Heading, ...]) -> TableOfContents:
    items = [_link(heading) for heading in headings]
    if items:
        items[0].active = True  # type: ignore[attr-defined]  # as MkDocs does
    return TableOfContents(items)


def _link(heading: Heading) -> AnchorLink:
    link = AnchorLink(heading.title, heading.id, heading.level)
    link.children = [_link(child) for child in heading.children]
    return link


@contextmanager
def _strictly() -> Iterator[None]:
    """Raises SiteError where MkDocs fails or warns, with all that it says."""
    logger, messages = logging.getLogger("mkdocs"), []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    handler = Collect(logging.WARNING)
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield
    except (MkDocsException, Abort) as error:
        raise SiteError("; ".join(messages) or str(error)) from error
    finally:
        logger.removeHandler(handler)
    if messages:
        raise SiteError("; ".join(messages))
