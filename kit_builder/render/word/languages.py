"""Languages and scripts as Word knows them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kit_builder.languages import languages
from kit_builder.render.word.paper import Direction, strong
from kit_builder.render.word.styles import ARABIC, ETHIOPIC

WORD_TAGS = {"ar": "ar-SA", "ckb": "ku-Arab-IQ", "et": "et-EE", "fa": "prs-AF", "ru": "ru-RU", "so": "so-SO"}
WORD_TAGS |= {"uk": "uk-UA"}
"""Languages that Word knows by another tag than the locale's (MS-LCID: it asks for a region)."""


def word_tag(code: str) -> str:
    """The tag by which Word knows a language."""
    known = languages().get(code)
    return WORD_TAGS.get(code) or (known.locale.replace("_", "-") if known else code)


def by_script(text: str, rtl: bool) -> Iterator[tuple[str, bool, str]]:
    """The text in stretches of one direction and font; `rtl` is the direction of the text around.

    What has no direction by itself goes with letters of one direction on both of its sides, else with the text
    around (Unicode bidirectional algorithm, N1 and N2)."""
    base: Direction = "rtl" if rtl else "ltr"
    kinds = [strong(letter) for letter in text]
    before, after, last = [], [], base
    for kind in kinds:
        last = kind or last
        before.append(last)
    last = base
    for kind in reversed(kinds):
        last = kind or last
        after.append(last)
    directions = [
        left if left == right else base for left, right in zip(before, reversed(after), strict=True)
    ]
    scripts: list[str] = []
    for letter in text:
        stays = letter.isspace() and scripts
        scripts.append(scripts[-1] if stays else ETHIOPIC if _is_ethiopic(letter) else "")
    told = zip(text, directions, scripts, strict=True)
    for (direction, font), group in groupby(told, lambda item: item[1:]):
        font = ARABIC if direction == "rtl" and not rtl else font
        yield "".join(letter for letter, *_ in group), direction == "rtl", font


def _is_ethiopic(letter: str) -> bool:
    return any(low <= letter <= high for low, high in ("ሀ᎟", "ⶀ\u2ddf", "\uab00\uab2f"))
