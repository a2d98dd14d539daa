"""Exact ages, and years and days of birth. Groups ("over 65", "13–17-year-olds") are how the method speaks of age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit_builder.anonymity.suspicion import Suspicion, suspect
from kit_builder.anonymity.vocabulary import vocabulary

_FI = (
    r"(?:\d{1,3}|(?:yksi|kaksi|kolme|neljä|viisi|kuusi|seitsemän|kahdeksan|yhdeksän|kymmenen)"
    r"(?:toista|kymmentä(?:\w{4,9})?)?|kymmen)"
)
_SV = (
    r"(?:\d{1,3}|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|"
    r"(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)\w{0,4})"
)
_EN = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w{3,5})?)"
)
_BORN = r"(?:\d{1,2}\.\d{1,2}\.)?(?:19|20)\d\d"
_SV_PERSON = (
    r"(?:hon|han|hen|som|jag|kvinnan|mannen|flickan|pojken|mamman|pappan|sonen|dottern|deltagaren|barnet|eleven|studenten|"
    r"grannen)"
)
_IN_BRACKETS = r"(?<=[^\W\d_] )\(\d{1,2}(?: ?v\.?| ?år)?\)|(?<=[^\W\d_]), \d{1,2}(?: (?:vuotta|år))?,"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join((*patterns, _IN_BRACKETS)), re.IGNORECASE)


AGES = {
    "fi": _any(
        rf"(?<![\w–-]){_FI}[ -]?vuotia(?:s|an|sta|alla|alle|alta|aksi|ana|assa)\b",
        rf"\bon (?:jo )?{_FI} ?(?:-?vuotta vanha|v\b)",
        rf"\biältään {_FI}",
        rf"\btäytti {_FI}(?: vuotta)?",
        rf"\b(?:syntynyt|syntyi|synt\.|s\.) (?:vuonna )?{_BORN}",
        rf"\bvuonna {_BORN} syntynyt\b",
        rf"\b{_FI} vuotta täyttän(?:yt|een|yttä)\b",
        r"\bsyntymä(?:aika|päivä|vuosi)\w* (?:on )?[\d.]+",
    ),
    "sv": _any(
        rf"\b(?:en|ett|den|det|hennes|hans|min|mitt|vår|vårt|deras) {_SV}[ -]?årig[aet]?\b",
        rf"\b{_SV}-?åring(?:en)?\b",
        rf"\b(?:en|ett|den|det) {_SV} år gam(?:mal|malt|la)\b",
        rf"\b{_SV_PERSON} (?:är|var) (?:nu )?{_SV} år\b(?! sedan)",
        rf"\b(?:i|vid) {_SV} års ålder",
        rf"\b{_SV_PERSON} fyllde {_SV}\b",
        rf"\b(?:född|föddes|f\.) (?:år |den )?{_BORN}",
        r"\bfödelse(?:tid|datum|dag|år)\w* [\d.]+",
    ),
    "en": _any(
        rf"\b{_EN}[ -]years?[ -]old\b",
        rf"\baged {_EN}\b(?!\s*(?:[–-]|to|and|or|\+))",
        rf"\bat the age of {_EN}\b",
        rf"\bage {_EN}\b(?!\s*[–-])",
        rf"\b(?:he|she|who) (?:is|was|turned) {_EN}\b(?! (?:minutes|times|hours|days|weeks|months|kilomet))",
        rf"\bturned {_EN}\b",
        rf"\bborn (?:in |on )?{_BORN}",
        r"\bdate of birth\W+[\d.]+",
    ),
}
BOUNDS = {
    "fi": re.compile(r"\b(?:yli|alle|vähintään|enintään|ainakin)\s$|[–-]$", re.IGNORECASE),
    "sv": re.compile(r"\b(?:över|under|minst|högst)\s$|[–-]$", re.IGNORECASE),
    "en": re.compile(r"\b(?:over|under|at least|above|below)\s$|[–-]$", re.IGNORECASE),
}
"""What stands before an age that bounds a group."""

NEXT_WORD = re.compile(r"[\s-]*([^\W\d_]+)")


def find_ages(text: str, language: str) -> Iterator[Suspicion]:
    """Every exact age of a person in a text in one of the SPOKEN languages; not that of an association or a project."""
    others = vocabulary(language).other_nouns_of_age
    for match in AGES[language].finditer(text):
        next_word = NEXT_WORD.match(text, match.end())
        of_a_thing = next_word is not None and others.find(next_word.group(1)) is not None
        if not of_a_thing and not BOUNDS[language].search(text[: match.start()]):
            yield suspect(
                "anonymity.age",
                text,
                match.start(),
                match.end(),
                "is an exact age",
                "write young, of working age or older, as in the method's group facts, or leave the age out",
            )
