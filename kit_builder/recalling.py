"""What a kit's documents were the last time they were made from the same inputs: then they needn't be written again."""

from __future__ import annotations

import json
from dataclasses import asdict

from kit_builder.kept import Kept, find
from kit_builder.kits import Kit, Made
from kit_builder.store import Store, digest


def remember(kit: Kit, store: Store) -> None:
    """Keeps the list of the kit's files. Raises OSError."""
    positions = {id(document): position for position, document in enumerate(kit.plan.documents)}
    made = [
        [positions[id(made.document)], made.form, asdict(made.file), made.preview and asdict(made.preview)]
        for made in kit.made
    ]
    calendars = [[*key, asdict(file)] for key, file in kit.calendars.items()]
    store.put(_key(kit), json.dumps([made, calendars]).encode())


def recall(kit: Kit, store: Store) -> bool:
    """Gives the kit its files, if they were made from the same inputs before and the store has them all."""
    entry = store.get(_key(kit))
    if entry is None:
        return False
    made, calendars = json.loads(entry)
    documents = kit.plan.documents
    kit.made = [
        Made(documents[position], form, Kept(**file), Kept(**preview) if preview else None)
        for position, form, file, preview in made
    ]
    kit.calendars = {(round_id, language): Kept(**file) for round_id, language, file in calendars}
    if all(find(file.key, store) == file for _, file in kit.files):
        return True
    kit.made, kit.calendars = [], {}
    return False


def _key(kit: Kit) -> str:
    return digest("papers", kit.id, kit.inputs.papers)
