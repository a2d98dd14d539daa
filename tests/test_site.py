"""The websites: links, languages, merged values; what a reader finds on the pages."""

import json
import re
import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from kit_builder import data
from kit_builder.languages import guidance_languages, languages
from kit_builder.method import load_method
from kit_builder.new import sample
from kit_builder.paths import DOCS
from kit_builder.plan import catalogue, plan
from kit_builder.site.blocks import SECTIONS
from kit_builder.site.merging import MergedPage
from kit_builder.site.sources import toolkit_or_kit


class Links(HTMLParser):
    """The addresses and ids of a page, its language, and its text."""

    def __init__(self, html):
        super().__init__()
        self.addresses, self.ids, self.words, self.language = [], set(), [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids.add(given.get("id"))
        self.addresses += [given[name] for name in ("href", "src") if given.get(name)]
        if tag == "html":
            self.language = (given.get("lang"), given.get("dir"))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def pages(site):
    """Every page of the toolkit and the kits."""
    return {path: Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def page(pages, site, name):
    return pages[site / name]


def test_every_link_leads_to_a_file_and_a_place_in_it(pages):
    broken = []
    for path, found in pages.items():
        for address in found.addresses:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "mailto", "tel", "data"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = parts.fragment and target in pages and parts.fragment not in pages[target].ids
            if not target.is_file() or anchor:
                broken.append(f"{path}: {address}")
    assert broken == []


def test_nothing_on_a_page_comes_from_somewhere_else(pages):
    loaded = re.compile(r'<(?:script|img|iframe|link rel="stylesheet")[^>]*(?:src|href)="(?:https?:)?//')
    assert [path for path in pages if loaded.search(path.read_text(encoding="utf-8"))] == []


def test_a_published_kit_leads_outside_itself_only_to_the_assets_of_the_whole_site(site, pages):
    outside = set()
    for path, found in pages.items():
        if path.relative_to(site).parts[0] != "kits":
            continue
        kit = site / "kits" / path.relative_to(site).parts[1]
        for address in found.addresses:
            parts = urlsplit(address)
            target = (path.parent / parts.path).resolve()
            if not parts.scheme and parts.path and not target.is_relative_to(kit):
                outside.add(target.relative_to(site).parts[0])
    assert outside == {"assets"}


def test_the_guidance_has_the_same_pages_in_every_language():
    names = {
        code: {str(path.relative_to(DOCS / code)) for path in (DOCS / code).rglob("*.md")}
        for code in guidance_languages()
    }
    assert all(found == names["en"] for found in names.values())


def test_the_guidance_asks_for_the_same_documents_and_numbers_in_every_language():
    pieces = re.compile(r"\{[{%].*?[%}]\}")
    for path in (DOCS / "en").rglob("*.md"):
        asked = {}
        for code in guidance_languages():
            text = (DOCS / code / path.relative_to(DOCS / "en")).read_text(encoding="utf-8")
            asked[code] = sorted(set(pieces.findall(text)))
        assert all(found == asked["en"] for found in asked.values()), path.name


def test_every_page_says_its_language_and_direction(site, pages):
    for path, found in pages.items():
        parts = path.relative_to(site).parts
        code = parts[2] if parts[0] == "kits" and len(parts) > 3 else parts[0] if len(parts) > 1 else None
        if code in languages():
            language, direction = found.language
            assert (language, direction or "ltr") == (code, languages()[code].direction), path


def test_every_page_offers_every_language(site, pages):
    for code in guidance_languages():
        addresses = page(pages, site, f"{code}/why.html").addresses
        for other in set(languages()) - {code}:
            assert any(address.startswith(f"../{other}/") for address in addresses), other


def test_residents_find_the_meeting_the_questions_and_the_papers_in_their_language(site, pages):
    found = page(pages, site, "kits/mallila/ar/index.html")
    assert "الثلاثاء، 29 سبتمبر 2026" in found.text
    assert "Kulttuuritalo Silta" in found.text
    assert "documents/2026/invitation-discussion.arabic-1.ar.pdf" in " ".join(found.addresses)
    assert any("templates/ti/questions.ti.pdf" in a for a in page(pages, site, "ti/index.html").addresses)


def test_a_kit_speaks_of_its_own_meetings_and_the_toolkit_of_none(site, pages):
    kit, toolkit = (page(pages, site, f"{where}en/decide/prepare.html") for where in ("kits/mallila/", ""))
    assert "24 November 2026" in kit.text
    assert "2026" not in toolkit.text
    assert any("documents/2026/experience-cards.fi.pdf" in address for address in kit.addresses)
    assert any(address.endswith("documents.html#experience-cards") for address in toolkit.addresses)


def test_texts_take_their_numbers_from_the_method(site, pages):
    assert "at most 12 people" in page(pages, site, "en/collect/how.html").text
    assert "1,050–1,200" in page(pages, site, "en/actors/municipality.html").text.replace("€", "")


def test_a_kit_page_names_what_is_missing(site, pages):
    text = page(pages, site, "kits/suvikoski/en/index.html").text
    assert "Still needed: the date, start and place of the decision-makers’ meeting" in text
    assert "Experience cards" in text


def test_the_kit_page_asks_to_delete_the_reports_from_the_decision_makers_meeting_on(site):
    html = (site / "kits/mallila/en/index.html").read_text(encoding="utf-8")
    (item,) = re.findall(r'<li data-due="2026-11-24T\d\d:\d\d:\d\d">.*?</li>', html)
    assert "The organisations delete the secretaries’ reports and notes" in item


def test_every_document_of_a_kit_is_linked_from_its_start_page(site, pages):
    for kit in ("mallila", "suvikoski", "lillby"):
        manifest = json.loads((site / "kits" / kit / "kit.json").read_text(encoding="utf-8"))
        there = " ".join(page(pages, site, f"kits/{kit}/sv/index.html").addresses)
        assert [entry["path"] for entry in manifest["documents"] if entry["path"] not in there] == []


def test_the_kit_page_says_who_is_heard_in_the_deck(site, pages):
    text = page(pages, site, "kits/mallila/en/index.html").text
    told = text[text.index("Who is heard in the experience cards") :]
    assert "Group Participation Attitudes Sense of safety Interaction In all" in told
    rows = [[int(n) for n in row.split()] for row in re.findall(r"(?:\d+ ){4}\d+", told)]
    *groups, total = rows[:6]
    assert total == [sum(column) for column in zip(*groups, strict=True)]
    assert all(sum(row[:-1]) == row[-1] for row in (*groups, total))
    assert total[-1] == 28  # the cards of the round's five groups
    assert "Who is heard" not in page(pages, site, "kits/suvikoski/en/index.html").text


def test_the_toolkit_offers_every_document_as_a_blank_template(site, pages):
    addresses = page(pages, site, "fi/documents.html").addresses
    for id_ in catalogue():
        assert f"../templates/fi/{id_}.fi.pdf" in addresses


def unpacked(site, kit):
    with zipfile.ZipFile(site / "kits" / kit / f"{kit}.zip") as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def published(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_zip_is_the_whole_kit_with_assets_of_its_own(site):
    packed, folder = unpacked(site, "mallila"), published(site / "kits" / "mallila")
    del folder["mallila.zip"]
    assets = {f"assets/{name}": data for name, data in published(site / "assets").items()}
    assert packed.keys() == folder.keys() | assets.keys()
    differing = {path for path in folder if packed[path] != folder[path]}
    leading = {path for path in folder if path.endswith((".html", ".webmanifest"))}
    assert differing == leading - {"not-kept.html"} | {"sw.js", "version.txt"}
    assert all(packed[path] == data for path, data in assets.items())


def test_an_unpacked_zip_leads_nowhere_outside_itself(site, tmp_path):
    with zipfile.ZipFile(site / "kits" / "mallila" / "mallila.zip") as archive:
        archive.extractall(tmp_path)
    (tmp_path / "mallila.zip").write_bytes(b"")  # the page offers it for download; it can't hold itself
    missing = []
    for path in tmp_path.rglob("*.html"):
        for address in Links(path.read_text(encoding="utf-8")).addresses:
            parts = urlsplit(address)
            target = (path.parent / unquote(parts.path)).resolve()
            if not parts.scheme and parts.path and not (target.is_file() and target.is_relative_to(tmp_path)):
                missing.append(f"{path}: {address}")
    assert missing == []


def test_the_published_site_has_its_assets_once(site):
    """But for the search's scripts, which a service worker only finds in the kit's own folder."""
    assets = published(site / "assets")
    kit = published(site / "kits" / "mallila")
    twice = {path for path in kit if path.startswith("assets/")}
    assert twice and all("/workers/" in path or "/lunr/" in path for path in twice)
    assert sum(len(kit[path]) for path in twice) < 80_000
    assert {name for name, data in kit.items() if data in assets.values()} == twice


def test_the_list_of_kits_names_them(site, pages):
    listed = json.loads((site / "kits.json").read_text(encoding="utf-8"))
    assert [kit["id"] for kit in listed] == ["lillby", "mallila", "suvikoski"]
    assert {"../kits/mallila/index.html"} <= set(page(pages, site, "fi/kits.html").addresses)
    assert listed[1]["names"] == {"fi": "Mallila", "sv": "Modellby"}


@pytest.mark.parametrize(
    "name", ["{{ n.nothing }}", "{{ nothing() }}", "{{ kit.name }}", '{{ documents("x") }}']
)
def test_a_page_that_asks_for_what_is_not_there_fails(name):
    from jinja2 import TemplateError

    with pytest.raises((TemplateError, KeyError)):
        MergedPage(toolkit_or_kit(DOCS.parent / "data", ""), "en", 1).markdown(name)


def test_a_place_name_stands_in_the_form_that_the_data_give(site, pages):
    assert "Asukkaita kuunnellaan Mallilassa." in page(pages, site, "kits/mallila/fi/index.html").text
    assert "Invånarna blir hörda i Modellby." in page(pages, site, "kits/mallila/sv/index.html").text
    assert "Residents are heard" not in page(pages, site, "kits/mallila/en/index.html").text


def test_each_role_has_its_own_path_from_the_start_page(site, pages):
    for code in guidance_languages():
        ways = page(pages, site, f"{code}/index.html").addresses
        for way in (
            "actors/municipality",
            "actors/organisation",
            "actors/leaders",
            "residents",
            "decide/what-it-is",
        ):
            assert f"{way}.html" in ways, (code, way)


def test_a_kit_is_called_by_its_municipality_in_titles_and_in_the_search(site):
    html = (site / "kits" / "mallila" / "sv" / "index.html").read_text(encoding="utf-8")
    assert "<title>Modellby – Mötespaket</title>" in html
    index = json.loads((site / "kits" / "mallila" / "sv" / "search" / "search_index.json").read_text("utf-8"))
    assert next(page["title"] for page in index["docs"] if page["location"] == "index.html") == "Modellby"


def test_residents_who_speak_an_official_language_have_a_page_too(site, pages):
    found = page(pages, site, "kits/mallila/fi/residents.html")
    assert "torstai 29. lokakuuta 2026" in found.text
    assert "../ar/index.html" in found.addresses
    assert "../fi/residents.html" in page(pages, site, "kits/mallila/ar/index.html").addresses


def test_a_kit_page_says_which_translations_nobody_has_read_and_what_to_do(site, pages):
    manifest = json.loads((site / "kits" / "mallila" / "kit.json").read_text(encoding="utf-8"))
    papers = {
        (paper["id"], paper["meeting"], paper["language"])
        for paper in manifest["documents"]
        if paper["round"] == "2026" and "ar" in paper["languages"]
    }
    text = page(pages, site, "kits/mallila/en/index.html").text
    assert f"العربية (Arabic): {len(papers)} papers" in text
    assert "before you hand a paper out" in text


def test_the_kit_page_shows_how_to_add_what_a_paper_waits_for(site, pages):
    text = page(pages, site, "kits/lillby/en/index.html").text
    assert "under the round 2027" in text
    assert "data/municipalities/lillby.yml" in text
    assert "discussion_meetings: # one for each meeting - id: arabic-1" in text


@pytest.mark.parametrize("need", SECTIONS)
def test_what_the_kit_page_tells_to_write_is_enough(need, write_file):
    """With the shown lines in it, a file is sound, and no paper waits for this any more."""
    wanted = {"discussion_meetings", SECTIONS[need]} | (
        {"findings", "decision_meeting"} if need == "cards" else set()
    )
    lines = [
        "municipality: {id: koe, name: {fi: Koe}, official_languages: [fi]}",
        "rounds:",
        '  - id: "2027"',
    ]
    for section in ("organisations", "discussion_meetings", "decision_meeting", "findings", "proposals"):
        if section in wanted | {"organisations"}:
            lines += [f"    {line}" for line in sample(section, ("fi",)).splitlines()]
    text = "\n".join(lines) + "\n"
    (entry,) = data.read_data(write_file(text), load_method())
    told = [problem for problem in entry.problems if problem.severity == "error"]
    assert {problem.rule for problem in told} <= {"text.example"}  # "with your own facts"
    assert need not in {waiting.needs for waiting in plan(entry.file, load_method()).waiting}
