"""The anonymity check: could a person be recognised from a finding, a proposal or an action?

The method asks that nobody's answer can be recognised from a report (seed, Part I §5; Introduction 3). No check can
promise that; this one finds what people overlook, says why, and proposes the method's own wording. Figures of how well
it does are printed by scripts/anonymity_figures.py.
"""

from __future__ import annotations

import unicodedata

from kit_builder.anonymity.ages import find_ages
from kit_builder.anonymity.combinations import find_combinations
from kit_builder.anonymity.details import WEB_ADDRESS, find_details
from kit_builder.anonymity.names import find_names
from kit_builder.anonymity.people import find_people
from kit_builder.anonymity.quotes import find_quotes
from kit_builder.anonymity.reading import blank, read
from kit_builder.anonymity.suspicion import ACCEPTABLE, Rule, Suspicion
from kit_builder.anonymity.vocabulary import SPOKEN, vocabulary

__all__ = ["ACCEPTABLE", "Rule", "Suspicion", "check_text"]


def check_text(text: str, language: str, known: frozenset[str] = frozenset()) -> list[Suspicion]:
    """Everything in a text by which a person could be recognised, in the order of the text.

    `language` is the text's code; outside Finnish, Swedish and English only contact details, codes, addresses, listed
    names and quotations are found. `known` are words with a capital letter that are no person's name here: the
    municipality, its houses, its organisations. Positions count in the text with composed characters (NFC)."""
    text = unicodedata.normalize("NFC", text)  # an "ä" may come as two characters
    details = list(find_details(text))
    spans = [(detail.start, detail.end) for detail in details]
    spans += [match.span() for match in WEB_ADDRESS.finditer(text)]
    rest = blank(text, spans)
    words = read(rest, vocabulary(language).abbreviations if language in SPOKEN else frozenset())
    found = [*details, *find_quotes(text, language), *find_names(text, words, language, known)]
    if language in SPOKEN:
        found += find_ages(rest, language)
        found += find_people(text, words, language)
        found += find_combinations(rest, words, language)
    return sorted(found)
