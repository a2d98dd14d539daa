"""YAML with file, line and column.

Municipality files are untrusted and are written by people who have never heard of YAML's surprises, so nothing is
guessed here: every scalar stays the text that stands in the file (`17:00`, `no`, `00100`), and the schema says what
it means. The file is read as a stream of events, which keeps bombs (aliases, deep nesting) from being built at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kit_builder import characters, encodings, problems, syntax
from kit_builder.characters import one_line
from kit_builder.places import LINE_BREAK, place_at
from kit_builder.problems import Problem
from kit_builder.yaml_events import EnoughError, Reader

MAX_BYTES = 1_000_000
_CONFLICT = re.compile("^(?:<{7} |={7}$|>{7} )", re.MULTILINE)


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
        return Problem(self.file, line, column, problems.dotted(path), rule, severity, one_line(message))


def load(path: Path, shown_as: str | None = None) -> tuple[Source | None, list[Problem]]:
    """The file's contents with places, and everything that is wrong with it as YAML.

    `shown_as` is the file's name in messages. The source is None where the file can't be read at all."""
    file = characters.shown_name(shown_as or str(path))

    def refuse(rule: str, message: str) -> tuple[None, list[Problem]]:
        return None, [Problem(file, 1, 1, "", rule, "error", message)]

    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        return refuse(
            "file.name",
            "The file's name has other characters than small letters from a to z, digits and single hyphens; name it "
            "after the municipality, such as espoo.yml.",
        )
    try:
        if path.is_symlink() and path.resolve().parent != path.parent.resolve():
            return refuse(
                "file.outside", "The file is a link that leads out of its folder; put the file itself here."
            )
        if path.exists() and not path.is_file():
            return refuse(
                "file.kind", "This is a folder or a device and no file; put the municipality's file here."
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            return refuse(
                "yaml.too-large",
                f"The file has {size} bytes, and at most {MAX_BYTES} are read; shorten its texts.",
            )
        data = path.read_bytes()
    except OSError as error:
        return refuse("yaml.unreadable", f"The file can't be read: {error.strerror}.")
    return parse(data, file)


def parse(data: bytes, file: str) -> tuple[Source | None, list[Problem]]:
    """Like `load`, for bytes that are already in memory."""
    if fault := encodings.not_text(data):
        return None, [Problem(file, fault.line, fault.column, "", "yaml.encoding", "error", fault.message)]
    text = data.decode("utf-8-sig")
    reader = Reader(file, text)
    try:
        _check_whole(reader)
        value = _document(reader.watched(yaml.parse(text, Loader=yaml.CSafeLoader)), reader)
    except EnoughError:
        return None, reader.found
    except yaml.MarkedYAMLError as error:
        slip = syntax.explain(error, text, reader.quoted)
        reader.found.append(Problem(file, slip.line, slip.column, "", "yaml.syntax", "error", slip.message))
        return None, reader.found
    if value is None and not reader.found:
        comments = "#" in text and not re.search(r"^[ \t]*[^\s#]", text, re.MULTILINE)
        what = "has only comments (lines that begin with #)" if comments else "is empty"
        message = f"The file {what}; `kit new ID` writes a file to start from."
        reader.found.append(Problem(file, 1, 1, "", "yaml.empty", "error", message))
    return Source(file, value, reader.places, reader.key_places), reader.found


def _check_whole(reader: Reader) -> None:
    """What is looked for in the whole file, comments included, before it is read as YAML."""
    position = 0
    while match := characters.FORBIDDEN.search(reader.text, position):
        place, message = place_at(reader.text, match.start()), characters.why_forbidden(match.group())
        reader.note(place, (), "yaml.character", message)
        end = LINE_BREAK.search(reader.text, match.end())
        if end is None:
            break
        position = end.end()  # one on each line is enough to find the others by
    for match in encodings.FOREIGN_INDENT.finditer(reader.text):
        code = f"U+{ord(match.group(1)):04X}"
        message = f"The indentation has a space of another kind ({code}), copied from a web page or Word; type spaces."
        reader.note(place_at(reader.text, match.start(1)), (), "yaml.indentation", message)
    if conflict := _CONFLICT.search(reader.text):
        message = (
            "Two versions of the file meet here, which git could not join; keep one of them and delete the lines with "
            "<<<<<<<, ======= and >>>>>>>."
        )
        reader.note(place_at(reader.text, conflict.start()), (), "yaml.conflict", message)
    if reader.found:
        raise EnoughError


def _document(events: Iterator[Any], reader: Reader) -> Any:
    value = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                message = (
                    "A second document begins here ('---'), and a file holds one municipality; take it out."
                )
                reader.note(reader.at(event), (), "yaml.documents", message)
                return value
        elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            value = reader.value(events, event, (), 0)
    return value
