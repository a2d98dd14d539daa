"""The guidance pages as they lie in docs/: one Markdown file for each page and language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kit_builder import paths

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class GuidancePage:
    """One page in one language. `source` is its file's name under docs/, `url` its address from the site's root,
    `markdown` its text without the front matter."""

    language: str
    source: str
    url: str
    markdown: str

    @property
    def depth(self) -> int:
        """How many folders the page lies under the site's root."""
        return self.url.count("/")


@cache
def guidance_pages(language: str) -> tuple[GuidancePage, ...]:
    """All pages of a language by address, read once in a process."""
    folder = paths.DOCS / language
    found = []
    for path in folder.rglob("*.md"):
        name = path.relative_to(paths.DOCS)
        text = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
        found.append(GuidancePage(language, name.as_posix(), name.with_suffix(".html").as_posix(), text))
    return tuple(sorted(found, key=lambda page: page.url))
