"""What holds for every input, tried on many made ones. The same ones on every run."""

import datetime as dt
import itertools
import string

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kit_builder import characters, costs, schedule
from kit_builder.documents.cards import SheetGeometry, deck_cards, sheets
from kit_builder.languages import languages
from kit_builder.loading import parse
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.places import LINE_BREAK
from kit_builder.plan import catalogue, plan
from kit_builder.problems import has_errors
from kit_builder.rules import Rules
from kit_builder.schema import DecisionMeeting, DiscussionMeeting, MunicipalityFile
from kit_builder.validation import validate

METHOD = load_method()
EXAMPLE = (ROOT / "data" / "municipalities" / "mallila.yml").read_text(encoding="utf-8")

tried = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


# Loading


YAML_PIECES = [
    *"-:?,[]{}#&*!|>'\"%@` \n\t",
    "\n  ",
    "\n- ",
    ": ",
    "<<: ",
    "---\n",
    "...\n",
    "&a ",
    "*a ",
    "!!str ",
    '"\\u202e"',
    "\r\n",
    "\r",
    "ä",
    "😀",
    "\u200b",
    "\u2028",
    "अ",
    "~",
    "municipality:",
    "rounds:",
    "id",
    "17:00",
]
yaml_like = st.lists(st.sampled_from(YAML_PIECES) | st.text(max_size=4), max_size=40).map("".join)


@st.composite
def spoilt_examples(draw):
    """The example file with a few places cut out, doubled or written over."""
    text = EXAMPLE
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        piece = draw(st.sampled_from(["", text[start:end] * 2]) | yaml_like)
        text = text[:start] + piece + text[end:]
    return text


def checked(data):
    """Everything that loading, the schema and the rules say about a file, and what it holds."""
    source, found = parse(data, "koe.yml")
    file = None
    if source is not None and not has_errors(found):
        file, more = validate(source)
        found = found + more
        if file is not None:
            found = [*found, *Rules(file, source, METHOD).check()]
    return file, found


def assert_bearable(text, found):
    """Every problem has a place in the file and one sentence."""
    lines = LINE_BREAK.split(text)
    for problem in found:
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
        assert problem.message.endswith((".", "?")), problem
        assert len(problem.message) < 1500, problem
        assert not any(LINE_BREAK.search(part) for part in (problem.message, problem.path)), problem
        assert not characters.FORBIDDEN.search(problem.message), problem


@tried
@given(yaml_like | st.text())
def test_any_text_gives_a_file_or_problems_inside_it(text):
    text = text.encode("utf-8", "ignore").decode().removeprefix("\ufeff")
    file, found = checked(text.encode())
    assert file is not None or found
    assert_bearable(text, found)


@tried
@given(spoilt_examples())
def test_a_spoilt_example_gives_a_file_or_problems_inside_it(text):
    file, found = checked(text.encode())
    assert file is not None or found
    assert_bearable(text, found)


@tried
@given(st.binary(max_size=200) | st.binary(max_size=50).map(lambda tail: EXAMPLE.encode()[:300] + tail))
def test_any_bytes_give_a_file_or_problems(data):
    file, found = checked(data)
    assert file is not None or found
    text = data.decode("utf-8-sig", "replace")
    for problem in found:
        assert 1 <= problem.line <= len(LINE_BREAK.split(text))
        assert problem.column >= 1


