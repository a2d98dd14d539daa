"""What is proposed for the municipality's file, and what a person must decide about each text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from pydantic import ValidationError

from kit_builder.anonymity import check_text
from kit_builder.languages import languages
from kit_builder.method import Method
from kit_builder.reports.form import questions
from kit_builder.reports.merging import Group, Source, Statement
from kit_builder.schema import LocalText
from kit_builder.written import in_another_script, uses_script

SPOKEN = ("fi", "sv")
"""The languages of reports (seed, Part I §1)."""


@dataclass(frozen=True)
class Proposed:
    """A finding, or (where `area` is None) a resident's proposal.

    `decide` are sentences on what a person must decide about the text, `missing` the languages in which it must still
    be written (None: not known), `meeting_why` why the meeting is not known."""

    question: str
    area: str | None
    meeting: str | None
    meeting_why: str
    language: str
    text: str
    decide: tuple[str, ...]
    missing: tuple[str, ...] | None


def proposed(
    group: Group, official: tuple[str, ...] | None, known: frozenset[str], method: Method
) -> list[Proposed]:
    """What a group's reports say, as findings and proposals.

    `official` are the municipality's languages, None where they are not known; `known` the words with a capital letter
    that are no person's name there."""
    return [_proposed(statement, official, known, method) for statement in group.statements]


def _proposed(
    statement: Statement, official: tuple[str, ...] | None, known: frozenset[str], method: Method
) -> Proposed:
    first = statement.sources[0]
    language, doubt = _language(statement, first, official)
    text = statement.words.text
    decide = [
        *doubt,
        *_about_counts(statement),
        *(f"{found.sentence} [{found.rule}]" for found in check_text(text, language, known)),
        *_about_people(first, method),
        *_about_length(text, language),
        *_about_other_meetings(statement),
    ]
    return Proposed(
        question=statement.question,
        area=questions()[statement.question].area,
        meeting=first.meeting.id,
        meeting_why=first.meeting.why,
        language=language,
        text=text,
        decide=tuple(decide),
        missing=None if official is None else tuple(code for code in official if code != language),
    )


def _language(statement: Statement, first: Source, official: tuple[str, ...] | None) -> tuple[str, list[str]]:
    """The language of a text, and what is doubtful about it."""
    usual = (official or SPOKEN)[0]
    script = in_another_script(statement.words.text)
    if script is not None:
        spoken = first.meeting.language
        code = spoken if spoken and uses_script(spoken, script) else None
        code = code or next((code for code in languages() if uses_script(code, script)), usual)
        return code, ["the text is not in Finnish or Swedish, in which reports are written; translate it"]
    if first.language is None:
        return usual, ["in which language the text is; it can't be known for sure"]
    if first.language not in SPOKEN:
        name = Locale.parse("en").languages[first.language]
        return first.language, [f"the text is in {name}, and reports are in Finnish or Swedish; translate it"]
    return first.language, []


def _about_counts(statement: Statement) -> Iterator[str]:
    for word in dict.fromkeys(statement.words.words):
        yield f'"{word}" stands in place of a count; see that the sentence says what the group said'
    yield from dict.fromkeys(statement.words.left)


def _about_people(first: Source, method: Method) -> Iterator[str]:
    """Under five participants even a careful wording points at few people (the project's own rule)."""
    people = first.meeting.participants
    if people is not None and people < method.smallest_group:
        yield (
            f"fewer than {method.smallest_group} people were expected at the meeting; present the text together with "
            "another group's results, or leave it out [anonymity.small-group]"
        )


def _about_length(text: str, language: str) -> Iterator[str]:
    try:
        LocalText.model_validate({language: text})
    except ValidationError as error:
        yield from (found["msg"].rstrip(".") for found in error.errors())


def _about_other_meetings(statement: Statement) -> Iterator[str]:
    ids = dict.fromkeys(source.meeting.id for source in statement.sources)
    others = [id_ for id_ in list(ids)[1:] if id_]
    if others:
        yield f"the same was said at {', '.join(others)} too"
