"""What was read from one filled report."""

from __future__ import annotations

from dataclasses import dataclass

from kit_builder.documents.report_form import Mark


class RefusedError(Exception):
    """A file that can't be read as a report; `sentence` says why and what to do, `rule` is a short stable id."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule
        self.sentence = sentence


@dataclass(frozen=True)
class Loose:
    """A text that stands under no question, and where it stands."""

    place: str
    text: str


@dataclass(frozen=True)
class Report:
    """A filled report: texts as they were written.

    `mark` says for which meeting the form was made, None where it was a blank template. `facts` holds what stands
    about the meeting and its group, by the names of the form's fields ("meeting-day"); `ticks` the boxes that are
    ticked; `answers` each answer that is not empty by its question's id. `labels` is the language in which the fields
    are labelled, None where it can't be known. `remarks` tell what of the file was left alone."""

    file: str
    mark: Mark | None
    facts: dict[str, str]
    ticks: tuple[str, ...]
    answers: dict[str, str]
    loose: tuple[Loose, ...]
    labels: str | None
    remarks: tuple[str, ...] = ()
