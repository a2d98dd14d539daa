"""A content-addressed store: what was made once is never made again.

A key is the hash of everything that shapes an output. Entries carry a checksum that is verified on reading, so a
damaged entry is made again instead of being published.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kit_builder import paths

CHECKSUM = hashlib.sha256
CHECKSUM_BYTES = 32
MAX_BYTES = 6_000_000_000
"""Twice what a nation of 308 municipalities needs."""


def digest(*parts: bytes | str) -> str:
    """One hash of several parts; where a part ends makes a difference."""
    total = CHECKSUM()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


@dataclass(frozen=True)
class Store:
    """Bytes by key in a folder. Safe for several processes: an entry appears whole or not at all."""

    folder: Path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def get(self, key: str) -> bytes | None:
        """The entry, or None where there is none or it is damaged: cut off, changed, another key's, unreadable."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = data[CHECKSUM_BYTES:]
        if data[:CHECKSUM_BYTES] != _checksum(key, content):
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keeps an entry, in place of whatever lies there. Raises OSError, which names the store's folder, where the
        disk is full or read-only."""
        try:
            self._write(self._path(key), _checksum(key, content), content)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.folder)) from error

    def _write(self, path: Path, *parts: bytes) -> None:
        if path.parent.exists() and not path.parent.is_dir():
            path.parent.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.rmtree(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines(parts)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def prune(self, limit: int = MAX_BYTES) -> None:
        """Drops the entries that were not used for longest, until at most `limit` bytes are kept."""
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        for _, size, path in entries:
            if total <= limit:
                return
            with suppress(OSError):  # nobody's build fails because there is too much
                Path(path).unlink()
            total -= size

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """Each entry's last use, size and path."""
        for folder in self.folder.glob("*/"):
            with suppress(OSError):  # damaged, or not for us to read
                for entry in os.scandir(folder):
                    with suppress(OSError):  # another build may clear up at the same time
                        found = entry.stat()
                        yield found.st_mtime, found.st_size, entry.path


def own_store() -> Store:
    """The toolkit's store."""
    return Store(paths.ROOT / ".kit" / "store")


def _checksum(key: str, content: bytes) -> bytes:
    return CHECKSUM(key.encode() + content).digest()
