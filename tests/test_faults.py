"""Whatever happens to a build – it is killed, another is under way, its store is damaged, a file is broken –, the old
or the new site stands there whole, and the next build works. Full and read-only disks: test_disks.py."""

import json
import os
import random
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import pytest
from sites import SMALL, ForkedBuilds, different, files, left_of, look_at
from test_store import DAMAGE

from kit_builder.published import published_kits
from kit_builder.store import Store

KILLS, COLD_KILLS = 196, 4
NAMES = ("Koe", "Uusi")


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data" / "municipalities").mkdir(parents=True)
    return tmp_path / "data"


def write(data, id_, name):
    (data / "municipalities" / f"{id_}.yml").write_text(SMALL.format(id=id_, name=name), encoding="utf-8")


def beside(out):
    """What lies in the hidden folder beside the output."""
    return {path.name for path in (out.parent / f".{out.name}.build").iterdir()}


# Killed


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(toolkit, tmp_path):
    """Builds that find their documents in the store: what they do is writing and publishing. One half of them on each
    of two cores."""
    with ThreadPoolExecutor() as threads:
        halves = [threads.submit(_kill_often, toolkit, tmp_path / str(seed), seed) for seed in (1, 2)]
    killed, after = map(sum, zip(*(half.result() for half in halves), strict=True))
    print(f"{killed} builds were killed, {after} of them after they had published")
    assert killed > KILLS / 2


