"""Filled report forms, read back as proposed findings; and the form itself, as readers fill and draw it."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
import zipfile
from functools import cache

import docx
import hostile
import pypdf
import pytest
import yaml
from click.testing import CliRunner
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from kit_builder import data
from kit_builder.cli import main
from kit_builder.documents.html import document_job
from kit_builder.documents.report_form import Mark
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.plan import blank_templates, plan
from kit_builder.render.pdf import render_pdf
from kit_builder.render.word.document import render_docx
from kit_builder.reports import counts, form
from kit_builder.reports.meetings import date_in
from kit_builder.reports.sentences import texts_in
from kit_builder.schema import Finding, Proposal
from kit_builder.written import written_in

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
NOWHERE = ("--data", "no-such-folder")
"""Without a municipality's file."""


# Forms, and how people fill them


@cache
def job(language, blank=False):
    """The form of one of Mallila's meetings, or the blank template."""
    method = load_method()
    file = None
    documents = blank_templates(method)
    if not blank:
        (entry,) = data.read_data(ROOT / "data", method, ("mallila",))
        file, documents = entry.file, plan(entry.file, method).documents
    return document_job([d for d in documents if (d.id, d.language) == ("report-form", language)][-1], file)


@cache
def pdf_form(language, blank=False):
    return render_pdf(job(language, blank)).data


@cache
def word_form(language, blank=False):
    return render_docx(job(language, blank))


def fill_pdf(path, values, language="fi", blank=False, change=lambda writer: None):
    """Fills a form as a reader does that draws the fields itself."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_form(language, blank)))
    for page in writer.pages:
        if any(annotation.get_object()["/T"] in values for annotation in page.get("/Annots", [])):
            writer.update_page_form_field_values(page, values, auto_regenerate=False)
    change(writer)
    with path.open("wb") as stream:
        writer.write(stream)
    return path


def fill_word(path, values, language="fi", blank=False, change=lambda document: None):
    """Fills a form as Word does: text in the content controls, a tick in the box. Lines become paragraphs."""
    document = docx.Document(io.BytesIO(word_form(language, blank)))
    for control in list(document.element.iter(qn("w:sdt"))):
        about = control.find(qn("w:sdtPr"))
        value = values.get(about.find(qn("w:tag")).get(qn("w:val")))
        if value is True:
            about.find(f"{W14}checkbox/{W14}checked").set(f"{W14}val", "1")
            next(control.iter(qn("w:t"))).text = "☒"
        elif value is not None and (placeholder := about.find(qn("w:showingPlcHdr"))) is not None:
            about.remove(placeholder)
            next(control.iter(qn("w:t"))).text = value
        elif value is not None:
            paragraph = Paragraph(next(control.iter(qn("w:p"))), document)
            first, *rest = value.split("\n")
            paragraph.add_run(first)
            cell = paragraph._element.getparent()
            for line in rest:
                added = cell.makeelement(qn("w:p"), {})
                cell.append(added)
                Paragraph(added, document).add_run(line)
    change(document)
    document.save(str(path))
    return path


def imported(*arguments, exit_code=0):
    """What `kit import-report` prints, and that it says nothing else."""
    shown = CliRunner().invoke(main, ["import-report", *map(str, arguments)])
    assert (shown.exit_code, shown.stderr) == (exit_code, ""), shown.output
    return shown.stdout


def refused(path):
    """The one sentence about a file that can't be read."""
    shown = CliRunner().invoke(main, ["import-report", str(path), *NOWHERE])
    assert (shown.exit_code, shown.stdout) == (2, "")
    (line,) = shown.stderr.splitlines()
    assert line.startswith(f"{path.name}:1:1: ")
    return line.split(": ", 1)[1]


def texts(shown, key="findings"):
    """(area or None, meeting, language, text) of each item."""
    return [
        (item.get("area"), item["meeting"], *next(iter(item["text"].items())))
        for item in yaml.safe_load(shown)[key]
    ]


