"""Papers that differ in nothing but their letterhead and the facts of their meeting are laid out once, and each is the
same as if it were the only one."""

import io
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial

import pytest
from pypdf import PdfReader

from kit_builder import data, paths
from kit_builder.documents.html import document_job
from kit_builder.kept import Kept, content
from kit_builder.method import load_method
from kit_builder.plan import plan
from kit_builder.render import rendering
from kit_builder.render.faults import Fault
from kit_builder.render.jobs import PdfJob, Rendered, WordJob
from kit_builder.schema import LocalText
from kit_builder.store import Store
from kit_builder.workers import in_processes

PAPERS = [
    ("introduction", ("ar", "fi")),
    ("questions", ("ti",)),
    ("safer-space", ("ru",)),
    ("checklist-leaders", ("fi",)),
    ("feedback-survey", ("so", "fi")),
    ("follow-up-plan", ("sv",)),  # pages of two shapes
    ("impact-effort-grid", ("fi", "sv")),  # A3
    ("proposals", ("fi",)),
    ("action-sheet", ("fi", "sv")),
    ("run-sheet-discussion", ("ar", "fi")),
    ("run-sheet-decision", ("fi",)),
    ("report-form", ("ar", "fi")),
    ("report-form", ("ru", "fi")),
]
NAMES = {
    "Mallila": ("Mallila", "Modellby", True),
    "no logo": ("Uusikylä", "Nyby", False),
    "long": ("Kristiinankaupungin ja Närpiön seutukunnan kuntayhtymä " * 3, "Samkommunen " * 9, True),
    "Mallila again": ("Mallila", "Modellby", True),
}
PLACES = {
    "Mallila": "Kirjasto, sali 2",
    "no logo": "Työväentalo, Žilina-sali",
    "long": "Entisen kunnanviraston suuri juhlasali toisessa kerroksessa, käynti pihan puolelta, portaat ja hissi",
    "Mallila again": "Kirjasto, sali 2",
}
"""Where their meetings are; the second takes as much room as the first, the third takes more."""


@pytest.fixture
def in_this_process(monkeypatch):
    """Where it makes no difference who works: starting the workers would take longer than the work."""
    monkeypatch.setattr(
        rendering,
        "in_processes",
        lambda work, tasks, _workers: ((key, work(task)) for key, task in tasks.items()),
    )


@cache
def jobs_of(municipality, paper):
    """The PDF of a paper and its Word file, where it has one, for Mallila under a name of NAMES."""
    fi, sv, with_logo = NAMES[municipality]
    (entry,) = data.read_data(paths.CONTENT, load_method(), ("mallila",))
    named = entry.file.municipality.model_copy(update={"name": LocalText({"fi": fi, "sv": sv})})
    rounds = [_elsewhere(round_, PLACES[municipality], len(fi)) for round_ in entry.file.rounds]
    file = entry.file.model_copy(update={"municipality": named, "rounds": tuple(rounds)})
    document = next(d for d in plan(file, load_method()).documents if (d.id, d.languages) == paper)
    source = document_job(document, file, entry.assets if with_logo else {})
    return [source, *([WordJob(source)] if "docx" in document.entry.formats else [])]


def _elsewhere(round_, place, days):
    """The round with all meetings at one place, and so many days later."""

    def moved(meeting):
        there = meeting.place.model_copy(update={"name": LocalText({"fi": place})})
        return meeting.model_copy(update={"place": there, "date": meeting.date + timedelta(days=days)})

    meetings = tuple(moved(meeting) for meeting in round_.discussion_meetings)
    return round_.model_copy(
        update={"discussion_meetings": meetings, "decision_meeting": moved(round_.decision_meeting)}
    )


def made(jobs, store, workers=1):
    return rendering.render_all(jobs, store, workers, lambda key: None)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper[0]}-{'-'.join(paper[1])}")
def test_a_paper_is_the_same_beside_those_of_other_municipalities_as_alone(paper, tmp_path, in_this_process):
    jobs = [job for name in NAMES for job in jobs_of(name, paper)]
    together = made(jobs, Store(tmp_path / "together"))
    assert len(together) == len(jobs) * 3 // 4
    for number, name in enumerate(NAMES):
        alone = made(jobs_of(name, paper), Store(tmp_path / str(number)))
        assert all(isinstance(result, Kept) for result in alone.values())
        assert {key: together[key] for key in alone} == alone
    backwards = made(reversed(jobs), Store(tmp_path / "backwards"))
    assert backwards == together


