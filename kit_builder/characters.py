"""Which characters a municipality's file may hold, and what to say about the others.

Three kinds are told apart: characters that act without being seen (they are refused wherever they stand), characters
that no font of the toolkit has (they would print as empty boxes), and letters that only look like other letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from fontTools import unicodedata as scripts
from fontTools.ttLib import TTFont

from kit_builder import paths

FONTS = ("NotoSans", "NotoSansArabic", "NotoSansEthiopic")
MAX_MARKS = 4
"""Accents on one letter; real writing needs three at most."""
SHOWN = 40
"""Letters of a key or sign that a message repeats."""
LONGEST = 120
"""Letters that any message quotes at most."""

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LINE_BREAK = "\x85\u2028\u2029"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_NO_CHARACTER = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    chr(0x10000 * p + 0xFFFE) + chr(0x10000 * p + 0xFFFF) for p in range(17)
)
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff"
)
_LOST = "\ufffd"

# Persian and Sorani need the zero-width non-joiner and joiner, which belong after a letter of theirs (and emoji are
# joined by it, which have no font and are told as emoji); anywhere else they only hide.
FORBIDDEN = re.compile(
    f"[{_CONTROL}{_LINE_BREAK}{_DIRECTION}{_UNSEEN}{_NO_CHARACTER}{_LOST}]"
    "|(?<![\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = {"Latin", "Cyrillic", "Greek"}


def why_forbidden(letter: str) -> str:
    """What a character that FORBIDDEN finds is, and what to do about it."""
    code = f"U+{ord(letter):04X}"
    if letter == _LOST:
        return (
            f"A letter was lost here ({code} stands in its place); type it anew and save the file as UTF-8."
        )
    if re.fullmatch(f"[{_LINE_BREAK}]", letter):
        return f"An invisible line break ({code}) stands here; delete it and press Enter instead."
    if re.fullmatch(f"[{_DIRECTION}]", letter):
        return (
            f"An invisible sign that turns the direction of text ({code}) stands here; delete it, the kit sets the "
            "direction itself."
        )
    if re.fullmatch(f"[{_CONTROL}]", letter):
        return f"A control character ({code}) stands here; delete it and save the file as plain text."
    if re.fullmatch(f"[{_NO_CHARACTER}]", letter):
        return f"{code} stands here, which is no character of any script; delete it."
    return f"An invisible character ({code}) stands here; delete it and type the text around it anew."


@cache
def printable() -> frozenset[str]:
    """Every character that the toolkit's fonts have, and the spaces, which print as one space."""
    found: set[str] = set(" \t\n\r\u3000\u1680")
    for name in FONTS:
        with TTFont(paths.FONTS / f"{name}-Regular.ttf", lazy=True) as font:
            found |= {chr(code) for code in font.getBestCmap()}
    return frozenset(found)


@cache
def printable_scripts() -> tuple[str, ...]:
    """The scripts in which the fonts have a whole alphabet, the largest first."""
    counted = Counter(_script(letter) for letter in printable() if letter.isalpha())
    return tuple(name for name, count in counted.most_common() if count > 100 and name != "Common")


def _script(letter: str) -> str:
    return str(scripts.script_name(scripts.script(letter)))


def unprintable(text: str) -> str | None:
    """The first character of the text that no font has, or None."""
    if text.isascii() or set(text) <= printable():
        return None
    return next(letter for letter in text if letter not in printable())


def why_unprintable(letter: str) -> str:
    """Which script or sign has no font, and what can be printed."""
    code = f"U+{ord(letter):04X}"
    script, kind = _script(letter), unicodedata.category(letter)
    if kind in ("Co", "Cn"):
        return f"{code} is no character that fonts agree on; type the text anew with ordinary letters."
    if re.fullmatch("[\ufe00-\ufe0f]", letter):
        return f"An invisible part of an emoji ({code}) stands here; delete it."
    if kind[0] in "LM" and script not in ("Common", "Inherited", *printable_scripts()):
        known = printable_scripts()
        return (
            f"The kit has no font for the {script} script ('{letter}', {code}); it prints {', '.join(known[:-1])} and "
            f"{known[-1]} letters."
        )
    plain = unicodedata.normalize("NFKC", letter)
    instead = f"type '{plain}'" if plain.isascii() else "say it in words"
    return f"The kit has no font for the sign '{letter}' ({code}, {name_of(letter)}); {instead}."


def name_of(letter: str) -> str:
    """The name of a character in the Unicode standard, in small letters."""
    return unicodedata.name(letter, "a sign without a name").lower()


def crowded(text: str) -> str | None:
    """The first letter that carries more than MAX_MARKS accents, with its first accents, or None."""
    if text.isascii():
        return None
    count = 0
    for position, letter in enumerate(text):
        count = count + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if count > MAX_MARKS:
            return text[max(0, position - count) : position + 1]
    return None


def mixed_word(text: str) -> tuple[str, str] | None:
    """The first word that mixes Latin, Cyrillic or Greek letters, and its rarest letter; None where there is none.

    Such a word looks right and is read aloud, sorted and found wrongly."""
    if text.isascii():
        return None
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        used = Counter(script for letter in word if (script := _script(letter)) in _ALIKE)
        if len(used) > 1:
            rarest = used.most_common()[-1][0]
            return word, next(letter for letter in word if _script(letter) == rarest)
    return None


def look_alike(text: str) -> str:
    """A hint about the first letter outside a–z, for places where only those are right; empty where there is none."""
    for letter in text:
        if not letter.isascii() and letter.isalpha() and _script(letter) != "Latin":
            return f"'{letter}' here is {name_of(letter)}, not a letter from a to z"
    return ""


def shown(text: str) -> str:
    """A value as a message repeats it: on one line, and not longer than SHOWN letters."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def shown_name(name: str) -> str:
    """A file's name as messages show it: on one line, without signs that act."""
    return FORBIDDEN.sub("?", " ".join(name.split()))


def one_line(message: str) -> str:
    """A message on one line; what it quotes from a file is cut where it is very long."""
    line = re.sub(f"'([^']{{{LONGEST}}})[^']+'", r"'\1…'", " ".join(message.split()))
    return line if len(line) <= 10 * LONGEST else f"{line[: 10 * LONGEST]}…"
