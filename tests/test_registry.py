"""Finland's municipalities, as the registry knows them."""

import pytest

from kit_builder import registry


def test_there_are_308_municipalities_with_codes_names_and_languages_of_their_own():
    known = registry.municipalities()
    assert len(known) == 308
    assert len({entry.code for entry in known}) == len({entry.id for entry in known}) == 308
    assert all(len(entry.code) == 3 and entry.code.isdigit() for entry in known)
    assert all(set(entry.official_languages) <= {"fi", "sv", "se", "smn", "sms"} for entry in known)
    assert all(set(entry.official_languages) & set(entry.name) for entry in known)


@pytest.mark.parametrize(
    ("code", "fi", "sv", "languages"),
    [
        ("091", "Helsinki", "Helsingfors", ("fi", "sv")),
        ("638", "Porvoo", "Borgå", ("fi", "sv")),
        ("505", "Mäntsälä", None, ("fi",)),
        ("478", None, "Mariehamn", ("sv",)),
        ("598", "Pietarsaari", "Jakobstad", ("sv", "fi")),
    ],
)
def test_some_that_everyone_knows(code, fi, sv, languages):
    entry = registry.by_code(code)
    assert entry.official_languages == languages
    assert fi is None or entry.name["fi"] == fi
    assert sv is None or entry.name["sv"] == sv


@pytest.mark.parametrize("wanted", ["091", "Helsinki", "helsingfors", "HELSINKI"])
def test_a_municipality_is_found_by_code_and_by_any_name(wanted):
    assert registry.find(wanted).code == "091"


@pytest.mark.parametrize(
    ("wanted", "id_"), [("Ohcejohka", "utsjoki"), ("aanaar", "inari"), ("soadegilli", "sodankyla")]
)
def test_the_municipalities_of_the_sami_homeland_are_found_by_their_sami_names(wanted, id_):
    assert registry.find(wanted).id == id_


@pytest.mark.parametrize("wanted", ["mantsala", "Mäntsälä", "mäntsälä"])
def test_accents_do_not_matter(wanted):
    assert registry.find(wanted).code == "505"
