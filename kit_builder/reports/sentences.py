"""An answer becomes the texts that could each be a finding."""

from __future__ import annotations

import re
import unicodedata

from kit_builder.characters import FORBIDDEN

_BULLET = re.compile(r"^\s*(?:[-–—•·*▪●◦○‣]\s*|\d{1,2}[.)]\s+(?=[^\W\d_a-zåäöà-ÿ]))")
LOST = "?"
"""Stands where a character can't be printed."""


def texts_in(answer: str) -> list[str]:
    """The texts of an answer, in order: one for each line or bullet. A line that begins with a small letter goes on
    from the line before; lines without letters say nothing."""
    found: list[str] = []
    goes_on = False
    for line in answer.split("\n"):
        bare = _BULLET.sub("", line)
        text = clean(bare)
        if goes_on and text[:1].islower() and bare == line:
            found[-1] = f"{found[-1]} {text}"
        elif text:
            found.append(text)
        goes_on = bool(text)
    return [text for text in found if any(letter.isalnum() for letter in text)]


def clean(text: str) -> str:
    """The text on one line, with composed characters; what can't be seen is left out, and LOST stands for what a
    municipality's file must not hold."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(FORBIDDEN.sub(_instead, composed).split())


def _instead(match: re.Match[str]) -> str:
    kind = unicodedata.category(match.group())
    if kind == "Cf":
        return ""
    return " " if kind in ("Zl", "Zp") or match.group() == "\x85" else LOST
