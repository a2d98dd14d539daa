"""Counts become the method's words: a report says "more than half", never how many (seed, Part I §5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pydantic import BaseModel, ConfigDict

from kit_builder import content, translations
from kit_builder.method import Method, wording


class _Spoken(BaseModel):
    """How one language writes counts (data/counts.yml)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    numbers: tuple[str, ...]
    totals: tuple[str, ...]
    of: str | None
    total_ending: str
    people: tuple[str, ...]
    people_of: tuple[str, ...]
    per_cent: tuple[str, ...]


@dataclass(frozen=True)
class Worded:
    """A text in which counts have become words: `words` are those that were put in, `left` the reasons why a count
    still stands."""

    text: str
    words: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


NOBODY = "says how many although it is nobody; say it without a number"
NO_TOTAL = "counts people without saying of how many; write it in the method's words"
SHARE = "is a share in figures; write it in the method's words"


@cache
def _spoken() -> dict[str, _Spoken]:
    return {code: _Spoken.model_validate(entry) for code, entry in content.read("counts.yml").items()}


def in_words(text: str, language: str, method: Method) -> Worded:
    """The text with the method's word instead of each count of all ("7/10"), in the text's language.

    Counts are known in Finnish, Swedish and English, whichever the text is in. A count that the method has no word for
    is left as it is, and told in `left`."""
    found = Worded(text)
    for pattern in _counts():
        found = _replaced(found, pattern, language, method)
    left = list(found.left)
    for pattern, why in _remaining():
        left += [f"'{match.group().strip()}' {why}" for match in pattern.finditer(found.text)]
    return replace(found, left=tuple(left))


def _replaced(found: Worded, pattern: re.Pattern[str], language: str, method: Method) -> Worded:
    words, left = list(found.words), list(found.left)

    def word(match: re.Match[str]) -> str:
        count, total = _value(match["count"]), _value(match["total"])
        if count == 0:
            left.append(f"'{match.group()}' {NOBODY}")
            return match.group()
        try:
            id_ = wording(count, total, method)
        except ValueError:  # a date, or hours such as 24/7
            return match.group()
        name = next(
            entry["name"] for entry in content.read("content/wording.yml")["wordings"] if entry["id"] == id_
        )
        told = translations.find(name, language).text
        words.append(told)
        return told.capitalize() if _starts_sentence(match) else told

    return Worded(pattern.sub(word, found.text), tuple(words), tuple(left))


def _starts_sentence(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rstrip("\"'”“»( ")
    return not before or before[-1] in ".!?"


@cache
def _values() -> dict[str, int]:
    return {
        word: number
        for spoken in _spoken().values()
        for words in (spoken.numbers, spoken.totals)
        for number, word in enumerate(words, 1)
    }


def _value(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else _values()[text.casefold()]


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


NUMBER = r"(?<![\d/.,:])\d{1,3}"
NO_DATE = r"(?![\d/:-]|[.,]\d|\s*\.?\s*\d{4}\b)"
"""After a total: neither a fraction nor a date goes on."""


@cache
def _counts() -> tuple[re.Pattern[str], ...]:
    """What says how many of all: a slash between numbers, or words between them, in each language."""
    everyone = _any(
        tuple(word for spoken in _spoken().values() for word in (*spoken.people, *spoken.people_of))
    )
    patterns = [rf"(?P<count>{NUMBER})\s?/\s?(?P<total>\d{{1,3}}){NO_DATE}(?:\s+(?:{everyone})\b)?"]
    for spoken in _spoken().values():
        count = rf"(?P<count>{NUMBER}|\b(?:{_any(spoken.numbers)}))(?:\s+(?:{_any(spoken.people)}))?\s+"
        of = rf"{spoken.of}\s+" if spoken.of else ""
        total = rf"(?P<total>(?:{_any(spoken.totals)})\b|\d{{1,3}}{spoken.total_ending}{NO_DATE}\b)"
        patterns.append(rf"{count}{of}{total}(?:\s+(?:{_any(spoken.people_of)})\b)?")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def _remaining() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What still says how many after that, and why a person must write it anew. Counts of two to four people are
    found by the anonymity check."""
    numbers = _any(tuple(word for spoken in _spoken().values() for word in spoken.numbers[4:]))
    people = _any(tuple(word for spoken in _spoken().values() for word in spoken.people))
    per_cent = _any(tuple(word for spoken in _spoken().values() for word in spoken.per_cent))
    several = rf"(?:(?<![\d/.,:])(?:[5-9]|\d{{2,3}})|\b(?:{numbers}))\s+(?:{people})\b"
    share = rf"(?<!\d)\d{{1,3}}(?:[.,]\d+)?\s?(?:%|(?:{per_cent})\b)"
    return (re.compile(several, re.IGNORECASE), NO_TOTAL), (re.compile(share, re.IGNORECASE), SHARE)
