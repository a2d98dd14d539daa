"""Colours and shapes of the areas, for pages and paper alike (docs/assets/tokens.css)."""

from __future__ import annotations

import re
from functools import cache

from kit_builder import paths

SHAPES = {
    "participation": '<circle cx="50" cy="50" r="46"/>',
    "attitudes": '<rect x="8" y="8" width="84" height="84" rx="6"/>',
    "safety": '<polygon points="50,3 92,27 92,73 50,97 8,73 8,27"/>',
    "interaction": '<polygon points="50,2 98,50 50,98 2,50"/>',
    "summary": '<path d="M50 6 L62 38 L96 40 L69 61 L79 94 L50 75 L21 94 L31 61 L4 40 L38 38 Z"/>',
}
"""Each area has a shape of its own, so that nothing is told by colour alone."""


@cache
def tokens() -> dict[str, str]:
    """The custom properties of tokens.css by name."""
    return dict(re.findall(r"--([a-z-]+):\s*([^;]+);", paths.TOKENS.read_text(encoding="utf-8")))


def shape_svg(area: str, colour: str | None = None) -> str:
    """An area's shape as a picture of its own, in its colour or in `colour`."""
    fill = colour or tokens()[area]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" fill="{fill}">{SHAPES[area]}</svg>'


def shape_assets() -> dict[str, bytes]:
    """The shapes that documents refer to as `kit:shape/<area>.svg` (and `-tint.svg`)."""
    assets = {}
    for area in SHAPES:
        assets[f"shape/{area}.svg"] = shape_svg(area).encode()
        assets[f"shape/{area}-tint.svg"] = shape_svg(area, tokens()[f"{area}-tint"]).encode()
    return assets
