"""How a language says dates, times and lists, as tables for a browser, which has other words than the papers.

Everything is asked of the language's Voice, so that the form says it as the printed invitation does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_date
from markupsafe import Markup

from kit_builder.voice import DIGITS, Voice

MONDAY = dt.date(2024, 1, 1)


def speech(voice: Voice) -> dict[str, Any]:
    """The language's code, direction and fallbacks, its names of days and months, its patterns (CLDR letters), its
    digits ("" for 0–9) and what joins the items of a list: between two, and in longer ones before the last, and
    elsewhere."""
    language = voice.language
    days = [MONDAY + dt.timedelta(days=number) for number in range(7)]
    months = [dt.date(2024, number, 1) for number in range(1, 13)]
    weekday = "cccc" if "cccc" in language.date else "EEEE"
    return {
        "code": voice.code,
        "direction": voice.direction,
        "name": language.name,
        "fallback": list(language.fallback),
        "weekdays": list(language.weekdays) or [_said(voice, day, weekday) for day in days],
        "months": list(language.months) or [_said(voice, day, "MMMM") for day in months],
        "date": language.date.replace("cccc", "EEEE"),
        "shortDate": language.short_date,
        "time": language.time,
        "range": language.range,
        "digits": DIGITS.get(language.digits, ""),
        "comma": language.list_comma,
        "between": _between(voice),
    }


def _said(voice: Voice, day: dt.date, pattern: str) -> str:
    return str(format_date(day, pattern, locale=voice.locale))


def _between(voice: Voice) -> dict[str, str]:
    """Raises ValueError for a language whose lists have more than words between the items."""
    two = str(Markup(voice.items(["{1}", "{2}"])).unescape())
    four = str(Markup(voice.items(["{1}", "{2}", "{3}", "{4}"])).unescape())
    pieces = (
        four.replace("{1}", "\n").replace("{2}", "\n").replace("{3}", "\n").replace("{4}", "\n").split("\n")
    )
    if pieces[0] or pieces[-1] or pieces[1] != pieces[2]:
        raise ValueError(f"lists in {voice.code} have more than words between their items")
    return {"two": two[3:-3], "last": pieces[3], "other": pieces[1]}
