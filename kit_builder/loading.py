"""YAML with file, line and column.

Municipality files are untrusted and are written by people who have never heard of YAML's surprises, so nothing is
guessed here: every scalar stays the text that stands in the file (`17:00`, `no`, `00100`), and the schema says what
it means. The file is read as a stream of events, which keeps bombs (aliases, deep nesting) from being built at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kit_builder import problems
from kit_builder.problems import Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 12

# Control characters, line separators, and invisible or direction-changing characters. Zero-width non-joiner and
# joiner (U+200C, U+200D) stay allowed: Persian and other scripts need them.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True)
class Source:
    """A loaded file: `value` holds dicts, lists, texts and None; `places` says where each part stands.

    A path is the way through the structure, such as `("rounds", 0, "id")`; lines and columns count from 1."""

    file: str
    value: Any
    places: dict[problems.Path, tuple[int, int]]
    key_places: dict[problems.Path, tuple[int, int]]

    def place(self, path: problems.Path, *, of_key: bool = False) -> tuple[int, int]:
        """Line and column of the value at `path` (or of its key), or of the nearest part around it."""
        if of_key and path in self.key_places:
            return self.key_places[path]
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return (1, 1)

    def problem(
        self,
        path: problems.Path,
        rule: str,
        message: str,
        *,
        severity: problems.Severity = "error",
        of_key: bool = False,
    ) -> Problem:
        """A problem at the place of `path`."""
        line, column = self.place(path, of_key=of_key)
        return Problem(self.file, line, column, problems.dotted(path), rule, severity, message)


@dataclass
class _Reader:
    """Builds values from events and collects what is not allowed."""

    file: str
    places: dict[problems.Path, tuple[int, int]] = field(default_factory=dict)
    key_places: dict[problems.Path, tuple[int, int]] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)

    def note(self, mark: Any, path: problems.Path, rule: str, message: str) -> None:
        self.found.append(
            Problem(self.file, mark.line + 1, mark.column + 1, problems.dotted(path), rule, "error", message)
        )

    def check_extras(self, event: Any, path: problems.Path) -> None:
        if getattr(event, "anchor", None):
            self.note(
                event.start_mark,
                path,
                "yaml.anchor",
                f"Anchors and aliases (&{event.anchor}, *{event.anchor}) are not allowed; write the value again.",
            )
        if getattr(event, "tag", None):
            self.note(
                event.start_mark, path, "yaml.tag", f"Tags ({event.tag}) are not allowed; leave it out."
            )

    def value(self, events: Any, event: Any, path: problems.Path, depth: int) -> Any:
        self.places.setdefault(path, (event.start_mark.line + 1, event.start_mark.column + 1))
        self.check_extras(event, path)
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            empty = not event.style and event.value in ("", "~", "null", "Null", "NULL")
            return None if empty else event.value
        if depth >= MAX_DEPTH:
            raise _TooDeepError(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path, depth)
        return self.mapping(events, path, depth)

    def sequence(self, events: Any, path: problems.Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.value(events, event, (*path, len(items)), depth + 1))
        return items

    def mapping(self, events: Any, path: problems.Path, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            mark = event.start_mark
            if not isinstance(event, yaml.ScalarEvent):
                self.note(mark, path, "yaml.key", "A key must be a plain word followed by a colon.")
                self.value(events, event, (*path, "?"), depth + 1)
                self.value(events, next(events), (*path, "?"), depth + 1)
                continue
            self.check_extras(event, path)
            key = event.value
            here = (*path, key)
            if key == "<<" and not event.style:
                self.note(
                    mark, path, "yaml.merge-key", "Merge keys (<<) are not allowed; write the keys out."
                )
            if key in result:
                first = self.key_places[here][0]
                self.note(
                    mark,
                    here,
                    "yaml.duplicate-key",
                    f"The key '{key}' stands here a second time (first on line {first}); keep one of them.",
                )
                self.value(events, next(events), (*path, "?"), depth + 1)
                continue
            self.key_places[here] = (mark.line + 1, mark.column + 1)
            result[key] = self.value(events, next(events), here, depth + 1)
        return result


class _TooDeepError(Exception):
    def __init__(self, mark: Any) -> None:
        self.mark = mark


def load(path: Path, shown_as: str | None = None) -> tuple[Source | None, list[Problem]]:
    """The file's contents with places, and everything that is wrong with it as YAML.

    `shown_as` is the file's name in messages. The source is None where the file can't be read at all."""
    file = shown_as or str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, [
                Problem(
                    file,
                    1,
                    1,
                    "",
                    "yaml.too-large",
                    "error",
                    f"The file has {size} bytes; at most {MAX_BYTES} are read. Split the texts or shorten them.",
                )
            ]
        data = path.read_bytes()
    except OSError as error:
        return None, [
            Problem(file, 1, 1, "", "yaml.unreadable", "error", f"The file can't be read: {error.strerror}.")
        ]
    return parse(data, file)


def parse(data: bytes, file: str) -> tuple[Source | None, list[Problem]]:
    """Like `load`, for bytes that are already in memory."""

    def refuse(line: int, column: int, rule: str, message: str) -> tuple[None, list[Problem]]:
        return None, [Problem(file, line, column, "", rule, "error", message)]

    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return refuse(1, 1, "yaml.encoding", "The file is saved as UTF-16; save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        return refuse(
            line, column, "yaml.encoding", "The file is not text in UTF-8 from here on; save it as UTF-8."
        )
    if match := FORBIDDEN.search(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        return refuse(
            line,
            column,
            "yaml.character",
            f"The invisible character U+{ord(match.group()):04X} is not allowed; delete it and type the text anew.",
        )
    reader = _Reader(file)
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        value = _document(events, reader)
    except _TooDeepError as error:
        mark = error.mark
        return refuse(
            mark.line + 1,
            mark.column + 1,
            "yaml.too-deep",
            f"The structure is nested more than {MAX_DEPTH} levels deep; a municipality's file needs fewer.",
        )
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return None, [
            *reader.found,
            Problem(file, line, column, "", "yaml.syntax", "error", _sentence(error, text, line)),
        ]
    except yaml.YAMLError as error:
        return refuse(1, 1, "yaml.syntax", f"The file is not valid YAML: {error}.")
    if value is None:
        reader.found.append(
            Problem(
                file,
                1,
                1,
                "",
                "yaml.empty",
                "error",
                "The file is empty; `kit new ID` writes a file to start from.",
            )
        )
    source = Source(file, value, reader.places, reader.key_places)
    return source, reader.found


def _document(events: Any, reader: _Reader) -> Any:
    value = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                reader.note(
                    event.start_mark,
                    (),
                    "yaml.documents",
                    "A second document starts here ('---'); a file holds one municipality.",
                )
                return value
        elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            value = reader.value(events, event, (), 0)
    return value


def _sentence(error: yaml.MarkedYAMLError, text: str, line: int) -> str:
    """What a YAML parser's complaint means in plain words."""
    problem = error.problem or "it can't be read"
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "'\\t'" in problem:
        return "A tab stands here; YAML is indented with spaces (two for each level)."
    if "mapping values are not allowed" in problem:
        return "A colon stands in the middle of a text; put the text into double quotes."
    if "could not find expected ':'" in problem or "did not find expected key" in problem:
        return "A key with a colon was expected here; check the indentation (two spaces for each level) and the quotes."
    if "unexpected end of stream" in problem:
        return "A quotation mark is opened but never closed."
    return f"This is not valid YAML: {problem}; check the indentation, the colons and the quotes around here."
