"""The whole story from top to bottom: load → validate → plan → render → publish.

1. Kits whose inputs have not changed since they were published stay as they are (fingerprint.py, standing.py).
2. Every other municipality's file is loaded and checked (reading.py), and its documents are planned (plan.py, kits.py).
3. Each document becomes HTML (documents/) and then a file (render/), unless the store has it already (making.py).
4. The kit sites and the toolkit website are built (site/), in a folder beside the output (assembly.py).
5. The new output takes the old one's place (publish.py).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kit_builder import publish
from kit_builder.data_folder import municipality_files, stray_files
from kit_builder.fingerprint import Inputs
from kit_builder.interrupts import held_back
from kit_builder.problems import Problem, has_errors
from kit_builder.publish import Stage
from kit_builder.published import published_kits, toolkit_is_whole
from kit_builder.reporter import Reporter
from kit_builder.standing import toolkit_inputs, what_stands
from kit_builder.store import Store, digest, own_store

if TYPE_CHECKING:
    from kit_builder.kits import Kit

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
    with publish.alone(out):
        return _build(data_folder, known, wanted, out, reporter, jobs or os.cpu_count() or 1, shard)


def _build(
    data_folder: Path,
    known: dict[str, Path],
    wanted: dict[str, Path],
    out: Path,
    reporter: Reporter,
    workers: int,
    shard: tuple[int, int],
) -> BuildResult:
    store = own_store()
    mine = {id_: path for id_, path in wanted.items() if _part(id_, shard[1]) == shard[0]}
    published = published_kits(out)

    standing = what_stands(mine, published, store)
    found = [problem for said in standing.told.values() for problem in said]
    good: list[Kit] = []
    if standing.changed:
        good, problems = _make(standing.changed, store, workers, reporter)
        found += problems
    errors = {id_: kit.line["problems"] for id_, kit in published.items()} | dict.fromkeys(mine, 0)
    errors |= Counter(Path(problem.file).stem for problem in found if problem.severity == "error")
    whole = shard[1] == 1
    kept_ids = (known if whole else mine).keys() - {kit.id for kit in good}
    kept = [kit for id_, kit in published.items() if id_ in kept_ids]
    listed = [kit.listed() for kit in good] + [kit.listed(errors.get(kit.id, 0)) for kit in kept]
    listed.sort(key=lambda kit: str(kit.line["id"]))

    told = tuple(sorted(found + stray_files(data_folder)))
    inputs = toolkit_inputs(listed)
    toolkit_stays = not whole or toolkit_is_whole(out, inputs.kit, store)
    lines_stay = [kit.line for kit in listed] == [kit.line for kit in published.values()]
    if toolkit_stays and lines_stay and published and not good:
        return BuildResult(told, ())
    with held_back():
        from kit_builder import assembly  # see _make

    own = None if toolkit_stays else assembly.make_toolkit(inputs, store, workers, reporter)
    with publish.staging(out) as stage:
        for kit in kept:
            assembly.keep_kit(kit, stage)
        assembly.write_kits(good, stage, store, workers, reporter)
        if own:
            assembly.write_toolkit(own, listed, stage, store)
        elif whole:
            _keep_toolkit(out, stage)
        assembly.put_list(listed, stage)
    store.prune()
    return BuildResult(told, tuple(kit.id for kit in good))


def _make(
    files: Mapping[str, tuple[Path, Inputs]], store: Store, workers: int, reporter: Reporter
) -> tuple[list[Kit], list[Problem]]:
    """The sound kits of the files, with their documents, and everything that is wrong with the files.

    What makes kits is loaded here, not with this module: that takes longer than all of a build with nothing to do.
    Meanwhile the workers load it too."""
    with held_back():
        from kit_builder.workers import get_ready
    get_ready()
    with held_back():
        from kit_builder.making import make_documents
        from kit_builder.reading import read_kits

    read = read_kits(files, store, workers, reporter)
    kits = [file.kit for file in read if file.kit]
    make_documents(kits, store, workers, reporter, "Documents")
    problems = [problem for file in read for problem in file.problems]
    problems += [problem for kit in kits for problem in kit.problems]
    return [kit for kit in kits if not kit.problems], problems


def _part(id_: str, parts: int) -> int:
    """Which of `parts` a kit belongs to: always the same one, whatever other municipalities come and go. So each part
    finds in its last output and store what it made before."""
    return int(digest(id_, "shard"), 16) % parts + 1


def _keep_toolkit(out: Path, stage: Stage) -> None:
    for path in out.iterdir():
        if path.name not in NO_TOOLKIT:
            stage.keep(path.name, path)
