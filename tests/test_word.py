"""Word files: the same text as the PDF, as headings, lists and tables that Word knows, each part in its language."""

import io
import os
import subprocess
import unicodedata
import zipfile
from collections import Counter
from functools import cache
from xml.etree import ElementTree

import docx
import pytest
import tinyhtml5
from docx.shared import Mm
from PIL import Image
from pypdf import PdfReader

from kit_builder import data
from kit_builder.documents.html import document_job
from kit_builder.look import tokens
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.plan import blank_templates, plan
from kit_builder.qr import qr_svg
from kit_builder.render.faults import RenderError
from kit_builder.render.jobs import PdfJob
from kit_builder.render.pdf import render_pdf
from kit_builder.render.word.document import lost_texts, render_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SAMPLE = [
    ("questions", "fi"),
    ("follow-up-plan", "fi"),
    ("invitation-discussion", "ar"),
    ("report-form", "ar"),
    ("feedback-survey", "ti"),
    ("checklist-leaders", "ti"),
]


@cache
def job(document_id, language):
    (entry,) = data.read_data(ROOT / "data", load_method(), ("mallila",))
    documents = plan(entry.file, load_method()).documents
    wanted = [d for d in documents if (d.id, d.language) == (document_id, language)]
    return document_job(wanted[-1], entry.file, entry.assets)


def rendered(wanted):
    return render_docx(wanted)


@cache
def word(document_id, language):
    return rendered(job(document_id, language))


def opened(document_id, language):
    return docx.Document(io.BytesIO(word(document_id, language)))


def runs(document):
    """Each run's text with its language, direction and font."""
    for run in document.element.iter(f"{W}r"):
        about = run.find(f"{W}rPr")
        text = "".join(found.text for found in run.findall(f"{W}t"))
        font = about.find(f"{W}rFonts")
        language = about.find(f"{W}lang")
        is_rtl = about.find(f"{W}rtl") is not None
        assert language.get(f"{W}val") == language.get(f"{W}bidi")
        yield text, language.get(f"{W}val"), is_rtl, None if font is None else font.get(f"{W}cs")


def has(text, script):
    return any(unicodedata.name(letter, "").startswith(script) for letter in text)


def test_the_same_document_gives_the_same_bytes():
    assert rendered(job("report-form", "ar")) == word("report-form", "ar")
    assert rendered(job("feedback-survey", "ti")) == word("feedback-survey", "ti")


