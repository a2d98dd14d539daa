"""What stands in the output already: kits that are still good, and the last good kits of broken files."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class PublishedKit:
    """A kit as it stands in the output: its line in kits.json, its manifest, and the day on which it was made."""

    line: dict[str, Any]
    folder: Path
    manifest: dict[str, Any]

    @property
    def id(self) -> str:
        """The municipality's id."""
        return str(self.line["id"])

    @property
    def has_own_assets(self) -> bool:
        """Whether its pages lead to assets in its own folder, not to the site's."""
        return (self.folder / "assets" / "site.css").is_file()

    @property
    def since(self) -> dt.date:
        """The day of the kit: as kits.json says, which a copy of the output keeps, or else when it was written."""
        if "since" in self.line:
            return dt.date.fromisoformat(self.line["since"])
        return dt.date.fromtimestamp((self.folder / "kit.json").stat().st_mtime)

    @property
    def is_whole(self) -> bool:
        """Whether every file of the manifest is there in its size, its picture where it has one, and the zip."""
        root = f"{self.folder}/"
        try:
            for document in self.manifest["documents"]:
                # A nation has a hundred thousand of them: bare calls take a third of Path's time.
                if os.stat(root + document["path"]).st_size != document["bytes"]:  # noqa: PTH116
                    return False
                if "preview" in document and not os.stat(root + document["preview"]).st_size:  # noqa: PTH116
                    return False
        except OSError:
            return False
        return (self.folder / f"{self.id}.zip").is_file()


def published_kits(out: Path) -> dict[str, PublishedKit]:
    """The kits in `out` by id; what can't be read is not there."""
    found = {}
    for line in _read(out / "kits.json") or ():
        folder = out / line["path"]
        manifest = _read(folder / "kit.json")
        if manifest:
            found[line["id"]] = PublishedKit(line, folder, manifest)
    return found


def toolkit_inputs(out: Path) -> str | None:
    """The hash of what the toolkit website in `out` was made from."""
    return (_read(out / "toolkit.json") or {}).get("inputs")


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
