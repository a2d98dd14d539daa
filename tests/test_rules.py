"""What the method asks for across fields, each as a sentence at the right line."""

import re

import pytest

from kit_builder import data
from kit_builder.method import load_method
from kit_builder.text_rules import TEMPLATE, examples

MEETING = """\
municipality: {id: koe, name: {fi: Koe}, official_languages: [fi]}
rounds:
  - id: "2026"
    organisations: [{id: a, name: A}]
    discussion_meetings:
      - id: one
        language: ar
        group: x
        date: 2026-10-06
        %s
    decision_meeting: {date: 2026-11-24, start: "16:30", place: {name: X}}
"""

ROUND = """\
municipality: {id: koe, name: {fi: Koe}, official_languages: [fi]}
rounds:
  - id: "2026"
    discussion_meetings: [{id: one, language: ar, group: x, date: 2026-10-06}]
    %s
"""


@pytest.mark.parametrize(
    ("lines", "rule", "words"),
    [
        (
            "participants: 13\n        leaders: 1",
            "method.group-size",
            "13 participants need 2 leaders, not 1",
        ),
        (
            "participants: 25\n        secretaries: 2",
            "method.group-size",
            "25 participants need 3 secretaries",
        ),
        ('start: "17:30"\n        end: "20:00"', "method.programme", "ends 30 minutes after 20:00"),
        ('start: "21:30"', "method.programme", "past midnight"),
        ('doors: "17:30"\n        start: "17:00"', "method.doors", "not before the start"),
        ("register_by: 2026-10-07", "method.register-by", "after the meeting on 2026-10-06"),
        ("organisations: [b]", "reference.organisation", "There is no organisation with the id 'b'"),
        ("invited_on: 7", "method.invited-on", "recommends 3–6 and accepts 2–6"),
        ("invited_on: 2", "method.invited-on", "recommends 3–6"),
    ],
)
def test_a_discussion_meeting_that_breaks_a_rule(problems_of, lines, rule, words):
    found = problems_of(MEETING % lines)
    assert [(r, words in message) for _, r, message in found] == [(rule, True)]


def test_a_programme_that_ends_on_the_minute_fits(problems_of):
    assert problems_of(MEETING % 'start: "17:00"\n        end: "20:00"') == []


def test_twelve_people_are_one_group_and_thirteen_are_two(problems_of):
    assert problems_of(MEETING % "participants: 12\n        leaders: 1") == []


@pytest.mark.parametrize(
    ("line", "rule", "words"),
    [
        (
            "decision_meeting: {date: 2026-10-06}",
            "method.meeting-order",
            "not after the last discussion meeting",
        ),
        ("findings: [{area: safety, meeting: two, text: a}]", "reference.meeting", "there are: one"),
        ("follow_up: {next_round: 2027}", "method.round-interval", "every 2 to 3 years"),
        ("follow_up: {next_round: 2030}", "method.round-interval", "is 4 years"),
        ("decision_meeting: {groups: {sv: 2}}", "schema.value", "official language (fi)"),
    ],
)
def test_a_round_that_breaks_a_rule(problems_of, line, rule, words):
    found = problems_of(ROUND % line)
    assert [(number, r, words in message) for number, r, message in found] == [(5, rule, True)]


def test_a_deck_of_thirty_one_is_refused_with_what_is_over_represented(problems_of):
    cards = "\n".join(
        f"      - {{area: safety, meeting: one, card: true, text: x{number}}}" for number in range(31)
    )
    ((line, rule, message),) = problems_of(ROUND % f"findings:\n{cards}")
    assert (line, rule) == (5, "method.deck-size")
    assert "at most 30" in message
    assert "safety (31)" in message


@pytest.mark.parametrize("count", [20, 30])
def test_a_deck_of_twenty_to_thirty_is_right(problems_of, count):
    cards = "\n".join(f"      - {{area: safety, meeting: one, card: true, text: x{n}}}" for n in range(count))
    assert problems_of(ROUND % f"findings:\n{cards}") == []


def test_a_missing_translation_is_a_warning_that_names_the_language(problems_of):
    text = (
        (ROUND % "actions: [{title: {fi: Teko}}]").replace("[fi]}", "[fi, sv]}").replace("{fi: Koe}", "Koe")
    )
    ((line, rule, message),) = problems_of(text)
    assert (line, rule) == (5, "translation.missing")
    assert "svenska" in message


