"""The whole story from top to bottom: load → validate → plan → render → publish.

1. Kits whose inputs have not changed since they were published stay as they are (fingerprint.py, published.py).
2. Every other municipality's file is loaded and checked (reading.py), and its documents are planned (plan.py, kits.py).
3. Each document becomes HTML (documents/) and then a file (render/), unless the store has it already (making.py).
4. The kit sites and the toolkit website are built (site/), in a folder beside the output (assembly.py).
5. The new output takes the old one's place (publish.py).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit_builder import paths, publish
from kit_builder.assembly import keep_kit, kit_entry, write_kits, write_toolkit
from kit_builder.data import municipality_files, stray_files
from kit_builder.decided import from_manifest
from kit_builder.fingerprint import Inputs, paper_fingerprint, toolkit_fingerprint
from kit_builder.kits import Kit, toolkit
from kit_builder.making import make_documents
from kit_builder.method import load_method
from kit_builder.outputs import as_json
from kit_builder.problems import KitError, Problem, has_errors
from kit_builder.publish import Stage
from kit_builder.published import PublishedKit, published_kits, toolkit_is_whole
from kit_builder.reading import read_kits
from kit_builder.reporter import Reporter
from kit_builder.site.input import KitEntry
from kit_builder.store import Store, digest

NO_TOOLKIT = ("kits", "kits.json")
"""What in the output does not belong to the toolkit website."""


@dataclass(frozen=True)
class BuildResult:
    """What came of a build: every problem in file order, and the ids of the kits that were built."""

    problems: tuple[Problem, ...]
    built: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 all well, 1 something in the data is wrong."""
        return 1 if has_errors(self.problems) else 0


def build(
    data_folder: Path,
    out: Path,
    reporter: Reporter,
    *,
    only: tuple[str, ...] = (),
    jobs: int = 0,
    shard: tuple[int, int] = (1, 1),
) -> BuildResult:
    """Builds the toolkit website and the kits into `out`.

    `only` limits the kits to these ids; the others stay as they are in `out`. `jobs` is how many processes work
    (0: one for each core). `shard` (i, n) with n over 1 builds the i-th of n parts of the kits, without the toolkit
    website; `merge` puts the parts together.
    Raises KitError where nothing can be built; `out` then is as it was."""
    known = municipality_files(data_folder)
    wanted = municipality_files(data_folder, only)
    with _alone(out):
        return _build(data_folder, known, wanted, out, reporter, jobs or os.cpu_count() or 1, shard)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """No other build writes `out` meanwhile; whatever stops this one is told in one sentence. Raises KitError."""
    try:
        with publish.alone(out):
            yield
    except OSError as error:
        raise KitError(f"{error.filename or out}: {error.strerror}; {out} is as it was.") from error
    except KeyboardInterrupt as error:
        raise KitError(f"Stopped; nothing in {out} is half done.") from error


def _build(
    data_folder: Path,
    known: dict[str, Path],
    wanted: dict[str, Path],
    out: Path,
    reporter: Reporter,
    workers: int,
    shard: tuple[int, int],
) -> BuildResult:
    method, store = load_method(), Store(paths.ROOT / ".kit" / "store")
    mine = {id_: path for id_, path in wanted.items() if _part(id_, shard[1]) == shard[0]}
    published = published_kits(out)

    read = read_kits(mine, published, store, workers, reporter)
    kits = [file.kit for file in read if file.kit]
    make_documents(kits, store, workers, reporter, "Documents")
    found = [problem for file in read for problem in file.problems] + stray_files(data_folder)
    found += [problem for kit in kits for problem in kit.problems]
    good = [kit for kit in kits if not kit.problems]
    errors = {id_: kit.line["problems"] for id_, kit in published.items()} | dict.fromkeys(mine, 0)
    errors |= Counter(Path(problem.file).stem for problem in found if problem.severity == "error")
    whole = shard[1] == 1
    kept_ids = (known if whole else mine).keys() - {kit.id for kit in good}
    kept = [kit for id_, kit in published.items() if id_ in kept_ids]
    entries = sorted(
        [kit_entry(kit) for kit in good] + [_kept_entry(kit, errors) for kit in kept], key=_by_id
    )
    lines = [_line(entry, errors) for entry in entries]

    own = toolkit(method, _toolkit_inputs(entries))
    toolkit_stays = not whole or toolkit_is_whole(out, own.inputs.kit, store)
    if not good and toolkit_stays and published and lines == [kit.line for kit in published.values()]:
        return BuildResult(tuple(sorted(found)), ())
    if not toolkit_stays:
        _make_toolkit(own, store, workers, reporter)
    with publish.staging(out) as stage:
        for kit in kept:
            keep_kit(kit, stage)
        write_kits(good, stage, store, workers, reporter)
        if whole and toolkit_stays:
            _keep_toolkit(out, stage)
        elif whole:
            write_toolkit(own, tuple(entries), stage, store)
        _put_list(lines, stage)
    store.prune()
    return BuildResult(tuple(sorted(found)), tuple(kit.id for kit in good))


