"""Starts a municipality's file: what the registry knows is filled in, the rest waits behind comments."""

from __future__ import annotations

import difflib
from pathlib import Path

from kit_builder import registry
from kit_builder.problems import KitError
from kit_builder.schema import schema_text
from kit_builder.text_rules import TEMPLATE

FIRST = "@FIRST@"
"""In the template: the first official language."""


def start_file(wanted: str, data_folder: Path) -> Path:
    """Writes `municipalities/<id>.yml` for a Finnish municipality and gives back its path; also the schema that its
    first line names for editors, where the data folder has none.

    Raises KitError where the registry does not know it, or where the file exists already."""
    entry = registry.find(wanted)
    if entry is None:
        names = [name for known in registry.municipalities() for name in known.name.values()]
        near = difflib.get_close_matches(wanted.title(), names, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise KitError(f"The registry has no municipality called '{wanted}'.{hint}")
    path = data_folder / "municipalities" / f"{entry.id}.yml"
    if path.exists():
        raise KitError(f"{path} exists already; open it in an editor.")
    text = TEMPLATE.read_text(encoding="utf-8")
    for mark, value in {
        "@ID@": entry.id,
        "@CODE@": entry.code,
        "@NAMES@": ", ".join(f"{code}: {entry.name[code]}" for code in entry.official_languages),
        "@LANGUAGES@": ", ".join(entry.official_languages),
        FIRST: entry.official_languages[0],
    }.items():
        text = text.replace(mark, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    schema = data_folder / "municipality.schema.json"
    if not schema.exists():
        schema.write_text(schema_text(), encoding="utf-8")
    return path


def sample(section: str, official_languages: tuple[str, ...]) -> str:
    """A section of a round, such as "findings", as the template for a new file shows it, without the comment signs.

    Raises ValueError where the template has no such section."""
    lines = [line.removeprefix("    # ") for line in TEMPLATE.read_text(encoding="utf-8").splitlines()]
    start = next((place for place, line in enumerate(lines) if line.startswith(f"{section}:")), None)
    if start is None:
        raise ValueError(f"the template has no section {section}")
    end = next((place for place in range(start, len(lines)) if not lines[place].strip()), len(lines))
    return "\n".join(lines[start:end]).replace(FIRST, official_languages[0])