def _kill_often(toolkit, place, seed):
    """Gives back how many builds were killed before they had ended, and how many of those had published."""
    data, out, rolled = place / "data", place / "site", random.Random(seed)
    (data / "municipalities").mkdir(parents=True)
    wholes = {}
    for name in NAMES:
        write(data, "aa", name)
        toolkit.build(data, out)
        assert look_at(out) == {"aa": name}
        wholes[name] = files(out)
    killed = after = 0
    write(data, "aa", NAMES[0])
    with ForkedBuilds(toolkit, data, out) as builds:
        current, seconds = 0, []
        for number in range(KILLS // 2):
            if (
                number % 16 == 0
            ):  # now and then one that is left alone: it works, and clears up what the others left
                current, began = 1 - current, time.perf_counter()
                write(data, "aa", NAMES[current])
                builds.start()
                assert builds.end() == 0
                seconds.append(time.perf_counter() - began)
                assert different(files(out), wholes[NAMES[current]]) == []
                assert beside(out) <= {"lock", "spare"}
            write(data, "aa", NAMES[1 - current])
            process = builds.start()
            time.sleep(rolled.uniform(0, median(seconds)))
            os.kill(process, signal.SIGKILL)
            was_killed = builds.end() == -signal.SIGKILL
            there = files(out)
            (found,) = [n for n, name in enumerate(NAMES) if wholes[name] == there] or (None,)
            assert found is not None, [different(wholes[name], there) for name in NAMES]
            killed += was_killed
            after += was_killed and found != current
            current = found
    return killed, after


def test_a_command_killed_while_it_makes_documents_leaves_the_old_site_and_no_process(
    toolkit, data, tmp_path
):
    """Whole command lines with several processes, which find nothing in the store."""
    out, rolled = tmp_path / "site", random.Random(6)
    write(data, "aa", "Koe")
    write(data, "bb", "Toinen")
    began = time.perf_counter()
    toolkit.build(data, out)
    seconds = time.perf_counter() - began
    old, killed = files(out), 0
    for number in range(COLD_KILLS):
        write(data, "aa", f"Koe {number}")
        write(data, "bb", f"Toinen {number}")
        process = toolkit.start(data, out, "--jobs", "2")
        time.sleep(rolled.uniform(0.1, seconds))
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        assert not left_of(process.pid)
        new = {"aa": f"Koe {number}", "bb": f"Toinen {number}"}
        if look_at(out) == new:
            old = files(out)
        assert different(files(out), old) == []
    assert killed > COLD_KILLS / 2
    toolkit.build(data, out)
    assert look_at(out) == {"aa": f"Koe {COLD_KILLS - 1}", "bb": f"Toinen {COLD_KILLS - 1}"}
    assert beside(out) <= {"lock", "spare"}


# Several at once


def test_of_two_builds_into_one_output_one_is_refused_at_once(toolkit, data, tmp_path):
    out = tmp_path / "site"
    write(data, "aa", "Koe")
    builds = [toolkit.start(data, out) for _ in range(2)]
    told = [build.communicate(timeout=120)[1] for build in builds]
    codes = [build.returncode for build in builds]
    assert sorted(codes) in ([0, 2], [0, 0])
    if 2 in codes:
        refused = told[codes.index(2)]
        assert refused == f"Error: Another build is writing {out}; wait until it has ended.\n"
    assert look_at(out) == {"aa": "Koe"}


def test_a_build_of_one_kit_does_not_mix_with_another_build_that_ends_meanwhile(toolkit, data, tmp_path):
    """Each sees the other's whole site or waits for its end: no kit is listed under a name that it has no more."""
    out = tmp_path / "site"
    write(data, "aa", "Koe")
    write(data, "bb", "Toinen")
    toolkit.build(data, out)
    for number in range(2):
        write(data, "aa", f"Koe {number}")
        write(data, "bb", f"Toinen {number}")
        one = toolkit.start(data, out)
        time.sleep(0.4 * number)
        other = toolkit.start(data, out, "--only", "bb")
        for build in (one, other):
            build.communicate(timeout=120)
        assert {one.returncode, other.returncode} <= {0, 2}
        look_at(out)


def test_builds_that_share_a_store_give_what_each_gives_alone(toolkit, data, tmp_path):
    write(data, "aa", "Yhdessä")
    write(data, "bb", "Samaan aikaan")
    builds = [toolkit.start(data, tmp_path / name, "--jobs", "1") for name in ("one", "two")]
    for build in builds:
        told = build.communicate(timeout=120)[1]
        assert build.returncode == 0, told
    _empty(toolkit.store)
    toolkit.build(data, tmp_path / "alone")
    for name in ("one", "two"):
        assert different(files(tmp_path / name), files(tmp_path / "alone")) == []


def test_a_build_during_which_the_store_is_cleared_ends_well_or_says_what_happened(toolkit, data, tmp_path):
    """As `prune` of another build does, when the store has become too large."""
    out = tmp_path / "site"
    write(data, "aa", "Koe")
    toolkit.build(data, out)
    alone = files(out)
    write(data, "aa", "Uusi")
    process = toolkit.start(data, out)
    while process.poll() is None:
        Store(toolkit.store).prune(limit=0)
        time.sleep(0.02)
    told = process.communicate()[1]
    assert process.returncode == 0 or told.splitlines()[-1] == (
        f"Error: A file in {toolkit.store} was lost or damaged during the build; build again."
    )
    look_at(out)
    write(data, "aa", "Koe")
    toolkit.build(data, out)
    assert different(files(out), alone) == []


def _empty(store):
    shutil.rmtree(store, ignore_errors=True)


# Damaged


def test_damaged_entries_of_the_store_are_made_again(toolkit, data, tmp_path):
    """Every entry is damaged once, in one of all ways; what lies in the output is made from them anew."""
    out, ways = tmp_path / "site", list(DAMAGE.values())
    write(data, "aa", "Koe")
    _empty(toolkit.store)
    toolkit.build(data, out)
    whole = files(out)
    entries = sorted(path for path in toolkit.store.glob("*/*"))
    for turn in range(2):
        for number, path in enumerate(entries):
            if (
                number % 2 == turn and path.is_file()
            ):  # another entry's damage may have taken their folder away
                _damage(path, ways[number // 2 % len(ways)])
        _publish_anew(toolkit, data, out)
        assert different(files(out), whole) == []


def _damage(path, way):
    try:
        way(path)
    except OSError:  # a folder with two entries can't become a file as a folder with one does
        path.unlink(missing_ok=True)


def _publish_anew(toolkit, data, out):
    out.rename(out.with_name("before"))
    toolkit.build(data, out)
    shutil.rmtree(out.with_name("before"))


def test_each_damaged_file_of_the_site_is_noticed_and_the_site_mended(toolkit, data, tmp_path):
    out = tmp_path / "site"
    write(data, "aa", "Koe")
    toolkit.build(data, out)
    whole = files(out)
    store, (kit,) = Store(toolkit.store), published_kits(out).values()

    def noticed():
        (read,) = published_kits(out).values() or (None,)
        return read is None or not read.is_whole(kit.manifest["inputs"], store)

    assert not noticed()
    for path in [path for path in kit.folder.rglob("*") if path.is_file() and path.name != "kit.json"]:
        text = path.read_bytes()
        path.write_bytes(text[:-1])
        assert noticed(), path
        path.unlink()
        assert noticed(), path
        path.write_bytes(text)
    assert not noticed()
    for name in (
        "kits/aa/fi/why.html",
        "kits/aa/kit.json",
        "kits/aa/aa.zip",
        "fi/kits.html",
        "toolkit.json",
        "sw.js",
    ):
        (out / name).unlink()
        toolkit.build(data, out)
        assert different(files(out), whole) == [], name


# Broken


@pytest.mark.parametrize("count", [5, pytest.param(300, marks=pytest.mark.nation)])
def test_one_broken_file_costs_no_other_kit_its_build(toolkit, data, tmp_path, count):
    """All files are changed, one of them is broken: all the others are built, and its last good kit stays, with the
    day on which it was made in the toolkit's list."""
    out, ids = tmp_path / "site", [f"kunta-{number}" for number in range(count)]
    broken = ids[count // 2]
    for id_ in ids:
        write(data, id_, "Koe")
    toolkit.build(data, out)
    os.utime(out / "kits" / broken / "kit.json", (1_770_000_000, 1_770_000_000))
    old = files(out / "kits" / broken)
    for id_ in ids:
        write(data, id_, f"Uusi {id_}")
    (data / "municipalities" / f"{broken}.yml").write_text("municipality: {id: aa}\n", encoding="utf-8")

    told = toolkit.build(data, out, exit_code=1)

    assert f"Built {count - 1} kits." in told and f"{broken}.yml:1:" in told
    assert look_at(out) == {id_: "Koe" if id_ == broken else f"Uusi {id_}" for id_ in ids}
    assert different(files(out / "kits" / broken), old) == []
    for language, day in (("fi", "2. helmikuuta 2026"), ("sv", "2 februari 2026"), ("en", "2 February 2026")):
        text = (out / language / "kits.html").read_text(encoding="utf-8").replace("\xa0", " ")
        lines = text.split("<li>")
        (line,) = [line for line in lines if f'kits/{broken}/index.html"' in line]
        assert day in line and sum("<em>" in line and "2026" in line for line in lines) == 1
    listed = {line["id"]: line["problems"] for line in json.loads((out / "kits.json").read_bytes())}
    assert [id_ for id_, problems in listed.items() if problems] == [broken]