def merge(data_folder: Path, shards: tuple[Path, ...], out: Path, reporter: Reporter, jobs: int = 0) -> int:
    """Puts the outputs of all shards of a build together in `out`, adds the toolkit website, and gives back how many
    kits there are. The same bytes come out as of one whole build.

    Raises KitError where a shard has no kits.json, where two shards hold the same kit, or where `out` can't be
    written."""
    known = municipality_files(data_folder)
    with _alone(out):
        return _merge(known, shards, out, reporter, jobs or os.cpu_count() or 1)


def _merge(
    known: dict[str, Path], shards: tuple[Path, ...], out: Path, reporter: Reporter, workers: int
) -> int:
    method, store = load_method(), Store(paths.ROOT / ".kit" / "store")
    kits: dict[str, PublishedKit] = {}
    for shard in shards:
        if not (shard / "kits.json").is_file():
            raise KitError(f"{shard} holds no kits.json; name the output folder of `kit build --shard`.")
        for id_, kit in published_kits(shard).items():
            if id_ in kits:
                raise KitError(f"The kit '{id_}' is in {shard} and in {kits[id_].folder.parent.parent}.")
            kits[id_] = kit
    for id_, kit in published_kits(out).items():
        if id_ in known:
            kits.setdefault(id_, kit)
    errors = {id_: kit.line["problems"] for id_, kit in kits.items()}
    entries = [_kept_entry(kits[id_], errors) for id_ in sorted(kits)]
    own = toolkit(method, _toolkit_inputs(entries))
    _make_toolkit(own, store, workers, reporter)
    with publish.staging(out) as stage:
        for kit in kits.values():
            keep_kit(kit, stage)
        write_toolkit(own, tuple(entries), stage, store)
        _put_list([kits[id_].line for id_ in sorted(kits)], stage)
    return len(kits)


def _make_toolkit(own: Kit, store: Store, workers: int, reporter: Reporter) -> None:
    """Makes the blank templates. Raises KitError where one can't be printed: that is the toolkit's own fault."""
    make_documents([own], store, workers, reporter, "Blank templates")
    if own.problems:
        raise KitError("\n".join(problem.as_text() for problem in own.problems))


def _part(id_: str, parts: int) -> int:
    """Which of `parts` a kit belongs to: always the same one, whatever other municipalities come and go. So each part
    finds in its last output and store what it made before."""
    return int(digest(id_, "shard"), 16) % parts + 1


def _by_id(entry: KitEntry) -> str:
    return entry.id


def _kept_entry(kit: PublishedKit, errors: dict[str, int]) -> KitEntry:
    """A published kit that stays; where its file has errors now, the page says from which day the kit is."""
    line = kit.line
    since = kit.since if errors.get(line["id"]) else None
    decided = from_manifest(kit.manifest.get("actions", ()))
    return KitEntry(line["id"], line["names"], tuple(line["languages"]), since, decided)


def _toolkit_inputs(entries: Iterable[KitEntry]) -> Inputs:
    listed = (repr(entry) for entry in entries)
    return Inputs(digest(toolkit_fingerprint(), *listed), digest(paper_fingerprint()))


def _keep_toolkit(out: Path, stage: Stage) -> None:
    for path in out.iterdir():
        if path.name not in NO_TOOLKIT:
            stage.keep(path.name, path)


def _put_list(lines: list[dict[str, Any]], stage: Stage) -> None:
    path = stage.place()
    path.write_bytes(as_json(lines))
    stage.put(path, "kits.json")


def _line(entry: KitEntry, errors: dict[str, int]) -> dict[str, Any]:
    """A kit's line in kits.json; `problems` counts the errors in its file as it is now, and where there are some,
    `since` is the day of the kit, which is the last good one."""
    since = {"since": entry.since.isoformat()} if entry.since else {}
    return {
        "id": entry.id,
        "names": entry.names,
        "languages": list(entry.languages),
        "path": f"kits/{entry.id}",
        "problems": errors.get(entry.id, 0),
        **since,
    }
