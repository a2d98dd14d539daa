"""What shapes a rendered file beside its job. Loads no renderer: whether a file is made already is asked far more often
than one is made."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from kit_builder import paths
from kit_builder.store import digest

LIBRARIES = (
    "weasyprint", "pydyf", "fonttools", "tinycss2", "pyphen", "python-docx", "python-pptx", "lxml", "pypdfium2",
    "pillow",
)  # fmt: skip


@cache
def engine() -> str:
    """A hash of everything that shapes a file beside its job: libraries, fonts, and the renderers' own code."""
    parts = [f"{name}={version(name)}" for name in LIBRARIES]
    own = [*(paths.PACKAGE / "render").rglob("*.py"), *(paths.TEMPLATES / "slides").glob("*"), paths.TOKENS]
    files = sorted(paths.FONTS.glob("*.ttf")) + sorted(own)
    return digest(*parts, *(file.read_bytes() for file in files))
