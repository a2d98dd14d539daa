"""The service worker of a website, with which a visited site stays on the reader's device (templates/offline/).

It does its work only where a browser lets it: on the web, not where a kit is opened from a folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from kit_builder import paths
from kit_builder.languages import languages

UP = re.compile(r"^(?:\.\./)+")

CODE = paths.TEMPLATES / "offline" / "service-worker.js"

SHARED = re.compile(
    r"index\.html|not-kept\.html|assets/[^/]*\.(?:css|js|svg)|assets/stylesheets/[^/]*\.css"
    r"|assets/javascripts/(?:bundle\.[^/]*|workers/[^/]*|lunr/min/lunr\.stemmer\.support\.min)\.js"
    r"|assets/fonts/(?:language-names|noto-sans-latin)-[^/]*\.woff2"
)
"""What every page needs: kept at the first visit."""

OF_A_LANGUAGE = (
    r"{code}/.*\.html|{code}/search/search_index\.json"
    r"|assets/javascripts/lunr/min/lunr\.{code}\.min\.js|assets/fonts/noto-sans-{script}-[^/]*\.woff2"
)
"""What the pages of a language need: kept as soon as one of them is visited."""

WHEN_OPENED = re.compile(r"(?:documents|templates|previews|assets)/.*|edit/[^/]*|[^/]*/manifest\.webmanifest")
"""What is kept when a reader opens or sees it: papers, pictures, letters of other scripts, the form for a file."""


def offline_files(files: Mapping[str, bytes], codes: tuple[str, ...]) -> dict[str, bytes]:
    """sw.js and version.txt of a site with these `files` by path from its root, and pages in the languages `codes`.

    What a published kit uses of the whole site has a path that leads up ("../../assets/site.css"). The version is a
    hash of all that the site may keep."""
    hashes = {path: hashlib.sha256(data).hexdigest()[:32] for path, data in sorted(files.items())}

    def chosen(pattern: re.Pattern[str]) -> dict[str, str]:
        return {path: hash_ for path, hash_ in hashes.items() if pattern.fullmatch(UP.sub("", path))}

    shared = chosen(SHARED)
    by_language = {
        code: chosen(re.compile(OF_A_LANGUAGE.format(code=code, script=languages()[code].script.lower())))
        for code in codes
    }
    known = shared.keys() | {path for found in by_language.values() for path in found}
    others = {path: hash_ for path, hash_ in chosen(WHEN_OPENED).items() if path not in known}
    lists = {"SHARED": shared, "LANGUAGES": by_language, "WHEN_OPENED": others}
    told = "".join(f"const {name} = {_json(value)};\n" for name, value in lists.items())
    code = CODE.read_text(encoding="utf-8")
    version = hashlib.sha256((told + code).encode()).hexdigest()[:16]
    return {
        "version.txt": f"{version}\n".encode(),
        "sw.js": f'const VERSION = "{version}";\n{told}{code}'.encode(),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