def test_a_paper_says_its_own_municipality_and_no_other(tmp_path, in_this_process):
    names, store = ("Mallila", "no logo"), Store(tmp_path)
    jobs = [jobs_of(name, ("introduction", ("fi",)))[0] for name in names]
    for job, name in zip(jobs, names, strict=True):
        own, others = NAMES[name][0], {NAMES[other][0] for other in names} - {NAMES[name][0]}
        pdf = PdfReader(io.BytesIO(content(made(jobs, store)[rendering.job_key(job)], store)))
        texts = [page.extract_text() for page in pdf.pages]
        assert len(texts) > 1
        for told in (*texts, pdf.metadata.title, pdf.metadata.author, str(pdf.xmp_metadata.dc_title)):
            assert own in told
            assert not any(other in told for other in others)


@pytest.mark.parametrize(
    ("paper", "times"),
    [
        (("questions", ("ti",)), 1),
        (("run-sheet-discussion", ("ar", "fi")), 2),
        (("report-form", ("ru", "fi")), 2),
    ],
    ids=["letterhead", "facts", "facts and Word file"],
)
def test_a_sheet_is_laid_out_once_for_all_whose_facts_take_the_same_room(paper, times, monkeypatch):
    laid_out = []
    settle = rendering.settle
    monkeypatch.setattr(rendering, "settle", lambda job: laid_out.append(job) or settle(job))
    jobs = [job for name in NAMES for job in jobs_of(name, paper)]
    groups = rendering._by_sheet({rendering.job_key(job): job for job in jobs})
    for group in groups.values():
        rendering._render(group)
    assert len(laid_out) == times


def test_only_some_layouts_of_a_sheet_wait_in_memory(monkeypatch):
    """Places of one to six lines, and the first once more: its layout is gone by then."""
    laid_out = []
    settle = rendering.settle
    monkeypatch.setattr(rendering, "settle", lambda job: laid_out.append(job) or settle(job))
    (job,) = jobs_of("Mallila", ("run-sheet-decision", ("fi",)))
    lines = [1, 1, 2, 3, 4, 5, 6, 1]
    jobs = [
        replace(job, html=job.html.replace(PLACES["Mallila"], "<br>".join([f"Sali {number}"] * count)))
        for number, count in enumerate(lines)
    ]
    assert len({rendering.job_key(rendering.sheet(job)) for job in jobs}) == 1
    results = rendering._render({str(number): job for number, job in enumerate(jobs)})
    assert all(isinstance(result, Rendered) for result in results.values())
    assert len(laid_out) == 7


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("漢", lambda job: replace(job, html=job.html.replace("Mallila</span>", "漢字</span>"))),
        ("logo.png", lambda job: replace(job, assets={**job.assets, "logo.png": b"no picture"})),
    ],
    ids=["name", "logo"],
)
def test_what_is_wrong_with_one_letterhead_is_said_of_that_paper_alone(
    told, wrong, tmp_path, in_this_process
):
    right = jobs_of("Mallila", ("questions", ("ti",)))
    faulty = wrong(right[0])
    alone = made(right, Store(tmp_path / "alone"))
    for number, jobs in enumerate(([*right, faulty], [faulty, *right])):
        results = made(jobs, Store(tmp_path / str(number)))
        assert {key: results[key] for key in alone} == alone
        assert any(told in fault.message for fault in results[rendering.job_key(faulty)])


def test_a_letterhead_that_takes_too_long_stops_no_other_paper(tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "in_processes", partial(in_processes, seconds=8))
    page = (
        '<html lang="en"><head><title>T</title><style>@page { @top-left { content: element(h) } }'
        " .running-header { position: running(h) }</style></head><body>"
        '<header class="running-header">{}</header><main><p>word</p></main></body></html>'
    )
    endless, short = PdfJob(page.replace("{}", "word " * 400_000)), PdfJob(page.replace("{}", "word"))
    results = made([endless, short], Store(tmp_path), 2)
    assert isinstance(results[rendering.job_key(short)], Kept)
    assert results[rendering.job_key(endless)] == [Fault("it took longer than 8 seconds and was stopped")]
