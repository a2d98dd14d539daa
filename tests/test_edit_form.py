"""The form for people who write no code, in a real browser: from an empty form to a built kit."""

import json
import random
import re

import pytest
import tinyhtml5
from bad_input import corpus
from pages import NARROW, PHONE, WIDE, faults, served
from test_browser import browser, visit  # noqa: F401 (fixtures)

from kit_builder import content, data, outputs, paths
from kit_builder.build import build
from kit_builder.documents.html import document_job
from kit_builder.editing import definition
from kit_builder.languages import guidance_languages, languages
from kit_builder.loading import parse
from kit_builder.method import load_method
from kit_builder.plan import plan
from kit_builder.reporter import Silent
from kit_builder.schema import MunicipalityFile
from kit_builder.site.assets import assets
from kit_builder.site.sources import toolkit_or_kit
from kit_builder.site.website import website
from kit_builder.store import Store
from kit_builder.voice import voice

EXAMPLES = sorted((paths.CONTENT / "municipalities").glob("*.yml"))
UNREAD = ("yaml.", "text.", "file.")
"""Families of rules about a file as text, before it is read as a form reads it."""
ALONE = (
    "anonymity.", "reference.file-name", "reference.repeated", "privacy.contact-empty", "results.", "method.no-start",
    "method.hours", "method.round-year", "method.same-room", "method.small-groups", "method.action-status",
    "translation.same", "translation.other-language",
)  # fmt: skip
"""What else only `kit check` looks at; and it asks whether something was meant so ("is the year right?")."""
HINT = re.compile(r" \((?:'.' here is|the quotation marks around)[^)]*\)")
"""What `kit check` adds where letters only look right."""


@pytest.fixture(scope="module")
def toolkit(tmp_path_factory):
    """The toolkit website without documents."""
    folder = tmp_path_factory.mktemp("toolkit") / "site"
    pages = website(toolkit_or_kit(paths.CONTENT, ""), Store(folder.parent / "store"))
    outputs.write(folder, {**pages, **assets()})
    return folder


@pytest.fixture(scope="module")
def edit(toolkit):
    """The address of the form as a web server of this machine shows it."""
    with served(toolkit) as address:
        yield f"{address}edit/"


def open_file(page, path):
    page.locator("#open").set_input_files(path)
    page.locator("#opened:not(:empty)").wait_for()


def saved(page):
    """The name and text of the file that the form saves."""
    with page.expect_download() as download:
        page.locator("#save").click()
    return download.value.suggested_filename, download.value.path().read_text(encoding="utf-8")


def told(page):
    """What the list of problems says, without the names of the fields before each sentence."""
    page.locator("#check").click()
    sentences = "links => links.map(link => link.lastChild.textContent)"
    return sorted(page.locator("#problems a").evaluate_all(sentences))


def shared(problem):
    asks = problem.rule.startswith("method.") and problem.message.endswith("?")
    return not (asks or problem.rule.startswith((*UNREAD, *ALONE)))


def checked(text, folder):
    """What `kit check` says about a file with this text, beside what only it looks at."""
    path = folder / "checked" / "koe.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = data.read_entry(path, load_method()).problems
    return sorted(HINT.sub("", p.message) for p in found if shared(p))


def test_every_field_of_the_schema_is_in_the_form_with_a_name():
    def keys(fields):
        for field in fields:
            assert field["label"], field
            yield field["key"]
            inner = field.get("item", field)
            yield from keys(inner.get("fields", ()))

    schema = MunicipalityFile.model_json_schema()
    known = {key for model in (schema, *schema["$defs"].values()) for key in model.get("properties", {})}
    assert set(keys(definition.fields(voice("en")))) == known


