"""The results as a presentation: opened with python-pptx, and in LibreOffice as people see it."""

import io
import os
import re
import subprocess
import unicodedata
import zipfile
from itertools import pairwise

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from kit_builder import data, look
from kit_builder.documents.context import make_context
from kit_builder.documents.html import document_job
from kit_builder.documents.results import SlideGeometry, Told, area_slides, slides
from kit_builder.documents.results_deck import results_deck
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.plan import Document, blank_templates, catalogue
from kit_builder.render.faults import RenderError
from kit_builder.render.layout import _font_file
from kit_builder.render.pdf import render_pdf
from kit_builder.render.slides.places import GROUP_SIZES
from kit_builder.render.slides.presentation import render_pptx
from kit_builder.schema import LocalText

MM = 36000
PAGE_MM = 25.4 / 72
LONG = (
    "Useimmat kertoivat, että tärkeimmistä asioista kuullaan yhä liian myöhään ja liian vaikealla kielellä. "
)


@pytest.fixture(scope="module")
def kit():
    (entry,) = data.read_data(ROOT / "data", load_method(), ("mallila",))
    return entry


@pytest.fixture(scope="module")
def long_file(kit):
    """The same round with findings as long as a file may have them, and with long names of groups."""
    round_ = kit.file.rounds[-1]
    findings = tuple(
        finding.model_copy(
            update={"text": LocalText.model_validate({"fi": (LONG * 6)[: 200 + 37 * (number % 11)]})}
        )
        for number, finding in enumerate(round_.findings)
    )
    meetings = tuple(
        meeting.model_copy(
            update={"group": LocalText.model_validate({"fi": f"{meeting.id}: rannan asukkaat perheineen"})}
        )
        for meeting in round_.discussion_meetings
    )
    longer = round_.model_copy(update={"findings": findings, "discussion_meetings": meetings})
    return kit.file.model_copy(update={"rounds": (*kit.file.rounds[:-1], longer)})


def context_of(file, language="fi"):
    document = Document(catalogue()["results"], (language,), "2026", None, 0)
    return make_context(document, file, load_method(), "logo.png")


def blank_context(language="fi"):
    (document,) = (d for d in blank_templates(load_method()) if d.id == "results" and d.language == language)
    return make_context(document, None, load_method(), None)


@pytest.fixture(scope="module")
def written(kit):
    return render_pptx(results_deck(context_of(kit.file), kit.assets["logo.png"]))


@pytest.fixture(scope="module")
def show(written):
    return Presentation(io.BytesIO(written))


@pytest.fixture(scope="module")
def long_written(long_file):
    return render_pptx(results_deck(context_of(long_file), None))


@pytest.fixture(scope="module")
def long_show(long_written):
    return Presentation(io.BytesIO(long_written))


@pytest.fixture(scope="module")
def opened(written, long_written, tmp_path_factory):
    """The pages that LibreOffice makes of the example and of the long texts, with only the toolkit's own fonts: for
    each page its words as (left, top, right, bottom, word), in millimetres."""
    folder = tmp_path_factory.mktemp("slides")
    (folder / "example.pptx").write_bytes(written)
    (folder / "long.pptx").write_bytes(long_written)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "example.pptx"),
            str(folder / "long.pptx"),
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(_font_file())},
    )
    return {name: words_on_pages(folder / f"{name}.pdf") for name in ("example", "long")}


def words_on_pages(pdf):
    found = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    word = re.compile(r'<word xMin="(.*)" yMin="(.*)" xMax="(.*)" yMax="(.*)">(.*)</word>')
    return [
        [(*(float(edge) * PAGE_MM for edge in match.groups()[:4]), match[5]) for match in word.finditer(page)]
        for page in found.split("<page ")[1:]
    ]


def text_of(slide):
    """All text of a slide without its foot."""
    texts = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            texts.append(shape.text_frame.text)
        elif shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def columns_of(slide):
    return [one for one in slide.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.BODY]


# What is on the slides


