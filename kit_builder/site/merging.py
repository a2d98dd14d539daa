"""Merges data into one guidance page: values in the text, and blocks such as a table of costs.

A page's Markdown is a Jinja2 template of ours; what it merges in is text and never becomes template or Markdown. Marks
stand for the municipality's values and for blocks until Markdown has done its work, so that Markdown sees the same page
for nearly every kit.
"""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache, partial
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markdown.extensions.toc import slugify
from markupsafe import Markup, escape

from kit_builder.site.blocks import BLOCKS, Block
from kit_builder.site.input import SiteInput
from kit_builder.site.kit_values import KitValues, kit_values
from kit_builder.site.markdown_text import markdown_text
from kit_builder.site.templating import Page
from kit_builder.voice import voice

VALUE = re.compile(r"kit-value-(\w+)-")
BLOCK = re.compile(r"<p>kit-block-(\d+)-</p>")
TAG = re.compile(rf"<[^<>]*{VALUE.pattern}[^<>]*>")
"""A tag with a value in one of its attributes, such as the name of a list of headings."""


class MergedPage:
    """One page on its way: Markdown with marks first, HTML with blocks and values in their places at the end."""

    def __init__(self, site: SiteInput, language: str, depth: int) -> None:
        """`depth` is how many folders the page lies under the site's root."""
        self._page = Page(site, voice(language), "../" * depth)
        self._values = kit_values(site.file, self._page.voice) if site.file else None
        self._blocks: list[Markup] = []

    def markdown(self, source: str) -> str:
        """The page's Markdown with the data merged in. Raises jinja2.TemplateError for a fault of the page."""
        blocks = {name: partial(self._place, block) for name, block in BLOCKS.items()}
        kit = _marks(self._values) if self._values else None
        return _template(source).render(kit=kit, n=self._page.voice.facts, **blocks)

    def _place(self, block: Block, *arguments: str) -> _Mark:
        self._blocks.append(block(self._page, *arguments))
        return _Mark(f"\n\nkit-block-{len(self._blocks) - 1}-\n\n")

    def html(self, html: str) -> str:
        """HTML with every block and value in its place."""
        html = TAG.sub(
            lambda tag: VALUE.sub(lambda match: str(escape(self._value(match).striptags())), tag[0]), html
        )
        html = VALUE.sub(lambda match: str(self._value(match)), html)
        return BLOCK.sub(lambda match: str(self._blocks[int(match[1])]), html)

    def _value(self, match: re.Match[str]) -> Markup:
        return escape(getattr(self._values, match[1]))


def heading_id(text: str, separator: str) -> str:
    """The id that Markdown gives to a heading: from its words, without those of the municipality, so that links lead to
    it in every kit."""
    return slugify(VALUE.sub("", text), separator) or "kit"


class _Mark(str):
    """Stands in the Markdown where a value or a block belongs; Markdown sees a word."""


def _marks(values: KitValues) -> dict[str, Any]:
    """A mark for every value that the file gives; what it doesn't give stays None, and what is a question stays one."""
    given = {field.name: getattr(values, field.name) for field in fields(values)}
    return {
        name: value if value is None or isinstance(value, bool) else _Mark(f"kit-value-{name}-")
        for name, value in given.items()
    }


def _shown(value: Any) -> str:
    return value if isinstance(value, _Mark) else markdown_text(value)


@cache
def _template(source: str) -> Template:
    """A page is the same for every kit: it is compiled once in a process."""
    return _environment().from_string(source)


@cache
def _environment() -> Environment:
    return Environment(undefined=StrictUndefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True)
