"""A build after changes gives, byte for byte, what a build from nothing gives: whatever was changed, with builds in
between, of all kits or of one. Only a broken file differs: its last good kit stays, as it was."""

import io
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from sites import FEW, SMALL, Toolkit, different, files

from kit_builder.paths import ROOT

IDS = ("aa", "bb", "cc")
BROKEN = "municipality: {id: nobody}\n"
EXAMPLES = int(os.environ.get("EXAMPLES", "100"))
"""How many sequences of changes a person lets be tried (make test-nation)."""

id_, version = st.sampled_from(IDS), st.sampled_from([0, 1, 2])
changes = st.one_of(
    st.tuples(
        st.just("write"),
        id_,
        st.sampled_from(["Koe", "Uusi"]),
        st.sampled_from(["2027", "2028"]),
        st.booleans(),
    ),
    st.tuples(st.just("break"), id_),
    st.tuples(st.just("remove"), id_),
    st.tuples(st.just("logo"), version),
    st.tuples(st.sampled_from(["page", "catalog", "template", "style", "asset"]), version),
    st.tuples(st.just("build"), st.sampled_from([None, *IDS])),
)

EACH_KIND = {
    ("write", "aa", "Uusi", "2027", False): ("fi/kits.html", "kits/aa/documents/2027/print-order.fi.pdf"),
    ("logo", 1): ("kits/bb/documents/2027/print-order.fi.pdf",),
    ("page", 1): ("fi/why.html", "kits/aa/fi/why.html", "kits/aa/fi/search/search_index.json"),
    ("catalog", 1): ("templates/fi/invitation-discussion.fi.pdf",),
    ("template", 1): ("fi/residents.html", "kits/aa/fi/residents.html"),
    ("style", 1): ("templates/fi/invitation-discussion.fi.pdf", "previews/fi/invitation-discussion.fi.webp"),
    ("asset", 1): ("assets/entrance.css", "kits/aa/sw.js"),
}  # fmt: skip
"""A change by itself, and what must not stay as it was."""

KINDS = [change[0] for change in EACH_KIND]


def logo(number):
    """What the logo's file holds, by its version; in the last one there is none."""
    if number == 0:
        return (ROOT / "data/municipalities/logos/mallila.png").read_bytes()
    stream = io.BytesIO()
    Image.new("RGB", (300, 100), (0, 90, 160)).save(stream, "png")
    return stream.getvalue() if number == 1 else None


class Changing:
    """A copy of the toolkit whose files change between builds, and get their first version back for each world."""

    def __init__(self, folder):
        self.toolkit = Toolkit(folder, FEW, ("fi", "sv", "en"))
        self._files = {
            "page": (folder / "docs/fi/why.md", "\n\nLuku {}.\n"),
            "catalog": (folder / "data/translations/fi.po", None),
            "template": (folder / "kit_builder/templates/site/whole-page.html", "<!-- {} -->\n"),
            "style": (
                folder / "kit_builder/templates/styles/invitation-discussion.css",
                "\nh1 {{ margin-left: {}mm }}\n",
            ),
            "asset": (folder / "docs/assets/entrance.css", "\n/* {} */\n"),
        }
        self._first = {kind: path.read_text(encoding="utf-8") for kind, (path, _) in self._files.items()}

    def change(self, kind, number):
        path, more = self._files[kind]
        text = self._first[kind]
        if number and more:
            text += more.format(number)
        elif number:
            old = 'msgid "Come and tell us what life is like here"\nmsgstr "'
            assert old in text
            text = text.replace(old, f"{old}{number} ")
        path.write_text(text, encoding="utf-8")

    def as_at_first(self):
        for kind in self._files:
            self.change(kind, 0)


def unpacked(id_, kit):
    """What becomes of a kit that stays where the site's assets are no longer its own: what its zip holds."""
    with zipfile.ZipFile(io.BytesIO(kit[f"{id_}.zip"])) as packed:
        return {path: packed.read(path) for path in packed.namelist()} | {f"{id_}.zip": kit[f"{id_}.zip"]}


@pytest.fixture(scope="module")
def changing(tmp_path_factory):
    return Changing(tmp_path_factory.mktemp("copy") / "toolkit")


