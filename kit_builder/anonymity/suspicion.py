"""What a check suspects: a part of a text by which a person could be recognised, why, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kit_builder import translations
from kit_builder.languages import languages
from kit_builder.problems import AcceptableRule

Rule = AcceptableRule | Literal["anonymity.identity-code"]
ACCEPTABLE: tuple[AcceptableRule, ...] = get_args(AcceptableRule)
LONGEST_PART = 60


@dataclass(frozen=True, order=True)
class Suspicion:
    """One suspicion. `start` and `end` are character positions in the text; `sentence` is what people are told."""

    start: int
    end: int
    rule: Rule
    part: str
    sentence: str


def suspect(rule: Rule, text: str, start: int, end: int, why: str, instead: str) -> Suspicion:
    """A suspicion about `text[start:end]`; `why` and `instead` complete the sentence after the part itself."""
    part = text[start:end].strip()
    shown = part if len(part) <= LONGEST_PART else part[: LONGEST_PART - 1].rstrip() + "…"
    return Suspicion(start, end, rule, part, f"'{shown}' {why}; {instead}.")


def in_words(wording: str, language: str) -> str:
    """One of the method's words for a share of the group ("some", "more than half") in the text's language, in quotes
    (seed, Part I §5; data/content/wording.yml)."""
    return f'"{translations.find(wording, language).text if language in languages() else wording}"'