LETTERS = sorted(letter for letter in characters.printable() if not characters.FORBIDDEN.search(letter))
words = st.text(st.sampled_from(LETTERS) | st.sampled_from(string.printable[:95] + "\n"), max_size=30)
values = st.recursive(
    st.none()
    | words
    | st.sampled_from(["no", "17:00", "~", "null", "00100", "2026-02-30", "<<", "- a", "a: b", " a "]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


@tried
@given(st.dictionaries(words, values, min_size=1), st.booleans(), st.integers(20, 120))
def test_what_was_written_is_read_again(value, in_brackets, width):
    text = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, default_flow_style=in_brackets, width=width
    )
    source, found = parse(text.encode(), "koe.yml")
    told = {problem.rule for problem in found}
    assume(not told & {"text.accents", "yaml.indentation", "yaml.too-deep", "yaml.character"})
    assert told <= {"text.mixed-alphabets"}
    assert source.value == value


# Schedule and costs

times = st.times().map(lambda time: time.replace(second=0, microsecond=0, tzinfo=None))
counts = st.integers(0, 400)


def minutes(time):
    return time.hour * 60 + time.minute


@tried
@given(times, times)
def test_a_discussion_meeting_adds_up(doors, start):
    programme = METHOD.discussion_meeting.programme
    total = sum(step.minutes for step in programme)
    if minutes(start) + total > schedule.MINUTES_IN_A_DAY:
        with pytest.raises(ValueError, match="midnight"):
            schedule.discussion_programme(doors, start, METHOD)
        return
    refreshments, *slots = schedule.discussion_programme(doors, start, METHOD)
    assert [slot.step for slot in slots] == [step.step for step in programme]
    assert sum(slot.minutes for slot in slots) == total
    assert all(one.end == other.start for one, other in itertools.pairwise(slots))
    assert slots[0].start == start
    assert minutes(slots[-1].end) == (minutes(start) + total) % schedule.MINUTES_IN_A_DAY
    assert refreshments.minutes > 0
    if doors < start:
        assert minutes(doors) + refreshments.minutes == minutes(start)


@tried
@given(times)
def test_a_decision_meeting_adds_up(start):
    total = sum(step.minutes for step in METHOD.decision_meeting.programme)
    assume(minutes(start) + total <= schedule.MINUTES_IN_A_DAY)
    slots = schedule.decision_programme(start, METHOD)
    assert schedule.overrun(start, METHOD.decision_meeting.programme, start) == total
    assert slots[-1].end == schedule.end(start, METHOD.decision_meeting.programme)
    assert all(one.end == other.start for one, other in itertools.pairwise(slots))


def discussion(**numbers):
    texts = {key: str(value) for key, value in numbers.items()}
    return DiscussionMeeting.model_validate({"id": "a", "language": "fi", "group": "x", **texts})


@tried
@given(
    st.fixed_dictionaries(
        {
            "participants": st.integers(1, 400),
            **dict.fromkeys(("leaders", "secretaries", "venue_cost"), counts),
        }
    ),
    st.sampled_from(("participants", "leaders", "secretaries", "venue_cost")),
    st.integers(1, 50),
)
def test_more_of_anything_never_makes_a_discussion_meeting_cheaper(numbers, key, more):
    before = costs.total(costs.discussion_costs(discussion(**numbers), METHOD))
    after = costs.total(costs.discussion_costs(discussion(**numbers | {key: numbers[key] + more}), METHOD))
    assert before.low <= after.low
    assert before.high <= after.high
    assert 0 <= before.low <= before.high


@tried
@given(counts, counts, st.integers(1, 50), st.booleans())
def test_more_of_anything_never_makes_a_decision_meeting_cheaper(facilitators, room, more, of_room):
    def total(facilitators, room):
        meeting = DecisionMeeting.model_validate(
            {"facilitators": str(facilitators), "venue_and_supper_cost": str(room)}
        )
        return costs.total(costs.decision_costs(meeting, METHOD))

    before = total(facilitators, room)
    after = total(facilitators + more * (not of_room), room + more * of_room)
    assert before.low < after.low
    assert before.high < after.high


# Plan and deck

official = st.sampled_from([["fi"], ["sv"], ["fi", "sv"], ["sv", "fi"]])
numbers = st.none() | st.integers(0, 200).map(str)
people = st.none() | st.integers(1, 200).map(str)
codes = st.sampled_from(sorted(languages()))


@st.composite
def rounds(draw, id_, spoken):
    days = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 9, 1)).map(str)
    places = st.none() | st.just({"name": "Talo"})
    meetings = [
        {
            "id": f"m-{number}",
            "language": draw(codes),
            "group": f"ryhmä {number}",
            "date": draw(days),
            "start": draw(st.sampled_from([None, "17:00", "09:30"])),
            "place": draw(places),
            "participants": draw(people),
            "leaders": draw(numbers),
            "secretaries": draw(numbers),
            "invited_on": draw(numbers),
        }
        for number in range(draw(st.integers(0, 5)))
    ]
    ids = [meeting["id"] for meeting in meetings]
    findings = [
        {
            "area": draw(st.sampled_from(METHOD.areas)),
            "meeting": draw(st.sampled_from(ids)),
            "card": draw(st.sampled_from(["true", "false"])),
            "text": f"tulos {number}",
        }
        for number in range(draw(st.integers(0, 40)) if ids else 0)
    ]
    decision = {
        "date": draw(st.none() | st.just("2026-11-24")),
        "start": draw(st.none() | st.just("16:30")),
        "place": draw(places),
        "participants": draw(people),
        "facilitators": draw(numbers),
        "groups": draw(st.dictionaries(st.sampled_from(spoken), st.integers(0, 9).map(str))),
    }
    return {
        "id": id_,
        "organisations": [{"id": f"o-{n}", "name": "Seura"} for n in range(draw(st.integers(0, 3)))],
        "discussion_meetings": meetings,
        "findings": findings,
        "proposals": [{"meeting": id_, "text": "ehdotus"} for id_ in ids if draw(st.booleans())],
        "decision_meeting": draw(st.none() | st.just(decision)),
    }


