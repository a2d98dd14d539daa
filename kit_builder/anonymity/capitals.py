"""Words with a capital letter where the sentence needs none: names, unless they are known or look like a place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kit_builder.anonymity.inflection import Index
from kit_builder.anonymity.reading import Word
from kit_builder.anonymity.vocabulary import Vocabulary, known_words, vocabulary

SHORTEST_NAME = 3
"""Letters: what is shorter is an abbreviation or an initial."""


@lru_cache(maxsize=64)
def own_words(known: frozenset[str], language: str) -> Index:
    """The words that a municipality's own file explains, in all their forms."""
    return Index(sorted(known), language)


class Capitals:
    """The capital letters of one text in one of the SPOKEN languages."""

    def __init__(self, text: str, words: list[Word], language: str, known: frozenset[str]) -> None:
        self.text = text
        self.words = words
        self.spoken: Vocabulary = vocabulary(language)
        self.known_words = known_words(language)
        self.own = own_words(known, language)

    def known(self, text: str) -> bool:
        """Whether a word is known and no person's name; of a compound, whether its last part is a common noun or its
        first part is known."""
        first, *rest = text.split("-")
        if self.own.find(text) or self.known_words.find(text):
            return True
        return bool(rest) and (rest[-1][:1].islower() or self.known(first))

    def strange(self, index: int) -> bool:
        """Whether the word at a position has a capital letter that only a person's name would explain."""
        word = self.words[index]
        letters = word.text.split(":")[0]
        if word.first or not word.capital or len(letters) < SHORTEST_NAME:
            return False
        if any(letter.isupper() for letter in letters[1:]) or self._in_compound(word):
            return False
        explained = self.known(word.text) or self.spoken.place_nouns.find(word.text)
        return not (explained or self._in_named_body(index) or self._like_a_place(index))

    def _in_compound(self, word: Word) -> bool:
        """Whether the word is the first part of a compound that goes on later: "Lupa- ja", "Lomakkeet -neuvonta"."""
        return word.text.endswith("-") or self.text[word.end : word.end + 2] == " -"

    def _in_named_body(self, index: int) -> bool:
        """Part of a name such as "Wellbeing Services County", "Kontulan ostoskeskus", "kauppakeskus Sello"."""
        before, after = self.words[:index][::-1], self.words[index + 1 :]
        if before and self.spoken.place_nouns.find(before[0].text):
            return True
        body_before = self._body_in(index, before)
        return self._body_in(index, after) is not None or (body_before is not None and body_before.capital)

    def _body_in(self, index: int, words: Iterable[Word]) -> Word | None:
        """The school, office or street to which words with capital letters, and small words between them, lead."""
        for word in words:
            if word.clause != self.words[index].clause:
                return None
            if self.spoken.place_nouns.find(word.text):
                return word
            if not word.capital and word.low not in self.spoken.links:
                return None
        return None

    def _like_a_place(self, index: int) -> bool:
        """Whether the form, or the word before, says that it is a place: "Rantakylään", "i Strandby", "at Sello"."""
        before, low = self.words[:index][-1:], self.words[index].low
        if before and before[0].low in self.spoken.place_prepositions:
            return True
        return bool(self.spoken.place_endings.search(low) or self.spoken.place_cases.search(low))