ANSWERS = {
    "participation-forms": "- Vapaa-aikaa vietetään oman kieliryhmän kanssa.\n- Ääkköset säilyvät: åäö.",
    "safety-rights": "Oikeudet tunnetaan huonosti, ja neuvontaa kaivataan.",
    "summary": "Lisää tulkkeja terveysasemalle.",
}
FINDINGS = [
    ("participation", "Vapaa-aikaa vietetään oman kieliryhmän kanssa."),
    ("participation", "Ääkköset säilyvät: åäö."),
    ("safety", "Oikeudet tunnetaan huonosti, ja neuvontaa kaivataan."),
]


@pytest.mark.parametrize(("language", "meeting"), [("fi", "finnish-1"), ("ar", "arabic-1")])
@pytest.mark.parametrize("fill", [fill_pdf, fill_word])
def test_a_filled_form_comes_back_as_findings_and_proposals(tmp_path, fill, language, meeting):
    shown = imported(fill(tmp_path / "raportti", ANSWERS, language), "--data", ROOT / "data")
    assert texts(shown) == [(area, meeting, "fi", text) for area, text in FINDINGS]
    assert texts(shown, "proposals") == [(None, meeting, "fi", "Lisää tulkkeja terveysasemalle.")]
    read = yaml.safe_load(shown)
    for finding in read["findings"]:
        assert finding.pop("card") is False
        Finding.model_validate(finding)
    for proposal in read["proposals"]:
        Proposal.model_validate(proposal)
    assert shown.count("# decide: true if it becomes an experience card") == 3
    assert shown.count("# decide: sv, the same in Swedish") == 4
    assert shown.count("# decide: area, if the proposal belongs to one") == 1
    assert shown.count("decide:") == 8 + 1  # and once at the top, where it is explained


def test_the_proposal_fits_into_the_municipality_file_as_it_is(tmp_path):
    shown = imported(fill_pdf(tmp_path / "r.pdf", ANSWERS, "ar"), "--data", ROOT / "data")
    text = (ROOT / "data/municipalities/mallila.yml").read_text(encoding="utf-8")
    head, tail = text.rsplit("    findings:", 1)
    (tmp_path / "municipalities").mkdir()
    (tmp_path / "municipalities/mallila.yml").write_text(
        head + shown + tail[tail.index("    decision_meeting:") :], encoding="utf-8"
    )
    (entry,) = data.read_data(tmp_path, load_method())
    assert [finding.text.root["fi"] for finding in entry.file.rounds[-1].findings] == [t for _, t in FINDINGS]
    told = {p.rule for p in entry.problems if p.path.startswith("rounds[1].findings")}
    assert told == {"translation.missing"}


@pytest.mark.parametrize("fill", [fill_pdf, fill_word])
def test_an_empty_form_gives_nothing(tmp_path, fill):
    shown = imported(fill(tmp_path / "tyhjä", {"safety-rights": " \n- \n"}), *NOWHERE)
    assert yaml.safe_load(shown) is None
    assert "no answer is filled in" in shown


@pytest.mark.parametrize(("fill", "ticked"), [(fill_pdf, "/on"), (fill_word, True)])
def test_what_is_said_of_the_group_is_told_beside_the_findings(tmp_path, fill, ticked):
    values = {"group-women": ticked, "group-years-over": ticked, "group-countries": "Irak, Syyria", **ANSWERS}
    shown = imported(fill(tmp_path / "r", values, "ar"), *NOWHERE)
    assert (
        "#     participants: Gender: women; Time in Finland: more than 10 years; countries: Irak, Syyria\n"
        in shown
    )


def test_a_report_in_another_language_keeps_it_and_says_so(tmp_path):
    shown = imported(
        fill_pdf(tmp_path / "r.pdf", {"safety-rights": "لا نعرف حقوقنا جيدا"}, "ar"), "--data", ROOT / "data"
    )
    assert texts(shown) == [("safety", "arabic-1", "ar", "لا نعرف حقوقنا جيدا")]
    assert (
        "# decide: the text is not in Finnish or Swedish, in which reports are written; translate it" in shown
    )
    assert "# decide: fi, the same in Finnish" in shown


# Meetings


