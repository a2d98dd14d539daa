"""Puts a finished site in place: built beside, then swapped in one step, so that readers see the old or the new."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

from kit_builder.problems import KitError

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
RENAME_EXCHANGE = 2
AT_FDCWD = -100


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """An empty folder beside `out` that takes its place when the block ends without an exception.

    Raises KitError where another build is under way or the place can't be written."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = (out.parent / f".{out.name}.lock").open("w")
    except OSError as error:
        raise KitError(f"{out.parent} can't be written: {error.strerror}.") from error
    with lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except OSError as error:
            raise KitError(f"Another build is writing {out}; wait until it has ended.") from error
        new = out.parent / f".{out.name}.new"
        shutil.rmtree(new, ignore_errors=True)
        try:
            new.mkdir()
            yield new
            swap(new, out)
        except OSError as error:
            raise KitError(
                f"{error.filename or out} can't be written: {error.strerror}; {out} is as it was."
            ) from error
        finally:
            shutil.rmtree(new, ignore_errors=True)


def swap(new: Path, out: Path) -> None:
    """Exchanges the two folders in one step; afterwards the old one lies at `new`."""
    if not out.exists():
        new.rename(out)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    done = libc.renameat2(AT_FDCWD, os.fsencode(new), AT_FDCWD, os.fsencode(out), RENAME_EXCHANGE)
    if done != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(out))


def write(path: Path, data: bytes) -> None:
    """Writes a file, with the folders above it. A path is never written twice (RuntimeError: a bug)."""
    if path.exists():
        raise RuntimeError(f"{path} would be written twice")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def as_json(value: Any) -> bytes:
    """JSON for people and programs: readable, in a fixed order."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def zip_folder(folder: Path, target: Path) -> None:
    """All of `folder` as a zip that is the same for the same files: sorted, without dates."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
