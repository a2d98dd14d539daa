"""From which meeting a report is: by the mark on its form, or by the day, language and group written in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from kit_builder.data import read_entry
from kit_builder.data_folder import municipality_files
from kit_builder.languages import languages
from kit_builder.method import Method
from kit_builder.problems import KitError
from kit_builder.reports.form import plain
from kit_builder.reports.report import Report
from kit_builder.schema import DiscussionMeeting, MunicipalityFile, Round


@dataclass(frozen=True)
class Meeting:
    """What is known of the meeting behind a report.

    `id` is None where a person must decide it, and `why` says so. `group` is what reports of one language group have
    in common; `language` is the code of the meeting's language, `participants` how many people were expected."""

    id: str | None
    group: str
    language: str | None = None
    participants: int | None = None
    why: str = ""


def municipality_file(
    folder: Path, municipality: str | None, reports: list[Report], method: Method
) -> MunicipalityFile | None:
    """The file of the municipality that was named, or of the one for which all the forms were made, if it is there.

    Raises KitError where the named one is missing or can't be used."""
    if municipality is not None:
        (path,) = municipality_files(folder, (municipality,)).values()
        file = read_entry(path, method).file
        if file is None:
            raise KitError(f"{path} can't be used as it is; `kit check` tells what is wrong with it.")
        return file
    marked = {report.mark.municipality for report in reports if report.mark}
    if len(marked) != 1:
        return None
    path = folder / "municipalities" / f"{marked.pop()}.yml"
    return read_entry(path, method).file if path.is_file() else None


def find_meeting(report: Report, file: MunicipalityFile | None, round_id: str | None) -> Meeting:
    """The meeting of a report. `round_id` names a round of the file; without it all rounds count.

    Raises KitError where the file has no such round."""
    language = _language(report.facts.get("meeting-language", ""))
    group = language or plain(report.facts.get("meeting-group", "")) or report.file
    if file is None:
        if report.mark is None:
            return Meeting(None, group, language, why="the id of the meeting; the form does not say it")
        return Meeting(report.mark.meeting, str(report.mark), language)
    rounds = [round_ for round_ in file.rounds if round_id in (None, round_.id)]
    if not rounds:
        raise KitError(f"{file.id} has no round '{round_id}'; it has {', '.join(r.id for r in file.rounds)}.")
    mark = report.mark
    if mark is not None:
        for round_ in rounds:
            for meeting in round_.discussion_meetings:
                if (file.id, round_.id, meeting.id) == (mark.municipality, mark.round, mark.meeting):
                    return _known(meeting)
        return Meeting(
            None, group, language, why=f"the id of the meeting; the form is for {mark}, which is not here"
        )
    return _by_facts(report, rounds, group, language)


def _known(meeting: DiscussionMeeting) -> Meeting:
    group = plain(" ".join((meeting.language, *meeting.group.root.values())))
    return Meeting(meeting.id, group, meeting.language, meeting.participants)


def _by_facts(report: Report, rounds: list[Round], group: str, language: str | None) -> Meeting:
    """The one meeting that has everything that the report says of it."""
    day = date_in(report.facts.get("meeting-day", ""))
    named = plain(report.facts.get("meeting-group", ""))
    tests: list[Callable[[DiscussionMeeting], bool]] = []
    if day is not None:
        tests.append(lambda meeting: meeting.date == day)
    if language is not None:
        tests.append(lambda meeting: meeting.language == language)
    if named:
        tests.append(lambda meeting: named in {plain(text) for text in meeting.group.root.values()})
    meetings = [meeting for round_ in rounds for meeting in round_.discussion_meetings]
    fitting = [meeting for meeting in meetings if tests and all(test(meeting) for test in tests)]
    if len(fitting) == 1:
        return _known(fitting[0])
    choices = ", ".join(dict.fromkeys(meeting.id for meeting in fitting or meetings)) or "none yet"
    why = "several meetings fit" if fitting else "no meeting fits what the form says"
    return Meeting(None, group, language, why=f"the id of the meeting; {why}: {choices}")


# What people write of a meeting


def date_in(text: str) -> dt.date | None:
    """The day that a text names: "6.10.2026", "2026-10-06", "tiistai 6. lokakuuta 2026"; None where it names none."""
    found = plain(text)
    if iso := re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", found):
        year, month, day = map(int, iso.groups())
    elif figures := re.search(r"\b(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})\b", found):
        day, month, year = map(int, figures.groups())
    elif (words := re.search(r"\b(\d{1,2})\.?\s+(\w+)\s+(\d{4})\b", found)) and words[2] in _months():
        day, month, year = int(words[1]), _months()[words[2]], int(words[3])
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Names of months in Finnish, Swedish and English, in the forms that dates use."""
    return {
        plain(name): number
        for code in ("fi", "sv", "en")
        for names in Locale.parse(code).months.values()
        for number, name in names["wide"].items()
    }


def _language(text: str) -> str | None:
    """The code of the language that a text names, in itself or in Finnish, Swedish or English."""
    wanted = plain(text)
    for code, language in languages().items():
        names = {code, language.name, *(_name(code, reader) for reader in ("fi", "sv", "en"))}
        if wanted in {plain(name) for name in names}:
            return code
    return None


def _name(code: str, reader: str) -> str:
    return str(Locale.parse(reader).languages.get(code, code))
