"""The deck as it comes out of a printer: what lies on which card, and whether fronts and backs meet."""

import html
import re
import subprocess

import pypdf
import pytest
from produced import all_produced

from kit_builder import data
from kit_builder.documents.calibration import calibration_job
from kit_builder.documents.cards import SheetGeometry, area_names, deck_cards, sheets
from kit_builder.documents.html import document_job
from kit_builder.method import load_method
from kit_builder.plan import blank_templates, plan
from kit_builder.render.checks import descendants
from kit_builder.render.faults import RenderError
from kit_builder.render.layout import layout
from kit_builder.render.pdf import render_pdf
from kit_builder.voice import voice

METHOD = load_method()
PX = 25.4 / 96
PT = 25.4 / 72
PAPER_WIDTH = 210
CLOSE = 0.1
"""Millimetres by which a front and its back may be apart."""

FILE = """
municipality: {id: koe, name: {fi: Koe}, official_languages: [fi]}
rounds:
  - id: "2027"
    discussion_meetings: [{id: one, language: fi, group: {fi: suomenkieliset}, participants: 12}]
    decision_meeting: {date: 2027-05-04, start: "17:00", place: {name: Kirjasto}, participants: 20}
    findings:
"""


@pytest.fixture(scope="module")
def decks(site):
    """The decks of the far-along example."""
    return [
        p for p in all_produced(site) if (p.kit, p.document.id) == ("mallila", "experience-cards")
    ]  # fmt: skip


def laid_out(deck):
    return layout_pages(document_job(deck.document, deck.file, deck.assets))


def layout_pages(job):
    return [page._page_box for page in layout(job.html, job.assets).document.pages]


def boxes(page, name):
    """The boxes of one class on a page, as (left, top, width, height) in millimetres, in the order of the source."""
    found = {}
    for box in descendants(page):
        element = getattr(box, "element", None)
        if element is not None and name in (element.get("class") or "").split() and element not in found:
            found[element] = box
    return [
        (b.position_x * PX, b.position_y * PX, b.border_width() * PX, b.border_height() * PX)
        for b in found.values()
    ]


def middle(box):
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def words(deck):
    """The words on each page of the file, as (left, top, right, bottom, word), in mm."""
    done = subprocess.run(["pdftotext", "-bbox", deck.path, "-"], capture_output=True, check=True)
    pattern = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
    return [
        [(*(float(n) * PT for n in place), html.unescape(word)) for *place, word in re.findall(pattern, page)]
        for page in done.stdout.decode().split("<page ")[1:]
    ]


def inside(box, page_words):
    """What stands in a box, without its spaces."""
    left, top, width, height = box
    return "".join(
        word
        for x0, y0, x1, y1, word in page_words
        if left <= x0 and x1 <= left + width and top <= y0 and y1 <= top + height
    )


def expected(card, code):
    speak = voice(code)
    area = speak.plain(area_names()[card.area])
    return squeezed(f"{area}{speak.local_plain(card.text)}({speak.local_plain(card.group)})")


def squeezed(text):
    return "".join(text.split())


def test_fronts_and_backs_mirror_on_the_long_edge(decks):
    for deck in decks:
        pages = laid_out(deck)
        for front_page, back_page in zip(pages[::2], pages[1::2], strict=True):
            fronts, backs = boxes(front_page, "card"), boxes(back_page, "card-back")
            assert len(fronts) == len(backs) == 8
            for front, back in zip(map(middle, fronts), map(middle, backs), strict=True):
                assert abs(front[0] + back[0] - PAPER_WIDTH) < CLOSE
                assert abs(front[1] - back[1]) < CLOSE


