"""Data are text: whatever a municipality writes, it is shown as it was written and does nothing, in every output."""

import io
import json
import re
import subprocess
import xml.etree.ElementTree as ET

import docx
import hostile
import icalendar
import lxml.html
import pptx
import pypdf
import pytest

from kit_builder import outputs
from kit_builder.assembly import kit_entry
from kit_builder.decided import from_manifest, manifest_lines
from kit_builder.documents.calendar import meeting_calendar, round_calendar
from kit_builder.documents.context import make_context
from kit_builder.documents.html import document_job
from kit_builder.documents.results_deck import results_deck
from kit_builder.kits import Kit
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.plan import Plan, blank_templates, plan
from kit_builder.render.pdf import render_pdf
from kit_builder.render.slides.presentation import render_pptx
from kit_builder.render.word.document import render_docx
from kit_builder.schema import LocalText
from kit_builder.site.input import SiteInput
from kit_builder.site.sources import site_languages
from kit_builder.site.website import website
from kit_builder.site.whole_pages import actions_feed
from kit_builder.store import Store
from kit_builder.voice import voice

HARMLESS = hostile.municipality(hostile.harmless)
HOSTILE = hostile.municipality(hostile.everything)
SHORT = hostile.municipality(hostile.in_turn())
SHOWN_ATTRIBUTES = {"alt", "title", "aria-label", "content", "value", "label"}
"""What readers are shown or told; every other attribute must be the same for all data."""
MARK = re.compile(r"t\d+\.")


def skeleton(element):
    """Tags, attributes and nesting: what a page does, without what it says."""
    return [
        (one.tag, sorted((key, attribute(key, value)) for key, value in one.attrib.items()))
        for one in element.iter()
        if isinstance(one.tag, str)
    ]


def attribute(key, value):
    """An attribute without what it says, and without the names that Markdown gives to headings after their words."""
    if key in SHOWN_ATTRIBUTES:
        return ""
    name = re.fullmatch(r"([\w./-]*#)?[\w-]+", value)
    return (name[1] or "") if key == "id" or (name and name[1]) else value


def squeezed(text):
    return "".join(text.split())


def assert_told(shown, harmless):
    """Every text that a harmless municipality would show stands there whole, as it was written."""
    marks = set(MARK.findall(harmless))
    assert marks <= set(MARK.findall(shown))
    shown = squeezed(shown)
    for text in hostile.texts(HOSTILE):
        if text.split()[-1] in marks:
            assert squeezed(text) in shown


def parsed(html):
    return lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def said(tree):
    """What a reader sees of a page, and not what its scripts read."""
    return "".join(tree.xpath("body//text()[not(ancestor::script)]"))


DOCUMENTS = list(
    zip(plan(HOSTILE, load_method()).documents, plan(HARMLESS, load_method()).documents, strict=True)
)


@pytest.mark.parametrize(("ours", "theirs"), DOCUMENTS, ids=lambda document: document.path)
def test_a_paper_shows_texts_and_does_nothing(ours, theirs):
    tree = parsed(document_job(ours, HOSTILE).html)
    harmless = parsed(document_job(theirs, HARMLESS).html)
    assert skeleton(tree) == skeleton(harmless)
    assert_told(said(tree), said(harmless))
    assert "1337" not in said(tree)


def secrets(*people):
    """What may not be published of contact persons; the marks of their names and titles."""
    marks = {text.split()[-1] for one in people for text in (one.name, *one.title.root.values())}
    return marks | set(hostile.UNPUBLISHED.values()) | {hostile.UNPUBLISHED["phone"].replace(" ", "")}


def test_nobody_who_has_not_agreed_is_named_on_a_paper_or_in_a_calendar():
    silent = hostile.municipality(hostile.harmless, publish="false")
    (round_,) = silent.rounds
    shown = [document_job(document, silent).html for document in plan(silent, load_method()).documents]
    shown += [round_calendar(silent, round_, voice("fi")).decode()]
    shown += [meeting_calendar(silent, round_, round_.meeting("m"), voice("fi")).decode()]
    shown += [json.dumps(manifest_lines(silent))]
    secret = secrets(*hostile.contacts(silent))
    assert len(secret) == 9
    assert [one for one in secret for text in shown if one in text] == []
    told = [document_job(document, HARMLESS).html for document in plan(HARMLESS, load_method()).documents]
    assert any(hostile.PUBLISHED["email"] in text for text in told)


