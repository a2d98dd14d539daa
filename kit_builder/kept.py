"""Finished files that wait in the store until they are published: so a build of many kits needs no memory for them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kit_builder.problems import KitError
from kit_builder.store import Store


@dataclass(frozen=True)
class Kept:
    """A file in the store: its key, how many pages it has (0 where it has none) and bytes, and the hash of them."""

    key: str
    pages: int
    bytes: int
    sha256: str


def keep(key: str, data: bytes, pages: int, store: Store) -> Kept:
    """Puts a file into the store. Raises OSError."""
    store.put(key, pages.to_bytes(4, "big") + data)
    return _kept(key, data, pages)


def find(key: str, store: Store) -> Kept | None:
    """The store's file, or None where it is not there or damaged."""
    entry = store.get(key)
    return None if entry is None else _kept(key, entry[4:], int.from_bytes(entry[:4], "big"))


def content(file: Kept, store: Store) -> bytes:
    """What the file holds. Raises KitError where the store has lost it since it was found."""
    entry = store.get(file.key)
    if entry is None:
        raise KitError(f"A file in {store.folder} was lost or damaged during the build; build again.")
    return entry[4:]


def _kept(key: str, data: bytes, pages: int) -> Kept:
    return Kept(key, pages, len(data), hashlib.sha256(data).hexdigest())
