"""The words that the checks know, from data/anonymity: per language, and the names and places of all languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from babel import Locale
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from kit_builder import content, registry
from kit_builder.anonymity.inflection import Index

SPOKEN = ("fi", "sv", "en")
"""The languages whose sentences the checks understand; in others they look for details, listed names and quotes."""


def _singular(words: list[str], info: ValidationInfo) -> Index:
    return Index(words, str(info.context), plural=False)


def _forms(words: list[str], info: ValidationInfo) -> Index:
    return Index(words, str(info.context))


def _pattern(pattern: str | None) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE) if pattern else re.compile(r"(?!)")


Singular = Annotated[Index, BeforeValidator(_singular)]
Forms = Annotated[Index, BeforeValidator(_forms)]
Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]
Words = frozenset[str]


class Vocabulary(BaseModel):
    """One language. `Forms` are found however they inflect, `Singular` only where they mean one, `Words` as they stand
    (in small letters)."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        alias_generator=lambda field: field.replace("_", " "),
    )

    # Who: residents and their families; people who may also be anyone; several people
    persons: Singular
    people_of_any_kind: Singular
    definite_persons: Singular
    plural_persons: Words
    of_several: Words
    plural_groups: Words
    # What makes one person rare
    occupations: Singular
    sexes: Singular
    families: Forms
    health: Forms
    ages: Forms
    origins: Forms
    origin_ending: Pattern
    speaking: Pattern
    unique: Words
    first: Words
    with_children: Pattern
    # How one person or a few are counted and referred to
    one: Words
    article: Words
    few: Words
    someone: Words
    pronouns: Words
    first_person: Words
    own: Pattern
    according: Words
    everyone: Words
    # What one person did or said, is, or might do
    told: Words
    tells: Words
    did: Words
    being: Words
    might: Words
    # Small words around persons and verbs: what ends a description, leads away from the person, joins
    small_words: Words
    elsewhere: Words
    relative: Words
    out_of: Words
    having: Words
    hours: Words
    links: Words
    abbreviations: Words
    # Names, and what a capital letter may mean instead
    titles: Words
    kin: Words
    called: Words
    place_nouns: Forms
    place_endings: Pattern
    place_cases: Pattern
    place_prepositions: Words
    other_nouns_of_age: Forms
    events: Words


@dataclass(frozen=True)
class ListedNames:
    """Listed names; only a family is named in the plural ("Korhoset")."""

    given: Index
    family: Index

    def find(self, form: str) -> str | None:
        """The name of which `form` is a form, or None."""
        return self.given.find(form) or self.family.find(form)

    def basic(self, word: str) -> bool:
        """Whether a word in small letters is a name in its basic form."""
        return word in self.given.whole or word in self.family.whole


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of one of the SPOKEN languages."""
    return Vocabulary.model_validate(content.read(f"anonymity/{language}.yml"), context=language)


@cache
def listed_names(language: str) -> ListedNames:
    """The names of data/anonymity/names.yml, in the forms that they have in a text of this language."""
    given, family = (
        [name for group in kind.values() for name in group]
        for kind in content.read("anonymity/names.yml").values()
    )
    return ListedNames(Index(given, language, plural=False), Index(family, language))


@cache
def ordinary_words(language: str) -> tuple[Index, frozenset[str]]:
    """Words that look like a listed name: those with all their forms, and single forms in small letters."""
    words = content.read("anonymity/ordinary-words.yml").get(language, {"words": [], "forms": []})
    return Index(words["words"], language), frozenset(words["forms"])


@cache
def known_words(language: str) -> Index:
    """Words that have a capital letter and are not a person's name."""
    return Index(sorted(set(_known_words(language))), language)


def _known_words(language: str) -> Iterator[str]:
    lists = content.read("anonymity/known-words.yml")
    for group in ("places", "organisations", "feasts and faiths"):
        yield from lists[group]
    locale = Locale.parse(language)
    official = [
        *locale.territories.values(),
        *(name.capitalize() for name in locale.months["stand-alone"]["wide"].values()),
        *(name.capitalize() for name in locale.days["stand-alone"]["wide"].values()),
        *(name for entry in registry.municipalities() for name in entry.name.values()),
    ]
    if language == "en":
        yield from lists["en"]
        official += locale.languages.values()
    for name in official:
        yield from _words_of(name)


def _words_of(name: str) -> Iterator[str]:
    """The words of a place or language; not those that are persons' names ("Saint Helena") in a longer one."""
    words = re.findall(r"[\w'-]+", name)
    persons = listed_names("en")
    return (
        word for word in words if word[0].isupper() and (len(words) == 1 or not persons.basic(word.lower()))
    )