def both(tmp_path_factory, site_of):
    """The folders of the sites that are made of the hostile and of the harmless municipality."""
    folders = [tmp_path_factory.mktemp(name) / "site" for name in ("hostile", "harmless")]
    for folder, file in zip(folders, (HOSTILE, HARMLESS), strict=True):
        outputs.write(folder, website(site_of(file), Store(folder.parent / "store")))
    return folders


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The kit sites, without documents."""
    return both(
        tmp_path_factory,
        lambda file: SiteInput(file, plan(file, load_method()), (), (), site_languages(file), {}),
    )


@pytest.fixture(scope="module")
def toolkits(tmp_path_factory):
    """The toolkit's sites that list the municipality, without documents."""
    blank = Plan(blank_templates(load_method()), ())

    def site(file):
        kit = kit_entry(Kit("koe", "", file, None, {}, blank).listed())
        return SiteInput(None, blank, (), (kit,), site_languages(None), {})

    return both(tmp_path_factory, site)


def test_nobody_who_has_not_agreed_is_named_on_the_site(sites):
    _, folder = sites
    secret = secrets(hostile.contacts(HARMLESS)[1])
    shown = [path for path in folder.rglob("*") if path.suffix in (".html", ".json", ".xml", ".js")]
    texts = [path.read_text(encoding="utf-8") for path in shown]
    assert [one for one in secret for text in texts if one in text] == []
    assert any(hostile.PUBLISHED["email"] in text for text in texts)


