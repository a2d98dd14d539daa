"""The ready-made files for GitHub and GitLab: their own commands are run here, one part after another."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sites import FEW, SMALL, Toolkit, different, files, look_at

from kit_builder.paths import ROOT

BROKEN = "municipality: {id: nobody}\n"
PARTS = 4


def github():
    """The lines that build each part, the one that merges them, the site's folder, and what is kept between runs."""
    whole = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    build, publish = whole["jobs"]["build"], whole["jobs"]["publish"]
    assert build["strategy"]["matrix"]["part"] == list(range(1, whole["env"]["PARTS"] + 1))

    def filled(text, number):
        return text.replace("${{ matrix.part }}", str(number)).replace("$PARTS", str(whole["env"]["PARTS"]))

    (command,) = [step["run"] for step in build["steps"] if "kit build" in step.get("run", "")]
    (cache,) = [step["with"] for step in build["steps"] if "cache@" in step.get("uses", "")]
    (merge,) = [step["run"] for step in publish["steps"] if "kit merge" in step.get("run", "")]
    (pages,) = [step["with"] for step in publish["steps"] if "pages-artifact@" in step.get("uses", "")]
    numbers = range(1, PARTS + 1)
    kept = [filled(cache["path"], number).split() for number in numbers]
    return [filled(command, number) for number in numbers], merge, pages["path"], kept


def gitlab():
    """The same of GitLab's file."""
    whole = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    parts = whole["build"]["parallel"]

    def filled(text, number):
        return text.replace("$CI_NODE_INDEX", str(number)).replace("$CI_NODE_TOTAL", str(parts))

    (command,), (merge,) = whole["build"]["script"], whole["pages"]["script"]
    (public,) = whole["pages"]["artifacts"]["paths"]
    kept = [
        [filled(path, number) for path in whole["build"]["cache"]["paths"]] for number in range(1, parts + 1)
    ]
    return [filled(command, number) for number in range(1, parts + 1)], merge, public, kept


@pytest.fixture
def toolkit(tmp_path):
    """A checkout that has the program where setup.sh puts it, and two municipalities."""
    copy = Toolkit(tmp_path / "checkout", FEW, ("fi", "sv", "en"))
    program = copy.folder / ".venv/bin/kit"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m kit_builder "$@"\n')
    program.chmod(0o755)
    for path in (copy.folder / "data/municipalities").glob("*.yml"):
        path.unlink()
    for id_ in ("aa", "bb"):
        write(copy, id_, SMALL.format(id=id_, name=f"Koe {id_}"))
    return copy


def write(toolkit, id_, text):
    (toolkit.folder / f"data/municipalities/{id_}.yml").write_text(text, encoding="utf-8")


def run(toolkit, line):
    surroundings = {**os.environ, "PYTHONPATH": str(toolkit.folder)}
    done = subprocess.run(
        ["bash", "-e", "-c", line], cwd=toolkit.folder, env=surroundings, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("read", [github, gitlab])
def test_the_commands_of_ci_publish_what_one_build_does_and_keep_the_kit_of_a_broken_file(read, toolkit):
    builds, merge, public, kept = read()
    assert len(builds) == PARTS
    for line, paths in zip(builds, kept, strict=True):
        (out,) = re.findall(r"--out (\S+)", line)
        assert {".kit/store", out.strip('"')} == set(paths)
    for line in (*builds, merge):
        assert run(toolkit, line)[0] == 0
    site = toolkit.folder / public
    whole = toolkit.folder / "whole"
    toolkit.build(toolkit.folder / "data", whole)
    assert different(files(site), files(whole)) == []

    write(toolkit, "aa", BROKEN)
    write(toolkit, "bb", SMALL.format(id="bb", name="Uusi nimi"))
    for line in (*builds, merge):
        assert run(toolkit, line)[0] == 0
    assert look_at(site) == {"aa": "Koe aa", "bb": "Uusi nimi"}
    (line,) = [line for line in json.loads((site / "kits.json").read_bytes()) if line["problems"]]
    assert line["id"] == "aa"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", line["since"])


def test_the_check_of_ci_fails_for_a_broken_file_and_says_where(toolkit):
    write(toolkit, "aa", BROKEN)
    jobs = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))["jobs"]
    code, told = run(toolkit, jobs["check"]["steps"][-1]["run"])
    assert code == 1
    assert re.search(r"^::error file=\S*aa\.yml,line=1,", told, re.MULTILINE)

    check = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["check"]
    assert [run(toolkit, line)[0] for line in check["script"]] == [1]
    assert [run(toolkit, line)[0] for line in check["after_script"]] == [0]
    report = Path(check["artifacts"]["reports"]["codequality"])
    found = json.loads((toolkit.folder / report).read_bytes())
    assert {entry["location"]["path"].rpartition("/")[2] for entry in found} == {"aa.yml"}
