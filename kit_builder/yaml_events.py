"""Values from YAML's events: what is not allowed is never built, only told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from kit_builder import characters, problems
from kit_builder.characters import shown
from kit_builder.places import Quoted, place_at
from kit_builder.problems import MAX_PROBLEMS, Problem, too_many

MAX_DEPTH = 12
MAX_VALUES = 30_000
"""Texts, lists and groups in a file: several rounds with hundreds of findings each have fewer than 10 000."""
MAX_WORD = 500
"""Letters without a space; the longest are web addresses."""


class EnoughError(Exception):
    """Nothing more is read: the problem that was noted last makes it pointless or dangerous."""


@dataclass
class Reader:
    """Builds values from events and collects what is not allowed."""

    file: str
    text: str
    places: dict[problems.Path, tuple[int, int]] = field(default_factory=dict)
    key_places: dict[problems.Path, tuple[int, int]] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)
    end: tuple[int, int] = field(init=False)
    quoted: Quoted | None = None
    values: int = 0
    signs: int = 0

    def __post_init__(self) -> None:
        self.end = place_at(self.text, len(self.text))

    def note(
        self,
        place: tuple[int, int],
        path: problems.Path,
        rule: str,
        message: str,
        severity: problems.Severity = "error",
    ) -> None:
        """Keeps a problem; `place` is its line and column, from 1."""
        line, column = place
        if len(self.found) >= MAX_PROBLEMS:
            self.found.append(too_many(self.file, place))
            raise EnoughError
        self.found.append(Problem(self.file, line, column, problems.dotted(path), rule, severity, message))

    def at(self, event: Any) -> tuple[int, int]:
        """Where an event begins; a file without a line break at its end is read as if it had one."""
        return min((event.start_mark.line + 1, event.start_mark.column + 1), self.end)

    def watched(self, events: Iterator[Any]) -> Iterator[Any]:
        """The events, counted; the last text in quotation marks is remembered for what may follow it."""
        for event in events:
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
                self.quoted = Quoted.of(event)
            self.values += 1
            if self.values > MAX_VALUES:
                message = (
                    f"The file has more than {MAX_VALUES} values, more than a municipality's file can need; take out "
                    "what does not belong there."
                )
                self.note(self.at(event), (), "yaml.too-many", message)
                raise EnoughError
            yield event

    def source_of(self, event: Any) -> str:
        return self.text[event.start_mark.index : event.end_mark.index]

    def check_extras(self, event: Any, path: problems.Path) -> None:
        """Anchors, aliases and tags: rarely meant by anyone who writes a municipality's file."""
        if isinstance(event, yaml.AliasEvent):
            self.refuse_sign(event, path, "yaml.anchor", "repeat another part of the file", "*")
        elif getattr(event, "anchor", None):
            self.refuse_sign(event, path, "yaml.anchor", "give this part a name", "&")
        if getattr(event, "tag", None):
            self.refuse_sign(event, path, "yaml.tag", "change the kind of this value", "!")

    def refuse_sign(self, event: Any, path: problems.Path, rule: str, effect: str, sign: str) -> None:
        self.signs += 1
        if self.signs > MAX_PROBLEMS:
            self.found.append(too_many(self.file, self.at(event)))
            raise EnoughError
        start = event.start_mark.index
        word = shown(re.split(r"[\s,\]}]", self.text[start : start + 200])[0])
        message = (
            f"'{word}' would {effect}, which is not allowed; leave it out, or put a text that begins with {sign} into "
            "double quotes."
        )
        if not any(problem.message == message for problem in self.found):
            self.note(self.at(event), path, rule, message)

    def check_letters(self, event: Any, path: problems.Path, *, key: bool = False) -> None:
        """Endless words, and characters that came in by escapes (`"\\u202e"`), that no font has, or that pretend to
        be others."""
        text = event.value
        if longest := re.search(rf"\S{{{MAX_WORD + 1},}}", text):
            message = (
                f"A word or address of {len(longest.group())} letters stands here, and at most {MAX_WORD} are read; "
                "shorten it."
            )
            self.note(self.at(event), path, "text.long-word", message)
            return
        if text.isascii() and text.isprintable():
            return
        if bad := characters.FORBIDDEN.search(text):
            letter = bad.group()
            self.note(self.within(event, letter), path, "yaml.character", characters.why_forbidden(letter))
        elif key:
            return
        elif foreign := characters.unprintable(text):
            message = characters.why_unprintable(foreign)
            self.note(self.within(event, foreign), path, "text.no-font", message)
        elif crowd := characters.crowded(text):
            message = f"More than {characters.MAX_MARKS} accents stand on the letter '{crowd[0]}'; type the word anew."
            self.note(self.within(event, crowd), path, "text.accents", message)
        elif mixed := characters.mixed_word(text):
            word, letter = mixed
            alphabets = f"'{letter}' is {characters.name_of(letter)}"
            message = f"The word '{shown(word)}' mixes alphabets ({alphabets}); type it anew in one of them."
            self.note(self.within(event, word), path, "text.mixed-alphabets", message, "warning")

    def within(self, event: Any, piece: str) -> tuple[int, int]:
        """The place of `piece` inside a scalar, or the scalar's own where it is written as an escape."""
        offset = self.source_of(event).find(piece)
        return place_at(self.text, event.start_mark.index + offset) if offset >= 0 else self.at(event)

    def value(self, events: Iterator[Any], event: Any, path: problems.Path, depth: int) -> Any:
        self.places.setdefault(path, self.at(event))
        self.check_extras(event, path)
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            self.check_letters(event, path)
            empty = not event.style and event.value in ("", "~", "null", "Null", "NULL")
            return None if empty else event.value
        if depth >= MAX_DEPTH:
            message = f"Lists and groups stand inside one another here more than {MAX_DEPTH} times; close the brackets."
            self.note(self.at(event), (), "yaml.too-deep", message)
            raise EnoughError
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path, depth)
        return self.mapping(events, path, depth)

    def sequence(self, events: Iterator[Any], path: problems.Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.value(events, event, (*path, len(items)), depth + 1))
        return items

    def mapping(self, events: Iterator[Any], path: problems.Path, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            here = (*path, event.value) if isinstance(event, yaml.ScalarEvent) else (*path, "?")
            if isinstance(event, yaml.ScalarEvent) and self.is_key(event, here, result):
                self.key_places[here] = self.at(event)
                result[event.value] = self.value(events, next(events), here, depth + 1)
                continue
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse_key(event, path)
                self.value(events, event, (*path, "?"), depth + 1)
            self.value(events, next(events), (*path, "?"), depth + 1)
        return result

    def refuse_key(self, event: Any, path: problems.Path) -> None:
        """A list or group where a key should be, such as `{{ name }}`: told once for a line."""
        if not any(
            problem.rule == "yaml.key" and problem.line == self.at(event)[0] for problem in self.found
        ):
            message = "A bracket stands where a key is expected; put a text with brackets into double quotes."
            self.note(self.at(event), path, "yaml.key", message)

    def is_key(self, event: Any, here: problems.Path, known: dict[str, Any]) -> bool:
        """Whether a scalar can stand as a key here; if not, why not is noted."""
        self.check_extras(event, here)
        self.check_letters(event, here, key=True)
        if event.value == "<<" and not event.style:
            message = (
                "'<<' would take over the keys of another part, which is not allowed; write the keys out."
            )
            self.note(self.at(event), here[:-1], "yaml.merge-key", message)
            return False
        if event.value in known:
            line = self.key_places[here][0]
            key = shown(event.value)
            message = f"The key '{key}' stands here a second time (first on line {line}); keep one of them."
            self.note(self.at(event), here, "yaml.duplicate-key", message)
            return False
        return True
