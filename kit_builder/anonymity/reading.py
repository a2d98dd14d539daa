"""A text as words and sentences, with the positions where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

WORD = re.compile(r"\d+(?:[.,]\d+)*(?:-[^\W\d_]+)*|[^\W\d_]+(?:['’:.-][^\W\d_]+)*-?")
SENTENCE_ENDS = ".!?…:"
OPENING = "\"'”“»«‘’„(–—-•* \t\n"


@dataclass(frozen=True)
class Word:
    """A word or a number; `low` is the word in small letters. `first` is true where a sentence starts; `clause` counts
    the pieces between punctuation."""

    text: str
    low: str
    start: int
    end: int
    first: bool
    sentence: int
    clause: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def read(text: str, abbreviations: frozenset[str] = frozenset()) -> list[Word]:
    """The words of a text, in order; after one of the abbreviations (in small letters) no sentence starts."""
    words: list[Word] = []
    sentence = clause = end = 0
    for match in WORD.finditer(text):
        gap = text[end : match.start()]
        first = not words or _starts_sentence(gap, words[-1].low in abbreviations)
        sentence += bool(words) and first
        clause += bool(words) and bool(gap.strip())
        end = match.end()
        low = match.group().lower().replace("’", "'")
        words.append(Word(match.group(), low, match.start(), end, first, sentence, clause))
    return words


def _starts_sentence(gap: str, abbreviated: bool) -> bool:
    marks = gap.strip(OPENING)
    if marks == "." and abbreviated:
        return False
    return (marks != "" and marks[-1] in SENTENCE_ENDS) or any(quote in gap for quote in '”“»«„"‘')


def sentences(words: list[Word]) -> list[list[Word]]:
    """The words, sentence by sentence."""
    return [list(group) for _, group in groupby(words, key=lambda word: word.sentence)]


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans replaced by spaces, so that all other positions stay as they are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
