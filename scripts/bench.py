"""Measures builds of generated nations against peers, in one run, side by side: `make bench`.

`NATION="10 100 308" make bench` for nations of several sizes; `REPEATS="3 1 1"` for how often each is measured, where
three times is too long.
A copy of the toolkit builds each nation with a store of its own, so that nothing is warm that should be cold. Peers
make the very same documents (every tenth of some municipalities): the `weasyprint` command for each, a loop in one
process, headless Chromium for each, and, as the speed limit to look up to, Typst on the words of an invitation. Plain
`mkdocs build` makes the pages of three kits as one site. A person runs it; no test depends on it.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import typst  # installed by `make bench`
import yaml

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from sites import toolkit_copy  # noqa: E402

from kit_builder import data, registry  # noqa: E402
from kit_builder.documents.html import document_job  # noqa: E402
from kit_builder.method import load_method  # noqa: E402
from kit_builder.plan import plan  # noqa: E402
from kit_builder.render.jobs import SIZE_PLACE, PdfJob  # noqa: E402
from kit_builder.render.pdf import render_pdf  # noqa: E402
from kit_builder.site.guidance import guidance_pages  # noqa: E402
from kit_builder.site.merging import MergedPage  # noqa: E402
from kit_builder.site.sources import toolkit_or_kit  # noqa: E402

NATIONS = [int(size) for size in os.environ.get("NATION", "10").split()]
REPEATS = [int(times) for times in os.environ.get("REPEATS", "3").split()]
REPEATS += REPEATS[-1:] * (len(NATIONS) - len(REPEATS))
PEER_DOCUMENTS = 40
PEER_KITS = 3
QUICK = ("nothing changed", "one municipality changed")
"""What takes seconds whatever the nation's size is measured at least three times."""
SECONDS_BETWEEN_LOOKS = 1
"""At the memory of the build's processes: to add it up takes a tenth of a second, which the build lacks."""
CHROMIUM = "/usr/bin/chromium"
OWN = "our renderer in one process, with fitting and checks"


def generate(folder: Path, count: int) -> None:
    """A nation: the far-along example's latest round, in four languages, under the names of real municipalities, each
    with other days, places, numbers of people, and findings in another order."""
    example = yaml.safe_load((ROOT / "data/municipalities/mallila.yml").read_text(encoding="utf-8"))
    round_ = example["rounds"][-1]
    round_["discussion_meetings"] = round_["discussion_meetings"][:4]
    kept = {meeting["id"] for meeting in round_["discussion_meetings"]}
    for key in ("findings", "proposals"):
        round_[key] = [item for item in round_[key] if item["meeting"] in kept]
    shutil.copytree(ROOT / "data/municipalities/logos", folder / "municipalities/logos")
    for number, entry in enumerate(registry.municipalities()[:count]):
        name = {code: entry.name[code] for code in ("fi", "sv")}
        municipality = {**example["municipality"], "id": entry.id, "name": name}
        file = {"municipality": municipality, "rounds": [_own_round(round_, number, name["fi"])]}
        text = yaml.safe_dump(file, allow_unicode=True, sort_keys=False)
        (folder / "municipalities" / f"{entry.id}.yml").write_text(text, encoding="utf-8")


def _own_round(round_: dict[str, Any], number: int, name: str) -> dict[str, Any]:
    own: dict[str, Any] = _later(round_, dt.timedelta(weeks=number % 5))
    for meeting in (*own["discussion_meetings"], own["decision_meeting"]):
        meeting["place"]["address"] = f"{name}ntie {number + 1}"
        meeting["participants"] -= number % 4
    turn = number % len(own["findings"])
    own["findings"] = own["findings"][turn:] + own["findings"][:turn]
    return own


def _later(value: Any, time_: dt.timedelta) -> Any:
    """The same data with all days later."""
    if isinstance(value, dict):
        return {key: _later(part, time_) for key, part in value.items()}
    if isinstance(value, list):
        return [_later(part, time_) for part in value]
    return value + time_ if isinstance(value, dt.date) else value


