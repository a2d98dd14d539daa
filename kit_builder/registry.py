"""Finland's municipalities by code and name (data/registry.yml)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from kit_builder import content


@dataclass(frozen=True)
class RegisteredMunicipality:
    """One municipality of the registry; the first official language is the majority's."""

    code: str
    name: dict[str, str]
    official_languages: tuple[str, ...]

    @property
    def id(self) -> str:
        """Id for its file: the name in the majority language in letters a–z."""
        return plain(self.name[self.official_languages[0]]).replace(" ", "-")


def plain(text: str) -> str:
    """Text in small letters without accents, for comparing names: `Mäntsälä` and `mantsala` are equal. The Sámi letter
    đ, which Unicode takes for a letter of its own, counts as d; assets/find.js compares in the same way."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    letters = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


@cache
def municipalities() -> tuple[RegisteredMunicipality, ...]:
    """All municipalities, by code."""
    return tuple(
        RegisteredMunicipality(entry["code"], entry["name"], tuple(entry["official_languages"]))
        for entry in content.read("registry.yml")["municipalities"]
    )


def find(name: str) -> RegisteredMunicipality | None:
    """The municipality with this id, code, or name in any language, written with or without accents."""
    wanted = plain(name)
    for entry in municipalities():
        if name == entry.code or wanted in {plain(entry.id), *(plain(n) for n in entry.name.values())}:
            return entry
    return None


def by_code(code: str) -> RegisteredMunicipality | None:
    """The municipality with this three-digit code."""
    return next((entry for entry in municipalities() if entry.code == code), None)