def test_a_blank_form_finds_its_meeting_by_day_and_language(tmp_path):
    answers = {"safety-rights": "Man känner inte till sina rättigheter och vet inte vem som ger råd."}
    facts = {"meeting-day": "10.10.2026", "meeting-language": "somaliska"}
    report = fill_word(tmp_path / "r.docx", answers | facts, "sv", blank=True)
    shown = imported(report, "--data", ROOT / "data", "--municipality", "mallila")
    assert texts(shown) == [("safety", "somali-1", "sv", answers["safety-rights"])]
    assert "# decide: fi, the same in Finnish" in shown
    report = fill_pdf(tmp_path / "r.pdf", answers | {"meeting-group": "somalisktalande"}, "sv", blank=True)
    shown = imported(report, "--data", ROOT / "data", "--municipality", "mallila", "--round", "2026")
    assert texts(shown)[0][1] == "somali-1"


def test_a_meeting_that_cannot_be_known_is_left_to_a_person(tmp_path):
    report = fill_pdf(tmp_path / "r.pdf", ANSWERS | {"meeting-language": "arabia"}, "fi", blank=True)
    shown = imported(report, *NOWHERE)
    assert texts(shown)[0][1] is None
    assert "meeting: null  # decide: the id of the meeting; the form does not say it" in shown
    assert "the same in the municipality's other official language, if it has one" in shown
    shown = imported(report, "--data", ROOT / "data", "--municipality", "mallila")
    assert "# decide: the id of the meeting; several meetings fit: arabic-1" in shown
    shown = imported(report, "--data", ROOT / "data", "--municipality", "lillby")
    assert "# decide: the id of the meeting; no meeting fits what the form says: " in shown


def test_a_form_of_another_municipality_is_told_apart(tmp_path):
    report = fill_pdf(tmp_path / "r.pdf", ANSWERS)
    shown = imported(report, "--data", ROOT / "data", "--municipality", "suvikoski")
    assert "the form is for mallila / 2026 / finnish-1, which is not here" in shown


def test_a_mark_is_three_ids_and_nothing_else():
    assert Mark.read("mallila / 2026 / arabic-1") == Mark("mallila", "2026", "arabic-1")
    for text in (
        "",
        "../etc / 2026 / a",
        "mallila / 2026",
        "mallila / 2026 / arabic-1 / b",
        "Matti Meikäläinen",
    ):
        assert Mark.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "6.10.2026",
        "2026-10-06",
        "tiistai 6. lokakuuta 2026",
        "tisdag 6 oktober 2026",
        "6/10/2026",
        "6. 10. 2026",
    ],
)
def test_a_day_is_read_as_people_write_it(text):
    assert date_in(text) == dt.date(2026, 10, 6)


@pytest.mark.parametrize("text", ["", "lokakuussa", "31.2.2026", "6.10."])
def test_what_is_no_day_is_none(text):
    assert date_in(text) is None


# Several reports


def test_reports_of_one_group_become_one_list_with_identical_answers_once(tmp_path):
    first = fill_pdf(
        tmp_path / "1.pdf", {"participation-forms": "Yksi.", "safety-rights": "Oikeudet tunnetaan."}, "ar"
    )
    second = fill_word(
        tmp_path / "2.docx",
        {
            "participation-forms": "yksi\nKaksi.",
            "attitudes-trust": "Luottamusta on.",
            "safety-rights": "Muuta.",
        },
        "ar",
    )
    shown = imported(first, second, "--data", ROOT / "data")
    assert [text for *_, text in texts(shown)] == [
        "Yksi.",
        "Kaksi.",
        "Luottamusta on.",
        "Oikeudet tunnetaan.",
        "Muuta.",
    ]
    assert shown.count("Osallisuudella on kolme muotoa") == 1
    assert "# Group 2" not in shown


def test_each_group_has_its_own_part_of_the_list(tmp_path):
    reports = [fill_pdf(tmp_path / f"{code}.pdf", {"safety-rights": "Sama."}, code) for code in ("ar", "fi")]
    shown = imported(*reports, "--data", ROOT / "data")
    assert [meeting for _, meeting, *_ in texts(shown)] == ["arabic-1", "finnish-1"]
    assert shown.index("      # Group 1") < shown.index("      # Group 2")