def test_the_file_name_and_the_id_agree(problems_of):
    ((line, rule, _),) = problems_of(
        "municipality: {id: muu, name: {fi: Koe}, official_languages: [fi]}\nrounds: [{id: a}]\n"
    )
    assert (line, rule) == (1, "reference.file-name")


def test_names_and_languages_agree_with_the_registry(problems_of):
    text = 'municipality: {id: koe, code: "091", name: {fi: Stadi}, official_languages: [fi]}\nrounds: [{id: a}]\n'
    assert {rule for _, rule, _ in problems_of(text)} == {"registry.name", "registry.languages"}


def test_a_contact_who_has_not_agreed_is_a_warning(problems_of):
    text = "municipality: {id: koe, name: {fi: K}, official_languages: [fi], contact: {name: Kai}}\nrounds: [{id: a}]\n"
    assert [rule for _, rule, _ in problems_of(text)] == ["privacy.contact"]


@pytest.mark.parametrize(
    "lines",
    [
        "proposals: [{meeting: one, text: {fi: Valot polulle}}, {meeting: two, text: {fi: Valot polulle}}]",
        "actions: [{title: {fi: Katu, et: Valgus ei ole hea ja ei ole oli, so: waa in iyo in}}]",
        "decision_meeting: {place: {name: Talo, address: {fi: Rantakatu 4, ar: 'Rantakatu 4, huone Silta'}}}",
        "actions: [{title: {fi: Kahvila Кафе Мир}}]",
        "actions: [{title: {fi: Katu, ru: Свет, uk: Світло}}]",
        "actions: [{title: {fi: 'xx. kohta'}, effect: {fi: Valot}, status: done}]",
        "decision_meeting: {date: 2026-11-24, start: '21:00', register_by: 2026-11-24}",
        "decision_meeting: {date: 2026-11-24, register_by: 2026-05-25}",
        "decision_meeting: {date: 2027-11-24, start: '07:00', end: '10:00'}",
        "actions: [{title: {fi: Katu ja katu tie, sv: Katu ja katu}}]",
        "decision_meeting: {date: 2026-11-24, participants: 40, groups: {fi: 20}}",
        "decision_meeting: {date: 2026-11-24}\n    actions: [{title: Katu, due: 2026-11-24}]",
        "decision_meeting: {date: 2026-11-24}\n    actions: [{title: Katu, due: 2036-12-31}]",
        "decision_meeting: {date: 2027-01-20, participants: 40, groups: {fi: 8}, register_by: 2026-11-30}",
    ],
)
def test_what_may_well_be_meant_is_not_complained_about(problems_of, lines):
    head = ROUND.replace("date: 2026-10-06}]", "date: 2026-10-06}, {id: two, language: so, group: y}]")
    assert problems_of(head % lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        "participants: 4\n        invited_on: 4",
        "revision: 2\n        register_by: Null\n        venue_cost: NULL\n        childcare: ~",
        "participants: 12\n        leaders: 1\n        childcare: false",
        f"register_url: https://koe.fi/{'x' * 185}",
        "doors: '15:30'\n        start: '17:30'",
        f"refreshments: {{fi: {'y' * 80}}}",
    ],
)
def test_what_is_just_right_is_not_complained_about(problems_of, lines):
    assert problems_of(MEETING % lines) == []


def test_a_form_of_the_name_need_not_be_there_in_every_language(problems_of):
    head = "municipality: {id: koe, name: Koe, in_name: {fi: Kokeessa}, official_languages: [fi, sv]}\n"
    assert problems_of(head + "rounds: [{id: a}]\n") == []


def test_the_examples_of_a_new_file_are_told_until_they_are_written_over(write_file):
    """A file that `kit new` has written, with every line of it put to use."""
    text = re.sub("(?m)^( *)# (?=[ -]*[a-z_]+:)", r"\1", TEMPLATE.read_text(encoding="utf-8"))
    for mark, value in {
        "@FIRST@": "fi",
        "@NAMES@": "fi: Koe",
        "@LANGUAGES@": "fi",
        '"@CODE@"': "null",
    }.items():
        text = text.replace(mark, value)
    text = re.sub(" *(logo|register_url):.*\n", "", text).replace("@ID@", "koe")
    (entry,) = data.read_data(write_file(text), load_method())
    assert entry.file is not None
    told = [problem for problem in entry.problems if problem.rule == "text.example"]
    assert [problem for problem in entry.problems if problem.rule.startswith(("schema", "yaml"))] == []
    assert {problem.message.split("'")[1] for problem in told} == examples()