def test_from_an_empty_form_to_a_built_kit(visit, edit, tmp_path):  # noqa: F811
    page = visit(edit + "en.html")
    assert told(page) == checked(saved(page)[1], tmp_path) != []

    page.get_by_label("With a municipality").select_option(label="Porvoo – Borgå")
    page.get_by_label("Short id, usually the year").fill("2027")
    page.get_by_role("heading", name="Organisations that hold").click()
    page.get_by_role("button", name="Add: Organisation").press("Enter")
    assert page.evaluate("document.activeElement.value") == "org-1"
    name = page.get_by_role("group", name="Name of the organisation")
    name.get_by_label("suomi").fill("Porvoon kylätalo ry")
    page.get_by_role("heading", name="The discussion meetings", exact=True).click()
    page.get_by_role("button", name="Add: Discussion meeting").press("Enter")
    meeting = page.get_by_role("group", name="Discussion meeting 1")
    meeting.get_by_label("Language of the meeting").select_option("so")
    assert meeting.get_by_label("Short id").input_value() == "so-1"
    meeting.get_by_role("group", name="The group as it is named").get_by_label("suomi").fill(
        "somalinkieliset"
    )
    meeting.get_by_label("Day of the meeting").fill("2027-03-09")
    meeting.get_by_label("When the doors open").fill("18:00")
    meeting.get_by_label("When the programme starts").fill("17:30")
    meeting.get_by_role("group", name="Name of the house").get_by_label("suomi").fill("Kirjasto: 2. kerros")
    meeting.get_by_role("group", name="What is served").get_by_label("svenska").fill("no")
    meeting.get_by_label("How many residents are expected").fill("kaksikymmentä")
    meeting.get_by_label("Porvoon kylätalo ry").press("Space")
    assert told(page) == checked(saved(page)[1], tmp_path) != []

    meeting.get_by_label("How many residents are expected").fill("20")
    meeting.get_by_label("How many discussion leaders").fill("1")
    wrong = told(page)
    assert wrong == checked(saved(page)[1], tmp_path)
    assert any("The doors open at 18:00" in sentence for sentence in wrong)
    page.get_by_role("link", name="20 participants need 2 leaders").press("Enter")
    field = meeting.get_by_label("How many discussion leaders")
    assert field.evaluate("field => field === document.activeElement")
    assert field.get_attribute("aria-invalid") == "true"
    assert (
        "20 participants need 2"
        in page.locator(f"[id='{field.get_attribute('aria-describedby')}']").inner_text()
    )
    page.keyboard.press("Control+A")
    page.keyboard.type("2")
    assert field.get_attribute("aria-invalid") == "false"
    meeting.get_by_label("When the doors open").fill("17:00")
    assert all("missing in svenska" in sentence or "missing in suomi" in sentence for sentence in told(page))

    file_name, text = saved(page)
    assert page.locator("#saved").inner_text() == "porvoo.yml has been saved to your downloads."
    assert (
        page.locator("#send a")
        .get_attribute("href")
        .startswith("mailto:?subject=Meeting%20kit%3A%20porvoo.yml")
    )
    folder = tmp_path / "data" / "municipalities"
    folder.mkdir(parents=True)
    (folder / file_name).write_text(text, encoding="utf-8")
    result = build(tmp_path / "data", tmp_path / "site", Silent(), shard=(1, 2))
    assert (result.exit_code, result.built) == (0, ("porvoo",))
    made = json.loads((tmp_path / "site" / "kits" / "porvoo" / "kit.json").read_text(encoding="utf-8"))
    assert ("invitation-discussion", "so-1", "so") in {
        (document["id"], document["meeting"], document["language"]) for document in made["documents"]
    }


def wrong_files():
    """Wrong files with their names: those of the corpus, and what the corpus does not have."""
    for file, case in corpus.every_case():
        yield f"{file}: {case.title}", case.content()

    def own(title, *rounds, **municipality):
        known = {"id": "koe", "name": {"fi": "Koe"}, "official_languages": ["fi"], **municipality}
        return title, json.dumps({"municipality": known, "rounds": rounds or [{"id": "2026"}]}).encode()

    def meeting(**given):
        return {"id": "2026", "discussion_meetings": [{"id": "a", "language": "fi", "group": "a", **given}]}

    def cards(count):
        return {
            **meeting(),
            "findings": [{"area": "safety", "meeting": "a", "card": "true", "text": "a"}] * count,
        }

    yield own("21 rounds", *({"id": str(2000 + 2 * n)} for n in range(21)))
    yield own("nobody comes", meeting(participants="0"))
    yield own("long ago", meeting(date="1999-12-31"))
    yield own("doors at the start", meeting(doors="17:30", start="17:30"))
    yield own("a language twice", official_languages=["fi", "fi"])
    yield own("a contact who has not agreed", contact={"email": "a@example.org"})
    yield own("neither language", name={"en": "Test"}, official_languages=["fi", "sv"])
    yield own("a year later", {"id": "2026"}, {"id": "2027"})
    yield own("31 cards", cards(31))
    yield own("one card", cards(1))
    yield own("two cards", cards(2))


