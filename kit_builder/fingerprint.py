"""What shapes an output beside the data: with the same fingerprint, the same data give the same kit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kit_builder import paths
from kit_builder.render.rendering import LIBRARIES
from kit_builder.store import digest

SITE_LIBRARIES = (
    "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "jinja2", "babel", "icalendar", "segno",
    "pydantic", "resvg-py",
)  # fmt: skip

LOGO = re.compile(rb"logos/[A-Za-z0-9._-]+")


@cache
def toolkit_fingerprint() -> str:
    """A hash of the toolkit's own code, content, pages, fonts and catalogs, and of the libraries' versions."""
    parts: list[bytes | str] = [f"{name}=={version(name)}" for name in (*LIBRARIES, *SITE_LIBRARIES)]
    for path in sorted(_own_files()):
        parts += [path.relative_to(paths.ROOT).as_posix(), path.read_bytes()]
    return digest(*parts)


def _own_files() -> Iterator[Path]:
    for folder in (paths.PACKAGE, paths.CONTENT, paths.DOCS, paths.ROOT / "overrides"):
        for path in folder.rglob("*"):
            inside = path.relative_to(folder).parts
            unread = "__pycache__" in inside or inside[0] == "municipalities" or path.parent.name == "terms"
            if path.is_file() and not unread and path.parent.name != "back-translation":
                yield path
    yield paths.ROOT / "mkdocs.yml"


def kit_inputs(path: Path) -> str:
    """A hash of everything that a municipality's kit is made from: its file, the logo that the file names, and the
    toolkit."""
    text = path.read_bytes()
    logos = []
    for name in sorted(set(LOGO.findall(text))):
        logo = path.parent / name.decode()
        logos.append(logo.read_bytes() if logo.is_file() else b"")
    return digest(toolkit_fingerprint(), path.stem, text, *logos)
