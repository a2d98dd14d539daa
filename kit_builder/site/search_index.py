"""One search index for each language: MkDocs makes one that mixes all, and a reader searches in one language.

Each lies in its language's folder twice: as JSON, which a browser fetches from a server, and as a script, which it can
also read where the site is opened from a folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any


def split(folder: Path, languages: tuple[str, ...]) -> None:
    """Puts the index of the site in `folder` into the folders of its languages. Raises OSError."""
    whole = folder / "search"
    index = json.loads((whole / "search_index.json").read_text(encoding="utf-8"))
    for code in languages:
        text = json.dumps(_of_language(index, code), ensure_ascii=False, separators=(",", ":"))
        own = folder / code / "search"
        own.mkdir(parents=True, exist_ok=True)
        (own / "search_index.json").write_text(text, encoding="utf-8")
        (own / "search_index.js").write_text(f"var __index={text};\n", encoding="utf-8")
    shutil.rmtree(whole)


def _of_language(index: dict[str, Any], code: str) -> dict[str, Any]:
    """The language's own pages, with their addresses from its folder, and its own stop words where there are some."""
    prefix = f"{code}/"
    known = index["config"]["lang"]
    return {
        "config": {**index["config"], "lang": [code] if code in known else known},
        "docs": [
            {**page, "location": page["location"].removeprefix(prefix)}
            for page in index["docs"]
            if page["location"].startswith(prefix)
        ],
    }
