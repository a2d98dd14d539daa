"""Which word stands behind an inflected form: case endings in Finnish, the genitive in Swedish and English.

Names and places have to be found in whatever form the sentence needs ("Fatiman", "Ahmedilta", "Seinäjoelle",
"Fatimas", "Fatima's"). This is no grammar: a few forms that nobody writes are accepted too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict

from kit_builder import content

VOWELS = "aeiouyäöåéõü"
GENITIVES = {"en": ("", "'s", "'")}
"""What may follow a word in its genitive; other languages than English and Finnish have ANY_GENITIVE."""

REMEMBERED = 10_000
"""Forms whose word an index remembers: texts use the same words again and again."""

ANY_GENITIVE = ("", "s", ":s", "'s", "'")


class Finnish(BaseModel):
    """The endings and stems of data/anonymity/inflection.yml."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=lambda field: field.replace("_", " ")
    )

    singular_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    repeating_endings: frozenset[str]
    clitics: tuple[str, ...]
    stem_changes: dict[str, tuple[str, ...]]
    weak_grades: dict[str, str]
    of_several: dict[str, str]


@cache
def finnish() -> Finnish:
    """How Finnish words inflect."""
    return Finnish.model_validate(content.read("anonymity/inflection.yml"))


def finnish_stems(word: str) -> set[str]:
    """The stems, in small letters, to which Finnish case endings are added to `word`."""
    word = word.lower()
    changes = finnish().stem_changes
    for length in range(len(word), 0, -1):
        if (end := word[-length:]) in changes:
            return {word[:-length] + new for new in changes[end]}
    if word[-1] not in VOWELS:
        return {word + "i", word} if word[-1] == "j" else {word + "i"}
    if len(word) < 4:
        return {word}
    consonants = word[-3:-1]
    return {word, word[:-3] + finnish().weak_grades.get(consonants, consonants) + word[-1]}


def finnish_of_several(word: str) -> str:
    """The word in the plural form that says "one of": opettaja → opettajista."""
    case = "sta" if any(letter in "aou" for letter in word) else "stä"
    for end, plural in finnish().of_several.items():
        if word.endswith(end):
            return word.removesuffix(end) + plural + case
    return word + "i" + case


def finnish_splits(form: str, endings: Iterable[str]) -> Iterator[str]:
    """Every stem that may be left when one of the endings is taken off a form in small letters."""
    repeating = finnish().repeating_endings
    for ending in endings:
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1 and (ending not in repeating or stem[-1] == ending[0]):
            yield stem


class Index:
    """Words that can be looked up in any of their forms, with or without capital letters."""

    def __init__(self, words: Iterable[str], language: str, *, plural: bool = True) -> None:
        """`language` says how forms are made; without `plural`, Finnish plurals are not found."""
        words = list(words)
        self.finnish = language == "fi"
        self.genitives = GENITIVES.get(language, ANY_GENITIVE)
        self.endings = finnish().singular_endings + (finnish().plural_endings if plural else ())
        self.whole = {word.lower(): word for word in words}
        self.stems = {stem: word for word in words for stem in finnish_stems(word)} if self.finnish else {}
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._find)

    def find(self, form: str) -> str | None:
        """The word of which `form` is a form, or None."""
        return self._remembered(form)

    def _find(self, form: str) -> str | None:
        form = form.lower().replace("’", "'")
        return self._find_finnish(form) if self.finnish else self._find_genitive(form)

    def _find_finnish(self, form: str) -> str | None:
        for bare in (form, *(form.removesuffix(c) for c in finnish().clitics if form.endswith(c))):
            if bare in self.whole:
                return self.whole[bare]
            for stem in finnish_splits(bare, self.endings):
                if stem in self.stems:
                    return self.stems[stem]
        return None

    def _find_genitive(self, form: str) -> str | None:
        for ending in self.genitives:
            if form.endswith(ending) and (word := self.whole.get(form.removesuffix(ending))):
                return word
        return None
