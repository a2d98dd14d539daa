"""What is wrong, told to people: one problem is one sentence at one place in one file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

import click

MAX_PROBLEMS = 100
"""So many errors, and so many warnings, of one file are told; more of them help nobody."""

Severity = Literal["error", "warning", "notice"]
"""An error keeps a kit from being built, a warning does not; a notice is no problem, but reviewers should see it."""
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
        """`FILE:LINE:COLUMN: message`; warnings and notices say what they are."""
        word = "" if self.severity == "error" else f"{self.severity}: "
        return f"{self.file}:{self.line}:{self.column}: {word}{self.message} [{self.rule}]"

    def as_github(self) -> str:
        """A workflow command that GitHub shows on the line of a pull request."""
        file = _as_one_value(self.file).replace(":", "%3A").replace(",", "%2C")
        place = f"file={file},line={self.line},col={self.column},title={self.rule}"
        return f"::{self.severity} {place}::{_as_one_value(self.message)}"


def _as_one_value(text: str) -> str:
    """A text inside a workflow command, in which it can't begin another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


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


def as_gitlab(problems: Iterable[Problem]) -> str:
    """All problems as a code quality report, which GitLab shows on the lines of a merge request."""
    severities = {"error": "blocker", "warning": "minor", "notice": "info"}
    return json.dumps(
        [
            {
                "description": problem.message,
                "check_name": problem.rule,
                "fingerprint": hashlib.sha256(repr(problem).encode()).hexdigest(),
                "severity": severities[problem.severity],
                "location": {"path": problem.file, "lines": {"begin": problem.line}},
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def too_many(file: str, place: tuple[int, int], path: str = "", severity: Severity = "error") -> Problem:
    """What is told where no more problems are told; `place` is line and column."""
    what = "problems" if severity == "error" else "warnings"
    message = f"More than {MAX_PROBLEMS} {what} are in this file; mend the ones above first."
    return Problem(file, *place, path, "yaml.too-many-problems", severity, message)


def bearable(found: Iterable[Problem]) -> list[Problem]:
    """The problems of one file, at most MAX_PROBLEMS errors and as many warnings, with a word about those left out.

    Nothing is looked for any more once there are too many errors; warnings never hide an error."""
    kept: dict[Severity, list[Problem]] = {"error": [], "warning": [], "notice": []}
    full: set[Severity] = set()
    for problem in found:
        if len(kept[problem.severity]) < MAX_PROBLEMS:
            kept[problem.severity].append(problem)
            continue
        full.add(problem.severity)
        if problem.severity == "error":
            break
    for severity in full:
        last = max(kept[severity])
        kept[severity].append(too_many(last.file, (last.line, last.column), last.path, severity))
    return [*kept["error"], *kept["warning"]]


def has_errors(problems: Iterable[Problem]) -> bool:
    """True where at least one problem is more than a warning."""
    return any(problem.severity == "error" for problem in problems)
