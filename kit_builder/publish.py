"""Puts a finished site in place: built beside, then swapped in one step, so that readers see the old or the new.

Beside the output lies a hidden folder with a spare: the same site once more. Its files are the published ones under a
second name, and take no room of their own. The next build puts what is new into the spare, and spare and output change
places. So a build of one kit costs one kit's time, however many kits there are.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EMLINK, EOPNOTSUPP, EPERM, EXDEV
from fcntl import LOCK_EX, LOCK_NB, flock
from itertools import count
from pathlib import Path

from kit_builder.problems import KitError

KITS = "kits"
RENAME_EXCHANGE = 2
AT_FDCWD = -100


class Stage:
    """The next site while it is put together. Its parts are the kits' folders, and whatever else lies at its root; each
    part is put in its place whole, in one step."""

    def __init__(self, folder: Path, work: Path) -> None:
        """`folder` becomes the site; `work` is an empty folder on the same disk."""
        self.folder = folder
        self._work = work
        self._numbers = count()
        self._kept: set[str] = set()
        self._new: set[str] = set()

    def place(self) -> Path:
        """A path at which a new part can be made."""
        return self._work / f"new-{next(self._numbers)}"

    def keep(self, name: str, source: Path) -> None:
        """The part `name` ("kits/espoo") is what lies at `source`, in the published site or in another output. Raises
        OSError."""
        self._kept.add(name)
        if not _same(self.folder / name, source):
            copy = self.place()
            _link(source, copy)
            self._put(copy, name)

    def put(self, new: Path, name: str) -> None:
        """The part `name` is what was made at `new`. A part is put once (RuntimeError: a bug)."""
        if name in self._new | self._kept:
            raise RuntimeError(f"{name} would be published twice")
        self._new.add(name)
        self._put(new, name)

    def _put(self, new: Path, name: str) -> None:
        target = self.folder / name
        target.parent.mkdir(exist_ok=True)
        self._take_away(target)
        new.rename(target)

    def _take_away(self, path: Path) -> None:
        if path.exists():
            path.rename(self._work / f"old-{next(self._numbers)}")

    def swap(self, out: Path) -> None:
        """Takes away what is no part of the next site, and puts that in place of `out`, which becomes the spare."""
        (self.folder / KITS).mkdir(exist_ok=True)
        for name, path in _parts(self.folder):
            if name not in self._kept | self._new:
                self._take_away(path)
        swap(self.folder, out)
        self.folder.mkdir(exist_ok=True)
        for name, path in _parts(self.folder):
            if name not in self._kept:
                self._take_away(path)
        with suppress(OSError):  # then the next build does it, with whatever means
            self._complete(out)

    def _complete(self, out: Path) -> None:
        """Gives the spare what the published site has and it has not, so that the next build is spared that."""
        have = {name for name, _ in _parts(self.folder)}
        for name, path in _parts(out):
            if name not in have:
                copy = self.place()
                _link(path, copy, copies=False)
                self._put(copy, name)

    def give_up(self) -> None:
        """Takes the new parts away again."""
        for name in self._new:
            self._take_away(self.folder / name)


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Nobody else builds into `out` meanwhile: what is read there at the beginning is still true at the end.

    Raises KitError where another build is under way, where `out` holds something else than a site, where the place
    can't be written, or where the build is stopped by Ctrl-C or the disk."""
    beside = _beside(out)
    try:
        beside.mkdir(parents=True, exist_ok=True)
        lock = (beside / "lock").open("w")
    except OSError as error:
        raise KitError(f"{beside} can't be written: {error.strerror}.") from error
    with lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except OSError as error:
            raise KitError(f"Another build is writing {out}; wait until it has ended.") from error
        if out.exists() and not _is_ours(out):
            raise KitError(f"{out} holds something else than a site of meeting kits; name another folder.")
        try:
            yield
        except OSError as error:
            raise KitError(f"{error.filename or out}: {error.strerror}; {out} is as it was.") from error
        except KeyboardInterrupt as error:
            raise KitError(f"Stopped; nothing in {out} is half done.") from error


@contextmanager
def staging(out: Path) -> Iterator[Stage]:
    """A stage whose site takes the place of `out` when the block ends without an exception; used inside of `alone`.

    Raises KitError where the place can't be written."""
    spare, work = _beside(out) / "spare", _beside(out) / "work"
    shutil.rmtree(work, ignore_errors=True)
    try:
        spare.mkdir(exist_ok=True)
        work.mkdir()
        stage = Stage(spare, work)
        try:
            yield stage
            stage.swap(out)
        except BaseException:
            stage.give_up()
            raise
    except OSError as error:
        raise KitError(
            f"{error.filename or out} can't be written: {error.strerror}; {out} is as it was."
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _beside(out: Path) -> Path:
    return out.parent / f".{out.name}.build"


def _is_ours(out: Path) -> bool:
    """Whether a folder may be replaced: an empty one, or an earlier output."""
    return out.is_dir() and ((out / "kits.json").is_file() or not any(out.iterdir()))


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


def _parts(folder: Path) -> list[tuple[str, Path]]:
    kits = folder / KITS
    found = [path for path in folder.iterdir() if path != kits] + (
        list(kits.iterdir()) if kits.exists() else []
    )
    return [(path.relative_to(folder).as_posix(), path) for path in found]


def _same(one: Path, other: Path) -> bool:
    """Whether both are the same files under two names. A part never changes once it is in its place: so one of its
    files tells for all."""
    name = _first_file(other)
    return name is not None and (one / name).exists() and (one / name).samefile(other / name)


def _first_file(path: Path) -> Path | None:
    """A file of the part, by its path in the part; the one nearest to its root."""
    if path.is_file():
        return Path()
    entries = sorted(path.iterdir(), key=lambda entry: (entry.is_dir(), entry.name))
    for entry in entries:
        found = _first_file(entry)
        if found is not None:
            return entry.name / found
    return None


def _link(source: Path, target: Path, *, copies: bool = True) -> None:
    """The same files under other names; where the disk can't do that, `copies` says whether they may be copied."""
    if source.is_dir():
        target.mkdir()
        for entry in source.iterdir():
            _link(entry, target / entry.name, copies=copies)
        return
    try:
        target.hardlink_to(source)
    except OSError as error:
        if not copies or error.errno not in (EXDEV, EPERM, EMLINK, EOPNOTSUPP):
            raise
        shutil.copy2(source, target)