@st.composite
def municipalities(draw):
    """A municipality's file whose ids are unique and whose references lead somewhere."""
    spoken = draw(official)
    return MunicipalityFile.model_validate(
        {
            "municipality": {"id": "koe", "name": "Koe", "official_languages": spoken},
            "rounds": [
                draw(rounds(str(2024 + 2 * number), spoken)) for number in range(draw(st.integers(1, 3)))
            ],
        }
    )


@tried
@given(municipalities())
def test_no_two_documents_share_a_path_and_no_number_of_copies_is_below_zero(file):
    planned = plan(file, METHOD)
    paths = [document.path for document in planned.documents]
    assert len(paths) == len(set(paths))
    assert all(document.copies >= 0 for document in planned.documents)
    assert all(set(document.languages) <= set(languages()) for document in planned.documents)
    assert all(".." not in path and not path.startswith("/") for path in paths)


@tried
@given(municipalities())
def test_every_document_of_the_catalogue_is_planned_or_waits_in_every_round(file):
    planned = plan(file, METHOD)
    known = {(document.id, document.round) for document in planned.documents}
    waiting = {(waiting.id, waiting.round) for waiting in planned.waiting}
    for round_ in file.rounds:
        for id_ in catalogue():
            assert {(id_, round_.id)} & (known | waiting), (id_, round_.id)


@tried
@given(municipalities())
def test_every_card_lies_once_on_a_sheet(file):
    geometry = SheetGeometry()
    for round_ in file.rounds:
        deck = deck_cards(round_, METHOD.areas)
        laid = sheets(deck, geometry.cards)
        assert all(len(sheet.cards) == geometry.cards for sheet in laid)
        assert [sheet.number for sheet in laid] == list(range(1, len(laid) + 1))
        cards = [card for sheet in laid for card in sheet.cards if card.area]
        assert cards == deck
        assert sum(card.area is None for sheet in laid for card in sheet.cards) < geometry.cards
        told = [card.text_path for card in cards]
        marked = [f"findings[{n}].text" for n, finding in enumerate(round_.findings) if finding.card]
        assert sorted(told) == sorted(marked)
        for card in cards:
            number = int(card.text_path.removeprefix("findings[").removesuffix("].text"))
            finding = round_.findings[number]
            assert (card.area, card.text) == (finding.area, finding.text)
            assert card.group == round_.meeting(finding.meeting).group
        order = [METHOD.areas.index(card.area) for card in cards]
        assert order == sorted(order)


sizes = st.floats(20, 120, allow_nan=False)


@tried
@given(st.integers(1, 5), st.integers(1, 6), sizes, sizes, st.floats(0, 40), st.floats(0, 40))
def test_a_back_lies_behind_its_front_whatever_the_sheet(columns, rows, width, height, side, top):
    geometry = SheetGeometry(
        page_width=columns * width + 2 * side,
        page_height=rows * height + 2 * top,
        columns=columns,
        rows=rows,
        card_width=width,
        card_height=height,
    )
    fronts = [geometry.front(number) for number in range(geometry.cards)]
    backs = [geometry.back(number) for number in range(geometry.cards)]
    for front, back in zip(fronts, backs, strict=True):
        # Turned over its long edge, the sheet shows at x what lay at the page's width less x.
        assert geometry.page_width - (back.x + back.width) == pytest.approx(front.x, abs=1e-9)
        assert (back.y, back.width, back.height) == (front.y, front.width, front.height)
        assert front.x >= -1e-9
        assert front.x + front.width <= geometry.page_width + 1e-9
        assert front.y + front.height <= geometry.page_height + 1e-9
    for one, other in itertools.combinations(fronts, 2):
        apart_x = max(one.x, other.x) - min(one.x, other.x) >= width - 1e-9
        apart_y = max(one.y, other.y) - min(one.y, other.y) >= height - 1e-9
        assert apart_x or apart_y
    places = sorted((round(place.x, 6), round(place.y, 6)) for place in fronts)
    assert places == sorted((round(place.x, 6), round(place.y, 6)) for place in backs)