class World:
    """Data and a site that follow the changes, beside a site that is built from nothing."""

    def __init__(self, place, changing):
        self.changing, self.toolkit = changing, changing.toolkit
        self.data, self.out, self.clean = place / "data", place / "site", place / "clean"
        (self.data / "municipalities/logos").mkdir(parents=True)
        self.last_good = {}
        self.as_at_first()

    def as_at_first(self):
        self.changing.as_at_first()
        self.apply("logo", 0)
        self.apply("write", "aa", "Koe", "2027", False)
        self.apply("write", "bb", "Toinen", "2027", True)

    def _path(self, id_):
        return self.data / "municipalities" / f"{id_}.yml"

    def apply(self, kind, *what):
        if kind == "write":
            id_, name, round_, with_logo = what
            text = SMALL.format(id=id_, name=name).replace("'2027'", f"'{round_}'")
            text = text.replace("[fi]}", "[fi], logo: logos/one.png}") if with_logo else text
            self._path(id_).write_text(text, encoding="utf-8")
        elif kind == "break":
            self._path(what[0]).write_text(BROKEN, encoding="utf-8")
        elif kind == "remove":
            self._path(what[0]).unlink(missing_ok=True)
        elif kind == "logo":
            path, data = self.data / "municipalities/logos/one.png", logo(what[0])
            path.unlink(missing_ok=True)
            if data is not None:
                path.write_bytes(data)
        elif kind == "build":
            if what[0] is None or self._path(what[0]).exists():
                self.build(*(("--only", what[0]) if what[0] else ()))
        else:
            self.changing.change(kind, *what)

    def build(self, *options):
        self.toolkit.build(self.data, self.out, *options, exit_code=None)
        for line in json.loads((self.out / "kits.json").read_bytes()):
            if not line["problems"]:
                self.last_good[line["id"]] = files(self.out / line["path"])

    def compare(self):
        """The site after one more build with the same site built from nothing."""
        self.build()
        store, aside = self.toolkit.folder / ".kit", self.toolkit.folder / ".kit-aside"
        store.rename(aside)
        shutil.rmtree(self.clean, ignore_errors=True)
        self.toolkit.build(self.data, self.clean, exit_code=None)
        shutil.rmtree(store)
        aside.rename(store)
        old, new = files(self.out), files(self.clean)
        listed, good = ({line["id"]: line for line in json.loads(found["kits.json"])} for found in (old, new))
        for id_ in listed.keys() - good.keys():
            assert self._path(id_).exists() and listed[id_]["problems"]
            stays = files(self.out / "kits" / id_)
            assert stays in (self.last_good[id_], unpacked(id_, self.last_good[id_]))
        for id_ in good:
            assert listed[id_] == good[id_]
            assert different(*(files(site / "kits" / id_) for site in (self.out, self.clean))) == []
        if listed == good:
            assert different(old, new) == []


def follow(changing, steps):
    """Makes the changes one by one and compares; then mends what is broken and compares all."""
    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place), changing)
        world.build()
        for step in steps:
            world.apply(*step)
        world.compare()
        if any(line["problems"] for line in json.loads((world.out / "kits.json").read_bytes())):
            world.apply("logo", 0)
            for id_ in IDS:
                world.apply("write", id_, "Korjattu", "2027", False)
            world.compare()


NATION = pytest.mark.nation


@pytest.mark.parametrize("kinds", [("write", "logo", "catalog"), pytest.param(tuple(KINDS), marks=NATION)])
def test_a_change_by_itself_reaches_the_site_and_leaves_no_trace_when_it_is_undone(changing, tmp_path, kinds):
    world = World(tmp_path, changing)
    world.compare()
    first = files(world.out)
    for change, reached in EACH_KIND.items():
        if change[0] in kinds:
            world.apply(*change)
            world.build()
            assert set(reached) <= set(different(files(world.out), first)), change
            world.as_at_first()
            world.build()
            assert different(files(world.out), first) == [], change


def test_a_last_good_kit_whose_zip_is_damaged_stops_the_build_and_stays_with_the_site(changing, tmp_path):
    world = World(tmp_path, changing)
    world.build()
    packed = world.out / "kits/aa/aa.zip"
    packed.write_bytes(packed.read_bytes()[:-1000] + bytes(1000))
    before = files(world.out)
    world.apply("break", "aa")
    world.apply("asset", 1)
    told = world.toolkit.build(world.data, world.out, exit_code=2)
    assert f"{packed} is missing or damaged" in told
    assert files(world.out) == before
    shutil.rmtree(packed.parent)  # as it says
    world.toolkit.build(world.data, world.out, exit_code=1)
    assert [line["id"] for line in json.loads((world.out / "kits.json").read_bytes())] == ["bb"]


RANDOM = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=1, phases=[Phase.generate], derandomize=True, **RANDOM)
@given(steps=st.lists(changes, min_size=8, max_size=12))
def test_a_build_after_random_changes_equals_a_clean_one(changing, steps):
    follow(changing, steps)


@NATION
@settings(max_examples=EXAMPLES, phases=[Phase.generate], **RANDOM)
@given(steps=st.lists(changes, min_size=4, max_size=16))
def test_a_build_after_many_random_changes_equals_a_clean_one(changing, steps):
    print(steps, flush=True)
    follow(changing, steps)
