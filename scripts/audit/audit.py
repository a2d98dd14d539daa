"""Looks at the built website as its readers meet it, and writes what it finds to .kit/audit/: run it as `make audit`.

- Lighthouse, on a start page, guidance pages, a kit page and a resident's page, as on a middling phone (its default);
  of three runs the middle one counts, because a machine has other things to do as well.
- axe-core, on every kind of page, in every language of the site, in light and dark, wide and on a phone.
- Weight: what a page sends when it is opened for the first time, and how much it moves meanwhile.

Ends with 1 where a Lighthouse category is under 95, axe finds a fault, or a page is heavier than it may be or moves.
Lighthouse comes from npm, at the versions of package-lock.json; everything else `make test` installs too.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from kit_builder.languages import guidance_languages

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OUT = ROOT / ".kit" / "audit"
sys.path.append(str(ROOT / "tests"))

from pages import FIRST_LOAD, PHONE, WIDE, faults, first_load, served, started_browser  # noqa: E402

CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}
AT_LEAST = 95
RUNS = 3
MOVES = 0.01
"""The layout shift score up to which nobody sees a page move (0.1 is what Lighthouse calls good)."""

MEASURED = [
    "fi/index.html",
    "fi/collect/how.html",
    "sv/decide/prepare.html",
    "kits/mallila/fi/index.html",
    "kits/mallila/en/follow-up/how.html",
    "ar/index.html",
]

KINDS = [
    "{}/index.html",
    "{}/collect/how.html",
    "{}/glossary.html",
    "{}/questions.html",
    "{}/actors/municipality.html",
    "{}/documents.html",
    "{}/kits.html",
    "{}/actions.html",
    "{}/accessibility.html",
    "edit/{}.html",
    "kits/mallila/{}/index.html",
    "kits/mallila/{}/decide/prepare.html",
    "kits/mallila/{}/follow-up/how.html",
    "kits/mallila/{}/follow-up/rounds.html",
    "kits/mallila/{}/actions.html",
    "kits/suvikoski/{}/index.html",
    "kits/lillby/{}/index.html",
]
RESIDENTS = [
    "index.html",
    "kits/mallila/index.html",
    "ar/index.html",
    "ti/index.html",
    "kits/mallila/ar/index.html",
]


def lighthouse() -> Path:
    """The installed Lighthouse; installs it, and npm where root may. Ends the program where it can't."""
    if not (shutil.which("npm") and shutil.which("node")):
        if os.geteuid() != 0:
            sys.exit("npm is missing. As root: apt-get install --no-install-recommends -y nodejs npm")
        install = ["apt-get", "install", "--no-install-recommends", "-y", "-qq", "nodejs", "npm"]
        subprocess.run(install, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    folder = OUT / "node"
    lock = (HERE / "package-lock.json").read_bytes()
    copied = folder / "package-lock.json"
    if not (folder / "node_modules").is_dir() or not copied.is_file() or copied.read_bytes() != lock:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", ".npmrc", "package-lock.json"):
            shutil.copy(HERE / name, folder / name)
        print("Installing Lighthouse")
        subprocess.run(["npm", "ci"], cwd=folder, check=True)
    return folder / "node_modules" / "lighthouse" / "cli" / "index.js"


def scores(program: Path, address: str, name: str) -> dict[str, int]:
    """The page's scores by category, 0–100; the report of the last run stays for reading."""
    reports = OUT / "lighthouse"
    reports.mkdir(parents=True, exist_ok=True)
    path = reports / name.replace("/", "-").removesuffix(".html")
    found: dict[str, list[float]] = {category: [] for category in CATEGORIES}
    for _ in range(RUNS):
        command = [
            *("node", str(program), address + name, "--quiet", "--output=json", "--output=html"),
            f"--output-path={path}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox",
        ]
        chromium = shutil.which("chromium") or ""
        done = subprocess.run(command, check=False, env={**os.environ, "CHROME_PATH": chromium})
        if done.returncode:
            sys.exit(f"Lighthouse could not measure {name}.")
        told: Any = json.loads(path.with_name(f"{path.name}.report.json").read_text(encoding="utf-8"))
        for category in CATEGORIES:
            found[category].append(told["categories"][category]["score"] * 100)
    return {category: round(median(values)) for category, values in found.items()}


def measured(address: str) -> Iterator[tuple[str, dict[str, int]]]:
    """Lighthouse's scores, page by page."""
    program = lighthouse()
    for name in MEASURED:
        found = scores(program, address, name)
        print(f"Lighthouse {name}: {', '.join(map(str, found.values()))}", flush=True)
        yield name, found


def names() -> list[str]:
    """Every page that axe looks at."""
    return [kind.format(code) for kind in KINDS for code in guidance_languages()] + RESIDENTS


def axe(browser: Any, address: str) -> list[str]:
    """What axe finds on every kind of page."""
    found = []
    for scheme in ("light", "dark"):
        for width in (WIDE, PHONE):
            window = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                service_workers="block",
                locale="tlh",  # none of the site's languages: no page leads on to another
            )
            page = window.new_page()
            for name in names():
                page.goto(address + name)
                found += [f"{name}, {scheme}, {width} px: {fault}" for fault in faults(page)]
            window.close()
            print(f"axe {scheme}, {width} px: {len(names())} pages, faults so far {len(found)}", flush=True)
    return found


def report(lighthouse_: list[Any], axe_: list[str], weights: list[Any]) -> str:
    """The results as Markdown."""
    lines = [f"# Audit of {dt.date.today().isoformat()}", "", "## Lighthouse", ""]
    lines += [f"| page | {' | '.join(CATEGORIES.values())} |", "|---|" + "--:|" * len(CATEGORIES)]
    lines += [f"| {name} | {' | '.join(str(found[c]) for c in CATEGORIES)} |" for name, found in lighthouse_]
    lines += ["", "## First load on a phone", "", "| page | kB | layout shift |", "|---|--:|--:|"]
    lines += [f"| {name} | {sent / 1000:.0f} | {moved:.3f} |" for name, sent, moved in weights]
    lines += [
        "",
        "## axe-core",
        "",
        f"Pages: {len(names())}, each in light and dark, on {WIDE} and {PHONE} pixels.",
    ]
    lines += [f"Faults: {len(axe_)}", *(f"- {fault}" for fault in axe_)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Audits `site/`; 0 where all is well."""
    if not (ROOT / "site" / "kits.json").is_file():
        sys.exit("There is no site yet; run `make site` first.")
    with served(ROOT / "site") as address:
        with started_browser() as browser:
            axe_ = axe(browser, address)
            weights = []
            for name in MEASURED:
                sent, moved = first_load(browser, address + name)
                weights.append((name, sum(sent.values()), moved))
        lighthouse_ = list(measured(address))
    (OUT / "report.md").write_text(report(lighthouse_, axe_, weights), encoding="utf-8")
    print(f"Written: {(OUT / 'report.md').relative_to(ROOT)} and Lighthouse's own reports beside it")
    low = [name for name, found in lighthouse_ if min(found.values()) < AT_LEAST]
    heavy = [name for name, sent, moved in weights if sent > FIRST_LOAD or moved > MOVES]
    for fault in (
        *axe_,
        *(f"under {AT_LEAST}: {name}" for name in low),
        *(f"heavy or moving: {n}" for n in heavy),
    ):
        print(fault)
    return 1 if axe_ or low or heavy else 0


if __name__ == "__main__":
    sys.exit(main())
