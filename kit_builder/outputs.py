"""Files as they are published: JSON, a zip of a whole kit, and the way to the disk."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
COMPRESSED = (".docx", ".pdf", ".pptx", ".png", ".webp", ".woff2")
"""What hardly gets smaller in a zip."""


def as_json(value: Any) -> bytes:
    """JSON for people and programs: readable, in a fixed order."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """All files by their paths as a zip that is the same for the same files: sorted, without dates."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(COMPRESSED) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return packed.getvalue()


def unzipped(packed: Path) -> dict[str, bytes]:
    """All files of a zip by their path. Raises ValueError where it is missing or damaged."""
    try:
        with zipfile.ZipFile(packed) as archive:
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError(str(error)) from error


def together(*parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of several parts. No path may be in two of them (RuntimeError: a bug)."""
    whole: dict[str, bytes] = {}
    for part in parts:
        if twice := whole.keys() & part.keys():
            raise RuntimeError(f"{min(twice)} would be written twice")
        whole |= part
    return whole


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files by their paths into a new folder. Raises OSError."""
    folder.mkdir()
    made = {folder}
    for path, data in files.items():
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(data)