def test_the_sentences_are_those_of_the_check(visit, edit, tmp_path):  # noqa: F811
    """Of every wrong file that the form can open, and every sentence that it knows."""
    cases = []
    path = tmp_path / "koe.yml"
    for title, content_ in wrong_files():
        path.write_bytes(content_)
        found = data.read_entry(path, load_method()).problems
        if not any(problem.rule.startswith(UNREAD) for problem in found):
            cases.append((title, content_.decode(), [problem for problem in found if shared(problem)]))
    assert len(cases) > 150
    page = visit(edit + "en.html")
    answers = page.evaluate(
        """texts => texts.map(text => {
            try {
                return problemsOf(MunicipalityFile.open(text).value).map(p => [dotted(p.path), p.severity, p.message]);
            } catch (error) {
                return error instanceof MunicipalityFile.CannotOpen ? null : String(error);
            }
        })""",
        [text for _, text, _ in cases],
    )
    seen = []
    for (title, _, problems), answer in zip(cases, answers, strict=True):
        if answer is None:  # a list where a text belongs, and the like
            assert all(problem.rule.startswith("schema.") for problem in problems), title
            continue
        expected = sorted([p.path, p.severity, comparable(HINT.sub("", p.message))] for p in problems)
        assert sorted([path, severity, comparable(m)] for path, severity, m in answer) == expected, title
        seen += [message for _, _, message in answer]
    for group, sentences in content.read("content/sentences.yml").items():
        for name, sentence in sentences.items():
            pattern = ".*".join(re.escape(part) for part in re.split(r"%\(\w+\)s", sentence))
            assert any(re.search(pattern, message) for message in seen), f"{group}.{name} is never said"


def comparable(message):
    """The check says of an unknown key what was probably meant; the form names the keys that are known."""
    return re.sub("(is not known here;).*", r"\1", message)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_that_is_opened_and_saved_loses_nothing(visit, edit, path):  # noqa: F811
    page = visit(edit + "fi.html")
    open_file(page, path)
    text = path.read_text(encoding="utf-8")
    assert saved(page) == (path.name, text)
    page.get_by_role("group", name="Kierros 1").get_by_label("Lyhyt tunnus, tavallisesti vuosi").fill("2001")
    changed = saved(page)[1]
    (before, _), (after, _) = (parse(t.encode(), path.name) for t in (text, changed))
    before.value["rounds"][0]["id"] = "2001"
    assert after.value == before.value
    lines = [re.sub(" +#", " #", t).splitlines() for t in (text, changed)]  # comments move up to their values
    assert [new for old, new in zip(*lines, strict=True) if old != new] == ['  - id: "2001"']


AWKWARD = (
    "no", "17:00", "null", "~", "007", "1e3", "# x", "a # b", "a: b", "- a", "{a", "[b", "'", '"', "\\", "&a", "*a",
    "!x", "%a", "@a", "`", "|", ">", "? a", "true", "2026-10-06", "yes", "<<", "= ", "ä ö å", "عربي", "ትግርኛ", "😀",
    "a\u00a0b", "x" * 90, "{{ 1 }}", "</script>", "<b>",
)  # fmt: skip