@pytest.mark.parametrize(("document_id", "language"), SAMPLE)
def test_the_file_says_what_it_is(document_id, language):
    document = opened(document_id, language)
    assert document.core_properties.title.endswith(" – Mallila")
    assert document.core_properties.author == "Mallila"
    assert document.core_properties.language == {"fi": "fi-FI", "ar": "ar-SA", "ti": "ti-ER"}[language]
    assert document.core_properties.comments == ""
    assert document.core_properties.created == document.core_properties.modified
    with zipfile.ZipFile(io.BytesIO(word(document_id, language))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None
        assert not any(b"python-docx" in package.read(name) for name in package.namelist())


def test_headings_have_levels_and_areas_their_colour():
    paragraphs = opened("questions", "fi").paragraphs
    assert [p.text for p in paragraphs if p.style.name == "Heading 1"] == ["Keskustelukysymykset"]
    areas = [p for p in paragraphs if p.style.name == "Heading 2"]
    assert [p.text.strip() for p in areas] == [
        "Osallisuus",
        "Asenteet",
        "Turvallisuuden tunne",
        "Vuorovaikutus",
        "Kokoava kysymys",
    ]
    colours = [str(p.runs[-1].font.color.rgb or p.style.font.color.rgb).lower() for p in areas[:4]]
    assert [f"#{colour}" for colour in colours] == [
        tokens()[area] for area in ("participation", "attitudes", "safety", "interaction")
    ]
    assert all(p._element.find(f".//{W}drawing") is not None for p in areas)


def test_lists_are_lists_and_each_numbered_one_begins_at_one():
    document = opened("questions", "fi")
    formats = {}
    for one in document.part.numbering_part.element.iter(f"{W}abstractNum"):
        formats[one.get(f"{W}abstractNumId")] = one.find(f".//{W}numFmt").get(f"{W}val")
    lists = {}
    for one in document.part.numbering_part.element.iter(f"{W}num"):
        assert one.find(f".//{W}startOverride").get(f"{W}val") == "1"
        lists[one.get(f"{W}numId")] = formats[one.find(f"{W}abstractNumId").get(f"{W}val")]
    used = Counter()
    for paragraph in document.paragraphs:
        numbering = paragraph._element.find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            level = numbering.find(f"{W}ilvl").get(f"{W}val")
            used[lists[numbering.find(f"{W}numId").get(f"{W}val")], level] += 1
    source = tinyhtml5.parse(job("questions", "fi").html, namespace_html_elements=False)
    assert used == {
        ("decimal", "0"): len(source.findall(".//section/ol/li")),
        ("bullet", "1"): len(source.findall(".//ol/li/ul/li")),
    }
    assert list(lists.values()).count("decimal") == 4


def test_tables_have_rows_that_are_repeated_and_columns_of_their_own_width():
    document = opened("follow-up-plan", "fi")
    table = document.tables[-1]
    assert table.rows[0].cells[0].text == "Toimenpide"
    assert [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows[:2]] == [True, False]
    widths = [column.width for column in table.columns]
    assert len(set(widths)) > 2
    upright, wide = document.sections
    assert (upright.page_width.mm, upright.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert (wide.page_width.mm, wide.page_height.mm) == pytest.approx((297, 210), abs=0.1)
    assert abs(sum(widths) - (wide.page_width - wide.left_margin - wide.right_margin)) < Mm(1)


def test_check_lists_have_a_box_that_a_click_ticks():
    document = opened("checklist-leaders", "ti")
    boxes = list(document.element.iter(f"{W14}checkbox"))
    assert len(boxes) == job("checklist-leaders", "ti").html.count("<li>")
    assert all(box.find(f"{W14}checked").get(f"{W14}val") == "0" for box in boxes)


@pytest.mark.parametrize("document_id", ["invitation-discussion", "report-form"])
def test_arabic_is_arabic_and_finnish_beside_it_is_finnish(document_id):
    document = opened(document_id, "ar")
    for text, language, is_rtl, _ in runs(document):
        if has(text, "ARABIC LETTER"):
            assert (language, is_rtl) == ("ar-SA", True), text
        elif has(text, "LATIN"):
            assert not is_rtl, text
    finnish = [text for text, language, _, _ in runs(document) if language == "fi-FI" and has(text, "LATIN")]
    assert any("Nobody" not in text and len(text) > 20 for text in finnish)
    for paragraph in document.element.body.iter(f"{W}p"):
        text = "".join(found.text or "" for found in paragraph.iter(f"{W}t"))
        if has(text, "ARABIC LETTER") and not has(text, "LATIN"):
            languages = {found.get(f"{W}val") for found in paragraph.iter(f"{W}lang")}
            is_rtl = paragraph.find(f"{W}pPr/{W}bidi") is not None
            assert is_rtl or "fi-FI" in languages or text == "العربية", text
    tables = document.element.body.findall(f"{W}tbl")
    assert any(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in tables)
    assert document.sections[0]._sectPr.find(f"{W}bidi") is not None


def test_a_phone_number_is_kept_from_its_surroundings():
    texts = runs(opened("invitation-decision", "ar"))
    (found,) = [(text, is_rtl) for text, _, is_rtl, _ in texts if "+358" in text]
    assert found[0].startswith("\u200e") and found[0].endswith("\u200e")
    assert not found[1]


def test_tigrinya_has_its_own_font_and_language():
    for text, language, is_rtl, font in runs(opened("checklist-leaders", "ti")):
        assert not is_rtl
        assert (font == "Noto Sans Ethiopic") == has(text, "ETHIOPIC")
        if has(text, "ETHIOPIC"):
            assert language == "ti-ER"


def test_two_languages_stand_side_by_side_heading_beside_heading():
    document = opened("invitation-discussion", "ti")
    (answers,) = [table for table in document.tables if "Hyvä tietää" in table._tbl.xpath("string(.)")]
    assert [row.cells[1].paragraphs[0].text for row in answers.rows][-1] == "Hyvä tietää"
    assert all(cell.paragraphs[0].style.name == "Heading 2" for row in answers.rows for cell in row.cells)


def test_each_field_of_the_form_can_be_filled_and_has_its_name():
    form = job("report-form", "ar").html
    document = opened("report-form", "ar")
    named = [found.get(f"{W}val") for found in document.element.iter(f"{W}tag")]
    assert sorted(named) == sorted(part.split('"')[0] for part in form.split("<body")[1].split(' name="')[1:])
    assert len(named) == len(set(named))
    marks = [found.get(f"{W}name").replace("_", "-") for found in document.element.iter(f"{W}bookmarkStart")]
    assert marks == named
    numbers = [found.get(f"{W}val") for found in document.element.iter(f"{W}id")]
    assert len(numbers) == len(set(numbers))
    heights = [int(found.get(f"{W}val")) for found in document.element.iter(f"{W}trHeight")]
    assert min(heights) > 400 and len(heights) == form.count("<textarea") + form.count("line wide")


def test_running_parts_have_logo_name_title_and_page_numbers():
    section = opened("questions", "fi").sections[0]
    assert section.header._element.find(".//{*}docPr").get("descr") == "Mallila"
    assert section.header.paragraphs[0].text.strip() == "Mallila"
    footer = section.footer
    fields = [found.get(f"{W}instr") for found in footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "Ihminen ei ole vielä tarkistanut tätä käännöstä." in footer._element.xpath("string(.)")


HEAD = '<html lang="fi"><head><title>T</title><meta name="author" content="A"></head>'
PAGE = HEAD + "<body><main>{}</main></body></html>"


def test_what_word_cannot_show_is_an_error():
    with pytest.raises(RenderError, match="<dl>"):
        render_docx(PdfJob(PAGE.format("<dl><dt>Sana</dt></dl>")))
    with pytest.raises(RenderError, match="<video>"):
        render_docx(PdfJob(PAGE.format("<p>Katso <video>elokuva</video></p>")))


def test_a_lost_text_is_told():
    body = ElementTree.fromstring("<body><p>Kaikki on tässä.</p><p>Tämä katosi.</p><p>Tämä</p></body>")
    document = docx.Document()
    document.add_paragraph("Kaikki on tässä.")
    document.add_paragraph("Tämä")
    assert lost_texts(body, document) == ["Tämä katosi."]
    document.add_paragraph("Tämä katosi.")
    assert lost_texts(body, document) == []


def test_a_code_to_scan_is_a_picture_with_its_alternative_text():
    html = PAGE.format('<p><img src="kit:qr.svg" alt="Koodi" style="width: 30mm; height: 30mm"></p>')
    file = render_docx(PdfJob(html, {"qr.svg": qr_svg("https://example.org/mallila")}))
    document = docx.Document(io.BytesIO(file))
    (picture,) = document.inline_shapes
    assert picture.width.mm == pytest.approx(30, abs=0.1)
    assert picture._inline.docPr.get("descr") == "Koodi"
    (blob,) = [part.blob for part in document.part.package.iter_parts() if part.partname.endswith(".png")]
    with Image.open(io.BytesIO(blob)) as drawn:
        assert drawn.width == drawn.height
        assert drawn.getpixel((45, 45)) == 0 and drawn.getpixel((5, 5)) == 255


def test_blank_templates_keep_room_to_write():
    (wanted,) = [
        d for d in blank_templates(load_method()) if (d.id, d.languages) == ("invitation-discussion", ("fi",))
    ]
    blank = document_job(wanted, None)
    document = docx.Document(io.BytesIO(rendered(blank)))
    lines = [run for run in document.element.iter(f"{W}r") if run.find(f"{W}rPr/{W}u") is not None]
    assert len(lines) == blank.html.count('class="blank')


# As LibreOffice reads it


@pytest.fixture(scope="session")
def read_by_libreoffice(tmp_path_factory):
    """The text of each document of the sample, as LibreOffice finds it."""
    folder = tmp_path_factory.mktemp("word")
    for document_id, language in SAMPLE:
        (folder / f"{document_id}-{language}.docx").write_bytes(word(document_id, language))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(folder),
            *map(str, sorted(folder.glob("*.docx"))),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(folder)},
    )
    return {file.stem: file.read_text(encoding="utf-8-sig") for file in folder.glob("*.txt")}


@pytest.mark.parametrize(("document_id", "language"), SAMPLE)
def test_libreoffice_reads_the_words_of_the_pdf(read_by_libreoffice, document_id, language):
    """Word by word; where Arabic is read, letter by letter: readers of PDF divide words where the direction turns.

    The PDF has its header and footer, with the number of the page and of how many, on each page."""
    count = letters if language == "ar" else words
    pages = PdfReader(io.BytesIO(render_pdf(job(document_id, language)).data)).pages
    section = opened(document_id, language).sections[0]
    running = f"{section.header._element.xpath('string(.)')} "
    running += " ".join(paragraph.text for paragraph in section.footer.paragraphs)
    expected = count(read_by_libreoffice[f"{document_id}-{language}"])
    for number in range(1, len(pages) + 1):
        expected += count(running) + count(f"{number} {len(pages)}")
    assert expected == count("\n".join(page.extract_text() for page in pages))


def words(text):
    return Counter("".join(letter if letter.isalnum() else " " for letter in plain(text)).split())


def letters(text):
    return Counter(letter for letter in plain(text) if letter.isalnum())


def plain(text):
    """The text without signs of direction, marks of vowels and forms of letters."""
    kept = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in kept if unicodedata.category(letter) not in ("Cf", "Mn"))
