"""Makes the icons of the installed website (docs/assets/icons/*.png) from the areas' shapes and colours.

Run it after changing those (docs/assets/tokens.css): `.venv/bin/python scripts/make_icons.py`. The results are kept in
the repository.
"""

from pathlib import Path

from PIL import Image, ImageDraw

from kit_builder.look import tokens

TARGET = Path(__file__).parent.parent / "docs" / "assets" / "icons"
FINER = 8
"""Drawn this much larger and made smaller, so that slanting edges are smooth."""


def icon(size: int, margin: float) -> Image.Image:
    """The four shapes on white, `size` pixels square, with `margin` around them as a part of the size."""
    big = size * FINER
    picture = Image.new("RGB", (big, big), "white")
    draw = ImageDraw.Draw(picture)
    unit = big * (1 - 2 * margin) / 32

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(big * margin + x * unit, big * margin + y * unit) for x, y in points]

    colours = tokens()
    draw.ellipse(at((1.5, 1.5), (14.5, 14.5)), colours["participation"])
    draw.rounded_rectangle(at((17.5, 1.5), (30.5, 14.5)), unit, colours["attitudes"])
    draw.polygon(
        at((8, 17), (14.5, 20.6), (14.5, 27.4), (8, 31), (1.5, 27.4), (1.5, 20.6)), colours["safety"]
    )
    draw.polygon(at((24, 16.5), (31.5, 24), (24, 31.5), (16.5, 24)), colours["interaction"])
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def make() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, size, margin in (
        ("icon-192", 192, 0.1),
        ("icon-512", 512, 0.1),
        ("icon-maskable-512", 512, 0.22),
        ("apple-touch-icon", 180, 0.14),
    ):
        icon(size, margin).quantize(64).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    make()
