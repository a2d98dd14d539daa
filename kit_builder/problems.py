"""What is wrong, told to people: one problem is one sentence at one place in one file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

import click

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
AcceptableRule = Literal[
    "anonymity.email",
    "anonymity.phone",
    "anonymity.address",
    "anonymity.name",
    "anonymity.age",
    "anonymity.one-person",
    "anonymity.few-people",
    "anonymity.rare-combination",
    "anonymity.quote",
    "anonymity.small-group",
]
"""The rules whose alarms may be false; a personal identity code is never published, whatever the reason."""


@dataclass(frozen=True, order=True)
class Problem:
    """One problem in the data. Line and column count from 1; `path` is the place in the file's structure;
    `rule` is a short stable id whose first part names the family (`schema.unknown-key`)."""

    file: str
    line: int
    column: int
    path: str
    rule: str
    severity: Severity
    message: str

    def as_text(self) -> str:
        """`FILE:LINE:COLUMN: message`; warnings say that they are one."""
        word = "" if self.severity == "error" else "warning: "
        return f"{self.file}:{self.line}:{self.column}: {word}{self.message} [{self.rule}]"

    def as_github(self) -> str:
        """A workflow command that GitHub shows on the line of a pull request."""
        message = self.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        file = self.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        place = f"file={file},line={self.line},col={self.column},title={self.rule}"
        return f"::{self.severity} {place}::{message}"


class KitError(click.ClickException):
    """Something the user can mend; the message is one sentence. Exit code 2: nothing could be built."""

    exit_code = 2


def dotted(path: Path) -> str:
    """A place in a file as text: `rounds[0].findings[3].text.fi`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text


def parsed(text: str) -> Path:
    """The place that `dotted` wrote: `rounds[0].id` is ("rounds", 0, "id")."""
    parts = re.findall(r"[^.\[\]]+|\[\d+\]", text)
    return tuple(int(part[1:-1]) if part.startswith("[") else part for part in parts)


def as_json(problems: Iterable[Problem]) -> str:
    """All problems as a JSON list."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def has_errors(problems: Iterable[Problem]) -> bool:
    """True where at least one problem is more than a warning."""
    return any(problem.severity == "error" for problem in problems)
