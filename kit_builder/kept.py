"""Finished files that wait in the store until they are published: so a build of many kits needs no memory for them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kit_builder.problems import KitError
from kit_builder.render.jobs import Rendered
from kit_builder.store import Store


@dataclass(frozen=True)
class Kept:
    """A file in the store: its key, how many pages it has (0 where it has none) and bytes, and the hash of them."""

    key: str
    pages: int
    bytes: int
    sha256: str


def kept(key: str, file: Rendered) -> Kept:
    """A file that the store has under `key`."""
    return Kept(key, file.pages, len(file.data), hashlib.sha256(file.data).hexdigest())


def keep(key: str, file: Rendered, store: Store) -> Kept:
    """Puts a file into the store. Raises OSError."""
    store.put(key, file.pages.to_bytes(4, "big") + file.data)
    return kept(key, file)


def find(key: str, store: Store) -> Kept | None:
    """The store's file, or None where it is not there or damaged."""
    file = _read(key, store)
    return None if file is None else kept(key, file)


def content(file: Kept, store: Store) -> bytes:
    """What the file holds. Raises KitError where the store has lost it since it was found."""
    read = _read(file.key, store)
    if read is None:
        raise KitError(f"A file in {store.folder} was lost or damaged during the build; build again.")
    return read.data


def _read(key: str, store: Store) -> Rendered | None:
    entry = store.get(key)
    return None if entry is None else Rendered(entry[4:], int.from_bytes(entry[:4], "big"))