def test_the_slides_are_those_of_the_pdf(kit, show):
    job = document_job(context_of(kit.file).document, kit.file, kit.assets)
    headings = [re.sub("<.*?>", "", heading) for heading in re.findall(r"<h[12].*?</h[12]>", job.html)]
    assert [slide.shapes.title.text for slide in show.slides] == headings
    assert len(show.slides) == render_pdf(job).pages


def test_every_finding_stands_whole_under_its_area_and_group(kit, show):
    round_ = kit.file.rounds[-1]
    areas = {"participation": "Osallisuus", "attitudes": "Asenteet", "safety": "Turvallisuuden tunne"}
    areas["interaction"] = "Vuorovaikutus"
    for finding in round_.findings:
        text = finding.text.find("fi")[0]
        group = round_.meeting(finding.meeting).group.find("fi")[0]
        (column,) = (
            [p.text for p in place.text_frame.paragraphs]
            for slide in show.slides
            if slide.shapes.title.text.startswith(areas[finding.area])
            for place in columns_of(slide)
            if text in [p.text for p in place.text_frame.paragraphs]
        )
        assert column[0].removesuffix(" (jatkuu)") == group


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_group_of_the_example_is_broken_where_its_findings_fit_one_slide(kit, language):
    context = context_of(kit.file, language)
    for slide in slides(context)["slides"]:
        assert [column.group for column in slide.columns if column.continues] == []


def test_a_group_that_needs_several_slides_fills_them_alike(kit):
    """Five findings, of which four would fit the first slide."""
    geometry, group = SlideGeometry(), LocalText.model_validate({"fi": "ryhmä"})
    told = [Told(LocalText.model_validate({"fi": LONG * 2}), f"findings[{n}].text") for n in range(5)]
    made = area_slides("safety", {group: told}, context_of(kit.file).lead, geometry)
    assert [len(slide.columns[0].findings) for slide in made] == [3, 2]
    assert geometry.height("ryhmä", [LONG * 2] * 4, 1) <= geometry.body_height


def test_findings_are_written_as_large_as_their_slide_holds(kit, show):
    """One point more and the fullest column would run out of its place, or letters are as large as ever."""
    context = context_of(kit.file)
    for slide, told in zip(list(show.slides)[2:-1], slides(context)["slides"], strict=True):
        size = max(level_size(column) for column in columns_of(slide))
        if size == GROUP_SIZES[0]:
            continue
        larger = SlideGeometry(text_size=size + 1, line=0.95 * 1.362, name_line=1.1 * 0.95 * 1.362)
        heights = [
            larger.height(
                context.lead.local_plain(column.group),
                [context.lead.local_plain(finding.text) for finding in column.findings],
                len(told.columns),
            )
            for column in told.columns
        ]
        assert max(heights) > larger.body_height - 4


def level_size(column):
    sizes = re.findall(r'lvl2pPr>.*?<a:defRPr sz="(\d+)"', etree.tostring(column._element).decode())
    return int(sizes[0]) / 100 if sizes else GROUP_SIZES[0]


def test_groups_stand_a_level_above_their_findings(show):
    for place in columns_of(show.slides[2]):
        assert [p.level for p in place.text_frame.paragraphs] == [0, 1, 1]


def test_the_first_slide_says_where_when_and_by_whom(show):
    places = {one.placeholder_format.idx: one.text_frame.text for one in show.slides[0].placeholders}
    assert places[0] == "Keskustelutilaisuuksien tulokset"
    assert places[1] == "Mallila\nPäättäjätilaisuus tiistai 24. marraskuuta 2026"
    assert places[10] == (
        "Keskustelutilaisuudet järjesti: Mallilan monikulttuuriverkosto ry, Naapuruusyhdistys Kynnys ry ja "
        "Mallilan asukasyhdistys ry"
    )


