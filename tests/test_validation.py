"""The schema answers in plain sentences, at the right line, with what would be right."""

import json

import pytest

from kit_builder.schema import schema_text

HEAD = "municipality: {id: koe, name: {fi: Koe}, official_languages: [fi]}\nrounds:\n  - id: '2026'\n"


@pytest.mark.parametrize(
    ("line", "rule", "words"),
    [
        ("discussion_metings: []", "schema.unknown-key", "did you mean 'discussion_meetings'?"),
        (
            "findings: [{area: safty, meeting: x, text: a}]",
            "schema.value",
            "participation, attitudes, safety",
        ),
        ("decision_meeting: {start: 16.30}", "schema.time", '"16:30"'),
        ("decision_meeting: {start: '24:00'}", "schema.time", '"00:00" to "23:59"'),
        ("decision_meeting: {start: 990}", "schema.time", '"17:30"'),
        ("decision_meeting: {date: 2026-02-29}", "schema.date", "no such day as 2026-02-29"),
        ("decision_meeting: {date: 24.11.2026}", "schema.date", "2026-11-24"),
        ("decision_meeting: {participants: many}", "schema.number", "whole number"),
        ("decision_meeting: {register_url: 'javascript:alert(1)'}", "schema.web-address", "https://"),
        ("decision_meeting: []", "schema.type", "A group of keys"),
        ("actions: {title: x}", "schema.type", "A list is expected"),
        ("actions: [{due: 2026-12-01}]", "schema.missing-key", "The key 'title' is missing"),
        ("organisations: [{id: ../x, name: a}]", "schema.id", "small letters"),
        ("organisations: [{id: Arabic, name: a}]", "schema.id", "small letters"),
        ("organisations: [{id: a, name: ''}]", "schema.empty", "empty"),
        (
            "discussion_meetings: [{id: a, language: ar, group: x, childcare: yes}]",
            "schema.boolean",
            "true or false",
        ),
        ("actions: [{title: " + "x" * 81 + "}]", "schema.long-word", "81 letters"),
        ("actions: [{title: " + "x " * 301 + "}]", "schema.too-long", "at most 600"),
    ],
)
def test_a_wrong_value_is_told_with_the_right_form(problems_of, line, rule, words):
    ((number, found, message),) = problems_of(HEAD + "    " + line + "\n")
    assert (number, found) == (4, rule)
    assert words in message


def test_no_is_a_text_and_not_false(problems_of):
    assert problems_of(HEAD + "    actions: [{title: {fi: no}}]\n") == []


def test_all_errors_of_a_file_are_told_at_once_in_file_order(problems_of):
    text = HEAD + "    findings:\n      - {area: x, meeting: a, text: b}\n    actions:\n      - {titel: x}\n"
    found = problems_of(text)
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found)
    assert {rule for _, rule, _ in found} == {"schema.value", "schema.unknown-key", "schema.missing-key"}


def test_the_schema_for_editors_describes_every_key():
    schema = json.loads(schema_text())
    for part in schema["$defs"].values():
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), name
    assert schema["$defs"]["DiscussionMeeting"]["properties"]["date"]
