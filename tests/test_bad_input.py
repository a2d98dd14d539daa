"""Every wrong file of the corpus is answered with the sentences that stand beside it, and nothing else."""

import re

import pytest
from bad_input import corpus
from fontTools.ttLib import TTFont

from kit_builder import characters
from kit_builder.languages import languages
from kit_builder.paths import FONTS

CASES = list(corpus.every_case())
SENTENCE = re.compile(r"[^:]+:\d+:\d+: (?:warning: )?(?P<message>.+[.?]) \[[a-z]+\.[a-z-]+\]")


@pytest.mark.parametrize(
    "case", [case for _, case in CASES], ids=[f"{file}: {case.title}" for file, case in CASES]
)
def test_a_wrong_file_is_answered_as_the_corpus_says(case, tmp_path):
    assert case.said(tmp_path / "data") == case.expected


def test_the_corpus_is_large_and_every_case_has_an_answer_of_its_own_title():
    titles = [(file, case.title) for file, case in CASES]
    assert len(titles) == len(set(titles)) >= 300
    assert [case.title for _, case in CASES if not case.expected] == []
    assert {case.made for _, case in CASES if case.made} == set(corpus.RECIPES)


def test_every_answer_is_a_sentence_on_one_line_of_bearable_length():
    for _, case in CASES:
        for line in case.expected:
            if line.startswith("… "):
                continue
            found = SENTENCE.fullmatch(line)
            assert found, line
            assert len(found["message"]) <= 400, line


def test_a_link_to_a_file_elsewhere_is_not_read(write_file, tmp_path):
    secret = tmp_path / "secret.yml"
    secret.write_text("password: koe\n", encoding="utf-8")
    folder = write_file("")
    (folder / "municipalities" / "koe.yml").unlink()
    (folder / "municipalities" / "koe.yml").symlink_to(secret)
    assert said(folder) == [
        "koe.yml:1:1: The file is a link that leads out of its folder; put the file itself here. [file.outside]"
    ]


def test_a_link_that_leads_nowhere_is_told(write_file):
    folder = write_file("")
    (folder / "municipalities" / "koe.yml").unlink()
    (folder / "municipalities" / "koe.yml").symlink_to("nowhere.yml")
    assert said(folder) == [
        "koe.yml:1:1: The file can't be read: No such file or directory. [yaml.unreadable]"
    ]


def test_a_folder_with_a_files_name_is_told(tmp_path):
    (tmp_path / "data" / "municipalities" / "koe.yml").mkdir(parents=True)
    assert said(tmp_path / "data") == [
        "koe.yml:1:1: This is a folder or a device and no file; put the municipality's file here. [file.kind]"
    ]


def said(folder):
    entries = corpus.data.read_data(folder, corpus.load_method())
    lines = [problem.as_text() for entry in entries for problem in entry.problems]
    return [line.replace(f"{folder}/municipalities/", "") for line in lines]


@pytest.mark.parametrize(
    "lines",
    [
        "start: 17:00",
        "start: 08:05",
        "start: '07:00'",
        "register_by: 2026-11-20\ndate: 2026-11-24",
        "date: 2028-02-29",
        "place: {name: {fi: Koulu, ar: مدرسة}}",
        "place: {name: {fi: Koulu, fa: می\u200cشود}}",
        "place: {name: {fi: Koulu, ti: ቤት ትምህርቲ}}",
        "place: {name: {fi: Koulu, ru: Школа, uk: Їжа}}",
        "place: {name: {fi: 'Koulu – ”talo” … 5 € § ½ šž №'}}",
        "place: {name: {fi: no}}",
        "place: {name: {fi: 'Talo: sali {% raw %} {{ 1 }} <b>&amp;</b> [x](y)'}}",
        "place:\n  name: >\n    Pitkä\n    teksti\n",
    ],
)
def test_what_is_right_is_not_complained_about(problems_of, lines):
    head = "municipality: {id: koe, name: {fi: K}, official_languages: [fi]}\nrounds:\n  - id: a\n"
    text = head + "    decision_meeting:\n" + "\n".join(f"      {line}" for line in lines.split("\n")) + "\n"
    assert problems_of(text) == []


def test_what_counts_as_printable_is_in_the_bold_fonts_too():
    for name in characters.FONTS:
        with (
            TTFont(FONTS / f"{name}-Bold.ttf", lazy=True) as bold,
            TTFont(FONTS / f"{name}-Regular.ttf", lazy=True) as regular,
        ):
            assert set(regular.getBestCmap()) <= set(bold.getBestCmap())


def test_every_language_of_the_kit_is_written_in_a_script_that_can_be_printed():
    assert {language.script for language in languages().values()} <= set(characters.printable_scripts())
