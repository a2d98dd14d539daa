"""Data flow one way; only site/ knows MkDocs; files stay small."""

import ast
from pathlib import Path

import pytest

from kit_builder.paths import PACKAGE

MODULES = sorted(PACKAGE.rglob("*.py"))

LAYERS = [
    {"garbage", "interrupts", "paths", "problems", "places"},
    {"content", "characters", "encodings"},
    {"languages", "method", "registry", "sentences", "svg", "syntax", "values", "yaml_events"},
    {"schema", "loading", "texts", "translations", "written", "look", "qr"},
    {"schedule", "costs", "validation"},
    {"facts", "anonymity"},
    {"rules", "oversights", "text_rules", "logos", "voice"},
    {"data", "data_folder", "plan", "decided"},
    {"documents", "kept", "render", "store", "workers"},
    {"coverage", "editing", "extraction", "status", "new", "fingerprint", "published", "reports"},
    {"kits"},
    {"site", "outputs", "publish", "recalling", "standing", "reporter", "offline"},
    {"reading", "making", "assembly", "print_pack"},
    {"build", "merge", "warm"},
    {"serve", "cli", "__main__"},
]
"""From the data to the edge: a module imports from its own layer or from those above it in this list."""


def layer(name):
    return next(number for number, names in enumerate(LAYERS) if name in names)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_import_in_the_direction_of_the_data(path):
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if own == "__init__":
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "kit_builder" and len(parts) > 1:
            assert layer(parts[1]) <= layer(own), f"{own} must not import {name}"


def test_a_renderer_knows_no_document_and_no_municipality():
    for path in (PACKAGE / "render").rglob("*.py"):
        known = {name.split(".")[1] for name in imports(path) if name.startswith("kit_builder.")}
        assert not known & {"documents", "plan", "site", "build"}, path.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_site_knows_mkdocs(path):
    if not any(name.split(".")[0] in ("mkdocs", "mkdocs_static_i18n") for name in imports(path)):
        return
    assert path.relative_to(PACKAGE).parts[0] == "site"


def test_no_module_outgrows_a_reader():
    longest = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in longest.items() if lines > 500} == {}


def test_every_module_says_what_it_is_for():
    assert [
        path.name for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ] == []


def test_the_text_of_the_project_names_no_machine_of_its_makers():
    names = ("/wo" + "rk/", "/ro" + "ot/", "/t" + "mp/")
    texts = [*MODULES, *Path(PACKAGE.parent / "docs").rglob("*.md"), PACKAGE.parent / "README.md"]
    assert [
        path.name for path in texts if any(name in path.read_text(encoding="utf-8") for name in names)
    ] == []
