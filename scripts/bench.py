"""Measures a nation's build against its peers, in one run, side by side: `make bench` (NATION=100 make bench).

A copy of the toolkit builds a generated nation with a store of its own, so that nothing is warm that should be cold.
Peers render the very same documents (every tenth, at most 40 of them): the `weasyprint` command for each, a loop in
one process, headless Chromium for each, and, as the speed limit to look up to, Typst on a page of the same size.
A person runs it; no test depends on it. Typst is optional: `pip install typst`.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kit_builder import data, registry  # noqa: E402
from kit_builder.documents.html import document_job  # noqa: E402
from kit_builder.method import load_method  # noqa: E402
from kit_builder.plan import plan  # noqa: E402
from kit_builder.render.jobs import SIZE_PLACE, PdfJob  # noqa: E402
from kit_builder.render.pdf import render_pdf  # noqa: E402

NATION = int(os.environ.get("NATION", "10"))
REPEATS = int(os.environ.get("REPEATS", "3"))
PEER_DOCUMENTS = 40
CHROMIUM = "/usr/bin/chromium"
TYPST = '#set page("a4")\n#set text(11.5pt)\n= Invitation\n' + "A line of text that is as long as ours. " * 60


def generate(folder: Path, count: int) -> None:
    """A nation: the far-along example's latest round, in four languages, under the names of real municipalities."""
    example = yaml.safe_load((ROOT / "data/municipalities/mallila.yml").read_text(encoding="utf-8"))
    round_ = example["rounds"][-1]
    round_["discussion_meetings"] = round_["discussion_meetings"][:4]
    kept = {meeting["id"] for meeting in round_["discussion_meetings"]}
    for key in ("findings", "proposals"):
        round_[key] = [item for item in round_[key] if item["meeting"] in kept]
    shutil.copytree(ROOT / "data/municipalities/logos", folder / "municipalities/logos")
    for entry in registry.municipalities()[:count]:
        municipality = {
            **example["municipality"],
            "id": entry.id,
            "name": {c: entry.name[c] for c in ("fi", "sv")},
        }
        text = yaml.safe_dump(
            {"municipality": municipality, "rounds": [round_]}, allow_unicode=True, sort_keys=False
        )
        (folder / "municipalities" / f"{entry.id}.yml").write_text(text, encoding="utf-8")


def toolkit_copy(folder: Path) -> None:
    """The toolkit as it stands, without what it has made."""
    for name in ("kit_builder", "data", "docs", "overrides", "mkdocs.yml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)


class Nation:
    """A generated nation and the copy of the toolkit that builds it."""

    def __init__(self, place: Path, count: int) -> None:
        self.toolkit, self.data, self.out = place / "toolkit", place / "data", place / "site"
        self.toolkit.mkdir(parents=True)
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
        while process.poll() is None:
            self.peak = max(self.peak, _memory(process.pid))
            time.sleep(0.1)
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
            r"(?<=participants: )4\d$", lambda found: str(int(found[0]) + 1), text, flags=re.MULTILINE
        )
        assert changed != text
        path.write_text(changed, encoding="utf-8")
        return self.build()

    def one_page(self) -> float:
        self.append(self.toolkit / "docs/en/why.md", f"\nChange {self._count()}.\n")
        return self.build()

    def one_catalog(self) -> float:
        path = self.toolkit / "data/translations/so.po"
        self.append(path, f"# change {self._count()}\n")
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
    found = {
        "weasyprint command, one document at a time": timed(
            lambda: [
                subprocess.run([command, "-q", f, f.with_suffix(".pdf")], check=True, capture_output=True)
                for f in files
            ]
        ),
        "WeasyPrint loop in one process": timed(lambda: _loop(files)),
        "our renderer in one process, with its checks": timed(lambda: [render_pdf(job) for job in jobs]),
    }
    if Path(CHROMIUM).exists():
        found["headless Chromium, one document at a time"] = timed(
            lambda: [
                subprocess.run(
                    [*chromium, f"--print-to-pdf={f.with_suffix('.chromium.pdf')}", f.as_uri()],
                    check=True, capture_output=True,
                )
                for f in files
            ]
        )  # fmt: skip
    try:
        import typst
    except ImportError:
        print("typst is not installed: left out", file=sys.stderr)
    else:
        source = place / "page.typ"
        source.write_text(TYPST, encoding="utf-8")
        found["Typst, a plain page of the same size"] = timed(
            lambda: [typst.compile(str(source)) for _ in jobs]
        )
    return {name: seconds / len(jobs) for name, seconds in found.items()}


def _loop(files: list[Path]) -> None:
    from weasyprint import HTML

    for file in files:
        HTML(filename=file).write_pdf(file.with_suffix(".loop.pdf"), pdf_variant="pdf/ua-1")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        nation = Nation(place / "nation", NATION)
        rows = {
            "cold": [nation.cold() for _ in range(REPEATS)],
            "nothing changed": [nation.build() for _ in range(REPEATS)],
            "one municipality changed": [nation.one_municipality() for _ in range(REPEATS)],
            "one guidance page changed": [nation.one_page() for _ in range(REPEATS)],
            "one catalog changed": [nation.one_catalog() for _ in range(REPEATS)],
        }
        files = [path for path in nation.out.rglob("*") if path.is_file()]
        documents = sum(path.suffix in (".pdf", ".docx", ".pptx", ".ics") for path in files)
        cold = statistics.median(rows["cold"])
        print(f"{NATION} municipalities, {os.cpu_count()} cores, median of {REPEATS}\n")
        print("| build | seconds |\n| --- | ---: |")
        for what, seconds in rows.items():
            print(f"| {what} | {statistics.median(seconds):.1f} |")
        print(f"\nDocuments: {documents}, {documents / cold:.1f} a second when cold.")
        print(
            f"Output: {sum(path.stat().st_size for path in files) / 1e6:.0f} MB. Peak memory: {nation.peak} MiB.\n"
        )
        print("| PDF, per document | milliseconds | times the kit's |\n| --- | ---: | ---: |")
        jobs = peer_jobs(nation)
        found = peers(jobs, place / "peers")
        own = found["our renderer in one process, with its checks"]
        for what, seconds in found.items():
            print(f"| {what} | {1000 * seconds:.0f} | {seconds / own:.1f} |")


if __name__ == "__main__":
    main()
