"""What municipalities decided: from their files through the manifests to the toolkit's page and feed."""

import datetime as dt
import json
import xml.etree.ElementTree as ET

import pytest

from kit_builder.build import build
from kit_builder.decided import Decided, from_manifest
from kit_builder.reporter import Silent
from kit_builder.schema import Action
from kit_builder.site.input import KitEntry
from kit_builder.site.learning import by_area, latest

ATOM = "{http://www.w3.org/2005/Atom}"

FILE = """
municipality: {{id: {id}, name: {{fi: {name}}}, official_languages: [fi]}}
rounds:
  - id: "2027"
    actions:
      - {{title: {{fi: "{title}"}}, area: safety, status: {status}}}
"""


def action(title, status="planned", area=None):
    return Action.model_validate({"title": {"fi": title}, "status": status, "area": area})


def kit(name, *decided):
    return KitEntry(name.lower(), {"fi": name}, ("fi",), None, decided)


def test_a_manifest_tells_every_action_and_is_read_as_it_was_written(site):
    lines = json.loads((site / "kits" / "mallila" / "kit.json").read_text(encoding="utf-8"))["actions"]
    assert [line["round"] for line in lines] == ["2023"] * 5 + ["2026"] * 3
    read = from_manifest(lines)
    assert [item.action.status for item in read] == [line["status"] for line in lines]
    assert read[0].day == dt.date(2023, 11, 14)
    assert (read[0].heard, read[-1].heard) == (("fi", "ar"), ("fi", "ar", "so", "ti", "ru"))
    assert read[0].action.title.find("sv")[0] == "Belysning i gångtunneln och längs strandstigen"


def test_an_action_that_today_nobody_can_read_is_left_out():
    lines = [
        {"round": "2027", "decided": None, "title": {"fi": "Valot"}, "status": "half-done"},
        {"round": "2027", "decided": None, "title": {"fi": "Kahvila"}, "status": "done"},
    ]
    assert [item.action.title.find("fi")[0] for item in from_manifest(lines)] == ["Kahvila"]


def test_actions_stand_by_area_and_what_is_done_comes_first():
    kits = [
        kit("Ähtäri", Decided("2027", None, action("a", "planned", "safety"))),
        kit("Akaa", Decided("2026", None, action("b", "done", "safety")), Decided("2026", None, action("c"))),
        kit("Espoo", Decided("2027", None, action("d", "planned", "safety"))),
    ]
    told = [
        (area, [item.decided.action.title.find("fi")[0] for item in found])
        for area, found in by_area(kits, ["attitudes", "safety"])
    ]
    assert told == [("safety", ["b", "a", "d"]), (None, ["c"])]


def test_an_action_is_news_again_when_its_status_changes():
    first, again, done = (
        latest([kit("Akaa", Decided("2027", None, action("Valot", status)))])[0].key
        for status in ("planned", "planned", "done")
    )
    assert first == again != done


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_feed_is_whole_and_leads_to_the_kits(site, code):
    feed = ET.fromstring((site / code / "actions.xml").read_bytes())
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 8
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0] == "2026-11-24T00:00:00Z"
    for entry in entries:
        assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}summary")
        target = site / code / entry.find(f"{ATOM}link").get("href")
        assert target.is_file()


def test_a_kit_that_stays_keeps_its_actions_on_the_toolkits_page(tmp_path):
    folder, out = tmp_path / "data" / "municipalities", tmp_path / "site"
    folder.mkdir(parents=True)
    for id_, name, title, status in (
        ("aa", "Aa", "Valot rantaan", "planned"),
        ("bb", "Bb", "Kahvila & <b>kieli</b>", "done"),
    ):
        (folder / f"{id_}.yml").write_text(
            FILE.format(id=id_, name=name, title=title, status=status), "utf-8"
        )
    build(tmp_path / "data", out, Silent())
    (folder / "aa.yml").write_text("municipality: {id: aa}\n", encoding="utf-8")
    (folder / "bb.yml").write_text(
        FILE.format(id="bb", name="Bb", title="Kahvila & <b>kieli</b>", status="under-way"), "utf-8"
    )

    build(tmp_path / "data", out, Silent())

    page = (out / "fi" / "actions.html").read_text(encoding="utf-8")
    assert "Valot rantaan" in page
    assert "Kahvila &amp; &lt;b&gt;kieli&lt;/b&gt;" in page
    assert 'data-status="under-way" data-kit="bb"' in page
    ET.fromstring((out / "fi" / "actions.xml").read_bytes())