def pages(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def assert_pages_do_nothing(ours, theirs):
    """Every page is the same as for harmless data, but for what it says; gives back the marks of what is said."""
    assert pages(ours) == pages(theirs)
    marks = set()
    for name in pages(ours):
        tree = parsed((ours / name).read_text(encoding="utf-8"))
        harmless = parsed((theirs / name).read_text(encoding="utf-8"))
        assert skeleton(tree) == skeleton(harmless), name
        assert_told(said(tree), said(harmless))
        marks |= set(MARK.findall(said(harmless)))
        title, expected = (squeezed(page.find("head/title").text) for page in (tree, harmless))
        assert title == expected or squeezed(hostile.ALL) in title, name
        assert "1337" not in said(tree), name
        for data in tree.xpath("//script[@type='application/json']"):
            assert json.loads(data.text), name
    return marks


def test_every_page_of_a_kit_shows_texts_and_does_nothing(sites):
    assert len(assert_pages_do_nothing(*sites)) > 25


def test_every_page_of_the_toolkit_shows_texts_and_does_nothing(toolkits):
    assert len(assert_pages_do_nothing(*toolkits)) >= 6


def test_no_script_or_other_file_of_a_kit_holds_more_than_texts(sites):
    """Scripts are the same for all data; what is JSON has the same keys."""
    ours, _ = sites
    shown = {".html", ".js", ".json", ".webmanifest", ".xml", ".css"}
    for path in sorted(path for path in ours.rglob("*") if path.suffix in shown - {".html"}):
        name = path.relative_to(ours)
        text, harmless = (folder.joinpath(name).read_text(encoding="utf-8") for folder in sites)
        if path.suffix in (".json", ".webmanifest"):
            assert json.loads(text).keys() == json.loads(harmless).keys(), name
        elif path.name != "search_index.js":
            assert text == harmless, name
    assert {path.suffix for path in ours.rglob("*") if path.is_file()} <= shown | {
        ".svg",
        ".png",
        ".webp",
        ".woff2",
        ".map",
    }


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_search_index_holds_texts(sites, language):
    indexes = [
        json.loads((folder / language / "search" / "search_index.json").read_text(encoding="utf-8"))
        for folder in sites
    ]
    ours, theirs = (index["docs"] for index in indexes)
    assert [page["location"].split("#")[0] for page in ours] == [
        page["location"].split("#")[0] for page in theirs
    ]
    for page, harmless in zip(ours, theirs, strict=True):
        for key in ("title", "text"):
            text, expected = (skeleton(parsed(f"<div>{one[key]}</div>")) for one in (page, harmless))
            assert text == expected, page["location"]


def test_the_feed_of_actions_holds_texts():
    feeds = []
    for file in (HOSTILE, HARMLESS):
        kit = Kit("koe", "", file, None, {}, plan(file, load_method()))
        site = SiteInput(None, kit.plan, (), (kit_entry(kit.listed()),), ("fi", "sv", "en"), {})
        feeds.append(ET.fromstring(actions_feed(site, "fi").strip()))
    assert skeleton(feeds[0]) == skeleton(feeds[1])
    assert_told("".join(feeds[0].itertext()), "".join(feeds[1].itertext()))


def test_the_manifest_holds_texts():
    lines = manifest_lines(HOSTILE)
    assert from_manifest(json.loads(json.dumps(lines))) == from_manifest(lines)
    assert lines[0]["title"] == HOSTILE.rounds[0].actions[0].title.root


@pytest.mark.parametrize("code", ["fi", "sv", "ar"])
def test_calendars_hold_texts(code):
    def properties(file):
        (round_,) = file.rounds
        written = [
            meeting_calendar(file, round_, round_.meeting("m"), voice(code)),
            round_calendar(file, round_, voice(code)),
        ]
        components = [c for one in written for c in icalendar.Calendar.from_ical(one).walk()]
        return [(c.name, list(c)) for c in components], " ".join(
            str(component.get(key, ""))
            for component in components
            for key in ("summary", "location", "description")
        )

    (ours, told), (theirs, harmless) = properties(HOSTILE), properties(HARMLESS)
    assert ours == theirs
    assert_told(told, harmless)


def short_texts(shown):
    """The texts of the municipality with short texts that are shown, each found whole."""
    marks = set(MARK.findall(shown))
    found = [text for text in hostile.texts(SHORT) if text.split()[-1] in marks]
    shown = squeezed(shown)
    assert [text for text in found if squeezed(text) not in shown] == []
    return found


def planned(id_, language):
    return next(d for d in plan(SHORT, load_method()).documents if (d.id, d.language) == (id_, language))


@pytest.mark.parametrize(("id_", "language"), [("invitation-discussion", "fi"), ("proposals", "sv")])
def test_a_pdf_holds_texts(id_, language, tmp_path):
    document = next(
        d for d in plan(SHORT, load_method()).documents if d.id == id_ and language in d.languages
    )
    data = render_pdf(document_job(document, SHORT)).data
    (tmp_path / "a.pdf").write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", tmp_path / "a.pdf", "-"], capture_output=True, check=True)
    assert len(short_texts(done.stdout.decode())) >= 2
    reader = pypdf.PdfReader(io.BytesIO(data))
    links = [str(note.get_object()) for page in reader.pages for note in page.get("/Annots", [])]
    assert not any("evil" in link or "javascript" in link for link in links)
    assert "/JavaScript" not in str(reader.trailer["/Root"])


def test_a_word_file_holds_texts():
    job = document_job(planned("follow-up-plan", "fi"), SHORT)
    document = docx.Document(io.BytesIO(render_docx(job)))
    assert len(short_texts("".join(document.element.itertext()))) >= 3
    targets = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert not any("evil" in target or "javascript" in target for target in targets)
    assert "instrText" not in document.element.xml.replace("PAGE", "") or "cmd" not in "".join(
        node.text or "" for node in document.element.iter("{*}instrText")
    )


def test_a_name_may_be_longer_than_office_files_can_say_of_themselves():
    name = LocalText.model_validate({"fi": "pitkä nimi " * 50})
    long = SHORT.model_copy(update={"municipality": SHORT.municipality.model_copy(update={"name": name})})
    document = next(d for d in plan(long, load_method()).documents if d.id == "checklist-organisation")
    job = document_job(document, long)
    written = docx.Document(io.BytesIO(render_docx(job)))
    assert len(written.core_properties.author) == 255 == len(written.core_properties.title)


def test_slides_hold_texts():
    deck = results_deck(make_context(planned("results", "fi"), SHORT, load_method(), None), None)
    slides = pptx.Presentation(io.BytesIO(render_pptx(deck))).slides
    assert len(short_texts(" ".join("".join(slide.element.itertext()) for slide in slides))) >= 3
    targets = [part.target_ref for slide in slides for part in slide.part.rels.values() if part.is_external]
    assert targets == []


def test_every_language_of_residents_is_among_the_papers():
    assert (
        {code for ours, _ in DOCUMENTS for code in ours.languages} >= {"fi", "sv", "ar"} <= set(languages())
    )
