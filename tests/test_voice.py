"""Dates, times, money and texts as a reader of each language expects them."""

import datetime as dt

import pytest

from kit_builder.languages import languages
from kit_builder.method import Range
from kit_builder.schema import LocalText
from kit_builder.voice import voice

DAY = dt.date(2026, 10, 6)


def text(markup):
    return str(markup.striptags())


@pytest.mark.parametrize(
    ("code", "date", "times", "money"),
    [
        ("fi", "tiistai 6. lokakuuta 2026", "17.30–20.30", "1 050–1 200 €"),
        ("sv", "tisdag 6 oktober 2026", "17.30–20.30", "1 050–1 200 €"),
        ("en", "Tuesday 6 October 2026", "17:30–20:30", "€1,050–1,200"),
    ],
)
def test_formats(code, date, times, money):
    speaker = voice(code)
    assert text(speaker.date(DAY)) == date
    assert text(speaker.times(dt.time(17, 30), dt.time(20, 30))) == times
    assert text(speaker.money(Range(low=1050, high=1200))).replace("\xa0", " ") == money


@pytest.mark.parametrize("code", list(languages()))
def test_every_language_writes_times_in_twenty_four_hours_and_isolated(code):
    written = voice(code).times(dt.time(17, 30), dt.time(20, 5))
    assert '<bdi dir="ltr"' in written if voice(code).direction == "ltr" else "<bdi" in written
    digits = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
    assert text(written).translate(digits).replace(".", ":") == voice(code).language.range.format(
        "17:30", "20:05"
    )


def test_data_are_escaped():
    assert "<b>" not in voice("fi").local(LocalText.model_validate({"fi": "<b>x</b>"}))
    assert "&lt;b&gt;" in voice("fi").gettext("%(x)s", x="<b>")


def test_a_text_from_another_language_says_which():
    found = voice("en").local(LocalText.model_validate({"fi": "Kulttuuritalo"}))
    assert str(found) == '<span lang="fi" dir="ltr">Kulttuuritalo</span>'


def test_a_missing_value_is_a_line_to_write_on():
    for written in (voice("fi").date(None), voice("fi").local(None), voice("fi").time(None)):
        assert 'class="blank' in written
