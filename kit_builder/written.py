"""In which language a text is written: what its small words and its letters say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kit_builder.languages import languages

SMALL_WORDS = {
    "fi": "ja on ei että ovat oli olla mutta kun myös sekä tai joka jos niin ole eivät heidän kuin vain",
    "sv": "och är att det som inte på för med av till har den man eller om de ett när också från kan",
    "en": "and the is are that of to in not with for they have it on was but or there from can",
}
"""Words that nearly every sentence of a language has, and the others have not."""
FEW_WORDS = 3
"""From so many words on, a text is more than a name."""
CLEARLY = 2
"""How many times as many small words one language must have as the next."""
LETTERS = {"ru": "ыэъё", "uk": "іїєґ"}
"""Letters of one language that the other never has."""
SCRIPTS = {"Arabic": "ARABIC", "Ethiopic": "ETHIOPIC", "Cyrillic": "CYRILLIC", "Latin": "LATIN"}


def written_in(texts: list[str], labels: str | None) -> str | None:
    """The language of a report's texts: what their small words say, or else that of its labels; None where neither
    is Finnish, Swedish or English."""
    counted = Counter(
        code for text in texts for word in re.findall(r"\w+", text.casefold()) for code in _languages_of(word)
    )
    first, second = [*(count for _, count in counted.most_common(2)), 0, 0][:2]
    if first >= 3 and first >= CLEARLY * second:
        return counted.most_common(1)[0][0]
    return labels if labels in SMALL_WORDS else None


def _languages_of(word: str) -> list[str]:
    return [code for code, words in SMALL_WORDS.items() if word in words.split()]


def in_another_script(text: str) -> str | None:
    """The script in which most letters of a text stand, where it is not the Latin one; as data/languages.yml names
    it."""
    letters = Counter(unicodedata.name(letter, "").split()[0] for letter in text if letter.isalpha())
    if not letters:
        return None
    common = letters.most_common(1)[0][0]
    return next((script for script, name in SCRIPTS.items() if name == common and script != "Latin"), None)


def uses_script(code: str | None, script: str) -> bool:
    """Whether the language `code` is written in a script."""
    return code in languages() and languages()[code].script == script


def looks_like(text: str, code: str) -> str | None:
    """The language that a text clearly is in instead of `code`; None where it may well be in `code`.

    Latin letters say little of Estonian and Somali, whose small words are Finnish or English ones too."""
    script = in_another_script(text) or "Latin"
    if not uses_script(code, script) and script != "Latin" and len(text.split()) >= FEW_WORDS:
        return next((other for other in languages() if uses_script(other, script)), None)
    if code in LETTERS and not set(text.casefold()) & set(LETTERS[code]):
        return next((c for c, own in LETTERS.items() if set(text.casefold()) & set(own)), None)
    if code not in SMALL_WORDS and uses_script(code, "Latin"):
        return None
    counted = Counter(other for word in re.findall(r"\w+", text.casefold()) for other in _languages_of(word))
    best = max(SMALL_WORDS, key=lambda other: counted[other])
    return best if counted[best] >= 3 and counted[best] > CLEARLY * counted[code] else None
