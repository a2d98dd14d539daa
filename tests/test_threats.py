"""The table of threats names tests that are there."""

import re

from kit_builder.paths import ROOT

PAGE = (ROOT / "docs" / "maintainers" / "threats.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| (?!who|threat|---)(.+) \| (.+) \| (.+) \|$", PAGE[PAGE.index("## Threats") :], re.MULTILINE
)


def test_every_threat_has_a_defence_and_a_test():
    assert len(ROWS) >= 20
    assert [threat for threat, defence, shown in ROWS if len(defence) < 20 or "`test_" not in shown] == []


def test_every_named_file_is_there():
    tests = {path.name for path in (ROOT / "tests").glob("test_*.py")}
    assert set(re.findall(r"`(test_\w+\.py)`", PAGE)) <= tests
    for name in re.findall(r"`((?:scripts|tests|data)/[\w./-]*)`", PAGE):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\]\(([\w.-]+\.md)\)", PAGE):
        assert (ROOT / "docs" / "maintainers" / name).is_file(), name
