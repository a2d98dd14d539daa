"""What several tests share: problems of a small file, and the whole example site, built once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from sites import FEW, Toolkit

from kit_builder import data
from kit_builder.build import build
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.reporter import Silent


def pytest_configure():
    """Mutants (make mutants) are tried in copies of a process in which tests have run: what was kept is forgotten."""
    if "MUTANT_UNDER_TEST" in os.environ:
        for name, module in list(sys.modules.items()):
            for kept in vars(module).values() if name.startswith("kit_builder") else ():
                getattr(kept, "cache_clear", lambda: None)()


@pytest.fixture
def write_file(tmp_path):
    """Writes a municipality's file into a data folder of its own and gives back the folder."""

    def write(text: str, name: str = "koe") -> Path:
        folder = tmp_path / "data" / "municipalities"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        return tmp_path / "data"

    return write


@pytest.fixture
def problems_of(write_file):
    """All problems of a file with this text, as (line, rule, message)."""

    def problems(text: str):
        (entry,) = data.read_data(write_file(text), load_method())
        return [(p.line, p.rule, p.message) for p in entry.problems]

    return problems


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The website and kits of the three examples, as `make site` builds them."""
    out = tmp_path_factory.mktemp("built") / "site"
    result = build(ROOT / "data", out, Silent())
    assert [problem.as_text() for problem in result.problems if problem.severity == "error"] == []
    return out


@pytest.fixture(scope="session")
def toolkit(tmp_path_factory):
    """A copy of the toolkit that builds fast, with a store of its own."""
    return Toolkit(tmp_path_factory.mktemp("copy") / "toolkit", FEW, ("fi", "sv", "en", "ar"))
