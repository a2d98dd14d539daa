"""Merges data into one guidance page: values in the text, and blocks such as a table of costs.

A page's Markdown is a Jinja2 template of ours; what it merges in is text and never becomes template or Markdown.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from kit_builder.site.blocks import BLOCKS, Block
from kit_builder.site.input import SiteInput
from kit_builder.site.kit_values import kit_values
from kit_builder.site.markdown_text import markdown_text
from kit_builder.site.templating import Page
from kit_builder.voice import voice

PLACEHOLDER = re.compile(r"<p>kit-block-(\d+)-</p>")


class MergedPage:
    """One page on its way: Markdown with placeholders first, HTML with the blocks in their places at the end."""

    def __init__(self, site: SiteInput, language: str, depth: int) -> None:
        """`depth` is how many folders the page lies under the site's root."""
        self._page = Page(site, voice(language), "../" * depth)
        self._blocks: list[Markup] = []

    def markdown(self, source: str) -> str:
        """The page's Markdown with the data merged in. Raises jinja2.TemplateError for a fault of the page."""
        page = self._page
        kit = kit_values(page.site.file, page.voice) if page.site.file else None
        template = _template(source)
        blocks = {name: partial(self._place, block) for name, block in BLOCKS.items()}
        return template.render(kit=kit, n=page.voice.facts, **blocks)

    def _place(self, block: Block, *arguments: str) -> _Placeholder:
        self._blocks.append(block(self._page, *arguments))
        return _Placeholder(f"\n\nkit-block-{len(self._blocks) - 1}-\n\n")

    def html(self, html: str) -> str:
        """The page's HTML with every block in its place."""
        return PLACEHOLDER.sub(lambda match: str(self._blocks[int(match[1])]), html)


class _Placeholder(str):
    """Stands in the Markdown where a block belongs; Markdown sees a paragraph with one word."""


def _shown(value: Any) -> str:
    return value if isinstance(value, _Placeholder) else markdown_text(value)


@cache
def _template(source: str) -> Template:
    """A page is the same for every kit: it is compiled once in a process."""
    return _environment().from_string(source)


@cache
def _environment() -> Environment:
    return Environment(undefined=StrictUndefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True)
