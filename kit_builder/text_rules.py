"""Checks of the texts for readers: in which languages they are, whether those are the right ones, and whether they say
anything yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from kit_builder import loading, paths
from kit_builder.languages import languages
from kit_builder.loading import Source
from kit_builder.problems import Path, Problem
from kit_builder.schema import EVERY_LANGUAGE, Contact, LocalText, MunicipalityFile
from kit_builder.sentences import say
from kit_builder.texts import every_text
from kit_builder.written import looks_like

TEMPLATE = paths.TEMPLATES / "municipality.yml"
"""The file from which `kit new` starts a municipality's."""

_TO_BE_WRITTEN = re.compile(
    r"(?i)(x{2,}|\?+|\.{2,}|…|[-–—_]+|todo|tba|tbd|nn|puuttuu|täydennä|saknas|fyll i)[.:!]?"
)
_SENTENCE = 4
"""Words from which on the same text in two languages is no name, but was not translated."""


class TextRules:
    """The checks for one municipality's file; `check` gives every problem, in file order."""

    def __init__(self, file: MunicipalityFile, source: Source) -> None:
        self.file = file
        self.source = source
        self.official = file.municipality.official_languages

    def check(self) -> Iterator[Problem]:
        """What is wrong with the texts, and with the lines of contact persons."""
        for path, text in every_text(self.file):
            yield from self._languages(path, text)
            yield from self._words(path, text)
        for path, contact in self._contacts():
            yield from self._example_lines(path, contact)

    def _languages(self, path: Path, text: LocalText) -> Iterator[Problem]:
        """A text is known in every official language, and only in languages that the kit speaks."""
        if EVERY_LANGUAGE in text.root:
            return
        for code in text.root:
            if code not in languages():
                yield unknown_language(self.source, (*path, code), code)
        missing = [code for code in self.official if code not in text.root]
        if missing and path[-1] != "in_name":  # not every language has such a form
            names = [languages()[code].name if code in languages() else code for code in missing]
            first, second = names[0], names[-1]
            message = (
                say("texts.missing-in", languages=first)
                if len(names) == 1
                else say("texts.missing-in-two", first=first, second=second)
            )
            yield self.source.problem(path, "translation.missing", message, severity="warning")

    def _words(self, path: Path, text: LocalText) -> Iterator[Problem]:
        seen: dict[str, str] = {}
        for code, words in text.root.items():
            place = path if code == EVERY_LANGUAGE else (*path, code)
            if words in examples():
                yield self._example(place, words)
            elif _TO_BE_WRITTEN.fullmatch(words):
                yield self.source.problem(
                    place,
                    "text.placeholder",
                    f"'{words}' would be printed as it stands; write the text, or leave the key out until you know it.",
                )
            elif code in languages():
                yield from self._language(place, code, words, seen)

    def _language(self, path: Path, code: str, words: str, seen: dict[str, str]) -> Iterator[Problem]:
        """A text that stands under another language than its own, or that was not translated."""
        name = languages()[code].name
        if other := looks_like(words, code):
            yield self.source.problem(
                path,
                "translation.other-language",
                f"This text stands here as {name} ({code}) and looks like {languages()[other].name}; put it under its "
                "own language.",
                severity="warning",
            )
        elif words in seen and len(words.split()) >= _SENTENCE:
            yield self.source.problem(
                path,
                "translation.same",
                f"This text is the same in {languages()[seen[words]].name} and {name}; translate it, or leave the key "
                f"{code} out until you have.",
                severity="warning",
            )
        seen.setdefault(words, code)

    def _example(self, path: Path, words: str) -> Problem:
        return self.source.problem(
            path, "text.example", f"'{words}' is still the example; write your own, or leave the key out."
        )

    def _contacts(self) -> Iterator[tuple[Path, Contact]]:
        if contact := self.file.municipality.contact:
            yield ("municipality", "contact"), contact
        for index, round_ in enumerate(self.file.rounds):
            for number, organisation in enumerate(round_.organisations):
                if organisation.contact:
                    yield ("rounds", index, "organisations", number, "contact"), organisation.contact

    def _example_lines(self, path: Path, contact: Contact) -> Iterator[Problem]:
        for key in ("name", "email", "phone"):
            words = getattr(contact, key)
            if words in examples():
                yield self._example((*path, key), words)


def unknown_language(source: Source, path: Path, code: str) -> Problem:
    """What is said of a language that the kit does not speak."""
    message = say("texts.unknown-language", code=code, known=", ".join(languages()))
    return source.problem(path, "language.unknown", message)


@cache
def examples() -> frozenset[str]:
    """The words that `kit new` writes into a file to show what belongs there."""
    text = re.sub("^( *)# (?=[ -]*[a-z_]+:)", r"\1", TEMPLATE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for mark, value in {
        "@FIRST@": "fi",
        "@NAMES@": "",
        "@ID@": "koe",
        "@CODE@": "",
        "@LANGUAGES@": "",
    }.items():
        text = text.replace(mark, value)
    source, _ = loading.parse(text.encode(), TEMPLATE.name)
    return frozenset(_leaves(source.value if source else None, ("fi", "name", "email", "phone")))


def _leaves(value: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """The texts under any of the keys, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in keys and isinstance(inner, str):
                yield inner
            yield from _leaves(inner, keys)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, keys)
