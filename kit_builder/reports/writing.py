"""The proposal as YAML in the shape of a municipality's file, with comments for whoever decides."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from babel import Locale

from kit_builder import translations
from kit_builder.characters import FORBIDDEN
from kit_builder.method import Method
from kit_builder.reports.counts import in_words
from kit_builder.reports.form import COUNTRIES, TICKS, questions
from kit_builder.reports.merging import Group
from kit_builder.reports.proposals import Proposed
from kit_builder.reports.sentences import clean
from kit_builder.voice import voice

INDENT = "    "
"""Findings stand this far in within a round."""
CARD = "card: false  # decide: true if it becomes an experience card"

HEAD = """\
# Proposed by `kit import-report`, to be put into a round of the municipality's file. Every text is a secretary's own,
# only counts have become words. Read each one, decide what is marked "decide:", and take all comments away before the
# file is published: they may hold what must not be.
"""


def as_yaml(groups: list[tuple[Group, list[Proposed]]], reader: str, method: Method) -> str:
    """Findings and proposals of all groups, and what could not be placed, as the text of a YAML file.

    `reader` is the language in which the questions stand over their answers."""
    lines = HEAD.splitlines()
    for number, (group, _) in enumerate(groups, 1):
        lines += ["#", *(f"# {line}" for line in _about(group, number))]
    lines += _list("findings", [(group, [one for one in all_ if one.area]) for group, all_ in groups], reader)
    lines += _list(
        "proposals", [(group, [one for one in all_ if not one.area]) for group, all_ in groups], reader
    )
    loose = [line for group, _ in groups for line in _loose(group, method)]
    if loose:
        lines += ["", "# decide: these texts stand under no question.", *(f"# - {line}" for line in loose)]
    return "\n".join(lines) + "\n"


def _about(group: Group, number: int) -> Iterator[str]:
    """Which reports a group's texts come from, and what they say of the group. The facts have no place in the file;
    they help to name the group."""
    yield f"Group {number}:"
    for source in group.sources:
        yield f"  {_one_line(source.report.file)} (meeting {source.meeting.id or 'not known'})"
        facts = [_fact(name) for name in source.report.ticks]
        if countries := source.report.facts.get(COUNTRIES):
            facts.append(f"countries: {_one_line(countries)}")
        if facts:
            yield f"    participants: {'; '.join(facts)}"
        if not any(source in statement.sources for statement in group.statements):
            yield "    no answer is filled in"


def _fact(name: str) -> str:
    return voice(translations.SOURCE_LANGUAGE).plain(TICKS[name][1])


def _list(key: str, groups: list[tuple[Group, list[Proposed]]], reader: str) -> list[str]:
    filled = [(number, all_) for number, (_, all_) in enumerate(groups, 1) if all_]
    lines = ["", f"{INDENT}{key}:"] if filled else []
    for number, all_ in filled:
        if len(groups) > 1:
            lines.append(f"{INDENT}  # Group {number}")
        question = None
        for one in all_:
            if one.question != question:
                question = one.question
                lines.append(f"{INDENT}  # {_asked(question, reader)}")
            lines += [f"{INDENT}  {line}" for line in _item(one)]
    return lines


def _asked(id_: str, reader: str) -> str:
    question = questions()[id_]
    number = f"{question.area} {question.number}: " if question.area else ""
    return _one_line(f"{number}{voice(reader).plain(question.text)}")


def _item(one: Proposed) -> Iterator[str]:
    meeting = one.meeting or f"null  # decide: {_one_line(one.meeting_why)}"
    if one.area:
        yield f"- area: {one.area}"
        yield f"  meeting: {meeting}"
        yield f"  {CARD}"
    else:
        yield f"- meeting: {meeting}"
        yield "  # decide: area, if the proposal belongs to one"
    yield "  text:"
    for sentence in one.decide:
        yield f"    # decide: {_one_line(sentence)}"
    yield f"    {one.language}: {_quoted(one.text)}"
    if one.missing is None:
        yield "    # decide: the same in the municipality's other official language, if it has one"
    for code in one.missing or ():
        yield f"    # decide: {code}, the same in {Locale.parse('en').languages[code]}"


def _loose(group: Group, method: Method) -> Iterator[str]:
    for source in group.sources:
        for loose in source.report.loose:
            text = in_words(clean(loose.text), source.language or "fi", method).text
            yield f"{_one_line(source.report.file)}, {_one_line(loose.place)}: {_one_line(text)}"


def _quoted(text: str) -> str:
    """A text as a YAML value on one line, in double quotes."""
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=float("inf")).strip()


def _one_line(text: str) -> str:
    """A text as it may stand in a comment: nothing in it ends the line."""
    return " ".join(FORBIDDEN.sub(" ", text).split())