def test_two_meetings_of_one_group_are_merged(tmp_path, write_file):
    meeting = "{{id: {}, language: ar, group: {{fi: arabiankieliset}}, date: 2026-10-0{}}}"
    meetings = ", ".join(meeting.format(f"arabic-{number}", number) for number in (1, 2))
    folder = write_file(
        "municipality: {id: koe, name: {fi: Koe}, official_languages: [fi]}\n"
        f'rounds: [{{id: "2026", discussion_meetings: [{meetings}]}}]\n'
    )
    reports = [
        fill_pdf(
            tmp_path / f"{day}.pdf",
            {"meeting-day": f"{day}.10.2026", "safety-rights": f"Sama.\nOma {day}."},
            "fi",
            blank=True,
        )
        for day in (1, 2)
    ]
    shown = imported(*reports, "--data", folder, "--municipality", "koe")
    assert [(meeting, text) for _, meeting, _, text in texts(shown)] == [
        ("arabic-1", "Sama."),
        ("arabic-1", "Oma 1."),
        ("arabic-2", "Oma 2."),
    ]
    assert "# decide: the same was said at arabic-2 too" in shown
    assert "the same in Swedish" not in shown


# Counts


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fi", "7/10 äänestää.", "Yli puolet äänestää."),
        ("fi", "Vaaleissa äänestää 3 / 10.", "Vaaleissa äänestää alle puolet."),
        ("fi", "7 kymmenestä osallistujasta äänestää.", "Yli puolet äänestää."),
        ("fi", "Seitsemän kymmenestä äänestää, kaksi henkilöä 10:stä ei.", "Yli puolet äänestää, jotkut ei."),
        ("fi", "Näin tekee kymmenen ihmistä kahdestatoista.", "Näin tekee pääosin."),
        ("fi", "Omassa ryhmässä (10/12).", "Omassa ryhmässä (pääosin)."),
        ("sv", "Sju av tio röstar.", "Mer än hälften röstar."),
        ("sv", "I val röstar 3 av de 10 deltagarna.", "I val röstar mindre än hälften."),
        ("sv", "Tio personer av tolv säger så.", "Huvudsakligen säger så."),
        ("sv", "Så gör 2/12.", "Så gör några."),
        ("fi", "7 out of 10 äänestää.", "Yli puolet äänestää."),
    ],
)
def test_a_count_becomes_the_methods_word(language, text, expected):
    found = counts.in_words(text, language, load_method())
    assert (found.text, found.left) == (expected, ())
    assert found.words


@pytest.mark.parametrize(
    "text",
    [
        "Avoinna 24/7.",
        "Tilaisuus oli 7/10 2026.",
        "6/10/2026",
        "1/2026",
        "kello 17.30–20.30",
        "bussi 5",
        "Linja 10:ssä",
    ],
)
def test_what_is_no_count_stays(text):
    assert counts.in_words(text, "fi", load_method()) == counts.Worded(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("7 henkilöä sanoi näin.", "'7 henkilöä' counts people without saying of how many"),
        ("Tolv deltagare röstar.", "'Tolv deltagare' counts people"),
        ("70 % äänestää.", "'70 %' is a share in figures"),
        ("0/10 äänestää.", "'0/10' says how many although it is nobody"),
    ],
)
def test_a_count_without_a_word_is_left_to_a_person(text, why):
    found = counts.in_words(text, "fi", load_method())
    assert found.text == text
    assert [told.startswith(why) for told in found.left] == [True]


def test_the_number_is_printed_nowhere(tmp_path):
    shown = imported(fill_pdf(tmp_path / "r.pdf", {"attitudes-trust": "8/11 luottaa naapureihin."}), *NOWHERE)
    assert texts(shown) == [("attitudes", "finnish-1", "fi", "Yli puolet luottaa naapureihin.")]
    assert '# decide: "yli puolet" stands in place of a count' in shown
    assert not re.search("8/11|8|11", shown)


# Anonymity and untrusted texts


def test_a_suspicion_stands_as_a_comment_and_the_text_is_not_changed(tmp_path):
    said = "Maija Virtanen kertoi, että naapuri on avulias."
    shown = imported(fill_word(tmp_path / "r.docx", {"attitudes-trust": said}), "--data", ROOT / "data")
    assert texts(shown)[0][-1] == said
    (comment,) = [line for line in shown.splitlines() if "[anonymity.name]" in line]
    assert comment.strip().startswith("# decide: 'Maija Virtanen' looks like a person's name")