def test_the_back_of_every_card_names_its_area(decks):
    for deck in decks:
        printed, pages = words(deck), laid_out(deck)
        cards = deck_cards(deck.file.rounds[-1], METHOD.areas)
        for number, card in enumerate(cards):
            page = 2 * (number // 8) + 1
            back = boxes(pages[page], "card-back")[number % 8]
            area = voice(deck.document.language).plain(area_names()[card.area])
            assert inside(back, printed[page]) == squeezed(area)


def test_cut_marks_stand_at_the_edges_of_the_cards(decks):
    for page in laid_out(decks[0])[::2]:
        cards, marks = boxes(page, "card"), boxes(page, "mark")
        edges = {
            "x": {round(x, 1) for left, _, width, _ in cards for x in (left, left + width)},
            "y": {round(y, 1) for _, top, _, height in cards for y in (top, top + height)},
        }
        assert {round(middle(m)[0], 1) for m in marks if m[3] > m[2]} == edges["x"]
        assert {round(middle(m)[1], 1) for m in marks if m[2] > m[3]} == edges["y"]


def test_guides_for_rounding_stand_in_the_corners_of_fronts_and_backs_alike(decks):
    deck = decks[0]
    assert not any(boxes(page, "corner") for page in laid_out(deck))
    rounded = deck.file.rounds[-1].model_copy(update={"rounded_cards": True})
    file = deck.file.model_copy(update={"rounds": (*deck.file.rounds[:-1], rounded)})
    pages = layout_pages(document_job(deck.document, file, deck.assets))
    for front_page, back_page in zip(pages[::2], pages[1::2], strict=True):
        cards, fronts, backs = (
            boxes(front_page, "card"),
            boxes(front_page, "corner"),
            boxes(back_page, "corner"),
        )
        assert len(fronts) == len(backs) == 4 * len(cards)
        for number, (left, top, width, height) in enumerate(cards):
            guides = fronts[4 * number : 4 * number + 4]
            assert {(round(x - left, 1), round(y - top, 1)) for x, y, _, _ in guides} == {
                (x, y) for x in (0, round(width - 3, 1)) for y in (0, round(height - 3, 1))
            }
            behind = [(PAPER_WIDTH - x - size, y) for x, y, size, _ in backs[4 * number : 4 * number + 4]]
            for x, y, *size in guides:
                assert size == pytest.approx([3, 3], abs=CLOSE)
                assert any(abs(x - back_x) < CLOSE and abs(y - back_y) < CLOSE for back_x, back_y in behind)


def test_every_text_of_a_card_is_found_whole_in_its_own_box(decks):
    for deck in decks:
        printed, pages = words(deck), laid_out(deck)
        for number, card in enumerate(deck_cards(deck.file.rounds[-1], METHOD.areas)):
            page = 2 * (number // 8)
            box = boxes(pages[page], "card")[number % 8]
            assert inside(box, printed[page]) == expected(card, deck.document.language)


def test_cards_lie_by_area_and_are_thirty_at_most(decks):
    for deck in decks:
        cards = deck_cards(deck.file.rounds[-1], METHOD.areas)
        assert METHOD.deck.cards.low <= len(cards) <= METHOD.deck.cards.high
        areas = [METHOD.areas.index(card.area) for card in cards]
        assert areas == sorted(areas)
        assert len(deck.reader.pages) == 2 * -(-len(cards) // 8)


def test_blank_cards_fill_the_last_sheet(decks):
    for deck in decks:
        spare = -len(deck_cards(deck.file.rounds[-1], METHOD.areas)) % 8
        page = laid_out(deck)[-2]
        assert spare and len(boxes(page, "card")) == 8
        lines = boxes(page, "card-lines")
        assert len(lines) == spare
        assert all(any(contains(card, line) for line in lines) for card in boxes(page, "card")[-spare:])


def contains(outer, inner):
    return (
        outer[0] <= inner[0] and inner[0] + inner[2] <= outer[0] + outer[2]
        and outer[1] <= inner[1] and inner[1] + inner[3] <= outer[1] + outer[3]
    )  # fmt: skip


def sizes(pdf, text):
    """The sizes, in points, in which the lines of a text stand in a PDF."""
    found = set()

    def visit(fragment, cm, _tm, _font, size):
        if fragment.strip() and fragment.strip() in text:
            found.add(round(size * cm[0], 1))

    for page in pdf.pages[::2]:
        page.extract_text(visitor_text=visit)
    return found


def test_texts_of_cards_are_read_from_one_metre(decks):
    for deck in decks:
        for card in deck_cards(deck.file.rounds[-1], METHOD.areas):
            found = sizes(deck.reader, voice(deck.document.language).local_plain(card.text))
            assert found and all(14 <= size <= 28 for size in found), card.text


def deck_of(write_file, *texts):
    lines = "".join(f"      - {{area: safety, meeting: one, card: true, text: {{fi: {t}}}}}\n" for t in texts)
    (entry,) = data.read_data(write_file(FILE + lines), METHOD)
    (document,) = [d for d in plan(entry.file, METHOD).documents if d.id == "experience-cards"]
    return document_job(document, entry.file, entry.assets)


def test_the_longer_a_text_the_smaller_until_it_is_refused_at_its_line(write_file, tmp_path):
    short = "Iltaisin pelottaa."
    longer = " ".join(["Moni kulkee kotiin toista reittiä."] * 7)
    (tmp_path / "deck.pdf").write_bytes(render_pdf(deck_of(write_file, short, longer)).data)
    pdf = pypdf.PdfReader(tmp_path / "deck.pdf")
    assert sizes(pdf, short) == {28}
    (size,) = sizes(pdf, longer)
    assert 14 <= size < 28
    with pytest.raises(RenderError) as refused:
        render_pdf(deck_of(write_file, short, " ".join([longer] * 2)))
    assert {fault.path for fault in refused.value.faults} == {"findings[1].text"}


@pytest.mark.parametrize("count", [1, 7, 8, 9, 30])
def test_every_sheet_is_full(count):
    deck = [f"card {number}" for number in range(count)]
    laid = sheets(deck, SheetGeometry().cards)
    assert [len(sheet.cards) for sheet in laid] == [8] * -(-count // 8)


def test_rings_and_crosses_of_the_calibration_sheet_meet_where_cards_do():
    front, back = layout_pages(calibration_job(("fi", "sv"), "x.pdf"))
    rings = [middle(box) for box in boxes(front, "ring")]
    bars = [middle(box) for box in boxes(back, "bar")]
    corners = boxes(laid_out_blank(), "card")
    assert len(rings) == 4
    for number, (x, y) in enumerate(rings):
        for bar in bars[2 * number : 2 * number + 2]:
            assert abs(x + bar[0] - PAPER_WIDTH) < CLOSE and abs(y - bar[1]) < CLOSE
        assert any(
            abs(x - edge_x) < CLOSE and abs(y - edge_y) < CLOSE
            for left, top, width, height in corners
            for edge_x in (left, left + width)
            for edge_y in (top, top + height)
        )
    ruler = max(boxes(front, "bar"), key=lambda box: box[2])
    assert ruler[2] == pytest.approx(100, abs=CLOSE)


def laid_out_blank():
    document = next(d for d in blank_templates(METHOD) if d.id == "experience-cards" and d.language == "fi")
    return layout_pages(document_job(document, None))[0]