def test_what_the_form_writes_is_read_as_it_was_meant(visit, edit):  # noqa: F811
    chance = random.Random(6)

    def value(field):
        kind = field["kind"]
        if kind == "group":
            wanted = (f for f in field["fields"] if f.get("required") or chance.random() < 0.7)
            return {inner["key"]: value(inner) for inner in wanted} or {"id": "a"}
        if kind == "list":
            return [value(field["item"]) for _ in range(chance.randint(1, 2))]
        if kind == "by-language":
            return dict.fromkeys(chance.sample(["fi", "no", "sv"], 2), "3")
        if kind == "texts" and chance.random() < 0.7:
            return {code: chance.choice(AWKWARD) for code in chance.sample(["fi", "no", "sv", "y"], 2)}
        return chance.choice((*AWKWARD, "20", "false", "fi", "arabic-1", "2026"))

    fields = definition.fields(voice("en"))
    files = [value({"kind": "group", "fields": fields}) for _ in range(60)]
    page = visit(edit + "en.html")
    texts = page.evaluate("files => files.map(f => MunicipalityFile.write(MunicipalityFile.begin(f)))", files)
    for file, text in zip(files, texts, strict=True):
        source, found = parse(text.encode(), "koe.yml")
        wrong = [p.message for p in found if p.rule not in ("text.no-font", "yaml.merge-key")]
        assert source is not None and (source.value, wrong) == (file, [])
    again = page.evaluate("texts => texts.map(t => MunicipalityFile.open(t).value)", texts)
    assert again == files


def invited(index, code):
    """A meeting in a language, with other things left out in each."""
    meeting = {
        "id": f"{code}-1",
        "language": code,
        "group": {"fi": code},
        "date": f"2027-{index % 12 + 1:02}-{index * 2 + 1:02}",
        "start": "09:05" if index % 2 else "17:30",
        "place": {"name": {"fi": "Talo <b>1</b>", "ar": "بيت"}},
    }
    if index % 2:
        meeting |= {"doors": "09:00", "childcare": "true", "organisations": ["a", "b", "c"][: index % 4]}
    if index % 3:
        meeting["register_url"] = "https://example.org/a?b=1&c=2"
    if index % 3 == 2:
        meeting["register_by"] = "2027-01-01"
    if index % 4:
        meeting["refreshments"] = {"sv": "Kaffe", "fi": "Kahvia"}
        meeting["place"] |= {"address": "Katu 1", "access": {"fi": "Ovi"}}
    return meeting


@pytest.mark.parametrize("official", [["fi"], ["sv", "fi"]], ids="-".join)
def test_the_invitation_says_in_every_language_what_the_printed_one_says(visit, edit, tmp_path, official):  # noqa: F811
    contact = {"name": "Malla", "phone": "+358 40 1", "email": "a@example.org", "publish": "true"}
    organisations = [{"id": i, "name": {"fi": f"Järjestö {i}", "ar": f"منظمة {i}"}} for i in "abc"]
    organisations[0]["contact"] = {"title": {"fi": "ohjaaja"}, "email": "b@example.org", "publish": "true"}
    meetings = [invited(index, code) for index, code in enumerate(languages())]
    file = {
        "municipality": {
            "id": "koe",
            "name": {"fi": "Koe"},
            "official_languages": official,
            "contact": contact,
        },
        "rounds": [{"id": "2027", "organisations": organisations, "discussion_meetings": meetings}],
    }
    page = visit(edit + "en.html")
    text = page.evaluate("file => MunicipalityFile.write(MunicipalityFile.begin(file))", file)
    path = tmp_path / "koe.yml"
    path.write_text(text, encoding="utf-8")
    entry = data.read_entry(path, load_method())
    assert entry.sound, [problem.as_text() for problem in entry.problems]
    planned = plan(entry.file, load_method()).documents
    printed = {
        d.meeting: document_job(d, entry.file).html for d in planned if d.id == "invitation-discussion"
    }
    open_file(page, path)
    choice = page.get_by_label("Which meeting?")
    for index, meeting in enumerate(meetings):
        choice.select_option(index=index)
        page.frame_locator("iframe").locator(
            f"html[lang={meeting['language']}] [data-slot=date] "
        ).first.wait_for()
        page.wait_for_function(
            "document.querySelector('iframe').contentDocument.querySelector('[data-slot=times]').textContent"
        )
        assert page.frames[1].evaluate(SHOWN).split() == words(printed[meeting["id"]]), meeting["id"]
        assert page.frames[1].locator("main b").count() == 0