def test_names_that_the_municipality_file_explains_are_no_suspicion(tmp_path):
    said = "Kulttuuritalo Silta on tärkeä paikka, ja Mallilan monikulttuuriverkosto auttaa."
    shown = imported(fill_pdf(tmp_path / "r.pdf", {"safety-places": said}), "--data", ROOT / "data")
    assert "[anonymity" not in shown


def test_a_text_cannot_break_out_of_its_place(tmp_path):
    said = 'Lainaus" #x\u2028findings: [a]\x07 \u202eloppu: {b} \\'
    shown = imported(fill_pdf(tmp_path / "r\nfindings: x.pdf", {"safety-rights": said}), *NOWHERE)
    assert [text for *_, text in texts(shown)] == ['Lainaus" #x findings: [a]? loppu: {b} \\']
    assert list(yaml.safe_load(shown)) == ["findings"]


def test_a_proposal_holds_hostile_answers_as_they_were_written(tmp_path):
    answers = [f"Toivottiin {piece}" for piece in hostile.PIECES]
    shown = imported(fill_word(tmp_path / "a.docx", {"summary": "\n".join(answers)}), *NOWHERE)
    assert [text for *_, text in texts(shown, "proposals")] == answers


def test_a_text_that_cannot_be_printed_is_told(tmp_path):
    long = "Sana on pitkä. " * 50
    shown = imported(fill_pdf(tmp_path / "r.pdf", {"safety-rights": long}), *NOWHERE)
    assert re.search("# decide: .*749 characters.*600 fit", shown)


def test_lines_and_bullets_become_texts():
    assert texts_in(
        "• Eka\n2) Toka\n- kolmas\n\nNeljäs rivi\njatkuu tässä\n10. lokakuuta oli juhla\n—\n"
    ) == [
        "Eka",
        "Toka",
        "kolmas",
        "Neljäs rivi jatkuu tässä",
        "10. lokakuuta oli juhla",
    ]


def test_a_report_says_itself_in_which_language_it_is():
    swedish = ["Man litar på grannarna och det är viktigt.", "Barnen är inte rädda."]
    assert written_in(swedish, "fi") == "sv"
    assert written_in(["Luottamusta"], "fi") == "fi"
    assert written_in(["نعم"], "ar") is None


# Texts outside the fields


def bare(document):
    """Takes content controls and bookmarks away, as some word processors do."""
    for control in list(document.element.iter(qn("w:sdt"))):
        for child in list(control.find(qn("w:sdtContent"))):
            control.addprevious(child)
        control.getparent().remove(control)
    for mark in list(document.element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)


def test_a_word_form_whose_fields_are_gone_is_read_by_its_questions(tmp_path):
    values = ANSWERS | {"group-men": True, "group-countries": "Irak"}
    shown = imported(fill_word(tmp_path / "r.docx", values, "ar", change=bare), "--data", ROOT / "data")
    assert [(area, text) for area, _, _, text in texts(shown)] == FINDINGS
    assert [meeting for _, meeting, *_ in texts(shown)] == ["arabic-1"] * 3
    assert "participants: Gender: men" in shown


def test_what_stands_under_no_question_is_listed_with_its_place(tmp_path):
    def add(document):
        heading = next(p for p in document.paragraphs if p.text == "Luvuista sanoiksi")
        heading.insert_paragraph_before("Huomio: 7/10 lähti kesken.")

    shown = imported(fill_word(tmp_path / "r.docx", ANSWERS, change=add), *NOWHERE)
    assert "# - r.docx, after 'Lähetä raportti järjestölle." in shown
    assert "': Huomio: yli puolet lähti kesken." in shown

    def note(writer):
        writer.pages[1][NameObject("/Annots")] = ArrayObject(
            [
                DictionaryObject(
                    {
                        NameObject("/Subtype"): NameObject("/FreeText"),
                        NameObject("/Contents"): TextStringObject("Huomio.\nToinen rivi."),
                    }
                )
            ]
        )

    shown = imported(fill_pdf(tmp_path / "r.pdf", ANSWERS, change=note), *NOWHERE)
    assert "# - r.pdf, a note on page 2: Huomio. Toinen rivi.\n" in shown


