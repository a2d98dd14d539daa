"""Sentences about a municipality's file that `kit check` and the form for people who write no code share."""

from __future__ import annotations

from typing import Any

from kit_builder import content

NAME = "content/sentences.yml"


def say(id_: str, **values: Any) -> str:
    """The sentence "group.name" of data/content/sentences.yml, filled in. Raises KeyError for one that is not there."""
    group, name = id_.split(".")
    text: str = content.read(NAME)[group][name]
    return text % values
