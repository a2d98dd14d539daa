"""Someone's own words, longer than a phrase: manner of speaking and small facts can give a person away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit_builder.anonymity.suspicion import Suspicion, in_words, suspect
from kit_builder.anonymity.vocabulary import SPOKEN, vocabulary

LONGEST_PHRASE = 4
"""Words: “go back home” is a phrase that many may have heard (the project's own limit)."""

QUOTED = re.compile(
    r"[”“„]([^”“„]+)(?:[”“]|$)|\"([^\"]+)(?:\"|$)|[»«]([^»«]+)(?:[»«]|$)|(?<!\w)[‘']([^‘]+?)[’'](?!\w)|^\s*[–—]\s+(.+)$"
)
BEFORE = re.compile(r"(\w+)[\s,:]*$")


def find_quotes(text: str, language: str) -> Iterator[Suspicion]:
    """Every quotation longer than a phrase; the title of an event, a project or a campaign is none."""
    events = vocabulary(language).events if language in SPOKEN else frozenset()
    for match in QUOTED.finditer(text):
        words = next(group for group in match.groups() if group is not None).split()
        before = BEFORE.search(text[: match.start()])
        title = before is not None and before.group(1).lower() in events
        if len(words) > LONGEST_PHRASE and not title:
            yield suspect(
                "anonymity.quote",
                text,
                match.start(),
                match.end(),
                "are someone's own words, and a way of speaking can give a person away",
                f"say in your own words what {in_words('some', language)} or more told, and quote a phrase of "
                f"{LONGEST_PHRASE} words at most",
            )
