"""One search index for each language: a reader searches in one language.

Each lies in its language's folder twice: as JSON, which a browser fetches from a server, and as a script, which it can
also read where the site is opened from a folder. A page is found section by section, under the section's heading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

SECTION = re.compile(r'<h[1-6]\b[^>]*?\bid="([^"]*)"[^>]*>(.*?)</h[1-6]>', re.DOTALL)
UNREAD = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)
WITHIN = re.compile(r"</?(?:a|abbr|b|bdi|code|em|i|small|span|strong|sub|sup|time)\b[^>]*>")
"""Tags inside a line of text; at every other one a word ends."""

TAG = re.compile(r"<[^>]*>")

CONFIG = {
    "separator": r"[\s\-]+",
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}},
}
"""How the theme's script reads the index, beside the language."""


def sections(url: str, html: str) -> list[dict[str, str]]:
    """A page's sections, each under its heading; `url` is the page's address from its language's folder. What stands
    before the first heading belongs to it."""
    before, *parts = SECTION.split(html)
    found: list[dict[str, str]] = []
    for number in range(0, len(parts), 3):
        place, heading, text = parts[number : number + 3]
        address = f"{url}#{place}" if found else url
        found.append({"location": address, "title": _text(heading), "text": _text(f"{before} {text}")})
        before = ""
    return found


def index_files(language: str, found: Iterable[dict[str, str]]) -> dict[str, str]:
    """The language's index files, by their path from its folder."""
    index: dict[str, Any] = {"config": {"lang": [language], **CONFIG}, "docs": list(found)}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return {"search/search_index.json": text, "search/search_index.js": f"var __index={text};\n"}


def _text(html: str) -> str:
    """What a reader sees of it, on one line; escaped, since the theme shows it as HTML."""
    text = TAG.sub(" ", WITHIN.sub("", UNREAD.sub(" ", html)))
    return escape(" ".join(unescape(text).split()), quote=False)
