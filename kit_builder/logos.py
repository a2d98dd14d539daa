"""A municipality's logo: read only from the data folder, and drawn anew, so that nothing hidden is published.

An SVG becomes a PNG too: one kind of picture fits pages, PDF, Word and slides alike, and nothing in it can act."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops, ImageFile, ImageOps

from kit_builder.loading import Source
from kit_builder.problems import Problem
from kit_builder.svg.drawing import drawn as drawn_svg
from kit_builder.svg.tree import DrawingError

MAX_BYTES = 2_000_000
MAX_PIXELS = 4_000_000
MAX_SCANS = 50
"""Passes in which a JPEG picture is told; a file of two megabytes could ask for a hundred thousand."""
WIDTH = 720
"""Pixels across a logo as it is printed and published: 45 mm at 400 dots to the inch."""
UNSEEN = 8
"""How far a colour may be from white, of 255, and still be paper: JPEG blurs an edge so much."""

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a WebP picture"),
    (b"\0\0\x01\0", "an icon file"),
    (b"8BPS", "a Photoshop file"),
    (b"%!PS", "an EPS file"),
    (b"\xc5\xd0\xd3\xc6", "an EPS file"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"\x1f\x8b", "a packed file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<", "SVG"),
)


class _UnfitError(Exception):
    """The picture can't be used; the message is the end of a sentence that begins with its name."""


def read_logo(name: str | None, folder: Path, source: Source) -> tuple[dict[str, bytes], list[Problem]]:
    """The logo as the asset `logo.png`, drawn anew, and what is wrong with it.

    `folder` is the data folder's `municipalities/`; a link that leads out of it is refused."""
    if name is None:
        return {}, []

    def refuse(rule: str, message: str) -> tuple[dict[str, bytes], list[Problem]]:
        return {}, [source.problem(("municipality", "logo"), rule, message)]

    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return refuse(
                "file.outside", f"{name} is a link that leads out of the data folder; put the picture there."
            )
        if not path.is_file():
            return refuse(
                "file.missing",
                f"There is no file {name} beside the municipality files; put it there, or leave the key out.",
            )
        if path.stat().st_size > MAX_BYTES:
            return refuse(
                "file.too-large",
                f"{name} is larger than {MAX_BYTES // 1_000_000} megabytes; save it smaller.",
            )
        data = path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it is a link to itself"
        return refuse("file.unreadable", f"{name} can't be read: {reason}.")
    try:
        return {"logo.png": redrawn(data)}, []
    except _UnfitError as error:
        return refuse("file.picture", f"{name} {error}.")


def redrawn(data: bytes) -> bytes:
    """The picture without its empty margins as a PNG at most WIDTH pixels wide and high, with nothing but its pixels.

    Raises _UnfitError where it is no PNG, JPEG or SVG, too large, moving, empty or damaged."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = next((kind for start, kind in _KINDS if data[:16].lower().startswith(start.lower())), None)
    if kind == "SVG":
        try:
            picture = _decoded(drawn_svg(data, WIDTH), "PNG")
        except DrawingError as error:
            raise _UnfitError(str(error)) from None
    elif kind in ("PNG", "JPEG"):
        picture = _decoded(data, kind)
    else:
        raise _UnfitError(f"is {kind or 'no picture'}, whatever its name says; save it as PNG, JPEG or SVG")
    if picture.getchannel("A").getbbox() is None:
        raise _UnfitError("shows nothing, all of it is transparent; look at it in another program")
    picture = _without_margins(picture)
    picture.thumbnail((WIDTH, WIDTH))
    clean = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    clean.paste(picture)
    stream = io.BytesIO()
    clean.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _decoded(data: bytes, kind: str) -> Image.Image:
    """The pixels of a PNG or JPEG. Raises _UnfitError."""
    if kind == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS:
        raise _UnfitError("is told in very many passes; save it anew as PNG")
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            pixels = picture.width * picture.height
            if pixels > MAX_PIXELS:
                raise _UnfitError(
                    f"has {picture.width} × {picture.height} pixels; save it with at most "
                    f"{MAX_PIXELS // 1_000_000} million, such as 1000 × 500"
                )
            if kind == "PNG" and getattr(picture, "is_animated", False):
                raise _UnfitError("is an animation; save one still picture of it")
            picture.load()
            return _with_colours(ImageOps.exif_transpose(picture))
    except _UnfitError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _UnfitError(
            f"has far more than {MAX_PIXELS // 1_000_000} million pixels; save it smaller"
        ) from None
    except Exception:
        # Whatever a damaged or hostile file does to the decoder, the answer is the same.
        raise _UnfitError("is damaged or cut off; save it anew as PNG or JPEG") from None


@contextmanager
def _strictly() -> Iterator[None]:
    """Half pictures and doubtful ones are errors: WeasyPrint switches Pillow to accept them for the whole process."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _with_colours(picture: Image.Image) -> Image.Image:
    """The picture in red, green, blue and opacity; 16-bit greys are scaled first, which Pillow would clip to white."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 257).convert("L")
    return picture.convert("RGBA")


def _without_margins(picture: Image.Image) -> Image.Image:
    """The picture cut to what is seen of it on paper, so that a logo is as large as its place; one of which nothing is
    seen stays as it is."""
    paper = Image.new("RGBA", picture.size, "white")
    printed = Image.alpha_composite(paper, picture)
    ink = ImageChops.difference(printed, paper).convert("RGB")
    seen = ink.point(lambda value: 255 if value > UNSEEN else 0).getbbox()
    return picture.crop(seen) if seen else picture
