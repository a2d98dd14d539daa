"""A municipality's logo: read only from the data folder, and drawn anew, so that nothing hidden is published."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image

from kit_builder.loading import Source
from kit_builder.problems import Problem

MAX_BYTES = 2_000_000
MAX_PIXELS = 4_000_000
WIDTH = 720
"""Pixels across a logo as it is printed and published: 45 mm at 400 dots to the inch."""


def read_logo(name: str | None, folder: Path, source: Source) -> tuple[dict[str, bytes], list[Problem]]:
    """The logo as the asset `logo.png`, without metadata, and what is wrong with it.

    `folder` is the data folder's `municipalities/`; a link that leads out of it is refused."""
    if name is None:
        return {}, []
    path = folder / name

    def refuse(rule: str, message: str) -> tuple[dict[str, bytes], list[Problem]]:
        return {}, [source.problem(("municipality", "logo"), rule, message)]

    if not path.is_file():
        return refuse("file.missing", f"There is no file {name} beside the municipality files.")
    if not path.resolve().is_relative_to(folder.resolve()):
        return refuse("file.outside", f"{name} is a link that leads out of the data folder.")
    if path.stat().st_size > MAX_BYTES:
        return refuse("file.too-large", f"{name} is larger than {MAX_BYTES // 1_000_000} megabytes.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(path, formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    return refuse(
                        "file.picture", f"{name} has more than {MAX_PIXELS // 1_000_000} million pixels."
                    )
                picture.load()
                drawn = picture.convert("RGBA")
    except Exception:
        return refuse("file.picture", f"{name} is not a PNG or JPEG picture that can be read.")
    drawn.thumbnail((WIDTH, WIDTH))
    clean = Image.new("RGBA", drawn.size, (255, 255, 255, 0))
    clean.paste(drawn)
    stream = io.BytesIO()
    clean.save(stream, "PNG", optimize=True)
    return {"logo.png": stream.getvalue()}, []
