"""A content-addressed store: what was made once is never made again.

A key is the hash of everything that shapes an output. Entries carry a checksum that is verified on reading, so a
damaged entry is made again instead of being published.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

CHECKSUM = hashlib.sha256
MAX_BYTES = 4_000_000_000


def digest(*parts: bytes | str) -> str:
    """One hash of several parts; where a part ends makes a difference."""
    total = CHECKSUM()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


class Store:
    """Bytes by key in a folder. Safe for several processes: an entry appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def get(self, key: str) -> bytes | None:
        """The entry, or None where there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        checksum, content = data[:32], data[32:]
        if CHECKSUM(content).digest() != checksum:
            path.unlink(missing_ok=True)
            return None
        os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keeps an entry; OSError where the disk is full or read-only."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(CHECKSUM(content).digest())
                stream.write(content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def prune(self, limit: int = MAX_BYTES) -> None:
        """Drops the entries that were not used for longest, until at most `limit` bytes are kept."""
        entries = []
        for path in self.folder.glob("*/*"):
            stat = path.stat()
            entries.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= limit:
                return
            path.unlink(missing_ok=True)
            total -= size