def test_the_table_says_who_was_heard_and_has_a_head(show):
    (table,) = (shape.table for shape in show.slides[1].shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Ryhmä", "Tilaisuuden kieli", "Päivä"]
    assert rows[1] == ["arabiankieliset", "العربية", "tiistai 29. syyskuuta 2026"]
    assert len(rows) == 6
    assert table.first_row and table.first_col


def test_every_slide_has_notes_for_its_speaker(show):
    notes = [slide.notes_slide.notes_text_frame.text for slide in show.slides]
    assert notes[0].startswith("16.30–16.45 Avaus\n")
    assert "Sano ensin: Tervetuloa" in notes[0]
    assert all(len(text) > 80 for text in notes)
    assert "Lajitelkaa kokemuskortit" in notes[-1]


def test_every_slide_has_its_number_and_says_that_no_human_has_read_the_translation(show):
    for number, slide in enumerate(show.slides, start=1):
        kinds = {one.placeholder_format.type: one for one in slide.placeholders}
        field = kinds[PP_PLACEHOLDER.SLIDE_NUMBER]._element.xml
        assert 'type="slidenum"' in field and f"<a:t>{number}</a:t>" in field
        assert "Ihminen ei ole vielä tarkistanut" in kinds[PP_PLACEHOLDER.FOOTER].text_frame.text


# How it is built


def test_an_areas_shape_is_native_and_has_the_areas_name_as_alternative_text(show):
    kinds = {}
    for slide in show.slides:
        for shape in slide.shapes:
            if not shape.is_placeholder:
                kinds.setdefault(shape._element.nvSpPr.cNvPr.get("descr"), set()).add(
                    shape.auto_shape_type.name
                )
    assert kinds == {
        "Osallisuus": {"OVAL"},
        "Asenteet": {"ROUNDED_RECTANGLE"},
        "Turvallisuuden tunne": {"HEXAGON"},
        "Vuorovaikutus": {"DIAMOND"},
    }
    assert show.slides[2].shapes[1].name == "Osallisuus", "the shape is read right after the title"


def test_text_stands_in_places_that_the_layouts_give(show):
    for slide in show.slides:
        assert slide.shapes.title.text
        for shape in slide.shapes:
            assert shape.is_placeholder or not shape.text_frame.text
    assert show.slides[2].slide_layout.name == "Osallisuus – 3"
    assert show.slides[3].slide_layout.name == "Osallisuus – 2"


def test_page_fonts_and_colours_are_the_toolkits(show, written):
    assert (show.slide_width, show.slide_height) == (12192000, 6858000)
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        themes = [parts.read(name).decode() for name in parts.namelist() if "/theme/" in name]
    assert len(themes) == 2, "slides and notes"
    for theme in themes:
        assert theme.count('<a:latin typeface="Noto Sans"') == 2
        for name in ("ink", "participation", "attitudes", "safety", "interaction"):
            assert look.tokens()[name][1:].upper() in theme


def test_each_word_has_its_language(show):
    (table,) = (shape.table for shape in show.slides[1].shapes if shape.has_table)
    cells = [table.cell(row, 1).text_frame.paragraphs[0].runs for row in range(1, 6)]
    assert [run._r.rPr.get("lang") for (run,) in cells] == ["ar", "so", "ru", "ti-ER", "fi-FI"]


def test_a_text_that_is_missing_in_the_language_is_marked_as_the_other_ones(kit):
    round_ = kit.file.rounds[-1]
    first = round_.findings[0].model_copy(
        update={"text": LocalText.model_validate({"sv": "Bara på svenska."})}
    )
    other = round_.model_copy(update={"findings": (first,)})
    file = kit.file.model_copy(update={"rounds": (other,)})
    show = Presentation(io.BytesIO(render_pptx(results_deck(context_of(file), None))))
    runs = [run for p in columns_of(show.slides[2])[0].text_frame.paragraphs for run in p.runs]
    assert [(run.text, run._r.rPr.get("lang")) for run in runs] == [
        ("arabiankieliset", "fi-FI"),
        ("Bara på svenska.", "sv-FI"),
    ]


def test_slides_in_a_right_to_left_language_are_mirrored(kit):
    show = Presentation(io.BytesIO(render_pptx(results_deck(context_of(kit.file, "ar"), None))))
    slide = show.slides[2]
    places = columns_of(slide)
    assert all(first.left > second.left for first, second in pairwise(places))
    assert slide.shapes[1].left > places[0].left, "the shape stands at the right edge"
    assert all(p._p.pPr.get("rtl") == "1" for place in places for p in place.text_frame.paragraphs)
    (table,) = (shape.table for shape in show.slides[1].shapes if shape.has_table)
    assert table._tbl.tblPr.get("rtl") == "1"


def test_the_same_data_give_the_same_bytes(kit, written):
    assert render_pptx(results_deck(context_of(kit.file), kit.assets["logo.png"])) == written
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_names_its_title_its_language_and_nobody_elses_name(show, written):
    about = show.core_properties
    assert (about.title, about.author) == ("Keskustelutilaisuuksien tulokset – Mallila", "Mallila")
    assert about.language == "fi-FI"
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        assert not {"docProps/thumbnail.jpeg", "docProps/app.xml"} & set(parts.namelist())
        assert all(b"Steve Canny" not in parts.read(name) for name in parts.namelist())


# What fits


def test_nothing_lies_outside_the_slide(show, long_show):
    for slide in [*show.slides, show.slide_master, *long_show.slides]:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= show.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= show.slide_height


def test_a_table_fits_its_place(long_show):
    (frame,) = (shape for shape in long_show.slides[1].shapes if shape.has_table)
    assert frame.top + sum(row.height for row in frame.table.rows) <= 172 * MM


def test_libreoffice_shows_every_slide_with_all_its_text(show, opened):
    assert len(opened["example"]) == len(show.slides)
    for slide, words in zip(show.slides, opened["example"], strict=True):
        shown = {unicodedata.normalize("NFKC", part) for *_, word in words for part in word.split("-")}
        wanted = set(re.split(r"[\s-]+", text_of(slide))) - {"العربية"}
        assert wanted <= shown


def test_findings_stay_in_their_columns_in_libreoffice(show, long_show, opened):
    for there, pages in ((show.slides, opened["example"]), (long_show.slides, opened["long"])):
        for slide, words in list(zip(there, pages, strict=True))[2:-1]:
            boxes = [
                (one.left / MM, one.top / MM, one.width / MM, one.height / MM) for one in columns_of(slide)
            ]
            for left, top, right, bottom, word in words:
                if top < 38 or top > 173.5:
                    continue
                assert any(
                    x - 0.5 <= left and right <= x + width + 0.5 and y - 1 <= top and bottom <= y + height + 1
                    for x, y, width, height in boxes
                ), f"{word} on the slide {slide.shapes.title.text}"


def test_a_name_too_long_for_its_slide_is_a_fault_at_its_place(kit):
    round_ = kit.file.rounds[-1]
    first, *others = round_.discussion_meetings
    named = first.model_copy(update={"group": LocalText.model_validate({"fi": LONG * 5})})
    longer = round_.model_copy(update={"discussion_meetings": (named, *others)})
    with pytest.raises(RenderError) as failed:
        render_pptx(results_deck(context_of(kit.file.model_copy(update={"rounds": (longer,)})), None))
    paths = [fault.path for fault in failed.value.faults]
    assert paths[0] == "discussion_meetings" and all(path.startswith("findings[") for path in paths[1:])
    assert "'Useimmat kertoivat, että" in failed.value.faults[0].message


# The blank template


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_blank_template_has_the_same_slides_with_places_to_fill(language):
    context = blank_context(language)
    show = Presentation(io.BytesIO(render_pptx(results_deck(context, None))))
    assert len(show.slides) == render_pdf(document_job(context.document, None)).pages
    for slide in list(show.slides)[2:-1]:
        assert len(columns_of(slide)) == 3
        assert all(not place.text_frame.text for place in columns_of(slide))
        prompts = [
            one.text_frame.text for one in slide.slide_layout.placeholders if one.placeholder_format.idx == 10
        ]
        assert all(prompts)


def test_control_characters_do_not_break_the_file(kit):
    round_ = kit.file.rounds[-1]
    first = round_.findings[0].model_copy(
        update={"text": LocalText.model_construct(root={"fi": "<b>Yli</b> & \x07puolet\ufffe"})}
    )
    file = kit.file.model_copy(update={"rounds": (round_.model_copy(update={"findings": (first,)}),)})
    show = Presentation(io.BytesIO(render_pptx(results_deck(context_of(file), None))))
    assert "<b>Yli</b> & puolet" in text_of(show.slides[2])
