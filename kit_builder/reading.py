"""Reads municipalities' files, says what is wrong with them, and plans their kits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kit_builder.coverage import missing_texts
from kit_builder.data import read_entry
from kit_builder.fingerprint import Inputs
from kit_builder.kits import Kit, kit_of
from kit_builder.method import load_method
from kit_builder.problems import KitError, Problem
from kit_builder.recalling import recall
from kit_builder.reporter import Reporter
from kit_builder.standing import remember_problems
from kit_builder.store import Store
from kit_builder.workers import Stopped, spread


@dataclass(frozen=True)
class ReadFile:
    """What a municipality's file holds: everything that is wrong with it, and its kit, where it is sound."""

    problems: list[Problem]
    kit: Kit | None


def read_kits(
    files: Mapping[str, tuple[Path, Inputs]], store: Store, workers: int, reporter: Reporter
) -> list[ReadFile]:
    """Reads the files by id, each with the inputs of its kit. Raises KitError and OSError."""
    reporter.stage("Files", len(files))
    done = {}
    for id_, read in spread(_read, {id_: (*file, store) for id_, file in files.items()}, workers):
        path, _ = files[id_]
        if isinstance(read, Stopped):
            raise KitError(f"{path} can't be read: it {read.why}.")
        done[id_] = read
        reporter.step(path.name)
    return [done[id_] for id_ in files]


def _read(task: tuple[Path, Inputs, Store]) -> ReadFile:
    path, inputs, store = task
    method = load_method()
    entry = read_entry(path, method)
    problems = [*entry.problems, *missing_texts(entry, method, "warning")]
    remember_problems(path, inputs, problems, store)
    if not entry.sound:
        return ReadFile(problems, None)
    kit = kit_of(entry, method, inputs)
    recall(kit, store)
    return ReadFile(problems, kit)
