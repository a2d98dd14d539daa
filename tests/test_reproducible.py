"""The same data give the same bytes, wherever, when, in which order and by how many processes the site is built."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml
from sites import Toolkit, different, files, look_at

from kit_builder.paths import ROOT

LANGUAGES = ("fi", "sv", "en", "ar")
LATER = ("faketime", "-f", "+400d")
"""A program that is run so takes this day for one 400 days later."""

SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds) and None\n"
"""Read by every Python process as it starts: with faketime 0.9.10, Python's own sleep fails now and then (EINVAL)."""

HERE = {
    "PYTHONHASHSEED": "1",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "DONT_FAKE_MONOTONIC": "1",
}
THERE = {
    **HERE,
    "PYTHONHASHSEED": "2",
    "TZ": "America/Los_Angeles",
    "LC_ALL": "C.UTF-8",
    "LANG": "sv_FI.UTF-8",
}


def municipality(folder):
    """The far-along example, with the meetings in few languages: every document is planned for it."""
    example = yaml.safe_load((ROOT / "data/municipalities/mallila.yml").read_text(encoding="utf-8"))
    round_ = example["rounds"][-1]
    meetings = [m for m in round_["discussion_meetings"] if m["language"] in LANGUAGES][:3]
    kept = {meeting["id"] for meeting in meetings}
    round_["discussion_meetings"] = meetings
    for key in ("findings", "proposals"):
        round_[key] = [item for item in round_[key] if item["meeting"] in kept]
    round_["decision_meeting"]["interpretation"] = ["ar"]
    example["rounds"] = [round_]
    shutil.copytree(ROOT / "data/municipalities/logos", folder / "municipalities/logos")
    text = yaml.safe_dump(example, allow_unicode=True, sort_keys=False)
    (folder / "municipalities/mallila.yml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Two sites, each built from nothing in a place of its own and under other circumstances."""
    place = tmp_path_factory.mktemp("built")

    def build(name, surroundings, jobs, mask, before=()):
        toolkit = Toolkit(place / name / "toolkit", languages=LANGUAGES)
        data, out = place / name / "data", place / name / "site"
        municipality(data)
        (toolkit.folder / "sitecustomize.py").write_text(SLEEP, encoding="utf-8")
        process = subprocess.run(
            [*before, *toolkit.command(data, out, "--jobs", jobs)], env={**toolkit.surroundings, **surroundings},
            cwd=data, umask=mask, capture_output=True, text=True,
        )  # fmt: skip
        assert process.returncode == 0, process.stderr
        return out

    with ThreadPoolExecutor() as threads:
        here = threads.submit(build, "here", HERE, "1", 0o022)
        there = threads.submit(build, "a place with a longer name, åäö", THERE, "2", 0o077, LATER)
        return here.result(), there.result()


def test_the_clock_is_really_changed():
    told = [sys.executable, "-c", "import datetime, os; print(datetime.date.today())"]
    later = subprocess.run(
        [*LATER, *told], env={**os.environ, **HERE}, capture_output=True, text=True, check=True
    )
    assert dt.date.fromisoformat(later.stdout.strip()) > dt.date.today() + dt.timedelta(days=390)


def test_two_builds_under_other_circumstances_give_the_same_bytes(sites):
    here, there = sites
    assert look_at(here) == {"mallila": "Mallila"}
    found = files(here)
    kinds = {path.rpartition(".")[2] for path in found}
    assert kinds >= {"pdf", "docx", "pptx", "ics", "zip", "html", "json", "xml", "webp", "js", "webmanifest"}
    planned = {
        document.split(".")[0]
        for document in (path.name for path in (here / "kits/mallila/documents").rglob("*.pdf"))
    }
    assert planned == set(yaml.safe_load((ROOT / "data/documents.yml").read_text(encoding="utf-8")))
    assert different(found, files(there)) == []
