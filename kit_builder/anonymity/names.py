"""Persons' names: listed ones in any form, with or without a capital letter, and words with a strange capital."""

from __future__ import annotations

from collections.abc import Iterator

from kit_builder.anonymity.capitals import Capitals
from kit_builder.anonymity.reading import Word
from kit_builder.anonymity.suspicion import Suspicion, in_words, suspect
from kit_builder.anonymity.vocabulary import (
    SPOKEN,
    Vocabulary,
    known_words,
    listed_names,
    ordinary_words,
    vocabulary,
)

NAMED = ("niminen", "nimisen", "nimistä", "nimisellä", "nimiselle", "nimiseltä")
"""What makes a name of the whole compound: "Ali-niminen", but not "Martta-kerho"."""

GENITIVES = {"fi": "n", "sv": "s", "en": "'s"}


class Names:
    """Finds names of the lists in the words of one text, in any language."""

    def __init__(self, words: list[Word], language: str) -> None:
        self.words = words
        self.listed = listed_names(language)
        self.ordinary, self.ordinary_forms = ordinary_words(language)

    def is_name(self, index: int) -> bool:
        """Whether the word at a position is a person's name."""
        word = self.words[index]
        if not self._is_listed(word):
            return False
        if word.low in self.ordinary_forms or self.ordinary.find(word.low):
            return word.capital and (not word.first or self._tells(index))
        return True

    def _is_listed(self, word: Word) -> bool:
        first, *rest = word.text.split("-")
        if rest and rest[-1][:1].islower() and self.listed.find(rest[-1]) is None:
            return rest[-1] in NAMED
        return any(self.listed.find(part) for part in (word.text, first) if len(part) > 1)

    def _tells(self, index: int) -> bool:
        """Whether the next word makes a person of this one: another name."""
        word, after = self.words[index], self._after(index)
        if after is None or after.clause != word.clause:
            return False
        return after.capital and self.listed.find(after.text) is not None

    def _before(self, index: int) -> Word | None:
        return self.words[index - 1] if index else None

    def _after(self, index: int) -> Word | None:
        return self.words[index + 1] if index + 1 < len(self.words) else None


class SpokenNames(Names):
    """Finds names with what the sentence around them says, in one of the SPOKEN languages."""

    def __init__(self, text: str, words: list[Word], language: str, known: frozenset[str]) -> None:
        super().__init__(words, language)
        self.language = language
        self.spoken: Vocabulary = vocabulary(language)
        self.known = known_words(language)
        self.capitals = Capitals(text, words, language, known)

    def is_name(self, index: int) -> bool:
        word = self.words[index]
        if self._is_listed(word) and self._place_as_well(word.low):
            return word.capital and self._tells(index)
        listed = super().is_name(index) and not self._names_a_house(index)
        return listed or self._called(index) or self._has_kin(index) or self.capitals.strange(index)

    def _place_as_well(self, low: str) -> bool:
        """Whether a listed name is also a place or a month ("Salla", "August"), or a form of one ("Turusta")."""
        return low in self.known.whole or (not self.listed.basic(low) and self.known.find(low) is not None)

    def _names_a_house(self, index: int) -> bool:
        """A name in its basic form before a school, a church, an organisation: "Martha organisation". In Finnish the
        name would stand in the genitive, as a person's does."""
        word, after = self.words[index], self._after(index)
        if self.language == "fi" or after is None or not self.listed.basic(word.low):
            return False
        return word.capital and self.spoken.place_nouns.find(after.text) is not None

    def _tells(self, index: int) -> bool:
        """Also a verb of telling, but not behind "Alla", which is "everyone" in Swedish."""
        word, after = self.words[index], self._after(index)
        told = after is not None and after.low in self.spoken.told | self.spoken.tells
        return (told and word.low not in self.spoken.everyone) or super()._tells(index)

    def _called(self, index: int) -> bool:
        """A word after "Mrs", or a listed one after "called"."""
        before, word = self._before(index), self.words[index]
        if before is None or before.clause != word.clause or self.capitals.known(word.text):
            return False
        if before.low in self.spoken.called and self.listed.basic(word.low):
            return True
        return before.low in self.spoken.titles and word.capital and not word.first

    def _has_kin(self, index: int) -> bool:
        """An unknown first word in the genitive before "mother", "son" …: "Zaynabs mamma"."""
        word, after = self.words[index], self._after(index)
        if after is None or after.low not in self.spoken.kin or not word.first or not word.capital:
            return False
        if len(word.text) < 4 or not word.low.endswith(GENITIVES[self.language]):
            return False
        return not self.capitals.known(word.text) and not self._common_noun(word)

    def _common_noun(self, word: Word) -> bool:
        """Whether a word is one of the nouns and pronouns that have kin of their own: "Lapsen äiti"."""
        spoken = self.spoken
        counted = spoken.everyone | spoken.one | spoken.article | spoken.few | spoken.pronouns
        groups = (
            spoken.persons,
            spoken.definite_persons,
            spoken.people_of_any_kind,
            spoken.occupations,
            spoken.place_nouns,
        )
        return word.low in counted or any(group.find(word.text) for group in groups)


def find_names(text: str, words: list[Word], language: str, known: frozenset[str]) -> Iterator[Suspicion]:
    """Every name of a person in the text, first and last name together.

    `known` are words with a capital letter that the municipality's own file explains."""
    names = SpokenNames(text, words, language, known) if language in SPOKEN else Names(words, language)
    for first, last in _runs(words, names):
        yield suspect(
            "anonymity.name",
            text,
            words[first].start,
            words[last].end,
            "looks like a person's name, and nobody may be recognised",
            f"leave the name out and write {in_words('some', language)}, or name the group",
        )


def _runs(words: list[Word], names: Names) -> Iterator[tuple[int, int]]:
    """Positions of the first and last word of each name: it goes on as long as names with a capital letter follow."""
    index = 0
    while index < len(words):
        last = index
        if names.is_name(index):
            while (
                last + 1 < len(words)
                and words[last + 1].clause == words[index].clause
                and words[last + 1].capital
                and names.is_name(last + 1)
            ):
                last += 1
            yield index, last
        index = last + 1
