"""One sentence as it tells of people: who stands where, and which verb is theirs."""

from __future__ import annotations

import re
from functools import cache

from kit_builder.anonymity.inflection import finnish_of_several
from kit_builder.anonymity.reading import Word
from kit_builder.anonymity.vocabulary import Vocabulary, vocabulary

ADJECTIVES = 2
"""How many words may stand between a number and the person: "one very young woman"."""

VERB_WITHIN = 5
"""How many words after the person are looked through for the verb."""

PAST = {
    "fi": re.compile(r"\w{2}(?<!is)i$"),
    "sv": re.compile(r"\w(?:ade|dde)$"),
    "en": re.compile(r"[a-z]{2}ed$"),
}
THEM = frozenset({"dem", "them"})
"""Of these, one is a thing as often as a person."""


@cache
def finnish_persons_of_several() -> frozenset[str]:
    """Finnish persons in the form that follows "one": osallistujista, opettajista."""
    spoken = vocabulary("fi")
    groups = (spoken.persons, spoken.people_of_any_kind, spoken.occupations)
    return frozenset(finnish_of_several(word) for group in groups for word in group.whole)


class Telling:
    """A sentence of one of the SPOKEN languages. Places in it are positions of words; 0 stands for "nothing found"
    where a function gives back the position after what it found."""

    def __init__(self, words: list[Word], language: str) -> None:
        self.words = words
        self.language = language
        self.spoken: Vocabulary = vocabulary(language)
        self.general = any(word.low in self.spoken.everyone for word in words)
        self.possible = any(word.low in self.spoken.might for word in words)

    def low(self, index: int) -> str:
        """The word at a position in small letters; nothing before the first and after the last."""
        return self.words[index].low if 0 <= index < len(self.words) else ""

    def near(self, index: int) -> range:
        """Positions after a number or an article where the person may stand: at most two adjectives between, in the
        same clause, before any word that leads on to something else."""
        for at in range(index + 1, min(index + 2 + ADJECTIVES, len(self.words))):
            if self.words[at].clause != self.words[index].clause or self.low(at) in self.spoken.small_words:
                return range(index + 1, at)
        return range(index + 1, min(index + 2 + ADJECTIVES, len(self.words)))

    def resident(self, index: int) -> bool:
        """Whether a word is a resident: a participant, a woman, a father …"""
        return self.spoken.persons.find(self.words[index].text) is not None

    def someone(self, index: int) -> bool:
        """Whether a word is a person who may also be an official or anyone: a child, a teacher, an adult …"""
        return self.spoken.people_of_any_kind.find(self.words[index].text) is not None

    def says(self, index: int) -> bool:
        """Whether a word is a verb of telling, of one person, now or then."""
        return self.low(index) in self.spoken.told | self.spoken.tells

    def acts(self, index: int) -> bool:
        """Whether a word is a verb of telling or doing."""
        return self.says(index) or self.low(index) in self.spoken.did

    def past(self, index: int) -> bool:
        """Whether a word looks like a verb in the past tense."""
        return PAST[self.language].search(self.low(index)) is not None

    def of_several(self, index: int) -> int:
        """The position after words such as "of the women" or "naisista", or 0."""
        if self.language == "fi":
            several = self.spoken.of_several | finnish_persons_of_several()
            return index + 1 if self.low(index) in several else 0
        if self.low(index) not in self.spoken.out_of:
            return 0
        for last in (index + 1, index + 2):
            if self.low(last) in THEM:
                return last + 1 if self.verb_tells(last) else 0
            if self.low(last) in self.spoken.plural_persons | self.spoken.of_several:
                return last + 1
        return 0

    def verb_tells(self, person: int) -> bool:
        """Whether the first verb after a person says what the person said or did, and not what one might do.

        A person with a relative clause may be any such person ("a family that has lived here long"): only a verb of
        telling counts then. What someone *is* counts for residents only."""
        relative = self.low(person + 1) in self.spoken.relative
        for at in range(person + 1, min(person + 1 + VERB_WITHIN, len(self.words))):
            if self.low(at) in self.spoken.might | self.spoken.elsewhere:
                return False
            if self.says(at) or (not relative and (self.acts(at) or self.past(at))):
                return True
            if not relative and self.low(at) in self.spoken.being:
                return self.resident(person)
        return False