class Nation:
    """A generated nation and the copy of the toolkit that builds it."""

    def __init__(self, place: Path, count: int) -> None:
        self.toolkit, self.data, self.out = place / "toolkit", place / "data", place / "site"
        toolkit_copy(self.toolkit)
        generate(self.data, count)
        self.peak = 0

    def build(self) -> float:
        """Builds and gives back the seconds; keeps the peak memory of all processes together, in MiB."""
        command = [
            sys.executable,
            "-m",
            "kit_builder",
            "build",
            "--data",
            str(self.data),
            "--out",
            str(self.out),
        ]
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=self.toolkit, env={**os.environ, "PYTHONPATH": str(self.toolkit)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        while True:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=SECONDS_BETWEEN_LOOKS)
                break
            self.peak = max(self.peak, _memory(process.pid))
        assert process.returncode == 0, "the build of the generated nation failed"
        return time.perf_counter() - began

    def append(self, path: Path, text: str) -> None:
        """A change of one file."""
        with path.open("a", encoding="utf-8") as stream:
            stream.write(text)

    def cold(self) -> float:
        shutil.rmtree(self.toolkit / ".kit", ignore_errors=True)
        shutil.rmtree(self.out, ignore_errors=True)
        return self.build()

    def one_municipality(self) -> float:
        path = sorted((self.data / "municipalities").glob("*.yml"))[0]
        text = path.read_text(encoding="utf-8")
        changed = re.sub(
            r"(?<=participants: )[3-9]\d$", lambda found: str(int(found[0]) + 1), text, flags=re.MULTILINE
        )
        assert changed != text
        path.write_text(changed, encoding="utf-8")
        return self.build()

    def one_page(self) -> float:
        self.append(self.toolkit / "docs/en/why.md", f"\nChange {self._count()}.\n")
        return self.build()

    def one_catalog(self) -> float:
        """The name of an area in Somali: it stands on question sheets, run sheets, report forms and more."""
        path = self.toolkit / "data/translations/so.po"
        text = path.read_text(encoding="utf-8")
        changed = re.sub(r'(?<=msgstr "Ka qaybgalka)[^"]*', f" {self._count()}", text, count=1)
        assert changed != text
        path.write_text(changed, encoding="utf-8")
        return self.build()

    def _count(self) -> int:
        self.changes = getattr(self, "changes", 0) + 1
        return self.changes