def test_what_stands_in_the_empty_form_is_no_answer():
    for language in ("fi", "ar", "ti", "ckb"):
        for line in docx.Document(io.BytesIO(word_form(language, blank=True))).element.body.iter(qn("w:p")):
            text = "".join(part.text or "" for part in line.iter(qn("w:t")))
            assert form.is_form_text(text) or form.question_asked(text), text


def test_deleted_text_and_words_own_prompts_are_not_read(tmp_path):
    def delete(document):
        controls = {
            control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")): control
            for control in document.element.iter(qn("w:sdt"))
        }
        about = controls["summary"].find(qn("w:sdtPr"))
        about.append(about.makeelement(qn("w:showingPlcHdr"), {}))
        run = next(controls["safety-rights"].iter(qn("w:r")))
        deleted = run.makeelement(qn("w:del"), {})
        run.addprevious(deleted)
        deleted.append(run)

    shown = imported(fill_word(tmp_path / "r.docx", ANSWERS, change=delete), *NOWHERE)
    assert [text for *_, text in texts(shown)] == [text for _, text in FINDINGS[:2]]
    assert "proposals" not in yaml.safe_load(shown)


def test_a_form_that_libreoffice_saved_is_read(tmp_path):
    values = ANSWERS | {"group-men": True, "group-countries": "Irak", "meeting-day": "10.10.2026"}
    report = fill_word(tmp_path / "r.docx", values, "fi", blank=True)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            tmp_path / "saved",
            report,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shown = imported(tmp_path / "saved/r.docx", "--data", ROOT / "data", "--municipality", "mallila")
    assert [(area, text) for area, _, _, text in texts(shown)] == FINDINGS
    assert texts(shown)[0][1] == "somali-1"
    assert "participants: Gender: men; countries: Irak" in shown


# Files that can't be read


def changed_pdf(change):
    return lambda path: fill_pdf(path, ANSWERS, change=change)


def xfa(writer):
    writer._root_object["/AcroForm"][NameObject("/XFA")] = ArrayObject()


def too_many_fields(writer):
    fields = writer._root_object["/AcroForm"]["/Fields"]
    fields += [
        DictionaryObject(
            {NameObject("/T"): TextStringObject(str(number)), NameObject("/FT"): NameObject("/Tx")}
        )
        for number in range(500)
    ]


def no_fields(writer):
    writer._root_object["/AcroForm"][NameObject("/Fields")] = ArrayObject()


def zipped(parts, packed=zipfile.ZIP_DEFLATED):
    def write(path):
        with zipfile.ZipFile(path, "w", packed) as package:
            for name, text in parts.items():
                package.writestr(name, text)
        return path

    return write


def written(content):
    def write(path):
        path.write_bytes(content)
        return path

    return write


