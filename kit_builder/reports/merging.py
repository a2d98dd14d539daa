"""Several reports of one language group become one list, question by question (seed, Part I §5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kit_builder.method import Method
from kit_builder.reports.counts import Worded, in_words
from kit_builder.reports.form import plain, questions
from kit_builder.reports.meetings import Meeting
from kit_builder.reports.report import Report
from kit_builder.reports.sentences import texts_in
from kit_builder.written import written_in


@dataclass(frozen=True)
class Source:
    """A report and the meeting behind it. `language` is the one it is written in, None where that can't be known."""

    report: Report
    meeting: Meeting
    language: str | None


@dataclass(frozen=True)
class Statement:
    """Something that a group said: an answer's text, with words instead of counts.

    `sources` are the reports in which it stands, the first the one whose wording it has."""

    question: str
    words: Worded
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Group:
    """The reports of one language group, and what they say, in the order of the questions."""

    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]


def source(report: Report, meeting: Meeting) -> Source:
    """The report with the language in which it is written."""
    return Source(report, meeting, written_in(list(report.answers.values()), report.labels))


def merged(sources: list[Source], method: Method) -> list[Group]:
    """The groups, in the order in which their first reports come; what several reports say alike stands there once."""
    groups: dict[str, list[Source]] = {}
    for one in sources:
        groups.setdefault(one.meeting.group, []).append(one)
    return [Group(tuple(group), tuple(_statements(group, method))) for group in groups.values()]


def _statements(sources: list[Source], method: Method) -> list[Statement]:
    found: dict[tuple[str, str], Statement] = {}
    for question in questions():
        for one in sources:
            for text in texts_in(one.report.answers.get(question, "")):
                words = in_words(text, one.language or "fi", method)
                key = question, _alike(words.text)
                before = found.get(key, Statement(question, words, ()))
                if one not in before.sources:
                    found[key] = Statement(question, before.words, (*before.sources, one))
    return list(found.values())


def _alike(text: str) -> str:
    """What two texts have in common that say the same in the same words."""
    return " ".join(re.findall(r"\w+", plain(text)))
