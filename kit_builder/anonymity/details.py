"""Details that lead straight to a person, in any language: e-mail, phone, identity code, street address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kit_builder.anonymity.suspicion import Rule, Suspicion, suspect

_STREET_FI = (
    r"\w+(?:katu|kadulla|kadun|tie|tiellä|tien|kuja|kujalla|kujan|polku|polulla|kaari|kaarella|raitti|rinne|väylä|penger|aukio|"
    r"portti|mutka|bulevardi|esplanadi|törmä)"
)
_STREET_SV = (
    r"\w+(?:gatan|gata|vägen|väg|gränden|gränd|stigen|stig|allén|esplanaden|backen|svängen|bågen|ringen|torget|parken|"
    r"stranden)"
)
_MAIN_ROADS = r"(?:valta|kanta|seutu|moottori|kehä|rauta|yhdys|riks|lands|järn|motor|stam|huvud)"
_STREET_EN = r"(?:Street|Road|Lane|Avenue|Drive|Way|Court|Close|Terrace|St|Rd|Ave)"
_NUMBER = r"\d{1,3}(?:[-–]\d{1,3})?"
_NOT_COUNTED = (
    r"(?![\d.,–:-]*\d)(?!\s*(?:%|€|\w+(?:vuotias|vuotiaa)\w*)|\s+(?:kertaa|euroa|metriä|kilometriä|minuuttia|tuntia|vuotta|autoa|"
    r"ihmistä|penkkiä|gånger|euro|meter|kilometer|minuter|timmar|år|bilar|personer|times|people|years|metres|minutes|cars)\b)"
)


@dataclass(frozen=True)
class _Detail:
    rule: Rule
    pattern: re.Pattern[str]
    why: str
    instead: str


DETAILS = (
    _Detail(
        "anonymity.email",
        re.compile(
            r"[\w.%+-]+\s?(?:@|\(at\)|\[at\]|\(a\)|\[a\]|\(ät\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
        ),
        "is an e-mail address",
        "leave it out; contact details belong to the municipality's contact person only",
    ),
    _Detail(
        "anonymity.identity-code",
        re.compile(r"(?<![\w-])[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![\w-])", re.IGNORECASE),
        "is a Finnish personal identity code",
        "leave it out, and tell the person who sent the report that it was there",
    ),
    _Detail(
        "anonymity.phone",
        re.compile(
            r"(?<![\w.,:/+-])(?:"
            r"(?:\+|00)[1-9]\d{0,2}[ -]?(?:\(0\)[ -]?)?\d(?:[ -]?\d){5,11}"
            r"|0[1-9]\d{0,2}[ -]?\d{2,4}(?:[ -]?\d){2,6})"
            r"(?![\w-]|[.,:]\d)"
        ),
        "is a phone number",
        "leave it out; contact details belong to the municipality's contact person only",
    ),
    _Detail(
        "anonymity.address",
        re.compile(
            rf"(?<![\w-])(?!(?i:{_MAIN_ROADS}(?:tie|väg)))(?i:{_STREET_FI}|{_STREET_SV})\s{_NUMBER}{_NOT_COUNTED}(?:\s?[A-Za-z](?:\s\d{{1,3}})?\b)?"
            rf"|(?<![\w-])\d{{1,4}}[A-Za-z]?\s(?:[A-Z]\w+\s){{1,3}}{_STREET_EN}\b"
            rf"|(?<![\w-])(?:[A-Z]\w+\s){{1,3}}{_STREET_EN}\s{_NUMBER}{_NOT_COUNTED}"
            r"|(?<![\w-])\d{5}\s[A-ZÅÄÖ]\w+"
        ),
        "is a street address",
        "write the district or 'near home' instead, without a street and a number",
    ),
)
WEB_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)


def find_details(text: str) -> Iterator[Suspicion]:
    """Every contact detail, identity code and street address in the text."""
    for detail in DETAILS:
        for match in detail.pattern.finditer(text):
            yield suspect(detail.rule, text, match.start(), match.end(), detail.why, detail.instead)
