"""How a document speaks one language: texts, dates, times, money, lists, isolation of left-to-right pieces.

Everything that a voice gives back is safe HTML: data are escaped, and a text that had to be taken from another
language is marked with that language and its direction.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from markupsafe import Markup, escape

from kit_builder import facts, translations
from kit_builder.languages import Language, languages
from kit_builder.method import Range, load_method
from kit_builder.schema import LocalText

DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
SHORT_NUMBER = re.compile(r"(?<=\b\d) (?=\w)|(?<=\b\d\d) (?=\w)|(?<=\b\d\d\d) (?=\w)")
"""The space after a number and before what it counts: no line begins between them."""

REVIEW_LINE = "This translation has not yet been checked by a human reader."


class Voice:
    """One language, as documents and pages use it."""

    def __init__(self, code: str) -> None:
        self.language: Language = languages()[code]
        self.code = code
        self.direction = self.language.direction
        self.locale = Locale.parse(self.language.locale)
        self.reviewed = translations.reviewed(code)
        self.facts: dict[str, Markup] = {}
        method = load_method()
        self.facts = {name: self.number(value) for name, value in facts.numbers(method).items()}
        self.facts |= {name: self.money(value) for name, value in facts.sums(method).items()}

    @property
    def review_line(self) -> Markup:
        """The line that a document carries while no human has reviewed the language's texts."""
        return self.gettext(REVIEW_LINE)

    # Texts

    def gettext(self, text: str, **values: Any) -> Markup:
        """A source text in this language, with `%(name)s` filled from `values` and the method's numbers."""
        return self._fill(translations.find(text, self.code), values)

    def ngettext(self, singular: str, plural: str, number: int, **values: Any) -> Markup:
        """Like gettext, in the plural form for `number`, which the text may use as `%(number)s`."""
        found = translations.find(singular, self.code, number, plural)
        return self._fill(found, {"number": self.number(number), **values})

    def plain(self, text: str, **values: Any) -> str:
        """Like gettext, as bare text for a title or an attribute."""
        found = translations.find(text, self.code)
        return Markup(escape(found.text) % {**self.facts, **values}).striptags()

    def _fill(self, found: translations.Found, values: dict[str, Any]) -> Markup:
        text = Markup(escape(found.text)) % {**self.facts, **values}
        return self._marked(Markup(SHORT_NUMBER.sub("\u00a0", text)), found.language)

    def _marked(self, text: Markup, code: str | None) -> Markup:
        """The text, marked as another language's where it is one."""
        if code is None or code == self.code:
            return text
        direction = languages()[code].direction if code in languages() else "ltr"
        return Markup('<span lang="{}" dir="{}">{}</span>').format(code, direction, text)

    def local(self, text: LocalText | None, *preferred: str) -> Markup:
        """A text of the municipality's file in this language, in one of the `preferred` or in the nearest that it
        has; a line to write on if it is missing."""
        if text is None:
            return self.blank()
        found, code = text.find(self.code, *preferred, *self.language.fallback)
        if code is None and self.direction == "rtl":
            return Markup("<bdi>{}</bdi>").format(found)
        return self._marked(escape(found), code)

    def local_plain(self, text: LocalText | None) -> str:
        """Like local, as bare text; empty if it is missing."""
        return text.find(self.code, *self.language.fallback)[0] if text else ""

    def blank(self, width: str = "full") -> Markup:
        """A line to write on, where the data say nothing: "short" (time, number), "medium" or "full"."""
        return Markup('<span class="blank {}"></span>').format(width)

    # Numbers, dates, money

    def _digits(self, text: str) -> str:
        digits = DIGITS.get(self.language.digits)
        return text.translate(str.maketrans("0123456789", digits)) if digits else text

    def number(self, number: int) -> Markup:
        """A whole number in the language's digits."""
        return escape(self._digits(_decimal(number, self.locale)))

    def range(self, low: int, high: int) -> Markup:
        """From `low` to `high`, kept together."""
        if low == high:
            return self.number(low)
        return self._range(str(self.number(low)), str(self.number(high)))

    def date(self, day: dt.date | None) -> Markup:
        """A day with its weekday, such as "tiistai 6. lokakuuta 2026"."""
        if day is None:
            return self.blank("medium")
        pattern = self.language.date
        if self.language.weekdays:
            pattern = pattern.replace("EEEE", "'" + self.language.weekdays[day.weekday()] + "'")
        if self.language.months:
            pattern = pattern.replace("MMMM", "'" + self.language.months[day.month - 1] + "'")
        return escape(self._digits(format_date(day, pattern, locale=self.locale)))

    def short_date(self, day: dt.date | None) -> Markup:
        """A day in figures, such as "6.10.2026"."""
        if day is None:
            return self.blank("short")
        return self._together(self._digits(format_date(day, self.language.short_date, locale=self.locale)))

    def time(self, time: dt.time | None) -> Markup:
        """A clock time, such as "17.30"."""
        if time is None:
            return self.blank("short")
        return self._together(self._time(time))

    def times(self, start: dt.time | None, end: dt.time | None) -> Markup:
        """From one clock time to another, such as "17.30–20.30", kept together."""
        if start is None or end is None:
            return self.time(start) + Markup(" – ") + self.time(end)
        return self._range(self._time(start), self._time(end))

    def _range(self, low: str, high: str) -> Markup:
        """A dash between left-to-right numbers is read the wrong way round by who reads from right to left:
        there a word stands between them, and the whole runs in the text's direction."""
        text = self.language.range.format(low, high)
        if self.direction == "ltr":
            return self._together(text)
        return Markup('<bdi class="together">{}</bdi>').format(text)

    def _time(self, time: dt.time) -> str:
        return self._digits(format_time(time, self.language.time, locale=self.locale))

    def money(self, amount: Range | int | None) -> Markup:
        """A sum or a range of sums in whole euros, such as "1 050–1 200 €"."""
        if amount is None:
            return self.blank("short")
        low, high = (amount.low, amount.high) if isinstance(amount, Range) else (amount, amount)
        text = _whole_euros(high, self.locale, self.language.money)
        if low != high:
            first = str(format_decimal(low, locale=self.locale, numbering_system="latn"))
            last = str(format_decimal(high, locale=self.locale, numbering_system="latn"))
            text = text.replace(last, f"{first}–{last}")
        return self._together(self._digits(text))

    # Pieces

    def items(self, parts: Iterable[Any]) -> Markup:
        """A list in words: "a, b and c"."""
        texts = [str(escape(part)) for part in parts]
        if self.language.list_and and len(texts) > 1:
            return Markup(f"{self.language.list_comma.join(texts[:-1])} {self.language.list_and} {texts[-1]}")
        return Markup(format_list(texts, locale=self.locale)) if texts else Markup("")

    def language_name(self, code: str) -> Markup:
        """The name of a language, in that language itself."""
        return _language_name(code)

    def language_told(self, code: str) -> Markup:
        """The name of a language in itself, and for who can't read it in the voice's language too."""
        own = self.language_name(code)
        known = self.locale.languages.get(code)
        if code == self.code or not known or known.casefold() == languages()[code].name.casefold():
            return own
        return own + Markup(" ({})").format(known)

    def language_in_words(self, code: str) -> str:
        """The name of a language in the voice's language, as bare text for an attribute."""
        return self.locale.languages.get(code) or languages()[code].name

    def ltr(self, text: str | None) -> Markup:
        """A phone number or an address of e-mail or web: always left to right, never scrambled by its surroundings."""
        return Markup('<bdi dir="ltr">{}</bdi>').format(text) if text else self.blank("medium")

    def _together(self, text: str) -> Markup:
        return Markup('<bdi dir="ltr" class="together">{}</bdi>').format(text)


@lru_cache(10_000)
def _decimal(number: int, locale: Locale) -> str:
    """Pages say the same few numbers again and again, and Babel takes its time."""
    return str(format_decimal(number, locale=locale, numbering_system="latn"))


@cache
def _language_name(code: str) -> Markup:
    language = languages()[code]
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(code, language.direction, language.name)


def _whole_euros(amount: int, locale: Locale, pattern: str) -> str:
    """Euros without cents, in CLDR's pattern for the locale or the one that languages.yml gives."""
    pattern = pattern or locale.currency_formats["standard"].pattern.split(";")[0].replace(".00", "")
    return str(
        format_currency(
            amount, "EUR", format=pattern, locale=locale, currency_digits=False, numbering_system="latn"
        )
    )


@cache
def voice(code: str) -> Voice:
    """The voice of a language, made once in a process."""
    return Voice(code)
