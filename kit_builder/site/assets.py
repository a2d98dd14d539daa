"""Styles, scripts and fonts of the websites.

The published site carries them once, in assets/ at its root: a kit's pages there lead up to them. A kit's zip is whole
by itself: it has its own assets/, and its pages lead there. The scripts of the search, which run beside the page, stay
in each kit: there a kit's service worker (offline.py) reaches only what lies in the kit's folder.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kit_builder import paths
from kit_builder.languages import guidance_languages
from kit_builder.store import digest

FOLDER = "assets"
KIT_TO_ROOT = "../../"
"""From a kit's root to the published site's."""

OF_SEARCH = rf"{FOLDER}/javascripts/(?:workers|lunr)/"

LEADING = re.compile(rf'(?<!\\)"((?:\.\./)*)(?!{OF_SEARCH}){FOLDER}/')
"""Where a page leads to an asset. What people write can't look like this: their quotation marks are escaped."""

SOURCE_MAP = re.compile(rb"\s*/[/*]# sourceMappingURL=\S+(?: \*/)?\s*\Z")
"""The theme's scripts and styles name files for those who develop it; we leave those out."""


@cache
def assets() -> dict[str, bytes]:
    """The theme's assets and ours by their path from a site's root; read once in a process."""
    return {f"{FOLDER}/{name}": SOURCE_MAP.sub(b"", path.read_bytes()) for name, path in sorted(_files())}


def _files() -> Iterator[tuple[str, Path]]:
    theme = importlib.util.find_spec("material")
    assert theme is not None and theme.origin is not None
    for folder in (Path(theme.origin).parent / "templates" / FOLDER, paths.DOCS / FOLDER):
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and path.suffix != ".map" and not _other_language(name):
                yield name, path


def _other_language(name: str) -> bool:
    """Whether the asset serves searching in a language that no guidance page is written in."""
    known = ("stemmer.support", "multi", *guidance_languages())
    return "/lunr/" in name and name not in {f"javascripts/lunr/min/lunr.{code}.min.js" for code in known}


@cache
def assets_hash() -> str:
    """A hash of all assets."""
    return digest(*(part for path, data in assets().items() for part in (path, data)))


def published_path(path: str) -> str:
    """Where a file of a kit lies on the published site, from the kit's root."""
    shared = path.startswith(f"{FOLDER}/") and not re.match(OF_SEARCH, path)
    return f"{KIT_TO_ROOT}{path}" if shared else path


def led_up(path: str, data: bytes) -> bytes:
    """A kit's file as it is published: one that leads to assets leads to the whole site's."""
    if not path.endswith((".html", ".webmanifest")):
        return data
    text = LEADING.sub(lambda match: f'"{match[1]}{KIT_TO_ROOT}{FOLDER}/', data.decode("utf-8"))
    return text.encode("utf-8")