SHOWN = """() => {
    const shown = (node) => node.nodeType === 3 ? node.data
        : node.hidden || node.className === "qr" ? "" : [...node.childNodes].map(shown).join("");
    return shown(document.body).replace(/[ \\u00a0]/g, " ");
}"""


def words(html):
    """The words of a paper's body."""
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    return "".join(body.itertext()).replace("\u00a0", " ").split()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", guidance_languages())
def test_the_form_is_accessible_and_fits_on_a_narrow_screen(visit, edit, tmp_path, code, scheme):  # noqa: F811
    page = visit(edit + f"{code}.html", scheme=scheme)
    open_file(page, EXAMPLES[-1])
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    page.get_by_label(
        re.compile("^(How many discussion leaders|Hur många diskussionsl|Kuinka monta keskustelun)")
    ).first.fill("x")
    page.locator("#check").click()
    assert page.locator("#problems.wrong a").count() >= 1
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], width
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_what_is_kept_comes_back_and_can_be_forgotten(visit, edit):  # noqa: F811
    page = visit(edit + "sv.html#loviisa")
    assert page.get_by_label("Kort id som används i adresser").input_value() == "loviisa"
    page.get_by_label("Spara det jag har skrivit").check()
    page.get_by_label("Telefonnummer").first.fill("+358 1 234 567")
    page.goto(edit + "fi.html")
    assert page.get_by_label("Puhelinnumero").first.input_value() == "+358 1 234 567"
    page.get_by_role("button", name="Unohda säilytetty").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(edit + "fi.html")
    assert page.get_by_label("Puhelinnumero").first.input_value() == ""
    assert page.evaluate("localStorage.length") == 0


def test_the_file_is_sent_where_the_settings_say(visit, edit):  # noqa: F811
    page = visit(edit + "en.html")
    page.evaluate("Object.assign(GIVEN, {inbox: 'kits@example.org', upload: 'https://example.org/upload'})")
    saved(page)
    addresses = page.locator("#send a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert addresses[0].startswith("mailto:kits@example.org?subject=")
    assert addresses[1:] == ["https://example.org/upload"]


def test_nothing_that_is_written_can_leave_the_page(browser, edit):  # noqa: F811
    page = browser.new_page()
    page.goto(edit + "en.html")
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.evaluate(
        """() => {
            fetch("/taken").catch(() => {});
            navigator.sendBeacon("/taken", "x");
            document.body.append(Object.assign(new Image(), {src: "https://example.org/taken"}));
            const form = Object.assign(document.createElement("form"), {action: "/taken"});
            document.body.append(form);
            form.submit();
        }"""
    )
    page.wait_for_timeout(300)
    assert [request.url for request in asked if "taken" in request.url and request.failure != "csp"] == []
    assert page.url == edit + "en.html"
    assert page.context.cookies() == []
    page.context.close()


def test_the_form_works_where_it_is_opened_from_a_folder(visit, toolkit):  # noqa: F811
    page = visit((toolkit / "edit" / "fi.html").as_uri())
    open_file(page, paths.CONTENT / "municipalities" / "suvikoski.yml")
    page.get_by_label("Mikä tilaisuus?").select_option(index=1)
    page.frame_locator("iframe").get_by_text("середа, 14 квітня 2027").wait_for()


def test_without_scripts_the_page_says_what_one_can_do(visit, edit):  # noqa: F811
    page = visit(edit + "sv.html", java_script_enabled=False)
    assert page.locator("noscript p").inner_text().startswith("Formuläret fungerar bara med JavaScript")
    assert not page.get_by_role("button").first.is_visible()


def test_a_renamed_organisation_takes_along_what_refers_to_it(visit, edit):  # noqa: F811
    page = visit(edit + "en.html")
    open_file(page, paths.CONTENT / "municipalities" / "suvikoski.yml")
    page.get_by_role("heading", name="Organisations that hold").click()
    page.get_by_text("Organisation 1").click()
    page.get_by_label("Short id to which meetings refer").fill("talo")
    source, _ = parse(saved(page)[1].encode(), "suvikoski.yml")
    meetings = source.value["rounds"][0]["discussion_meetings"]
    assert [meeting["organisations"] for meeting in meetings] == [["talo"]] * 3
