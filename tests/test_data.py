"""The data folder: what belongs there, and what does not."""

import json

from click.testing import CliRunner

from kit_builder.cli import main
from kit_builder.data import stray_files

SOUND = "municipality: {id: koe, name: {fi: Koe}, official_languages: [fi]}\nrounds: [{id: a}]\n"


def test_a_secretarys_report_among_the_data_is_refused(write_file):
    folder = write_file(SOUND)
    assert stray_files(folder) == []
    (folder / "municipalities" / "reports").mkdir()
    (folder / "municipalities" / "reports" / "Raportti.DOCX").write_bytes(b"PK")
    shown = CliRunner().invoke(main, ["check", "--data", str(folder), "--format", "json"])
    (problem,) = json.loads(shown.stdout)
    assert shown.exit_code == 1
    assert problem["rule"] == "privacy.report-file"
    assert problem["file"].endswith("Raportti.DOCX")


def test_a_file_that_would_not_be_read_is_told(write_file):
    folder = write_file(SOUND)
    (folder / "municipalities" / "muu.yaml").write_text(SOUND, encoding="utf-8")
    (problem,) = stray_files(folder)
    assert (problem.rule, problem.severity) == ("data.file-ending", "error")
