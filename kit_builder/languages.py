"""Every language that the kit can speak: direction, script, fallbacks, patterns (data/languages.yml)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from kit_builder import content


class Language(BaseModel):
    """One language; patterns are CLDR pattern letters.

    `fallback` is the order in which another language steps in for a missing text; `guidance` is true where the
    website's guidance pages exist; `digits` is the CLDR numbering system; `source` says where a pattern that
    differs from CLDR, or completes it, comes from. `list_and` and `list_comma` join the items of a list where
    CLDR has no word for it; `range` puts two numbers or times together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    locale: str
    script: Literal["Latin", "Cyrillic", "Arabic", "Ethiopic"]
    direction: Literal["ltr", "rtl"]
    fallback: tuple[str, ...]
    guidance: bool = False
    date: str
    short_date: str
    time: str
    range: str = "{0}–{1}"
    digits: Literal["latn", "arab", "arabext"] = "latn"
    weekdays: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    list_and: str = ""
    list_comma: str = ", "
    money: str = ""
    source: str = ""


@cache
def languages() -> dict[str, Language]:
    """All languages by code, in the order of the file."""
    return {
        code: Language.model_validate({"code": code, **entry})
        for code, entry in content.read("languages.yml").items()
    }


def guidance_languages() -> list[str]:
    """The languages of the website's guidance pages."""
    return [code for code, language in languages().items() if language.guidance]
