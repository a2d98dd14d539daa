"""Puts the outputs of all shards of a build together, and adds the toolkit website."""

from __future__ import annotations

import os
from pathlib import Path

from kit_builder import publish
from kit_builder.assembly import keep_kit, make_toolkit, put_list, write_toolkit
from kit_builder.data_folder import municipality_files
from kit_builder.problems import KitError
from kit_builder.published import PublishedKit, published_kits
from kit_builder.reporter import Reporter
from kit_builder.standing import toolkit_inputs
from kit_builder.store import own_store


def merge(data_folder: Path, shards: tuple[Path, ...], out: Path, reporter: Reporter, jobs: int = 0) -> int:
    """Puts the outputs of all shards of a build together in `out`, adds the toolkit website, and gives back how many
    kits there are. The same bytes come out as of one whole build.

    Raises KitError where a shard has no kits.json, where two shards hold the same kit, or where `out` can't be
    written."""
    known = municipality_files(data_folder)
    with publish.alone(out):
        return _merge(known, shards, out, reporter, jobs or os.cpu_count() or 1)


def _merge(
    known: dict[str, Path], shards: tuple[Path, ...], out: Path, reporter: Reporter, workers: int
) -> int:
    store = own_store()
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
    listed = [kits[id_].listed(kits[id_].line["problems"]) for id_ in sorted(kits)]
    own = make_toolkit(toolkit_inputs(listed), store, workers, reporter)
    with publish.staging(out) as stage:
        for kit in kits.values():
            keep_kit(kit, stage)
        write_toolkit(own, listed, stage, store)
        put_list(listed, stage)
    return len(kits)
