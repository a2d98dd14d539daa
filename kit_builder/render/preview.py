"""The first page of a PDF as a small picture, by which people recognise a paper before they open it."""

from __future__ import annotations

import io

WIDTH = 240
"""Of the picture, in pixels: four times what the pages show (site.css), for dense screens and zoom."""
QUALITY = 50
"""Of WebP: letters stay as sharp as at 80, in two thirds of the bytes."""


def render_preview(pdf: bytes) -> bytes:
    """The first page as a WebP picture. The same PDF gives the same bytes."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil()
        file = io.BytesIO()
        picture.convert("RGB").save(file, "WEBP", quality=QUALITY, method=4)
    return file.getvalue()


def picture_size(picture: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels, so that a page keeps its place free."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as opened:
        width, height = opened.size
    return width, height
