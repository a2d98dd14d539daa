"""What shapes an output beside the data: with the same fingerprint, the same data give the same kit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kit_builder import paths
from kit_builder.render.engine import LIBRARIES
from kit_builder.store import digest

SITE_LIBRARIES = (
    "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "jinja2", "babel", "icalendar", "segno",
    "pydantic", "resvg-py",
)  # fmt: skip

LOGO = re.compile(rb"logos/[A-Za-z0-9._-]+")


@cache
def toolkit_fingerprint() -> str:
    """A hash of the toolkit's own code, content, pages, fonts and catalogs, and of the libraries' versions."""
    return _fingerprint(lambda path: True)


@cache
def paper_fingerprint() -> str:
    """A hash of the same without what only websites are made from: a change of a guidance page changes no document."""
    return _fingerprint(_shapes_papers)


def _fingerprint(counts: Callable[[Path], bool]) -> str:
    parts = [f"{name}=={version(name)}" for name in (*LIBRARIES, *SITE_LIBRARIES)]
    for path, hashed in _own_files():
        if counts(path):
            parts += [path.relative_to(paths.ROOT).as_posix(), hashed]
    return digest(*parts)


def _shapes_papers(path: Path) -> bool:
    only_sites = (paths.DOCS, paths.OVERRIDES, paths.PACKAGE / "site", paths.TEMPLATES / "site")
    return path == paths.TOKENS or not (
        path == paths.MKDOCS or any(path.is_relative_to(folder) for folder in only_sites)
    )


@cache
def _own_files() -> tuple[tuple[Path, str], ...]:
    """The toolkit's files with a hash of each."""
    found = [paths.MKDOCS]
    for folder in (paths.PACKAGE, paths.CONTENT, paths.DOCS, paths.OVERRIDES):
        found += [path for path in folder.rglob("*") if path.is_file() and _is_read(path.relative_to(folder))]
    return tuple((path, digest(path.read_bytes())) for path in sorted(found))


def _is_read(inside: Path) -> bool:
    """Whether a build reads the file, by its path in its folder."""
    unread = ("__pycache__", "municipalities", "maintainers", "terms", "back-translation")
    return not set(inside.parts[:-1]) & set(unread)


@dataclass(frozen=True)
class Inputs:
    """Hashes of everything that a municipality's kit is made from (its file, the logo that the file names, and the
    toolkit), and of everything that its documents are made from."""

    kit: str
    papers: str


def kit_inputs(path: Path) -> Inputs:
    """The inputs of the kit whose file lies at `path`."""
    text = path.read_bytes()
    logos = []
    for name in sorted(set(LOGO.findall(text))):
        logo = path.parent / name.decode()
        logos.append(logo.read_bytes() if logo.is_file() else b"")
    return Inputs(
        digest(toolkit_fingerprint(), path.stem, text, *logos),
        digest(paper_fingerprint(), path.stem, text, *logos),
    )
