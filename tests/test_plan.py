"""Which documents a municipality gets."""

import pytest

from kit_builder import data
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.plan import blank_templates, catalogue, plan

METHOD = load_method()


@pytest.fixture(scope="module")
def entries():
    return {entry.id: entry for entry in data.read_data(ROOT / "data", METHOD)}


def made(entry, round_):
    return [document for document in plan(entry.file, METHOD).documents if document.round == round_]


def test_the_far_along_example_has_every_document_of_the_catalogue(entries):
    assert {document.id for document in made(entries["mallila"], "2026")} == set(catalogue())
    assert [w for w in plan(entries["mallila"].file, METHOD).waiting if w.round == "2026"] == []


def test_every_meeting_has_its_papers_in_its_language_with_the_official_one(entries):
    papers = {
        (d.meeting, d.id): d.languages for d in made(entries["mallila"], "2026") if d.meeting is not None
    }
    assert papers["arabic-1", "invitation-discussion"] == ("ar", "fi")
    assert papers["arabic-1", "questions"] == ("ar",)
    assert papers["finnish-1", "invitation-discussion"] == ("fi",)
    assert len(papers) == 5 * 5


def test_papers_of_the_round_come_in_each_official_language(entries):
    documents = made(entries["mallila"], "2026")
    assert {d.language for d in documents if d.id == "results"} == {"fi", "sv"}
    assert {d.languages for d in documents if d.id == "impact-effort-grid"} == {("fi", "sv")}
    assert {d.languages for d in documents if d.id == "feedback-survey"} == {
        ("fi",), ("sv",), ("ar", "fi"), ("so", "fi"), ("ru", "fi"), ("ti", "fi"),
    }  # fmt: skip


def test_decks_follow_the_groups_that_the_data_name(entries):
    copies = {d.language: d.copies for d in made(entries["mallila"], "2026") if d.id == "experience-cards"}
    assert copies == {"fi": 6, "sv": 2}


def test_what_is_not_known_yet_waits(entries):
    waiting = {w.id: w.needs for w in plan(entries["suvikoski"].file, METHOD).waiting}
    assert waiting["invitation-decision"] == "decision-meeting"
    assert waiting["experience-cards"] == "cards"
    assert "invitation-discussion" not in waiting


def test_no_two_documents_share_a_path(entries):
    for entry in entries.values():
        paths = [document.path for document in plan(entry.file, METHOD).documents]
        assert len(paths) == len(set(paths))


def test_every_document_is_offered_as_a_blank_template_in_the_websites_languages():
    offered = {(d.id, d.language) for d in blank_templates(METHOD)}
    assert {(id_, code) for id_ in catalogue() for code in ("fi", "sv", "en")} <= offered
