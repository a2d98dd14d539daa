"""Catalogs: current, complete, honest; what is missing is said, and changed sources make texts fuzzy."""

import re
import shutil

import pytest
from babel.messages.pofile import read_po

from kit_builder import content, coverage, data, extraction, languages, paths, translations, voice
from kit_builder.documents.html import document_job
from kit_builder.method import load_method
from kit_builder.plan import blank_templates, plan

OTHER_THAN_SOURCE = [code for code in languages.languages() if code != translations.SOURCE_LANGUAGE]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def forms(message):
    return message.string if isinstance(message.string, (tuple, list)) else (message.string,)


@pytest.fixture
def own_catalogs(tmp_path, monkeypatch):
    """A copy of the catalogs that a test may change; everything that remembers catalogs forgets them."""

    def forget():
        for remembered in (
            translations.translations,
            translations.read_catalog,
            voice.voice,
            languages.languages,
            content.read,
        ):
            remembered.cache_clear()

    folder = tmp_path / "translations"
    shutil.copytree(paths.TRANSLATIONS, folder)
    monkeypatch.setattr(paths, "TRANSLATIONS", folder)
    forget()
    yield folder, forget
    monkeypatch.undo()
    forget()


def test_the_catalogs_hold_exactly_the_texts_of_the_templates_and_the_content(own_catalogs):
    folder, _ = own_catalogs
    assert [path.name for path in extraction.update_all(folder)] == [], "run `make catalogs`"


@pytest.mark.parametrize("code", OTHER_THAN_SOURCE)
def test_every_language_is_complete(code):
    found = translations.coverage(code)
    assert (found.missing, found.fuzzy) == ((), ())
    assert found.total > 300


@pytest.mark.parametrize("code", OTHER_THAN_SOURCE)
def test_every_translation_keeps_the_placeholders(code):
    for message in translations.read_catalog(code):
        ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        wanted = set(PLACEHOLDER.findall("".join(ids)))
        for number, form in enumerate(forms(message) if message.id else ()):
            if code == "ar" and len(ids) > 1 and number == 0:
                continue  # the form for nobody and nothing says it in words
            allowed = (wanted, wanted - {"number"}) if len(ids) > 1 else (wanted,)
            assert set(PLACEHOLDER.findall(form)) in allowed, message.id


def test_a_changed_source_text_makes_its_translations_fuzzy(own_catalogs):
    folder, _ = own_catalogs
    template = extraction.template_catalog()
    old = "Do you feel that you are accepted as you are?"
    template.delete(old)
    template.add("Do you feel that you are accepted just as you are?")
    renewed = folder / "fi.po"
    renewed.write_bytes(extraction.updated(template, "fi", renewed.read_bytes()))
    with renewed.open("rb") as stream:
        message = read_po(stream)["Do you feel that you are accepted just as you are?"]
    assert message.fuzzy and message.string


def test_a_fuzzy_text_is_not_printed_and_the_check_names_text_and_document(own_catalogs):
    folder, forget = own_catalogs
    path = folder / "ar.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('msgid "Taking part costs nothing."', '#, fuzzy\nmsgid "Taking part costs nothing."'),
        "utf-8",
    )
    forget()
    (entry,) = data.read_data(paths.CONTENT, load_method(), ("mallila",))
    found = list(coverage.missing_texts(entry, load_method(), "error"))
    (problem,) = [p for p in found if "2026/invitation-discussion.arabic-1" in p.message]
    assert (problem.rule, problem.severity) == ("translation.missing", "error")
    assert "'Taking part costs nothing.'" in problem.message
    assert problem.path.endswith("discussion_meetings[0].language")
    document = next(
        d
        for d in plan(entry.file, load_method()).documents
        if d.id == "invitation-discussion" and d.language == "ar"
    )
    html = document_job(document, entry.file, entry.assets).html
    assert '<span lang="en" dir="ltr">Taking part costs nothing.</span>' in html


def test_a_new_language_with_few_texts_speaks_and_borrows_the_rest(own_catalogs, monkeypatch):
    """As CONTRIBUTING describes it, tried with Northern Sámi."""
    folder, _forget = own_catalogs
    read = content.read

    def with_sami(name):
        found = read(name)
        if name != "languages.yml":
            return found
        sami = {
            "name": "davvisámegiella", "locale": "se_FI", "script": "Latin", "direction": "ltr",
            "fallback": ["fi", "sv", "en"], "date": "cccc MMMM d. y", "short_date": "d.M.y", "time": "HH:mm",
        }  # fmt: skip
        return {**found, "se": sami}

    monkeypatch.setattr(content, "read", with_sami)
    languages.languages.cache_clear()
    template = extraction.template_catalog(residents=True)
    template["Welcome!"].string = "Bures boahtin!"
    (folder / "se.po").write_bytes(extraction._as_po(template, ""))
    translations.translations.cache_clear()
    translations.read_catalog.cache_clear()
    document = next(
        d for d in blank_templates(load_method()) if d.id == "invitation-discussion" and d.language == "se"
    )
    with translations.watching() as lent:
        html = document_job(document, None).html
    assert '<html lang="se" dir="ltr">' in html
    assert "Bures boahtin!" in html
    assert '<span lang="fi" dir="ltr">' in html
    assert ("se", "Taking part costs nothing.") in lent


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ru", {1: 0, 2: 1, 3: 1, 5: 2, 11: 2, 21: 0, 100: 2}),
        ("uk", {1: 0, 2: 1, 3: 1, 5: 2, 11: 2, 21: 0, 100: 2}),
        ("ar", {1: 1, 2: 2, 3: 3, 5: 3, 11: 4, 21: 4, 100: 5}),
    ],
)
def test_numbers_take_the_right_plural_form(code, expected):
    plurals = [m for m in translations.read_catalog(code) if isinstance(m.id, (tuple, list))]
    assert plurals
    for message in plurals:
        for number, form in expected.items():
            assert translations.find(message.id[0], code, number).text == message.string[form]


@pytest.mark.parametrize("code", OTHER_THAN_SOURCE)
def test_no_invisible_direction_marks_stand_in_a_catalog(code):
    marks = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    assert not marks.search((paths.TRANSLATIONS / f"{code}.po").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", OTHER_THAN_SOURCE)
def test_the_print_fonts_have_every_letter_of_the_language(code):
    from fontTools.ttLib import TTFont

    known = set()
    for file in paths.FONTS.glob("*-Regular.ttf"):
        known |= set(TTFont(file).getBestCmap())
    texts = "".join(form for m in translations.read_catalog(code) if m.id for form in forms(m))
    assert {c for c in texts if not c.isspace() and ord(c) not in known} == set()


def test_the_status_command_counts_every_language():
    from click.testing import CliRunner

    from kit_builder.cli import main

    shown = CliRunner().invoke(main, ["translations"]).output
    for code in languages.languages():
        assert f"\n{code}" in f"\n{shown}"
    assert "nobody yet" in shown
