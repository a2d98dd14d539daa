"""The produced PDFs, read as a reader, a printer and a screen reader do."""

import hashlib
import json

import pytest
from produced import all_produced, letters

from kit_builder import data
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.plan import catalogue
from kit_builder.voice import voice

MM = 72 / 25.4
PAPER = {"A4": (210, 297), "A3": (297, 420), "A3 landscape": (420, 297), "16:9": (338.7, 190.5)}
ONE_PAGE = {
    "invitation-discussion",
    "invitation-decision",
    "impact-effort-grid",
    "action-sheet",
    "safer-space",
}


@pytest.fixture(scope="module")
def produced(site):
    return all_produced(site)


def wrong(produced, check):
    """The names of the documents that a check finds something wrong with, and what."""
    return {str(one): found for one in produced if (found := check(one))}


def test_every_planned_document_was_made(produced):
    assert [str(one) for one in produced if not one.path.is_file()] == []


def test_the_manifest_tells_the_truth_about_every_file(site, produced):
    for kit in ("mallila", "suvikoski", "lillby"):
        folder = site / "kits" / kit
        manifest = json.loads((folder / "kit.json").read_text(encoding="utf-8"))
        pdfs = {entry["path"]: entry for entry in manifest["documents"] if entry["format"] == "pdf"}
        assert set(pdfs) == {one.document.path for one in produced if one.kit == kit}
        for one in (one for one in produced if one.kit == kit):
            entry = pdfs[one.document.path]
            assert entry["sha256"] == hashlib.sha256(one.data).hexdigest()
            assert entry["bytes"] == len(one.data)
            assert entry["pages"] == len(one.reader.pages), str(one)
            assert entry["languages"][0] == entry["language"]


def test_the_far_along_example_lacks_no_document_of_the_catalogue(site):
    manifest = json.loads((site / "kits/mallila/kit.json").read_text(encoding="utf-8"))
    assert {entry["id"] for entry in manifest["documents"] if entry["round"] == "2026"} == set(catalogue())


def test_every_page_has_the_planned_paper(produced):
    def check(one):
        paper = one.document.entry.paper
        sizes = [(float(p.mediabox.width) / MM, float(p.mediabox.height) / MM) for p in one.reader.pages]
        allowed = [PAPER[paper]]
        if one.document.id in ("follow-up-plan", "category-cards", "print-order"):
            allowed.append(PAPER["A4"][::-1])
        return [
            size
            for size in sizes
            if not any(abs(size[0] - w) < 0.5 and abs(size[1] - h) < 0.5 for w, h in allowed)
        ]

    assert wrong(produced, check) == {}


def test_single_sheets_have_one_page(produced):
    assert wrong(produced, lambda one: one.document.id in ONE_PAGE and len(one.reader.pages) != 1) == {}
    assert (
        wrong(produced, lambda one: one.document.id == "category-cards" and len(one.reader.pages) != 3) == {}
    )


def test_every_pdf_has_a_title_its_language_and_tags(produced):
    def check(one):
        root = one.reader.trailer["/Root"]
        return [
            name
            for name, right in {
                "title": bool(one.reader.metadata.title),
                "language": root.get("/Lang") == one.document.language,
                "tags": root["/MarkInfo"]["/Marked"] is not None and "/StructTreeRoot" in root,
            }.items()
            if not right
        ]

    assert wrong(produced, check) == {}


def test_every_font_is_embedded_and_one_of_ours(produced):
    def check(one):
        found = []
        for page in one.reader.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                font = font.get_object()
                inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
                descriptor = inner["/FontDescriptor"].get_object()
                if not {"/FontFile2", "/FontFile3"} & set(descriptor):
                    found.append(font["/BaseFont"])
                if "Noto-Sans" not in font["/BaseFont"].replace("NotoSans", "Noto-Sans"):
                    found.append(font["/BaseFont"])
        return found

    assert wrong(produced, check) == {}


def test_the_text_of_every_pdf_is_the_source_text_letter_for_letter(produced):
    def check(one):
        there = letters(one.text)
        return sorted({word for word in one.source_words if letters(word) not in there})

    readable = [one for one in produced if one.document.id != "print-order"]
    assert wrong(readable, check) == {}


def test_every_pdf_conforms_to_pdf_ua(produced):
    verapdf = pytest.importorskip("verapdf")
    assert wrong(produced, lambda one: verapdf.failures(one.data)) == {}


def test_an_invitation_says_when_where_and_who(produced):
    file = next(e.file for e in data.read_data(ROOT / "data", load_method()) if e.id == "mallila")
    for meeting in file.rounds[-1].discussion_meetings:
        (one,) = [
            p
            for p in produced
            if p.document.id == "invitation-discussion" and p.document.meeting == meeting.id
            and p.document.round == "2026" and p.kit == "mallila"
        ]  # fmt: skip
        there = "".join(one.text.split())
        for code in one.document.languages:
            for expected in (voice(code).date(meeting.date), voice(code).time(meeting.start)):
                missing = [word for word in expected.striptags().split() if word not in there]
                assert missing == [], (meeting.id, code)
        assert meeting.place.name.find("fi")[0] in " ".join(one.text.split())


def test_numbers_of_the_method_stand_on_the_papers(produced):
    (run_sheet,) = [
        p for p in produced if p.kit == "" and p.document.id == "introduction" and p.document.language == "en"
    ]
    assert str(load_method().small_group.max_people) in run_sheet.text
    (survey,) = [
        p
        for p in produced
        if p.kit == "" and p.document.id == "run-sheet-decision" and p.document.language == "en"
    ]
    assert "20 to 30 cards" in " ".join(survey.text.split())


def test_run_sheets_end_with_a_page_in_each_language_that_is_read_from_two_metres(produced):
    def large_sizes(page):
        found = set()

        def visit(text, cm, _tm, _font, size):
            points = size * cm[0]
            if text.strip() and points > 14:
                found.add(round(points))

        page.extract_text(visitor_text=visit)
        return found

    def check(one):
        last = one.reader.pages[-len(one.document.languages) :]
        sizes = [large_sizes(page) for page in last]
        return not all(found and min(found) >= 24 and max(found) <= 30 for found in sizes) and sizes

    run_sheets = [one for one in produced if one.document.id.startswith("run-sheet")]
    assert run_sheets and wrong(run_sheets, check) == {}


def test_every_language_without_a_human_reviewer_says_so_on_its_papers(produced):
    def check(one):
        codes = [code for code in one.document.languages if not voice(code).reviewed]
        there = "".join(one.text.split())
        return [code for code in codes if "".join(voice(code).review_line.striptags().split()) not in there]

    assert wrong(produced, check) == {}


def test_no_language_was_left_out(produced):
    assert {one.document.language for one in produced} == set(languages())
