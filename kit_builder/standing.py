"""What of an output stands: the kits that were made from what there is now and are whole, and what was said of their
files.

None of the libraries that make kits is loaded here: a build with nothing to do is over sooner than they would be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kit_builder.fingerprint import Inputs, kit_inputs, paper_fingerprint, toolkit_fingerprint
from kit_builder.outputs import as_json
from kit_builder.problems import Problem
from kit_builder.published import ListedKit, PublishedKit
from kit_builder.store import Store, digest


@dataclass(frozen=True)
class Standing:
    """What stands, and what doesn't: `told` holds by id what was said of the files whose kits stand; `changed` the
    other files by id, and the inputs of the kits that must be made from them."""

    told: dict[str, list[Problem]]
    changed: dict[str, tuple[Path, Inputs]]


def what_stands(files: Mapping[str, Path], published: Mapping[str, PublishedKit], store: Store) -> Standing:
    """Asks of each municipality's file, by id, whether its published kit stands. Raises OSError."""
    standing = Standing({}, {})
    for id_, path in files.items():
        inputs = kit_inputs(path)
        kit = published.get(id_)
        said = store.get(_key(path, inputs)) if kit and kit.is_whole(inputs.kit, store) else None
        if said is None:
            standing.changed[id_] = (path, inputs)
        else:
            standing.told[id_] = [Problem(**problem) for problem in json.loads(said)]
    return standing


def remember_problems(path: Path, inputs: Inputs, problems: Iterable[Problem], store: Store) -> None:
    """Keeps what was said of a file. Raises OSError."""
    store.put(_key(path, inputs), json.dumps([asdict(problem) for problem in problems]).encode())


def toolkit_inputs(listed: Iterable[ListedKit]) -> Inputs:
    """The inputs of the toolkit website that lists these kits."""
    lines = as_json([[kit.line, kit.actions] for kit in listed])
    return Inputs(digest(toolkit_fingerprint(), lines), digest(paper_fingerprint()))


def _key(path: Path, inputs: Inputs) -> str:
    return digest("problems", inputs.kit, str(path))