BODY = '<w:document xmlns:w="w"><w:body>{}</w:body></w:document>'
PART = "word/document.xml"
BAD = {
    "encrypted": (
        changed_pdf(lambda writer: writer.encrypt("salasana", algorithm="RC4-128")),
        "protected by a password",
    ),
    "XFA": (changed_pdf(xfa), "a form of another kind (XFA)"),
    "many fields": (changed_pdf(too_many_fields), "more than 500 fields"),
    "no fields": (changed_pdf(no_fields), "none of the report form's fields"),
    "many pages": (
        changed_pdf(lambda writer: [writer.add_blank_page(10, 10) for _ in range(60)]),
        "has 70 pages, and at most 60",
    ),
    "long answer": (
        lambda path: fill_pdf(path, {"summary": "a" * 20_001}),
        "has 20001 letters, and at most 20000",
    ),
    "cut off PDF": (written(b"%PDF-1.7\n1 0 obj <<"), "The PDF is broken"),
    "PDF in circles": (
        written(b"%PDF-1.7\n1 0 obj\n1 0 R\nendobj\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF"),
        "The PDF is broken",
    ),
    "old Word": (
        written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)),
        "save it as .docx without a password",
    ),
    "a text": (written(b"Vastaukset"), "neither a PDF nor a Word file"),
    "nothing": (written(b""), "neither a PDF nor a Word file"),
    "large": (written(bytes(10_000_001)), "more than 10 million bytes"),
    "cut off zip": (written(b"PK\x03\x04" + bytes(50)), "The Word file is broken"),
    "another zip": (zipped({"content.xml": "<a/>"}), "is no Word file"),
    "zip bomb": (zipped({PART: BODY.format(" " * 5_000_000)}), "far more than a filled form"),
    "many parts": (
        zipped({PART: BODY.format("")} | {f"{n}.xml": "" for n in range(1000)}),
        "far more than a filled form",
    ),
    "many elements": (zipped({PART: BODY.format("<a/>" * 200_000)}), "far more than a filled form"),
    "many paragraphs": (
        zipped({PART: BODY.format("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 5_001)}),
        "far more than a filled form",
    ),
    "entities": (
        zipped({PART: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + BODY.format("&b;")}),
        "declares entities",
    ),
    "deep": (zipped({PART: BODY.format("<w:a>" * 2000 + "</w:a>" * 2000)}), "nested too deeply"),
    "no XML": (zipped({PART: "<w:document"}), "The Word file is broken"),
    "another document": (
        zipped({PART: BODY.format("<w:p><w:r><w:t>Hei</w:t></w:r></w:p>")}),
        "none of the report form's",
    ),
    "missing": (lambda path: path, "does not exist"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_is_no_report_is_refused_in_one_sentence(tmp_path, case):
    make, sentence = BAD[case]
    assert sentence in refused(make(tmp_path / "raportti"))


def test_a_script_is_not_run_and_told(tmp_path):
    def run(writer):
        action = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert(1)"),
        }
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)

    report = fill_pdf(tmp_path / "r.pdf", ANSWERS, change=run)
    shown = CliRunner().invoke(main, ["import-report", str(report), *NOWHERE])
    assert shown.exit_code == 0
    assert shown.stderr == "r.pdf:1:1: warning: The PDF holds a script, which was not run. [report.ignored]\n"
    assert len(texts(shown.stdout)) == 3


def test_sound_reports_are_read_beside_a_broken_one(tmp_path):
    good, bad = fill_pdf(tmp_path / "a.pdf", ANSWERS), written(b"%PDF-")(tmp_path / "b.pdf")
    shown = CliRunner().invoke(main, ["import-report", str(good), str(bad), *NOWHERE])
    assert shown.exit_code == 1
    assert len(texts(shown.stdout)) == 3
    assert shown.stderr.startswith("b.pdf:1:1: The PDF is broken")


def test_a_proposal_goes_to_a_new_file_and_never_over_another(tmp_path):
    report, to = fill_pdf(tmp_path / "r.pdf", ANSWERS), tmp_path / "new.yml"
    assert imported(report, *NOWHERE, "--to", to) == ""
    assert len(texts(to.read_text(encoding="utf-8"))) == 3
    for arguments, sentence in (
        (("--to", to), "exists already"),
        (("--to", tmp_path / "no/new.yml"), "can't be written"),
        (("--municipality", "koe"), "There is no folder"),
    ):
        shown = CliRunner().invoke(main, ["import-report", str(report), *NOWHERE, *map(str, arguments)])
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert sentence in shown.stderr


def test_a_round_that_is_not_there_is_a_wrong_call(tmp_path):
    report = str(fill_pdf(tmp_path / "r.pdf", ANSWERS))
    shown = CliRunner().invoke(
        main, ["import-report", report, "--data", str(ROOT / "data"), "--round", "1999"]
    )
    assert shown.exit_code == 2
    assert "mallila has no round '1999'; it has 2023, 2026." in shown.stderr


def test_the_command_explains_itself():
    shown = CliRunner().invoke(main, ["import-report", "--help"])
    for word in ("FILE…", "--municipality", "--round", "--data", "--to", "decide:"):
        assert word in shown.output


# The form itself


@pytest.mark.parametrize(("language", "blank"), [("fi", False), ("ar", False), ("sv", True), ("fa", True)])
def test_every_field_has_a_label_and_stands_in_the_order_of_the_page(language, blank):
    reader = pypdf.PdfReader(io.BytesIO(pdf_form(language, blank)))
    fields = [field.get_object() for field in reader.trailer["/Root"]["/AcroForm"]["/Fields"]]
    names = [field["/T"] for field in fields]
    facts = [name for name in form.LABELS if name != form.MEETING] if blank else []
    assert names == [*facts, *form.TICKS, form.COUNTRIES, *form.questions()]
    assert all(field["/TU"] not in ("", field["/T"]) for field in fields)
    assert [bool(field.get("/Ff", 0) & 4096) for field in fields] == [n in form.questions() for n in names]
    drawn = []
    for page in reader.pages:
        assert "/Annots" not in page or page["/Tabs"] == "/S"
        boxes = [annotation.get_object() for annotation in page.get("/Annots", [])]
        drawn += [box["/T"] for box in boxes]
        tall = [abs(box["/Rect"][1] - box["/Rect"][3]) for box in boxes if box["/T"] in form.questions()]
        assert all(height > 55 / 25.4 * 72 for height in tall), "room to write by hand"
    assert drawn == names
    assert order_in_structure(reader) == names


def order_in_structure(reader):
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, ArrayObject):
            waiting += reversed(node)
        elif isinstance(node, DictionaryObject) and node.get("/Type") == "/OBJR":
            found.append(node["/Obj"].get("/T"))
        elif isinstance(node, DictionaryObject) and "/K" in node:
            waiting.append(node["/K"])
    return [name for name in found if name]


def test_a_form_carries_the_ids_of_its_meeting_and_nothing_of_a_person():
    reader = pypdf.PdfReader(io.BytesIO(pdf_form("ar")))
    assert reader.metadata["/Keywords"] == "mallila / 2026 / arabic-1"
    assert "mallila / 2026 / arabic-1" in reader.pages[0].extract_text()
    assert "/Keywords" not in pypdf.PdfReader(io.BytesIO(pdf_form("fi", blank=True))).metadata


@pytest.mark.parametrize("by_reader", [True, False])
@pytest.mark.parametrize("language", ["fi", "ar"])
def test_another_reader_draws_what_was_typed_and_ticked(tmp_path, language, by_reader):
    """Poppler draws the filled form: as pypdf drew the fields, and anew as it does for files of other programs."""
    values = {
        "group-women": "/on",
        "group-countries": "Irak",
        "participation-forms": "Ääkköset säilyvät. " * 40,
    }

    def redraw(writer):
        if by_reader:
            writer.set_need_appearances_writer(True)

    filled = fill_pdf(tmp_path / "filled.pdf", values, language, change=redraw)
    (tmp_path / "empty.pdf").write_bytes(pdf_form(language))
    for name in values:
        assert ink(filled, name) > ink(tmp_path / "empty.pdf", name) + 10, name
    assert ink(filled, "group-men") == ink(tmp_path / "empty.pdf", "group-men")
    assert pypdf.PdfReader(filled).get_fields()["participation-forms"]["/V"] == values["participation-forms"]


def ink(path, name):
    """How many dark dots a field shows at 72 dots to the inch."""
    reader = pypdf.PdfReader(path)
    for number, page in enumerate(reader.pages, 1):
        for annotation in page.get("/Annots", []):
            box = annotation.get_object()
            if box["/T"] == name:
                left, top, right, bottom = map(float, box["/Rect"])
                height = float(page.mediabox.height)
                picture = draw(path, number)
                area = picture.crop(
                    (int(left) + 1, int(height - top) + 1, int(right) - 1, int(height - bottom) - 1)
                )
                return sum(area.histogram()[:140])
    raise KeyError(name)


def draw(path, number):
    prefix = path.with_suffix(f".{number}")
    if not prefix.with_suffix(f"{prefix.suffix}.png").exists():
        command = ["pdftoppm", "-r", "72", "-gray", "-png", "-singlefile", "-f", str(number), path, prefix]
        fonts_of_the_machine = {key: value for key, value in os.environ.items() if key != "FONTCONFIG_FILE"}
        subprocess.run(command, check=True, capture_output=True, env=fonts_of_the_machine)
    return Image.open(f"{prefix}.png")


def test_a_form_that_was_saved_filled_is_still_accessible(tmp_path):
    verapdf = pytest.importorskip("verapdf")
    assert verapdf.failures(fill_pdf(tmp_path / "r.pdf", ANSWERS, "ar").read_bytes()) == []
