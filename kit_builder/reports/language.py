"""In which language a report is written: the form's labels say in which it should be."""

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
CLEARLY = 2
"""How many times as many small words one language must have as the next."""
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