def _memory(session: int) -> int:
    """Memory of all processes of a session, in MiB; what they share is counted once."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[3]) == session:
                rollup = (folder / "smaps_rollup").read_text()
                total += int(rollup.split("\nPss:")[1].split()[0])
        except (OSError, IndexError, ValueError):
            continue
    return total // 1024


def peer_jobs(nation: Nation) -> list[PdfJob]:
    """The documents that peers render: every tenth of the first municipalities."""
    method, jobs = load_method(), []
    for entry in data.read_data(nation.data, method)[:6]:
        assert entry.file is not None
        documents = [d for d in plan(entry.file, method).documents if d.id != "print-order"]
        jobs += [document_job(document, entry.file, entry.assets) for document in documents[::10]]
    return jobs[:PEER_DOCUMENTS]


def plain_files(jobs: list[PdfJob], folder: Path) -> list[Path]:
    """The documents as HTML files beside their pictures, for programs that read files."""
    files = []
    for number, job in enumerate(jobs):
        own = folder / str(number)
        for name, content in job.assets.items():
            (own / name).parent.mkdir(parents=True, exist_ok=True)
            (own / name).write_bytes(content)
        own.mkdir(parents=True, exist_ok=True)
        html = job.html.replace("kit:", "").replace(SIZE_PLACE, f"--body: {job.sizes[0]}pt;")
        (own / "page.html").write_text(html, encoding="utf-8")
        files.append(own / "page.html")
    return files


def timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def peers(jobs: list[PdfJob], place: Path) -> dict[str, float]:
    """Seconds for each document, by peer."""
    files = plain_files(jobs, place)
    command = Path(sys.executable).with_name("weasyprint")
    chromium = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

    def each(line: Callable[[Path], list[Any]]) -> float:
        return timed(lambda: [subprocess.run(line(f), check=True, capture_output=True) for f in files])

    found = {
        "`weasyprint` command, one document at a time": each(
            lambda f: [command, "-q", f, f.with_suffix(".pdf")]
        ),
        "WeasyPrint loop in one process, no fitting, no checks": timed(lambda: _loop(files)),
        OWN: timed(lambda: [render_pdf(job) for job in jobs]),
        "headless Chromium, one document at a time": each(
            lambda f: [*chromium, f"--print-to-pdf={f.with_suffix('.chromium.pdf')}", f.as_uri()]
        ),
        "Typst, fonts loaded once, the words of an invitation": _typst(jobs, place),
    }
    return {name: seconds / len(jobs) for name, seconds in found.items()}


def _typst(jobs: list[PdfJob], place: Path) -> float:
    words = re.sub(r"<style.*?</style>|<[^>]*>|&[^;]*;", " ", jobs[0].html, flags=re.DOTALL)
    source = place / "page.typ"
    source.write_text(
        '#set page("a4")\n#set text(11.5pt, font: "Noto Sans")\n= Invitation\n'
        f"#sys.inputs.number\n#{_quoted(' '.join(words.split()))}\n",
        encoding="utf-8",
    )
    compiler = typst.Compiler(str(source), font_paths=[ROOT / "kit_builder/fonts"])
    compiler.compile(sys_inputs={"number": "first"})
    return timed(lambda: [compiler.compile(sys_inputs={"number": str(n)}) for n, _ in enumerate(jobs)])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _loop(files: list[Path]) -> None:
    from weasyprint import HTML

    for file in files:
        HTML(filename=file).write_pdf(file.with_suffix(".loop.pdf"), pdf_variant="pdf/ua-1")


def mkdocs_alone(nation: Nation, place: Path) -> float:
    """Seconds that plain `mkdocs build` takes for each kit, with the pages of some kits in one site."""
    files = sorted((nation.data / "municipalities").glob("*.yml"))[:PEER_KITS]
    for file in files:
        site = toolkit_or_kit(nation.data, file.stem)
        for code in site.languages:
            for page in guidance_pages(code):
                merged = MergedPage(site, code, page.depth)
                marked = re.sub(
                    "^kit-block-.*$", r"<p>\g<0></p>", merged.markdown(page.markdown), flags=re.MULTILINE
                )
                target = place / "docs" / file.stem / page.source
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(merged.html(marked), encoding="utf-8")
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    plain = {
        "site_name": "Peer", "docs_dir": "docs", "use_directory_urls": False, "plugins": ["search"],
        "theme": {"name": "material", "font": False}, "markdown_extensions": settings["markdown_extensions"],
    }  # fmt: skip
    (place / "mkdocs.yml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        place / "mkdocs.yml",
        "-d",
        place / "site",
    ]
    return timed(lambda: subprocess.run(command, check=True, capture_output=True)) / len(files)


def measured(place: Path, size: int, repeats: int) -> tuple[Nation, dict[str, float]]:
    """A nation, and the median seconds of each kind of build; tells the seconds as they come, because it takes long."""
    nation = Nation(place / str(size), size)
    kinds: dict[str, Callable[[], float]] = {
        "cold": nation.cold,
        "nothing changed": nation.build,
        "one municipality changed": nation.one_municipality,
        "one guidance page changed": nation.one_page,
        "one catalog changed": nation.one_catalog,
    }
    times = {}
    for kind, build in kinds.items():
        runs = [build() for _ in range(max(repeats, 3) if kind in QUICK else repeats)]
        times[kind] = statistics.median(runs)
        print(f"{size} municipalities, {kind}: {' '.join(f'{run:.1f}' for run in runs)} s", file=sys.stderr)
    return nation, times


def print_builds(found: list[tuple[Nation, dict[str, float]]]) -> None:
    """The table of builds, a column for each nation."""
    rows = {f"runs of each kind ({' and '.join(QUICK)}: at least 3)": [str(times) for times in REPEATS]}
    rows |= {f"{kind}, seconds": [f"{times[kind]:.1f}" for _, times in found] for kind in found[0][1]}
    files = [[path for path in nation.out.rglob("*") if path.is_file()] for nation, _ in found]
    cold = [times["cold"] for _, times in found]
    made = [sum(path.suffix in (".pdf", ".docx", ".pptx", ".ics") for path in paths) for paths in files]
    rows["cold, seconds for each municipality"] = [
        f"{t / size:.1f}" for t, size in zip(cold, NATIONS, strict=True)
    ]
    rows["documents"] = [str(number) for number in made]
    rows["documents a second, cold"] = [f"{n / t:.1f}" for n, t in zip(made, cold, strict=True)]
    rows["peak memory of all processes, MiB"] = [str(nation.peak) for nation, _ in found]
    rows["output, MB"] = [f"{sum(path.stat().st_size for path in paths) / 1e6:.0f}" for paths in files]
    print(f"{os.cpu_count()} cores, medians\n")
    print(f"| municipalities | {' | '.join(map(str, NATIONS))} |")
    print(f"| --- |{' ---: |' * len(NATIONS)}")
    for what, cells in rows.items():
        print(f"| {what} | {' | '.join(cells)} |")


def main() -> None:
    """Prints the tables as they stand in docs/maintainers/speed.md."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        found = [measured(place, *each) for each in zip(NATIONS, REPEATS, strict=True)]
        print_builds(found)
        nation, times = found[-1]
        own = times["cold"] / len(list(nation.out.rglob("*.pdf")))
        print(f"\nPeers beside the build of {NATIONS[-1]} municipalities:")
        print("\n| a PDF, on average | milliseconds | times ours |\n| --- | ---: | ---: |")
        print(f"| our cold build, with websites, Word files, pictures and zips | {1000 * own:.0f} | 1.0 |")
        for what, seconds in peers(peer_jobs(nation), place / "peers").items():
            print(f"| {what} | {1000 * seconds:.0f} | {seconds / own:.1f} |")
        pages = times["one guidance page changed"] / NATIONS[-1]
        alone = mkdocs_alone(nation, place / "mkdocs")
        print("\n| pages of a kit | seconds | times ours |\n| --- | ---: | ---: |")
        print(f"| ours, after a change of a guidance page, with zip and checks | {pages:.1f} | 1.0 |")
        print(f"| plain `mkdocs build`, {PEER_KITS} kits in one site | {alone:.1f} | {alone / pages:.1f} |")


if __name__ == "__main__":
    main()
