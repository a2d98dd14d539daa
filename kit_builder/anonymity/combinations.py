"""Several traits that together point at one person: "the only Tigrinya-speaking nurse", country × age × sex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale

from kit_builder.anonymity.inflection import REMEMBERED, Index
from kit_builder.anonymity.reading import Word, sentences
from kit_builder.anonymity.suspicion import Suspicion, suspect
from kit_builder.anonymity.vocabulary import Vocabulary, vocabulary

BEFORE, AFTER = 5, 7
"""How many words before and after the person may carry its traits."""

BACK_VOWELS = re.compile(r"[aou]")
FINNISH_FROM = re.compile(r"(?:sta|stä|lta|ltä)$")
AGE = re.compile(r"\d{1,3}-?(?:vuotias|vuotiaa|årig|year)")
FROM = frozenset({"från", "from"})
RARE_TOGETHER = {"occupation", "family", "health"}
"""Traits that, together with a country, point at one person already."""

GROUP_FACTS = {"origin", "age", "sex"}
"""Traits that point at a few people even where they are told of several."""


@cache
def countries(language: str) -> Index:
    """Names of countries in one of the SPOKEN languages."""
    return Index([name for name in Locale.parse(language).territories.values() if " " not in name], language)


@cache
def finnish_origins() -> Index:
    """Finnish words for people of a country that are made from its name: Irak → irakilainen."""
    names = [name.lower() for name in countries("fi").whole if name.isalpha()]
    stems = [name if name[-1] in "aeiouyäö" else name + "i" for name in names]
    return Index(
        [stem + ("lainen" if BACK_VOWELS.search(stem) else "läinen") for stem in stems], "fi", plural=True
    )


@lru_cache(maxsize=REMEMBERED)
def traits_of(word: str, language: str) -> frozenset[str]:
    """The traits that a word carries by itself, and "head" where it is a person: a resident, someone by occupation."""
    spoken = vocabulary(language)
    parts = {word, *filter(None, word.split("-"))}  # "kurdi-insinööri"
    groups = {
        "sex": (spoken.sexes,),
        "occupation": (spoken.occupations,),
        "family": (spoken.families,),
        "health": (spoken.health,),
        "age": (spoken.ages,),
        "origin": (spoken.origins, finnish_origins()) if language == "fi" else (spoken.origins,),
        "head": (spoken.persons, spoken.definite_persons, spoken.occupations, spoken.people_of_any_kind),
    }
    traits = {name for name, group in groups.items() if any(index.find(p) for index in group for p in parts)}
    low = word.lower()
    if low in spoken.plural_groups:
        traits.add("sex")
    if spoken.origin_ending.search(low):
        traits.add("origin")
    if spoken.speaking.search(low):
        traits.add("language")
    if AGE.match(low):
        traits.add("age")
    return frozenset(traits)


class Traits:
    """The traits that the words of one sentence carry."""

    def __init__(self, words: list[Word], language: str, text: str) -> None:
        self.words = words
        self.language = language
        self.spoken: Vocabulary = vocabulary(language)
        self.children = [match.span() for match in self.spoken.with_children.finditer(text)]
        self.possible = any(word.low in self.spoken.might for word in words)

    def of_word(self, index: int) -> frozenset[str]:
        """The traits that one word carries where it stands."""
        word = self.words[index]
        traits = traits_of(word.text, self.language)
        if any(start <= word.start < end for start, end in self.children):
            traits |= {"family"}
        return traits | {"origin"} if self._from_a_country(index) else traits

    def _from_a_country(self, index: int) -> bool:
        """Whether a word is a country from which someone came: "Sudanista", "från Irak"."""
        word = self.words[index]
        if not word.capital or countries(self.language).find(word.text) is None:
            return False
        if self.language == "fi":
            return FINNISH_FROM.search(word.low) is not None
        return index > 0 and self.words[index - 1].low in FROM

    def around(self, head: int) -> set[str]:
        """The traits of a person and of the words around it in the same clause."""
        clause = self.words[head].clause
        near = [
            at
            for at in range(max(0, head - BEFORE), min(len(self.words), head + AFTER))
            if self.words[at].clause == clause
        ]
        return {trait for at in near for trait in self._of_person(at, head)} - {"head"}

    def _of_person(self, at: int, head: int) -> frozenset[str]:
        """The traits of a word that describe the person; behind it, a people's name is its language: "a nurse who
        speaks Russian"."""
        traits = self.of_word(at)
        language = self.language != "fi" and at > head and not self._from_a_country(at)
        return traits - {"origin"} if language else traits

    def marked(self, head: int, marks: frozenset[str]) -> int | None:
        """The position of "only" or "first" shortly before a person, or None."""
        for at in range(head - 1, max(-1, head - 5), -1):
            if self.words[at].low in marks and self.words[at].clause == self.words[head].clause:
                return at
        return None

    def is_head(self, index: int) -> bool:
        """Whether a word is one person: a resident, or someone by occupation."""
        word = self.words[index]
        if self.language == "sv" and word.low == "man":  # "man" alone is "one"
            return index > 0 and (self.words[index - 1].low == "en" or bool(self.of_word(index - 1)))
        return "head" in self.of_word(index)

    def rare(self, index: int) -> tuple[int, int] | None:
        """Positions of the first and last word of a rare combination around a word, or None."""
        if self.words[index].low in self.spoken.plural_groups:
            return (index, index) if self.around(index) >= GROUP_FACTS else None
        if not self.is_head(index):
            return None
        traits = self.around(index)
        kinds = traits - {"language"} if "origin" in traits else traits
        only = self.marked(index, self.spoken.unique)
        if only is not None and kinds:
            return only, index
        first = self.marked(index, self.spoken.first)
        if first is not None and len(kinds) > 1:
            return first, index
        if self.possible:
            return None
        rare = len(kinds) > 2 or ("origin" in kinds and kinds & RARE_TOGETHER)
        return (index, index) if rare else None


def find_combinations(text: str, words: list[Word], language: str) -> Iterator[Suspicion]:
    """Every rare combination of traits in a text in one of the SPOKEN languages: once in a sentence."""
    for sentence in sentences(words):
        traits = Traits(sentence, language, text)
        span = next((found for index in range(len(sentence)) if (found := traits.rare(index))), None)
        if span:
            yield suspect(
                "anonymity.rare-combination",
                text,
                sentence[span[0]].start,
                sentence[span[1]].end,
                "is described so closely that the person can be recognised",
                "keep the language group, and leave out country, age, sex, occupation and family together",
            )
