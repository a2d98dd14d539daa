"""Texts in every language, from gettext catalogs; a missing text is never replaced in silence.

English is the source: its words stand in the templates and in data/content/. Every other language has a catalog
`data/translations/<lang>.po`, read here as it stands: what a translator saves is what the next build prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from gettext import c2py

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kit_builder import paths
from kit_builder.languages import languages

SOURCE_LANGUAGE = "en"
REVIEW_HEADER = "X-Reviewed-By"


@dataclass(frozen=True)
class Found:
    """A text and the language that it is really in."""

    text: str
    language: str


@dataclass(frozen=True)
class Coverage:
    """How complete a language is: numbers of entries, and who has reviewed it (empty: no human yet)."""

    language: str
    total: int
    translated: int
    fuzzy: tuple[str, ...]
    missing: tuple[str, ...]
    reviewed_by: str


class Translations:
    """The catalog of one language."""

    def __init__(self, language: str, catalog: Catalog) -> None:
        self.language = language
        self.reviewed_by = _header(catalog, REVIEW_HEADER)
        self._texts: dict[str, tuple[str, ...]] = {}
        for message in catalog:
            if not message.id or message.fuzzy:
                continue
            forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            if forms and all(forms):
                key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
                self._texts[str(key)] = tuple(str(form) for form in forms)
        self._plural = _plural_function(catalog)

    def find(self, text: str) -> str | None:
        """The translation of a text, or None."""
        forms = self._texts.get(text)
        return forms[0] if forms else None

    def find_plural(self, text: str, number: int) -> str | None:
        """The translation in the plural form for `number`, or None."""
        forms = self._texts.get(text)
        if not forms:
            return None
        return forms[min(self._plural(number), len(forms) - 1)]


def _header(catalog: Catalog, name: str) -> str:
    return next((value for key, value in catalog.mime_headers if key.lower() == name.lower()), "")


def _plural_function(catalog: Catalog) -> Callable[[int], int]:
    """The plural rule of the catalog's own header: number → index of the form."""
    function: Callable[[int], int] = c2py(catalog.plural_expr)
    return function


@cache
def read_catalog(language: str) -> Catalog | None:
    """The catalog file of a language as Babel reads it; None where there is none."""
    path = paths.TRANSLATIONS / f"{language}.po"
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        return read_po(stream, locale=None, charset="utf-8")


@cache
def translations(language: str) -> Translations:
    """The texts of a language; empty where it has no catalog."""
    return Translations(language, read_catalog(language) or Catalog())


def reviewed(language: str) -> bool:
    """True where the language's catalog names a human who has reviewed it."""
    return bool(translations(language).reviewed_by)


_watchers: list[set[tuple[str, str]]] = []


@contextmanager
def watching() -> Iterator[set[tuple[str, str]]]:
    """Collects every text that another language had to lend while the block ran: (language, source text)."""
    lent: set[tuple[str, str]] = set()
    _watchers.append(lent)
    try:
        yield lent
    finally:
        _watchers.remove(lent)


def find(text: str, language: str, number: int | None = None, plural: str = "") -> Found:
    """A source text in `language`, or in the first fallback language that has it.

    With `number`, the plural form for it; `plural` is the source's plural form."""
    found = _find(text, language, number, plural)
    if found.language != language:
        for lent in _watchers:
            lent.add((language, text))
    return found


def _find(text: str, language: str, number: int | None, plural: str) -> Found:
    for code in (language, *languages()[language].fallback):
        if code == SOURCE_LANGUAGE:
            break
        catalog = translations(code)
        found = catalog.find(text) if number is None else catalog.find_plural(text, number)
        if found is not None:
            return Found(found, code)
    return Found(plural if number not in (None, 1) and plural else text, SOURCE_LANGUAGE)


def coverage(language: str) -> Coverage:
    """How complete a language's catalog is; for the source language, which has none, nothing is missing."""
    catalog = read_catalog(language) or Catalog()
    fuzzy, missing, translated = [], [], 0
    for message in catalog:
        if not message.id:
            continue
        key = str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.fuzzy:
            fuzzy.append(key)
        elif not all(forms):
            missing.append(key)
        else:
            translated += 1
    total = translated + len(fuzzy) + len(missing)
    reviewed_by = _header(catalog, REVIEW_HEADER)
    return Coverage(language, total, translated, tuple(fuzzy), tuple(missing), reviewed_by)
