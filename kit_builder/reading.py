"""Reads municipalities' files and says what is wrong with them; what was said of an unchanged file is told again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kit_builder.coverage import missing_texts
from kit_builder.data import read_entry
from kit_builder.fingerprint import Inputs, kit_inputs
from kit_builder.kits import Kit, kit_of
from kit_builder.method import load_method
from kit_builder.problems import KitError, Problem
from kit_builder.published import PublishedKit
from kit_builder.recalling import recall
from kit_builder.reporter import Reporter
from kit_builder.store import Store, digest
from kit_builder.workers import Stopped, spread


@dataclass(frozen=True)
class ReadFile:
    """What a municipality's file holds: everything that is wrong with it, and its kit, where it must be built."""

    problems: list[Problem]
    kit: Kit | None


def read_kits(
    files: Mapping[str, Path],
    published: Mapping[str, PublishedKit],
    store: Store,
    workers: int,
    reporter: Reporter,
) -> list[ReadFile]:
    """Reads the files by id. Where a published kit was made from the very same inputs, its file is not even read as
    YAML. Raises KitError and OSError."""
    done: dict[str, ReadFile] = {}
    tasks: dict[str, tuple[Path, Inputs, Store]] = {}
    for id_, path in files.items():
        inputs = kit_inputs(path)
        kit = published.get(id_)
        unchanged = kit and kit.is_whole(inputs.kit, store)
        said = store.get(_key(path, inputs)) if unchanged else None
        if said is None:
            tasks[id_] = (path, inputs, store)
        else:
            done[id_] = ReadFile([Problem(**problem) for problem in json.loads(said)], None)
    reporter.stage("Files", len(tasks))
    for id_, read in spread(_read, tasks, workers):
        if isinstance(read, Stopped):
            raise KitError(f"{files[id_]} can't be read: it {read.why}.")
        done[id_] = read
        reporter.step(files[id_].name)
    return [done[id_] for id_ in files]


def _read(task: tuple[Path, Inputs, Store]) -> ReadFile:
    path, inputs, store = task
    method = load_method()
    entry = read_entry(path, method)
    problems = [*entry.problems, *missing_texts(entry, method, "warning")]
    store.put(_key(path, inputs), json.dumps([asdict(problem) for problem in problems]).encode())
    if not entry.sound:
        return ReadFile(problems, None)
    kit = kit_of(entry, method, inputs)
    recall(kit, store)
    return ReadFile(problems, kit)


def _key(path: Path, inputs: Inputs) -> str:
    return digest("problems", inputs.kit, str(path))
