"""The data folder: what belongs there, and what does not."""

import json

import pytest
from click.testing import CliRunner

from kit_builder.cli import main
from kit_builder.data_folder import stray_files

SOUND = "municipality: {id: koe, name: {fi: Koe}, official_languages: [fi]}\nrounds: [{id: a}]\n"


@pytest.mark.parametrize(
    "name",
    [
        "municipalities/reports/Raportti.DOCX",
        "raportti.pdf",
        "municipalities/koe/arabic-1.jpg",
        "scans/a.HEIC",
    ],
)
def test_a_secretarys_report_among_the_data_is_refused(write_file, name):
    folder = write_file(SOUND)
    (folder / "municipalities" / "logos").mkdir()
    (folder / "municipalities" / "logos" / "koe.png").write_bytes(b"")
    assert stray_files(folder) == []
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"PK")
    shown = CliRunner().invoke(main, ["check", "--data", str(folder), "--format", "json"])
    (problem,) = json.loads(shown.stdout)
    assert shown.exit_code == 1
    assert problem["rule"] == "privacy.report-file"
    assert problem["file"].endswith(name)


def test_a_report_with_a_hostile_name_is_told_on_one_line(write_file):
    folder = write_file(SOUND)
    (folder / "a\n::error::\u202eb.pdf").write_bytes(b"")
    (problem,) = stray_files(folder)
    assert problem.file.endswith("a ::error::?b.pdf")


def test_a_file_that_would_not_be_read_is_told(write_file):
    folder = write_file(SOUND)
    (folder / "municipalities" / "muu.yaml").write_text(SOUND, encoding="utf-8")
    (problem,) = stray_files(folder)
    assert (problem.rule, problem.severity) == ("data.file-ending", "error")
