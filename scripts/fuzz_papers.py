"""Feeds made municipalities through the whole way to paper: rules, plan, HTML, and PDF, Word, slides or calendar.

Set up as scripts/fuzz.py says, with its fuzzer and its options:

    .kit/fuzzing/bin/python scripts/fuzz_papers.py                        5 000 municipalities
    .kit/fuzzing/bin/python scripts/fuzz_papers.py -max_total_time=480    for eight minutes
    .kit/fuzzing/bin/python scripts/fuzz_papers.py .kit/fuzz/crash-…      one again

Each is made of texts in all scripts that the kit prints, hostile ones (tests/hostile.py) and as long as they may be,
with any part left out. Whatever the rules let pass must become a paper, or be refused with a sentence: anything else
that is raised, or a paper that takes more than a minute, stops the run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import atheris

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "scripts")]

with atheris.instrument_imports(include=["kit_builder"]):
    import hostile
    import yaml
    from fuzz import FOLDER, start

    from kit_builder.documents.calendar import round_calendar
    from kit_builder.documents.context import make_context
    from kit_builder.documents.html import document_job
    from kit_builder.documents.results_deck import results_deck
    from kit_builder.languages import languages
    from kit_builder.loading import parse
    from kit_builder.method import load_method
    from kit_builder.plan import Document, plan
    from kit_builder.problems import has_errors
    from kit_builder.render.faults import RenderError
    from kit_builder.render.pdf import render_pdf
    from kit_builder.render.slides.presentation import render_pptx
    from kit_builder.render.word.document import render_docx
    from kit_builder.rules import Rules
    from kit_builder.schema import MunicipalityFile
    from kit_builder.validation import validate
    from kit_builder.voice import voice

METHOD = load_method()
WORDS = [
    *hostile.PIECES,
    *(
        "Yli puolet",
        "välttää",
        "alikulkua",
        "pimeällä",
        "och",
        "gångtunneln",
        "Свет",
        "їжа",
        "إضاءة",
        "النفق",
        "می‌شود",
        "ቤት",
    ),
    *(
        "–",
        "”talo”",
        "17:30",
        "+358 9 123",
        "50 %",
        "1 050–1 200 €",
        "a" * 80,
        "ä" * 79,
        "ж" * 80,
        "ع" * 70,
        "ቤ" * 60,
    ),
    *("https://koe.fi/a?b=c", "x y z", "1.", "-", "•", "&", "\\", "<br>", "e\u0301"),
]


class Maker:
    """Makes a municipality out of the fuzzer's bytes."""

    def __init__(self, data: bytes) -> None:
        self.bytes = atheris.FuzzedDataProvider(data)

    def number(self, low: int, high: int) -> int:
        return self.bytes.ConsumeIntInRange(low, high)

    def one_of(self, choices: Any) -> Any:
        choices = list(choices)
        return choices[self.number(0, len(choices) - 1)]

    def text(self, limit: int = 600) -> str:
        """Words up to a length; most texts are short, a few as long as they may be."""
        count = self.one_of([1, 2, 5, 12, 80])
        words = [self.one_of(WORDS) for _ in range(min(count, 12))] * (count // 12 or 1)
        return " ".join(words)[:limit]

    def local(self, limit: int = 600) -> Any:
        codes = self.one_of(
            [["fi"], ["fi", "sv"], ["sv"], ["fi", "ar"], ["fi", "sv", "en", "ti", "ckb", "ru"]]
        )
        return {code: self.text(limit) for code in codes}

    def some(self, **parts: Any) -> dict[str, Any]:
        """The parts, each of which may be left out."""
        return {key: make() for key, make in parts.items() if self.number(0, 3)}

    def place(self) -> dict[str, Any]:
        return {"name": self.local(), **self.some(address=self.local, access=self.local)}

    def time(self) -> str:
        return f"{self.number(7, 20):02}:{self.number(0, 59):02}"

    def day(self) -> str:
        return f"2026-{self.number(1, 9):02}-{self.number(1, 28):02}"

    def contact(self) -> dict[str, Any]:
        told = self.some(
            name=lambda: self.text(200), title=self.local, email=lambda: "a@koe.fi", phone=lambda: "09 12345"
        )
        return {**told, "publish": "true"}

    def meeting(self, number: int) -> dict[str, Any]:
        return {
            "id": f"m{number}",
            "language": self.one_of(languages()),
            "group": self.local(),
            **self.some(
                date=self.day,
                start=self.time,
                place=self.place,
                participants=lambda: self.number(5, 60),
                refreshments=self.local,
                register_url=lambda: f"https://koe.fi/{'x' * self.number(0, 180)}",
            ),
            "organisations": ["o"],
        }

    def result(self, meetings: int) -> dict[str, Any]:
        return {
            "area": self.one_of(METHOD.areas),
            "meeting": f"m{self.number(0, meetings - 1)}",
            "text": self.local(),
        }

    def municipality(self) -> dict[str, Any]:
        meetings = self.number(1, 3)
        round_ = {
            "id": "2026",
            "organisations": [{"id": "o", "name": self.local(), **self.some(contact=self.contact)}],
            "discussion_meetings": [self.meeting(number) for number in range(meetings)],
            "findings": [
                {**self.result(meetings), "card": self.one_of(["true", "false"])}
                for _ in range(self.number(0, 12))
            ],
            "proposals": [self.result(meetings) for _ in range(self.number(0, 4))],
            "decision_meeting": {"date": "2026-11-24", **self.some(start=self.time, place=self.place)},
            "actions": [
                {
                    "title": self.local(),
                    **self.some(responsible=self.local, effect=self.local, area=lambda: "safety"),
                }
                for _ in range(self.number(0, 4))
            ],
            "follow_up": self.some(body=self.local),
        }
        spoken = self.one_of([["fi"], ["fi", "sv"], ["sv", "fi"]])
        about = {
            "id": "koe",
            "name": self.local(200),
            "official_languages": spoken,
            **self.some(contact=self.contact),
        }
        return {"municipality": about, "rounds": [round_]}


def one_municipality(data: bytes) -> None:
    """A municipality on its way to one paper of its plan, in one of the paper's formats."""
    maker = Maker(data)
    text = yaml.safe_dump(maker.municipality(), allow_unicode=True, sort_keys=False)
    source, found = parse(text.encode(), "koe.yml")
    if source is None or has_errors(found):
        return
    file, found = validate(source)
    if file is None or has_errors(
        p for p in Rules(file, source, METHOD).check() if p.rule.startswith(("schema", "method"))
    ):
        return
    (round_,) = file.rounds
    if any(meeting.date and meeting.start for meeting in round_.discussion_meetings):
        round_calendar(file, round_, voice(maker.one_of(languages())))
    document = maker.one_of(plan(file, METHOD).documents)
    try:
        paper(document, file, maker.one_of(form for form in document.entry.formats if form != "ics"))
    except RenderError as error:
        assert error.faults, "refused without a word"


def paper(document: Document, file: MunicipalityFile, form: str) -> None:
    """The document in one of its formats. Raises RenderError."""
    job = document_job(document, file)
    if form == "docx":
        render_docx(job)
    elif form == "pptx":
        render_pptx(results_deck(make_context(document, file, METHOD, None), None))
    else:
        render_pdf(job)


if __name__ == "__main__":
    seeds = FOLDER / "seeds-papers"
    seeds.mkdir(parents=True, exist_ok=True)
    for number in range(20):
        (seeds / str(number)).write_bytes(bytes((number * 37 + place * 101) % 256 for place in range(2000)))
    start(
        one_municipality,
        sys.argv[1:],
        seeds,
        {"runs": 5_000, "max_len": 4096, "timeout": 60, "rss_limit_mb": 2048},
    )
