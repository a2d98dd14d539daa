"""The whole story from top to bottom: load → validate → plan → render → publish.

1. Kits whose inputs have not changed since they were published stay as they are (fingerprint.py, published.py).
2. Every other municipality's file is loaded and checked (data.py), and its documents are planned (plan.py, kits.py).
3. Each document becomes HTML (documents/) and then a file (render/), unless the store has it already (making.py).
4. The kit sites and the toolkit website are built (site/), in a folder beside the output (assembly.py).
5. The new output takes the old one's place (publish.py).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kit_builder import paths, publish
from kit_builder.assembly import kit_entry, write_kits, write_toolkit
from kit_builder.coverage import missing_texts
from kit_builder.data import municipality_files, read_entry, stray_files
from kit_builder.decided import from_manifest
from kit_builder.fingerprint import kit_inputs, toolkit_fingerprint
from kit_builder.kits import Kit, kit_of, toolkit
from kit_builder.making import make_documents
from kit_builder.method import Method, load_method
from kit_builder.problems import KitError, Problem, has_errors
from kit_builder.published import PublishedKit, published_kits, take_over, toolkit_inputs
from kit_builder.reporter import Reporter
from kit_builder.site.input import KitEntry
from kit_builder.store import Store, digest

TOOLKIT_FILES = ("kits", "kits.json")
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
    try:
        return _build(data_folder, out, reporter, only, jobs or os.cpu_count() or 1, shard)
    except OSError as error:
        raise KitError(f"{error.filename or out}: {error.strerror}; {out} is as it was.") from error


def _build(
    data_folder: Path,
    out: Path,
    reporter: Reporter,
    only: tuple[str, ...],
    workers: int,
    shard: tuple[int, int],
) -> BuildResult:
    method, store = load_method(), Store(paths.ROOT / ".kit" / "store")
    known = municipality_files(data_folder)
    wanted = municipality_files(data_folder, only)
    mine = {
        id_: path for number, (id_, path) in enumerate(wanted.items()) if number % shard[1] == shard[0] - 1
    }
    published = published_kits(out)

    kits, found = _read(mine, published, store, method)
    found += stray_files(data_folder)
    make_documents(kits, store, workers, reporter)
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
    toolkit_stays = not whole or toolkit_inputs(out) == own.inputs
    if not good and toolkit_stays and published and lines == [kit.line for kit in published.values()]:
        return BuildResult(tuple(sorted(found)), ())
    if not toolkit_stays:
        _make_toolkit(own, store, workers, reporter)
    with publish.staging(out) as stage:
        for kit in kept:
            take_over(kit.folder, stage / kit.line["path"])
        write_kits(good, stage, workers, reporter)
        if whole and toolkit_stays:
            _take_over_toolkit(out, stage)
        elif whole:
            write_toolkit(own, tuple(entries), stage)
        publish.write(stage / "kits.json", publish.as_json(lines))
    store.prune()
    return BuildResult(tuple(sorted(found)), tuple(kit.id for kit in good))


def merge(data_folder: Path, shards: tuple[Path, ...], out: Path, reporter: Reporter, jobs: int = 0) -> int:
    """Puts the outputs of all shards of a build together in `out`, adds the toolkit website, and gives back how many
    kits there are. The same bytes come out as of one whole build.

    Raises KitError where a shard has no kits.json, or where two shards hold the same kit."""
    method, store = load_method(), Store(paths.ROOT / ".kit" / "store")
    known = municipality_files(data_folder)
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
    _make_toolkit(own, store, jobs or os.cpu_count() or 1, reporter)
    with publish.staging(out) as stage:
        for kit in kits.values():
            take_over(kit.folder, stage / kit.line["path"])
        write_toolkit(own, tuple(entries), stage)
        lines = [kits[id_].line for id_ in sorted(kits)]
        publish.write(stage / "kits.json", publish.as_json(lines))
    return len(kits)


def _read(
    files: dict[str, Path], published: dict[str, PublishedKit], store: Store, method: Method
) -> tuple[list[Kit], list[Problem]]:
    """The kits that must be built, and every problem of every file.

    A file that has not changed since its kit was published is not even read as YAML: what was said of it then is
    kept in the store."""
    kits: list[Kit] = []
    found: list[Problem] = []
    for id_, path in files.items():
        inputs = kit_inputs(path)
        key = digest("problems", inputs, str(path))
        kit = published.get(id_)
        said = store.get(key) if kit and kit.manifest.get("inputs") == inputs and kit.is_whole else None
        if said is not None:
            found += [Problem(**problem) for problem in json.loads(said)]
            continue
        entry = read_entry(path, method)
        problems = [*entry.problems, *missing_texts(entry, method, "warning")]
        store.put(key, json.dumps([asdict(problem) for problem in problems]).encode())
        found += problems
        if entry.sound:
            kits.append(kit_of(entry, method, inputs))
    return kits, found


def _make_toolkit(own: Kit, store: Store, workers: int, reporter: Reporter) -> None:
    """Makes the blank templates. Raises KitError where one can't be printed: that is the toolkit's own fault."""
    make_documents([own], store, workers, reporter)
    if own.problems:
        raise KitError("\n".join(problem.as_text() for problem in own.problems))


def _by_id(entry: KitEntry) -> str:
    return entry.id


def _kept_entry(kit: PublishedKit, errors: dict[str, int]) -> KitEntry:
    """A published kit that stays; where its file has errors now, the page says from which day the kit is."""
    line = kit.line
    since = kit.made_on if errors.get(line["id"]) else None
    decided = from_manifest(kit.manifest.get("actions", ()))
    return KitEntry(line["id"], line["names"], tuple(line["languages"]), since, decided)


def _toolkit_inputs(entries: Iterable[KitEntry]) -> str:
    return digest(toolkit_fingerprint(), *(repr(entry) for entry in entries))


def _take_over_toolkit(out: Path, stage: Path) -> None:
    for path in out.iterdir():
        if path.name not in TOOLKIT_FILES:
            take_over(path, stage / path.name)


def _line(entry: KitEntry, errors: dict[str, int]) -> dict[str, Any]:
    """A kit's line in kits.json; `problems` counts the errors in its file as it is now."""
    return {
        "id": entry.id,
        "names": entry.names,
        "languages": list(entry.languages),
        "path": f"kits/{entry.id}",
        "problems": errors.get(entry.id, 0),
    }
