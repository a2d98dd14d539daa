"""Calendar files as a calendar reads them: right times, texts that stay texts, and a changed meeting that updates."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from kit_builder import data
from kit_builder.documents.calendar import decision_calendar, meeting_calendar, round_calendar
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.schema import LocalText
from kit_builder.voice import voice

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture(scope="module")
def file():
    (entry,) = data.read_data(ROOT / "data", load_method(), ("mallila",))
    return entry.file


@pytest.fixture(scope="module")
def round_(file):
    return file.rounds[-1]


def only_event(calendar: bytes):
    (event,) = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    return event


def invitation(file, round_, meeting_id="arabic-1", language=None, **changes):
    meeting = round_.meeting(meeting_id).model_copy(update=changes)
    return meeting_calendar(file, round_, meeting, voice(language or meeting.language))


def test_a_meeting_stands_at_its_times_and_its_place(file, round_):
    event = only_event(invitation(file, round_, language="fi"))
    assert event.start == dt.datetime(2026, 9, 29, 17, 30, tzinfo=HELSINKI)
    assert event.end == dt.datetime(2026, 9, 29, 20, 30, tzinfo=HELSINKI)
    assert event["summary"] == "Keskustelutilaisuus – Mallila"
    assert event["location"] == "Kulttuuritalo Silta, Rantakatu 4, Mallila"
    assert "Ovet avataan ja tarjoilu alkaa klo 17.00" in event["description"]
    assert "Ilmoittaudu: https://example.org/mallila-arabia 22.9.2026" in event["description"]
    assert event["url"] == "https://example.org/mallila-arabia"


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (dt.date(2026, 10, 24), 11),
        (dt.date(2026, 10, 25), 12),
        (dt.date(2027, 3, 27), 12),
        (dt.date(2027, 3, 28), 11),
    ],
)
def test_two_o_clock_is_two_o_clock_on_the_days_around_a_change_of_clocks(file, round_, day, utc_hour):
    written = invitation(file, round_, date=day, start=dt.time(14), doors=None)
    calendar = icalendar.Calendar.from_ical(written)
    assert f"DTSTART;TZID=Europe/Helsinki:{day:%Y%m%d}T140000".encode() in written
    (zone,) = calendar.walk("VTIMEZONE")
    two = dt.datetime.combine(day, dt.time(14), zone.to_tz(lookup_tzid=False))
    assert two.astimezone(dt.UTC).hour == utc_hour
    (event,) = calendar.walk("VEVENT")
    assert event.end - event.start == dt.timedelta(hours=3)


def test_the_time_zone_says_what_the_systems_says(file, round_):
    (zone,) = icalendar.Calendar.from_ical(invitation(file, round_)).walk("VTIMEZONE")
    own = zone.to_tz(lookup_tzid=False)
    hours = [dt.datetime(2026, 1, 1) + dt.timedelta(hours=6 * step) for step in range(4 * 366 * 3)]
    assert all(
        hour.replace(tzinfo=own).utcoffset() == hour.replace(tzinfo=HELSINKI).utcoffset() for hour in hours
    )
    assert b"RDATE" not in invitation(file, round_)


def test_a_meeting_that_ends_at_midnight_ends_on_the_next_day(file, round_):
    event = only_event(invitation(file, round_, start=dt.time(21), doors=None))
    assert event.end == dt.datetime(2026, 9, 30, 0, 0, tzinfo=HELSINKI)


def test_a_meeting_that_is_put_off_takes_the_old_ones_place(file, round_):
    before = only_event(invitation(file, round_))
    day_later = only_event(invitation(file, round_, date=dt.date(2026, 9, 30)))
    hour_later = only_event(invitation(file, round_, start=dt.time(18, 30)))
    for later in (day_later, hour_later):
        assert later["uid"] == before["uid"]
        assert later["sequence"] > before["sequence"]
        assert later.DTSTAMP > before.DTSTAMP


def test_a_change_of_the_place_keeps_the_event(file, round_):
    elsewhere = round_.meeting("russian-1").place
    before, after = (
        only_event(invitation(file, round_)),
        only_event(invitation(file, round_, place=elsewhere)),
    )
    assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"])
    assert after["location"] != before["location"]


def test_a_higher_revision_takes_the_old_ones_place_whatever_has_changed(file, round_):
    """Also an earlier day, though files without a revision are out already; and each next one again."""
    changes = (
        {},
        {"revision": 1, "date": dt.date(2026, 9, 1)},
        {"revision": 2, "place": round_.meeting("russian-1").place},
        {"revision": 3, "date": dt.date(2020, 1, 1), "start": dt.time(8)},
        {"revision": 99, "date": dt.date(2100, 12, 31)},
    )
    events = [only_event(invitation(file, round_, **change)) for change in changes]
    assert len({event["uid"] for event in events}) == 1
    sequences = [event["sequence"] for event in events]
    assert sequences == sorted(set(sequences))
    assert sequences[-1] < 2**31


def test_a_decision_makers_meeting_has_a_revision_too(file, round_):
    meeting = round_.decision_meeting.model_copy(update={"revision": 1, "start": dt.time(15)})
    earlier = round_.model_copy(update={"decision_meeting": meeting})
    before, after = (only_event(decision_calendar(file, one, voice("fi"))) for one in (round_, earlier))
    assert after.start < before.start
    assert after["sequence"] > before["sequence"]


def test_a_meeting_is_the_same_event_in_every_language_and_in_the_rounds_calendar(file, round_):
    uids = {only_event(invitation(file, round_, language=code))["uid"] for code in languages()}
    assert uids == {"mallila.2026.discussion.arabic-1@meeting-kit.invalid"}
    whole = icalendar.Calendar.from_ical(round_calendar(file, round_, voice("fi")))
    assert uids <= {event["uid"] for event in whole.walk("VEVENT")}


def test_a_rounds_calendar_has_every_meeting_in_order_and_says_which_group(file, round_):
    whole = icalendar.Calendar.from_ical(round_calendar(file, round_, voice("sv")))
    events = whole.walk("VEVENT")
    assert [event["summary"] for event in events] == [
        "Diskussionsmöte: arabisktalande",
        "Diskussionsmöte: somalisktalande",
        "Diskussionsmöte: rysktalande",
        "Diskussionsmöte: tigrinjatalande",
        "Diskussionsmöte: finsktalande",
        "Mötet med beslutsfattare – Modellby",
    ]
    assert len({event["uid"] for event in events}) == 6
    assert whole["x-wr-calname"] == "Modellby 2026"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in round_calendar(file, round_, voice("sv"))


def test_a_meeting_without_a_day_is_left_out_of_the_round_and_has_no_file(file, round_):
    undated = round_.meeting("arabic-1").model_copy(update={"date": None})
    with pytest.raises(ValueError):
        meeting_calendar(file, round_, undated, voice("ar"))
    alone = round_.model_copy(update={"discussion_meetings": (undated,)})
    (event,) = icalendar.Calendar.from_ical(round_calendar(file, alone, voice("fi"))).walk("VEVENT")
    assert event["summary"] == "Päättäjätilaisuus – Mallila"
    with pytest.raises(ValueError):
        round_calendar(file, alone.model_copy(update={"decision_meeting": None}), voice("fi"))


def test_the_decision_makers_meeting_says_how_to_sign_up(file, round_):
    event = only_event(decision_calendar(file, round_, voice("sv")))
    assert event.start == dt.datetime(2026, 11, 24, 16, 30, tzinfo=HELSINKI)
    assert event.end == dt.datetime(2026, 11, 24, 19, 30, tzinfo=HELSINKI)
    assert "Anmäl dig här: https://example.org/mallila" in event["description"]
    assert "Tolkning: العربية och русский" in event["description"]


def test_an_invitation_speaks_its_language_and_admits_that_nobody_has_read_the_translation(file, round_):
    event = only_event(invitation(file, round_, "tigrinya-1"))
    assert event["summary"].params["language"] == "ti"
    assert event["summary"].startswith("ዕድመ ናብ ኣኼባ ምይይጥ")
    assert event["description"].split("\n")[-2:] == [
        voice("ti").review_line.striptags(),
        "Ihminen ei ole vielä tarkistanut tätä käännöstä.",
    ]


def test_numbers_and_addresses_keep_their_order_in_a_text_from_right_to_left(file, round_):
    bare = tuple(one.model_copy(update={"contact": None}) for one in round_.organisations)
    described = only_event(invitation(file, round_.model_copy(update={"organisations": bare}), "arabic-1"))[
        "description"
    ]
    assert "\u200e+358 40 000 0000\u200e" in described
    assert "\u200ehttps://example.org/mallila-arabia\u200e" in described


def test_a_contact_who_may_not_be_published_is_not_named(file, round_):
    silent = file.municipality.contact.model_copy(update={"publish": False})
    other = file.model_copy(update={"municipality": file.municipality.model_copy(update={"contact": silent})})
    assert b"Mallikas" in invitation(file, round_, "tigrinya-1")
    assert b"Mallikas" not in invitation(other, round_, "tigrinya-1")


def test_data_stay_inside_their_property(file, round_):
    evil = "Talo; A, B\\n\r\nEND:VEVENT\r\nATTACH:https://evil.example <b>x</b>\x07 \u2028"
    meeting = round_.meeting("finnish-1")
    place = meeting.place.model_copy(update={"name": LocalText.model_construct(root={"fi": evil})})
    written = invitation(file, round_, "finnish-1", place=place)
    assert written.count(b"END:VEVENT\r\n") == 1 and b"\nATTACH" not in written and b"\x07" not in written
    event = only_event(written)
    assert event["location"].startswith("Talo; A, B\\n END:VEVENT ATTACH:https://evil.example <b>x</b>")
    assert "attach" not in event


@pytest.mark.parametrize("code", list(languages()))
def test_lines_are_short_and_never_broken_inside_a_letter(file, round_, code):
    written = invitation(file, round_, language=code)
    assert written.endswith(b"\r\n") and b"\n" not in written.replace(b"\r\n", b"")
    for line in written.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_the_same_meeting_gives_the_same_bytes(file, round_):
    assert invitation(file, round_) == invitation(file, round_)
    assert round_calendar(file, round_, voice("fi")) == round_calendar(file, round_, voice("fi"))
