"""The command line, as people and CI use it."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from kit_builder import data, status
from kit_builder.cli import main
from kit_builder.method import load_method
from kit_builder.paths import ROOT

COMMANDS = ("build", "check", "serve", "print-pack", "new", "status", "schema", "translations")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    shown = run(command, "--help")
    assert shown.exit_code == 0
    assert command in run("--help").output
    assert len(shown.output.splitlines()) > 5


def test_the_examples_are_sound():
    shown = run("check", "--data", ROOT / "data")
    assert shown.exit_code == 0
    assert "warning" in shown.stderr  # a contact person of Suvikoski has not agreed to be printed


def test_errors_are_told_with_their_place_and_the_exit_code_is_1(write_file):
    folder = write_file(
        "municipality: {id: koe, nam: {fi: Koe}, official_languages: [fi]}\nrounds: [{id: a}]\n"
    )
    shown = run("check", "--data", folder)
    assert shown.exit_code == 1
    assert ":1:25: " in shown.stderr and "[schema.unknown-key]" in shown.stderr


def test_problems_as_json_have_the_contracts_keys(write_file):
    folder = write_file("municipality: {id: koe}\n")
    shown = run("check", "--data", folder, "--format", "json")
    found = json.loads(shown.stdout)
    assert set(found[0]) == {"file", "line", "column", "path", "rule", "severity", "message"}


def test_problems_show_on_the_lines_of_a_pull_request(write_file):
    shown = run("check", "--data", write_file("municipality: {id: koe}\n"), "--format", "github")
    assert shown.stdout.startswith("::error file=")


def test_problems_show_on_the_lines_of_a_merge_request(write_file):
    """GitLab's report has these fields; two problems with one fingerprint would be shown as one."""
    folder = write_file("municipality: {id: koe, x: 1}\nrounds: []\n")
    shown = run("check", "--data", folder, "--format", "gitlab")
    report = json.loads(shown.stdout)
    assert shown.exit_code == 1 and len(report) > 1
    (unknown,) = (entry for entry in report if entry["check_name"] == "schema.unknown-key")
    assert unknown["severity"] == "blocker" and "'x'" in unknown["description"]
    assert unknown["location"] == {"path": f"{folder}/municipalities/koe.yml", "lines": {"begin": 1}}
    assert len({entry["fingerprint"] for entry in report}) == len(report)


@pytest.mark.parametrize(
    "arguments",
    [("build", "--shard", "3/2"), ("build", "--shard", "x"), ("check", "--format", "xml"), ("nothing",)],
)
def test_a_wrong_call_ends_with_exit_code_2(arguments):
    assert run(*arguments).exit_code == 2


def test_a_data_folder_that_is_not_there_ends_with_exit_code_2(tmp_path):
    shown = run("check", "--data", tmp_path)
    assert shown.exit_code == 2
    assert "--data names the folder" in shown.stderr


def test_a_new_municipality_starts_from_the_registry_and_is_sound(tmp_path):
    for wanted, id_ in (
        ("Mäntsälä", "mantsala"),
        ("mantsala", None),
        ("091", "helsinki"),
        ("Pargas", "parainen"),
    ):
        shown = run("new", wanted, "--data", tmp_path)
        if id_ is None:
            assert shown.exit_code == 2 and "exists already" in shown.stderr
        else:
            assert shown.exit_code == 0, shown.stderr
    assert run("check", "--data", tmp_path).exit_code == 0
    assert (tmp_path / "municipality.schema.json").is_file()


def test_a_new_municipality_that_the_registry_does_not_know_gets_a_suggestion(tmp_path):
    shown = run("new", "Helsinky", "--data", tmp_path)
    assert shown.exit_code == 2
    assert "Did you mean Helsinki?" in shown.stderr


def test_every_commented_line_of_a_new_file_can_be_put_to_use(tmp_path):
    run("new", "espoo", "--data", tmp_path)
    path = tmp_path / "municipalities" / "espoo.yml"
    _head, *lines = path.read_text(encoding="utf-8").split("municipality:", 1)
    used = [
        line.replace("# ", "", 1) if line.lstrip().startswith("# ") else line
        for line in lines[0].splitlines()
    ]
    path.write_text(
        "municipality:" + "\n".join(line for line in used if "logo:" not in line), encoding="utf-8"
    )
    found = json.loads(run("check", "--data", tmp_path, "--format", "json").stdout)
    found = [problem for problem in found if problem["rule"] != "text.example"]  # rightly: they are no facts
    assert {problem["rule"].split(".")[0] for problem in found} <= {"method", "translation", "schema"}
    assert not [p for p in found if p["rule"] in ("schema.unknown-key", "schema.type")], found


def test_the_schema_for_editors_is_current():
    assert run("schema").stdout == (ROOT / "data" / "municipality.schema.json").read_text(encoding="utf-8")
    for path in (ROOT / "data" / "municipalities").glob("*.yml"):
        assert path.read_text(encoding="utf-8").startswith(
            "# yaml-language-server: $schema=../municipality.schema.json"
        )


def test_status_says_what_waits_for_what():
    shown = run("status", "--data", ROOT / "data").stdout
    assert "waits for residents’ proposals: proposals" in shown


@pytest.mark.parametrize(("today", "reminded"), [("2026-11-23", "2023-11-14"), ("2026-11-24", "2026-11-24")])
def test_status_reminds_of_the_reports_from_the_day_of_the_decision_makers_meeting(today, reminded):
    entries = data.read_data(ROOT / "data", load_method(), ("mallila",))
    (line,) = (line for line in status.lines(entries, dt.date.fromisoformat(today)) if "delete" in line)
    assert f"meeting was on {reminded}" in line
    assert "delete the secretaries' reports" in line


def test_status_reminds_of_nothing_before_any_meeting():
    entries = data.read_data(ROOT / "data", load_method(), ("mallila",))
    assert not [line for line in status.lines(entries, dt.date(2023, 11, 13)) if "delete" in line]
