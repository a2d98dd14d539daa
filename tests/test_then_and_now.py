"""The page that a municipality shows its residents: rounds beside one another."""

import re

import pytest
from test_site import Links

from kit_builder import data
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.site.then_and_now import how_far, side_by_side

AREAS = ("participation", "attitudes", "safety", "interaction")


@pytest.fixture(scope="module")
def mallila():
    (entry,) = data.read_data(ROOT / "data", load_method(), ("mallila",))
    return entry.file


def text(site, name):
    return Links((site / "kits" / name).read_text(encoding="utf-8")).text


def test_then_comes_before_now_in_every_area(mallila):
    then, now = side_by_side(mallila, AREAS)
    assert (then.id, now.id) == ("2023", "2026")
    for area in AREAS:
        assert len(then.findings[area]) == 2
        assert len(now.findings[area]) > 2
    told, group = then.findings["safety"][0]
    assert told.text.find("sv")[0].startswith("Över hälften tar en omväg")
    assert group.find("sv")[0] == "arabisktalande"


def test_actions_are_counted_over_all_rounds_and_shown_by_how_far_they_are(mallila):
    assert how_far(mallila) == {"done": 2, "under-way": 2, "planned": 4}
    then, now = side_by_side(mallila, AREAS)
    assert [len(then.actions[status]) for status in how_far(mallila)] == [2, 2, 1]
    assert [len(now.actions[status]) for status in how_far(mallila)] == [0, 0, 3]


def test_of_many_rounds_the_latest_three_stand_there(mallila):
    first = mallila.rounds[0]
    rounds = tuple(first.model_copy(update={"id": str(year)}) for year in (2014, 2017, 2020, 2023, 2026))
    many = mallila.model_copy(update={"rounds": rounds})
    assert [seen.id for seen in side_by_side(many, AREAS)] == ["2020", "2023", "2026"]
    assert how_far(many)["done"] == 10


@pytest.mark.parametrize(
    ("code", "told", "next_round"),
    [
        ("fi", "Kevään 2025 asukaskyselyssä yli puolet", "Vuosi: 2028"),
        ("sv", "I invånarenkäten våren 2025", "År: 2028"),
        ("en", "Kevään 2025 asukaskyselyssä yli puolet", "Year: 2028"),
    ],
)
def test_residents_read_what_changed_and_when_they_are_asked_again(site, code, told, next_round):
    found = text(site, f"mallila/{code}/follow-up/rounds.html")
    assert told in found
    assert next_round in found


def test_the_page_works_with_one_round_and_before_anything_was_told(site):
    found = text(site, "suvikoski/en/follow-up/rounds.html")
    assert "So far there is one round" in found
    assert "No actions have been decided on yet" in found
    assert len(re.findall("Nothing has been written here yet", found)) == 1
    assert "The year of the next round has not been decided yet" in found
