"""Building and publishing: what is sound is built, what is broken keeps its last good kit, nothing is half written."""

import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from sites import SMALL, files

from kit_builder.build import build
from kit_builder.merge import merge
from kit_builder.paths import ROOT
from kit_builder.problems import KitError
from kit_builder.reporter import Silent


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data" / "municipalities"
    folder.mkdir(parents=True)
    for name in ("aa", "bb"):
        (folder / f"{name}.yml").write_text(SMALL.format(id=name, name="Koe"), encoding="utf-8")
    return tmp_path / "data"


def test_a_broken_file_keeps_its_last_good_kit_and_the_others_are_built(data, tmp_path):
    out = tmp_path / "site"
    first = build(data, out, Silent())
    assert (first.exit_code, first.built) == (0, ("aa", "bb"))
    before = files(out / "kits" / "aa")
    (data / "municipalities" / "aa.yml").write_text("municipality: {id: aa}\n", encoding="utf-8")
    (data / "municipalities" / "bb.yml").write_text(
        SMALL.format(id="bb", name="Koe").replace("Koe", "Uusi"), encoding="utf-8"
    )

    second = build(data, out, Silent())

    assert (second.exit_code, second.built) == (1, ("bb",))
    assert files(out / "kits" / "aa") == before
    assert "Uusi" in (out / "kits" / "bb" / "fi" / "index.html").read_text(encoding="utf-8")
    listed = {line["id"]: line for line in json.loads((out / "kits.json").read_text(encoding="utf-8"))}
    assert listed["aa"]["problems"] >= 1 and listed["bb"]["problems"] == 0


def test_the_last_good_kit_of_a_broken_file_keeps_its_assets_when_those_of_the_site_change(data, tmp_path):
    out = tmp_path / "site"
    build(data, out, Silent())
    kit = out / "kits" / "aa"
    whole = files(kit)["aa.zip"]
    manifest = json.loads((kit / "kit.json").read_text(encoding="utf-8"))
    (kit / "kit.json").write_text(json.dumps(manifest | {"assets": "older"}), encoding="utf-8")
    os.utime(kit / "kit.json", (86400 * 365, 86400 * 365))
    (data / "municipalities" / "aa.yml").write_text("municipality: {id: aa}\n", encoding="utf-8")
    for _ in range(2):
        build(data, out, Silent())
        found = files(kit)
        assert found.pop("aa.zip") == whole
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            assert found == {name: archive.read(name) for name in archive.namelist()}
        assert "1971" in (out / "en" / "kits.html").read_text(encoding="utf-8")


def test_a_kit_whose_file_is_gone_is_gone(data, tmp_path):
    out = tmp_path / "site"
    build(data, out, Silent())
    (data / "municipalities" / "aa.yml").unlink()
    build(data, out, Silent())
    assert [path.name for path in (out / "kits").iterdir()] == ["bb"]


def test_only_builds_one_kit_and_leaves_the_others(data, tmp_path):
    out = tmp_path / "site"
    build(data, out, Silent())
    before = files(out / "kits" / "bb")
    for name in ("aa", "bb"):
        path = data / "municipalities" / f"{name}.yml"
        path.write_text(SMALL.format(id=name, name="Koe").replace("Koe", "Uusi"), encoding="utf-8")
    assert build(data, out, Silent(), only=("aa",)).built == ("aa",)
    assert files(out / "kits" / "bb") == before
    assert "Uusi" in (out / "kits" / "aa" / "fi" / "index.html").read_text(encoding="utf-8")


def test_an_unknown_municipality_is_refused(tmp_path):
    with pytest.raises(KitError, match=r"no file .*nowhere\.yml"):
        build(ROOT / "data", tmp_path / "site", Silent(), only=("nowhere",))


def test_shards_merged_equal_one_whole_build(data, tmp_path):
    build(data, tmp_path / "whole", Silent())
    parts = []
    for number in (1, 2):
        part = tmp_path / f"part-{number}"
        build(data, part, Silent(), shard=(number, 2))
        assert [path.name for path in (part / "kits").iterdir()] == [("aa", "bb")[number - 1]]
        parts.append(part)
    merge(data, tuple(parts), tmp_path / "merged", Silent())
    assert files(tmp_path / "merged") == files(tmp_path / "whole")


def test_the_day_of_a_last_good_kit_outlives_a_copy_of_its_shard(data, tmp_path):
    part = tmp_path / "part"
    build(data, part, Silent(), shard=(1, 2))
    os.utime(part / "kits" / "aa" / "kit.json", (86400 * 365, 86400 * 365))
    (data / "municipalities" / "aa.yml").write_text("municipality: {id: aa}\n", encoding="utf-8")
    build(data, part, Silent(), shard=(1, 2))
    (part / "kits" / "aa" / "kit.json").touch()
    merge(data, (part,), tmp_path / "merged", Silent())
    assert "1971" in (tmp_path / "merged" / "en" / "kits.html").read_text(encoding="utf-8")
    (line,) = json.loads((tmp_path / "merged" / "kits.json").read_text(encoding="utf-8"))
    assert line["since"] == "1971-01-01"


