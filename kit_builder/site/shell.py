"""A page as the theme prints it, with gaps for what differs from kit to kit.

Menus, header and footer are the same for all municipalities. So the theme prints a page once, with marks in place of
the site's name and the page's text, and every kit's page is put together from the pieces around the marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

TITLE = "kit-site-"
NAME = "kit-site-name-"
"""A kit's start page is called by the municipality's name, which the site's name holds; so it is with these marks."""

CONTENT = "kit-page-content-<h1"
"""The theme prints a page's title above a text without a first heading; every guidance page has one."""

LANGUAGE = re.compile(
    r'<link rel="alternate "[^>]*hreflang="(?P<head>\w+)"[^>]*>'
    r'|<li class="md-select__item">.*?hreflang="(?P<menu>\w+)".*?</li>',
    re.DOTALL,
)
"""A language's line in one of the page's two lists of languages: for search engines, and in the menu."""

MARK = re.compile(f"({NAME}|{TITLE}|{CONTENT})")


@dataclass(frozen=True)
class Lines:
    """A list of languages: each one's line by its code, and what stands between two lines."""

    by_code: dict[str, str]
    between: str


@dataclass(frozen=True)
class Shell:
    """The pieces of a page: its text, the marks, and the lists of languages."""

    pieces: tuple[str | Lines, ...]

    def page(self, title: Markup, name: Markup, content: str, languages: Iterable[str]) -> str:
        """The whole page of a site with this `name`, whose start page has this `title`, and with these `languages`, in
        their order."""
        codes = tuple(languages)
        filled = {TITLE: str(title), NAME: str(name), CONTENT: content}
        return "".join(
            piece.between.join(piece.by_code[code] for code in codes)
            if isinstance(piece, Lines)
            else filled.get(piece, piece)
            for piece in self.pieces
        )


def shell(html: str) -> Shell:
    """The pieces of a page that the theme has printed with the marks in it."""
    lines = list(LANGUAGE.finditer(html))
    pieces: list[str | Lines] = []
    end = 0
    for kind in ("head", "menu"):
        first, *others = (line for line in lines if line[kind])
        between = html[first.end() : others[0].start()]
        pieces += [
            *MARK.split(html[end : first.start()]),
            Lines({line[kind]: line[0] for line in (first, *others)}, between),
        ]
        end = others[-1].end()
    return Shell((*pieces, *MARK.split(html[end:])))
