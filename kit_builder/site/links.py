"""Looks whether every link of a finished website leads to one of its files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import unquote, urlsplit

ADDRESS = re.compile(r'\s(?:href|src)="([^"#][^"]*)"')


def broken_links(pages: Mapping[str, bytes], is_file: Callable[[str], bool]) -> list[str]:
    """The links of the HTML `pages` (by path) that lead to no file, as "page: link"; `is_file` says of a path
    from the site's root whether a file is there."""
    broken = []
    known: dict[tuple[str, str], bool] = {}
    for path, page in pages.items():
        if not path.endswith(".html"):
            continue
        folder = posixpath.dirname(path)
        for address in dict.fromkeys(ADDRESS.findall(page.decode("utf-8"))):
            if (folder, address) not in known:
                known[folder, address] = _leads_somewhere(folder, unescape(address), is_file)
            if not known[folder, address]:
                broken.append(f"{path}: {address}")
    return broken


def _leads_somewhere(folder: str, address: str, is_file: Callable[[str], bool]) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    return is_file(posixpath.normpath(posixpath.join(folder, unquote(parts.path))))