def test_merging_refuses_what_is_no_shard(data, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(KitError, match=r"holds no kits\.json"):
        merge(data, (tmp_path / "empty",), tmp_path / "merged", Silent())


def test_an_unchanged_kit_is_not_built_again_and_a_damaged_one_is(data, tmp_path):
    out = tmp_path / "site"
    build(data, out, Silent())
    before = files(out)
    assert build(data, out, Silent()).built == ()
    for folder, kind in (("documents", "*.pdf"), ("previews", "*.webp")):
        damaged = next((out / "kits" / "aa" / folder).rglob(kind))
        damaged.unlink()
        assert build(data, out, Silent()).built == ("aa",)
        assert files(out) == before


def test_a_build_with_nothing_to_do_loads_none_of_the_libraries_that_make_kits(data, tmp_path):
    """So it takes half of the time; the first build shows that they would be noticed."""
    for loaded in (True, False):
        command = (
            "import sys; from kit_builder.__main__ import main; import atexit; "
            "atexit.register(lambda: print(*sys.modules)); main()"
        )
        options = ["build", "--data", str(data), "--out", str(tmp_path / "site")]
        done = subprocess.run(
            [sys.executable, "-c", command, *options], check=True, capture_output=True, text=True
        )
        libraries = {"pydantic", "yaml", "jinja2", "babel", "markdown", "icalendar", "pebble"}
        assert libraries & set(done.stdout.split()) == (libraries if loaded else set())


def test_problems_of_an_unchanged_kit_are_told_again(data, tmp_path):
    path = data / "municipalities" / "aa.yml"
    path.write_text(
        SMALL.format(id="aa", name="Koe").replace("[fi]}", "[fi], contact: {name: Kai}}"), encoding="utf-8"
    )
    first = build(data, tmp_path / "site", Silent())
    assert [problem.rule for problem in first.problems] == ["privacy.contact"]
    again = build(data, tmp_path / "site", Silent())
    assert (again.problems, again.built) == (first.problems, ())


def test_a_card_whose_text_does_not_fit_is_refused_at_its_line(tmp_path):
    folder = tmp_path / "data" / "municipalities"
    folder.mkdir(parents=True)
    text = "Pääosin viihdytään asuinalueella hyvin ja kuljetaan julkisilla. " * 9
    (folder / "cc.yml").write_text(
        "municipality: {id: cc, name: {fi: Koe}, official_languages: [fi]}\n"
        "rounds:\n"
        "  - id: '2026'\n"
        "    discussion_meetings: [{id: one, language: fi, group: suomenkieliset, participants: 12}]\n"
        "    findings:\n"
        "      - {area: safety, meeting: one, card: true, text: {fi: Lyhyt tulos}}\n"
        f"      - {{area: safety, meeting: one, card: true, text: {{fi: {text.strip()}}}}}\n"
        "    decision_meeting: {date: 2026-11-24, start: '16:30', place: {name: Talo}}\n",
        encoding="utf-8",
    )
    result = build(tmp_path / "data", tmp_path / "site", Silent())
    found = [problem for problem in result.problems if problem.rule == "document.text-too-long"]
    assert {(problem.line, problem.path.removesuffix(".fi")) for problem in found} == {
        (7, "rounds[0].findings[1].text")
    }
    assert any("experience-cards" in problem.message for problem in found)
    assert (result.exit_code, result.built) == (1, ())


def test_a_build_of_one_kit_does_not_forget_what_is_wrong_with_another(data, tmp_path):
    out = tmp_path / "site"
    build(data, out, Silent())
    (data / "municipalities" / "bb.yml").write_text("municipality: {id: bb}\n", encoding="utf-8")
    build(data, out, Silent())
    before = (out / "kits.json").read_bytes()
    assert json.loads(before)[1]["problems"] >= 1
    path = data / "municipalities" / "aa.yml"
    path.write_text(SMALL.format(id="aa", name="Koe").replace("'2027'", "'2028'"), encoding="utf-8")
    assert build(data, out, Silent(), only=("aa",)).built == ("aa",)
    assert (out / "kits.json").read_bytes() == before


def test_a_part_built_into_an_old_output_holds_only_its_own_kits(data, tmp_path):
    out = tmp_path / "site"
    build(data, out, Silent())
    build(data, out, Silent(), shard=(1, 2))
    (data / "municipalities" / "aa.yml").write_text(
        SMALL.format(id="aa", name="Koe").replace("Koe", "Uusi"), encoding="utf-8"
    )
    build(data, out, Silent(), shard=(1, 2))
    assert [path.name for path in (out / "kits").iterdir()] == ["aa"]
