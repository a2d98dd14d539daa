"""What is told of one person, or of two to four: the method writes "some" and "fewer than half" instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit_builder.anonymity.few_people import few_people
from kit_builder.anonymity.one_person import one_person
from kit_builder.anonymity.reading import Word, sentences
from kit_builder.anonymity.suspicion import Rule, Suspicion, in_words, suspect
from kit_builder.anonymity.telling import Telling

ANYONE = re.compile(
    r"\b(?:hans eller hennes|hennes eller hans|henne eller honom|honom eller henne|hon eller han|han eller hon|"
    r"his or her|her or his|him or her|her or him|he or she|she or he|"
    r"mitt (?:under|i|på|bland|emot|emellan|framför))\b",
    re.IGNORECASE,
)
"""Pronouns that mean anyone, and what only looks like "my"."""


def find_people(text: str, words: list[Word], language: str) -> Iterator[Suspicion]:
    """What the text, in one of the SPOKEN languages, tells of one person or of two to four: once in a sentence."""
    some, fewer = in_words("some", language), in_words("fewer than half", language)
    anyone = [match.span() for match in ANYONE.finditer(text)]

    def say(rule: Rule, telling: Telling, span: tuple[int, int], why: str, instead: str) -> Suspicion:
        first, last = (telling.words[at] for at in span)
        return suspect(rule, text, first.start, last.end, why, instead)

    for sentence in sentences(words):
        kept = [word for word in sentence if not any(start <= word.start < end for start, end in anyone)]
        telling = Telling(kept, language)
        if span := one_person(telling):
            instead = f"write what {some} or more told, or leave it out where only one person did"
            yield say("anonymity.one-person", telling, span, "tells of one person", instead)
        if span := few_people(telling):
            why = "counts so few people that they can be recognised"
            yield say(
                "anonymity.few-people", telling, span, why, f"write {some} or {fewer} instead of the number"
            )
