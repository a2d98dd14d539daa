"""The service worker of a website, with which a visited site stays on the reader's device (templates/offline/).

It does its work only where a browser lets it: on the web, not where a kit is opened from a folder.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kit_builder import paths
from kit_builder.languages import languages

CODE = paths.TEMPLATES / "offline" / "service-worker.js"

SHARED = (
    "index.html",
    "not-kept.html",
    "assets/*.css",
    "assets/*.js",
    "assets/*.svg",
    "assets/stylesheets/*.css",
    "assets/javascripts/bundle.*.js",
    "assets/javascripts/workers/*.js",
    "assets/javascripts/lunr/min/lunr.stemmer.support.min.js",
    "assets/fonts/language-names-*.woff2",
    "assets/fonts/noto-sans-latin-*.woff2",
)
"""What every page needs: kept at the first visit."""

OF_A_LANGUAGE = (
    "{code}/**/*.html",
    "{code}/search/search_index.json",
    "assets/javascripts/lunr/min/lunr.{code}.min.js",
    "assets/fonts/noto-sans-{script}-*.woff2",
)
"""What the pages of a language need: kept as soon as one of them is visited."""

WHEN_OPENED = (
    "documents/**/*",
    "templates/**/*",
    "previews/**/*",
    "assets/**/*",
    "edit/*",
    "*/manifest.webmanifest",
)
"""What is kept when a reader opens or sees it: papers, pictures, letters of other scripts, the form for a file."""


def write_offline_files(folder: Path, codes: tuple[str, ...]) -> None:
    """Writes sw.js and version.txt for the finished site in `folder` with pages in the languages `codes`.

    The version is a hash of all that the site may keep. Raises OSError."""
    shared = _hashes(folder, SHARED)
    by_language = {
        code: _hashes(
            folder,
            tuple(p.format(code=code, script=languages()[code].script.lower()) for p in OF_A_LANGUAGE),
        )
        for code in codes
    }
    others = _hashes(folder, WHEN_OPENED)
    for known in (shared, *by_language.values()):
        others = {path: hash_ for path, hash_ in others.items() if path not in known}
    code = CODE.read_text(encoding="utf-8")
    lists = {"SHARED": shared, "LANGUAGES": by_language, "WHEN_OPENED": others}
    told = "".join(f"const {name} = {_json(value)};\n" for name, value in lists.items())
    version = hashlib.sha256((told + code).encode()).hexdigest()[:16]
    (folder / "version.txt").write_text(f"{version}\n", encoding="utf-8")
    (folder / "sw.js").write_text(f'const VERSION = "{version}";\n{told}{code}', encoding="utf-8")


def _hashes(folder: Path, patterns: tuple[str, ...]) -> dict[str, str]:
    """The files of these patterns by their paths, each with the first half of its SHA-256."""
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:32]
        for pattern in patterns
        for path in folder.glob(pattern)
        if path.is_file() and path.suffix != ".map"
    }
    return dict(sorted(found.items()))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
