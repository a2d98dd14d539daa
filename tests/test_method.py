"""The method's numbers, as the seed has them, and what is worked out from them."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit_builder import costs, facts, method, schedule
from kit_builder.method import Range, load_method
from kit_builder.schema import DecisionMeeting, DiscussionMeeting

METHOD = load_method()


def test_numbers_of_the_seed():
    numbers = facts.numbers(METHOD)
    assert numbers["group_max"] == 12
    assert numbers["meeting_minutes"] == 180
    assert (numbers["cards_min"], numbers["cards_max"]) == (20, 30)
    assert (numbers["invited_on_min"], numbers["invited_on_max"]) == (3, 6)
    assert (numbers["offer_min"], numbers["offer_max"]) == (2, 4)
    assert (numbers["actions_min"], numbers["actions_max"]) == (1, 4)
    assert (numbers["repeat_years_min"], numbers["repeat_years_max"]) == (2, 3)


def test_the_sample_costs_are_those_of_the_seed():
    sums = facts.sums(METHOD)
    assert sums["cost_meeting"] == Range(low=1050, high=1200)
    assert sums["cost_decision"] == Range(low=500, high=1100)


def test_a_second_facilitator_is_paid_too():
    meeting = DecisionMeeting.model_validate({"facilitators": "2"})
    assert costs.total(costs.decision_costs(meeting, METHOD)) == Range(low=700, high=1400)


def test_what_the_data_say_replaces_the_sample():
    meeting = DiscussionMeeting.model_validate(
        {"id": "a", "language": "fi", "group": "x", "leaders": "1", "secretaries": "1", "venue_cost": "80"}
    )
    assert costs.total(costs.discussion_costs(meeting, METHOD)) == Range(low=780, high=930)


def test_programme_of_the_decision_makers_meeting_as_in_the_seed():
    slots = schedule.decision_programme(dt.time(16, 30), METHOD)
    starts = [f"{slot.start:%H:%M}" for slot in slots]
    assert starts == ["16:30", "16:45", "17:30", "17:45", "19:15"]
    assert slots[-1].end == dt.time(19, 30)


def test_refreshments_come_before_the_discussion_meeting():
    slots = schedule.discussion_programme(dt.time(17, 0), dt.time(17, 30), METHOD)
    assert (slots[0].step, slots[0].start, slots[0].end) == ("refreshments", dt.time(17, 0), dt.time(17, 30))
    assert slots[-1].end == dt.time(20, 30)


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None)))
def test_steps_follow_one_another_without_gaps(start):
    programme = METHOD.discussion_meeting.programme
    if start.hour * 60 + start.minute + 180 > 24 * 60:
        with pytest.raises(ValueError, match="midnight"):
            schedule.clock(start, programme)
        return
    slots = schedule.clock(start, programme)
    assert all(one.end == other.start for one, other in itertools.pairwise(slots))
    assert sum(slot.minutes for slot in slots) == 180


@pytest.mark.parametrize(("people", "groups"), [(1, 1), (12, 1), (13, 2), (24, 2), (25, 3)])
def test_small_groups(people, groups):
    assert method.small_groups(people, METHOD) == groups


@given(st.integers(1, 500))
def test_no_small_group_is_too_large_and_none_too_many(people):
    groups = method.small_groups(people, METHOD)
    assert groups * 12 >= people > (groups - 1) * 12


@pytest.mark.parametrize(("people", "decks"), [(1, 1), (5, 1), (6, 2), (40, 8)])
def test_decks(people, decks):
    assert method.decks(people, METHOD) == decks


@pytest.mark.parametrize(
    ("count", "of", "word"),
    [
        (10, 12, "majority"),
        (12, 12, "majority"),
        (7, 10, "more-than-half"),
        (3, 10, "fewer-than-half"),
        (2, 10, "some"),
        (1, 12, "some"),
    ],
)
def test_counts_become_the_words_of_the_seed(count, of, word):
    assert method.wording(count, of, METHOD) == word


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="not possible"):
        method.wording(5, 4, METHOD)
