"""The municipalities that the start page's search field knows, as data for the reader's browser."""

from __future__ import annotations

import json

from markupsafe import Markup

from kit_builder import registry
from kit_builder.site.input import KitEntry


def municipalities_json(kits: tuple[KitEntry, ...]) -> Markup:
    """JSON for a script element: each municipality of the registry and each published kit as [id, name, …], by name,
    and the ids of those that have a kit. A file of its own could not be read where the site is opened from a
    folder."""
    names = {entry.id: list(_in_order(entry)) for entry in registry.municipalities()}
    names |= {kit.id: list(kit.names.values()) for kit in kits}
    rows = sorted(
        ([id_, *dict.fromkeys(found)] for id_, found in names.items()),
        key=lambda row: (registry.plain(row[1]), row[0]),
    )
    told = {"kits": sorted(kit.id for kit in kits), "municipalities": rows}
    return Markup(json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _in_order(entry: registry.RegisteredMunicipality) -> list[str]:
    """The names, the majority language's first."""
    first = entry.name[entry.official_languages[0]]
    return [first, *(name for name in entry.name.values() if name != first)]
