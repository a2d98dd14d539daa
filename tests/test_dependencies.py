"""The list of dependencies says what is installed, and nothing else."""

import re
from importlib.metadata import metadata

from kit_builder.paths import ROOT

PAGE = (ROOT / "docs" / "maintainers" / "dependencies.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?!package \||---)([a-z0-9-]+) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
ROWS = dict(ROW.findall(PAGE.split("## What lies in the repository itself")[0]))


def plain(name):
    return re.sub("[-_.]+", "-", name).lower()


def locked(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    return {plain(found): version for found, version in re.findall(r"^([\w.-]+)==(\S+) ", text, re.MULTILINE)}


def test_every_package_that_is_installed_is_listed():
    assert set(ROWS) == set(locked("requirements.lock"))


def test_what_we_chose_is_what_the_project_asks_for():
    chosen = PAGE[PAGE.index("## What we chose") : PAGE.index("## What comes with them")]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = re.findall(r'"([\w.-]+)', re.search(r"^dependencies = \[(.*?)^\]", project, re.M | re.S)[1])
    assert {name for name, _ in ROW.findall(chosen)} == set(map(plain, asked))


def test_the_licences_are_those_that_the_packages_declare():
    declared = {name: metadata(name)["License-Expression"] for name in ROWS}
    assert {n: ROWS[n] for n, licence in declared.items() if licence} == {
        n: licence for n, licence in declared.items() if licence
    }
    assert sum(licence is not None for licence in declared.values()) > 20


def test_every_package_is_pinned_with_hashes():
    for name in ("requirements.lock", "requirements-test.lock", "requirements-maintain.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        lines = re.findall(r"^[\w.-]+.*$", text, re.MULTILINE)
        assert lines and [line for line in lines if not re.fullmatch(r"[\w.-]+==\S+ \\", line)] == []
        for block in re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]:
            assert "--hash=sha256:" in block, block[:40]


def test_all_locks_pin_the_same_versions():
    built, tested, maintained = (locked(f"requirements{part}.lock") for part in ("", "-test", "-maintain"))
    assert built.items() <= tested.items() <= maintained.items()
