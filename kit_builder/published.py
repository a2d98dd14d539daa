"""What stands in the output already: kits that are still good, and the last good kits of broken files."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit_builder.store import Store, digest


@dataclass(frozen=True)
class ListedKit:
    """A kit as the toolkit website lists it: its line in kits.json, and its actions, as its manifest tells them."""

    line: dict[str, Any]
    actions: list[dict[str, Any]]


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

    def listed(self, errors: int) -> ListedKit:
        """The kit as it is listed while it stays: where its file has errors now, with the day from which it is."""
        line = {key: value for key, value in self.line.items() if key != "since"} | {"problems": errors}
        since = {"since": self.since.isoformat()} if errors else {}
        return ListedKit({**line, **since}, self.manifest.get("actions", []))

    def is_whole(self, inputs: str, store: Store) -> bool:
        """Whether the kit was made from these inputs, and all of its files are still there."""
        return self.manifest.get("inputs") == inputs and _files_are_there(self.folder, inputs, store)


def published_kits(out: Path) -> dict[str, PublishedKit]:
    """The kits in `out` by id; what can't be read is not there."""
    found = {}
    for line in _read(out / "kits.json") or ():
        folder = out / line["path"]
        manifest = _read(folder / "kit.json")
        if manifest:
            found[line["id"]] = PublishedKit(line, folder, manifest)
    return found


def toolkit_is_whole(out: Path, inputs: str, store: Store) -> bool:
    """Whether the toolkit website in `out` was made from these inputs, and all of its files are still there."""
    manifest = _read(out / "toolkit.json") or {}
    return manifest.get("inputs") == inputs and _files_are_there(out, inputs, store)


def remember_files(inputs: str, files: Mapping[str, bytes], store: Store) -> None:
    """Keeps the sizes of the files, by path, that were made from these inputs. Raises OSError."""
    sizes = {path: len(data) for path, data in files.items()}
    store.put(_key(inputs), json.dumps(sizes).encode())


def _files_are_there(folder: Path, inputs: str, store: Store) -> bool:
    """Whether each file is there in its size; not where that isn't known any more."""
    sizes = store.get(_key(inputs))
    if sizes is None:
        return False
    root = f"{folder}/"
    try:
        # A nation has more than a hundred thousand of them: bare calls take a third of Path's time.
        return all(os.stat(root + path).st_size == size for path, size in json.loads(sizes).items())  # noqa: PTH116
    except OSError:
        return False


def _key(inputs: str) -> str:
    return digest("files", inputs)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
