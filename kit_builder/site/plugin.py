"""The only module that knows MkDocs from the inside: merges data into pages and puts languages in their folders."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from kit_builder import paths
from kit_builder.languages import languages
from kit_builder.site.input import SiteInput
from kit_builder.site.merging import MergedPage, heading_id
from kit_builder.site.search_index import index_files, sections
from kit_builder.site.sources import toolkit_or_kit
from kit_builder.site.tables import for_narrow_screens
from kit_builder.site.templating import site_name, theme_values
from kit_builder.voice import voice

AFTER_I18N = -200


class _Compiled(BytecodeCache):
    """The theme's templates, compiled once in a process: MkDocs starts anew for every language of every site."""

    def __init__(self) -> None:
        self._code: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key + bucket.checksum] = bucket.code


THEME = _Compiled()


class KitConfig(Config):  # type: ignore[no-untyped-call]
    """`municipality`: the id of the kit that plain `mkdocs serve` shows; empty for the toolkit."""

    municipality = config_options.Type(str, default="")


class KitPlugin(BasePlugin[KitConfig]):  # type: ignore[no-untyped-call]
    """Merges a SiteInput into the pages. `kit build` gives it one; plain MkDocs reads the data folder itself."""

    def __init__(self) -> None:
        self.site: SiteInput | None = None
        self._own_input = True
        self._pages: dict[str, MergedPage] = {}
        self._found: dict[str, dict[str, list[dict[str, str]]]] = {}

    def use(self, site: SiteInput) -> None:
        """Sets what the pages are made from."""
        self.site, self._own_input = site, False

    def on_config(self, config: MkDocsConfig) -> None:
        """The language list; and the data anew for plain MkDocs, whose live reload calls this after a change."""
        if self._own_input:
            self.site = toolkit_or_kit(paths.CONTENT, self.config.municipality)
        assert self.site is not None
        config.mdx_configs["toc"]["slugify"] = heading_id
        config.extra["alternate"] = [
            {"name": languages()[code].name, "link": f"{code}/index.html", "lang": code}
            for code in self.site.all_languages
        ]

    def on_serve(self, server: Any, config: MkDocsConfig, builder: Any) -> None:
        """Live reload watches the data too."""
        server.watch(str(paths.CONTENT))

    @event_priority(AFTER_I18N)
    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> None:
        """The site's name in the page's language. The theme prints it as HTML, so it is made safe here."""
        env.bytecode_cache = THEME
        assert self.site is not None
        config.site_name = escape(site_name(self.site, voice(config.theme["language"])))

    @event_priority(AFTER_I18N)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """static-i18n puts the default language at the root; here every language has its folder."""
        for file in files.documentation_pages():
            for language, alternate in file.alternates.items():  # type: ignore[attr-defined]
                _into_folder(alternate, language, config)
        return files

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Merges the data in. Raises PluginError for a name that a page may not use."""
        assert self.site is not None
        merged = MergedPage(self.site, _language(page), page.url.count("/"))
        self._pages[page.file.src_uri] = merged
        try:
            return merged.markdown(markdown)
        except TemplateError as error:
            raise PluginError(f"docs/{page.file.src_uri}: {error}") from error

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts blocks and values in their places, and the page into the search."""
        content = for_narrow_screens(self._pages[page.file.src_uri].html(html))
        language, address = page.url.split("/", 1)
        self._found.setdefault(language, {})[address] = sections(address, content)
        return content

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What the theme's overrides may use: the page's voice, and what templating.py lists."""
        assert self.site is not None
        language = _language(page)
        values: Any = {"kit_voice": voice(language), **theme_values(self.site, language, page.url)}
        if values["kit_start"] and self.site.file:
            name = voice(language).local_plain(self.site.file.municipality.name)
            page.meta["title"] = escape(name)  # the theme prints it as HTML
        context.update(values)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Values in their places in menus too."""
        return self._pages.pop(page.file.src_uri).html(output)

    @event_priority(AFTER_I18N)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Each language's search index in place of the theme's, which mixes all. MkDocs calls this after each language,
        and last when the theme has written its index."""
        folder = Path(config.site_dir)
        shutil.rmtree(folder / "search")
        for language, found in self._found.items():
            in_order = [section for address in sorted(found) for section in found[address]]
            for path, text in index_files(language, in_order).items():
                (folder / language / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / language / path).write_text(text, encoding="utf-8")


def _language(page: Page) -> str:
    return Path(page.file.src_uri).parts[0]


def _into_folder(file: File, language: str, config: MkDocsConfig) -> None:
    if Path(file.dest_uri).parts[0] != language:
        file.dest_uri = f"{language}/{file.dest_uri}"
        file.abs_dest_path = str(Path(config.site_dir) / file.dest_uri)
        file.url = file.dest_uri
