"""Built sites as tests look at them, and copies of the toolkit that build them with a store of their own."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from kit_builder.paths import ROOT

SMALL = (
    "municipality: {{id: {id}, name: {{fi: {name}}}, official_languages: [fi]}}\nrounds: [{{id: '2027'}}]\n"
)
"""A municipality's file that says next to nothing."""

FEW = ("invitation-discussion", "print-order", "results")
"""Documents of a toolkit that builds fast: all formats are among them."""


def files(folder: Path, without: str = "") -> dict[str, bytes]:
    """What every file of a folder holds, by its path in it; `without` a folder in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for entry in folder.iterdir()
        if entry.name != without
        for path in (entry.rglob("*") if entry.is_dir() else [entry])
        if path.is_file()
    }


def different(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The paths of what is not the same in both: short enough to be read when a test fails."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def toolkit_copy(folder: Path) -> None:
    """The toolkit as it stands, without what it has made."""
    for name in ("kit_builder", "data", "docs", "overrides", "mkdocs.yml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)


class Toolkit:
    """A copy of the toolkit, and the command lines that are run in it."""

    def __init__(self, folder: Path, documents: Iterable[str] = (), languages: Iterable[str] = ()) -> None:
        """`documents` and `languages` leave only these in the copy, so that it builds fast."""
        self.folder = folder
        toolkit_copy(folder)
        if documents:
            _leave(folder / "data/documents.yml", documents)
            for page in folder.glob("docs/**/*.md"):
                text = page.read_text(encoding="utf-8")
                page.write_text(re.sub(r"\{\{ *documents\(.*?\) *\}\}", "", text), encoding="utf-8")
        if languages:
            _leave(folder / "data/languages.yml", languages)

    @property
    def store(self) -> Path:
        return self.folder / ".kit/store"

    def command(self, data: Path, out: Path, *options: str) -> list[str]:
        return [
            sys.executable,
            "-m",
            "kit_builder",
            "build",
            "--data",
            str(data),
            "--out",
            str(out),
            *options,
        ]

    @property
    def surroundings(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.folder)}

    def start(self, data: Path, out: Path, *options: str) -> subprocess.Popen[str]:
        """A build that goes on, in a session of its own."""
        return subprocess.Popen(
            self.command(data, out, *options), env=self.surroundings, cwd=self.folder, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def build(self, data: Path, out: Path, *options: str, exit_code: int | None = 0) -> str:
        """What a whole build says on stderr; it has to end with the exit code, or with any that tells of data alone."""
        process = self.start(data, out, *options)
        told = process.communicate(timeout=3600)[1]
        assert process.returncode in ((0, 1) if exit_code is None else (exit_code,)), told
        return told


def _leave(path: Path, keys: Iterable[str]) -> None:
    """Leaves only these keys in a YAML file."""
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({key: whole[key] for key in keys}, sort_keys=False), encoding="utf-8")


def look_at(out: Path) -> dict[str, str]:
    """Looks at whether all of a site is there and fits together; gives back the Finnish name of each kit by its id."""
    shared = files(out, without="kits")
    lines = json.loads(shared["kits.json"])
    assert {path.name for path in (out / "kits").iterdir()} == {line["id"] for line in lines}
    _holds(json.loads(shared["toolkit.json"]), shared)
    _is_whole("", shared, shared)
    for line in lines:
        name, own = line["names"]["fi"], files(out / line["path"])
        _holds(json.loads(own["kit.json"]), own)
        _is_whole(f"{line['path']}/", own, shared)
        assert f">{name}<" in shared["fi/kits.html"].decode("utf-8")
        for page in ("fi/index.html", "fi/residents.html"):
            assert name in own[page].decode("utf-8"), page
        with zipfile.ZipFile(io.BytesIO(own.pop(f"{line['id']}.zip"))) as packed:
            assert packed.testzip() is None
            zipped = {path: packed.read(path) for path in packed.namelist()}
        _is_whole("", zipped, {})
        assert own.keys() <= zipped.keys()
        assert all(path.startswith("assets/") for path in zipped.keys() - own.keys())
        for path in own:
            if path.startswith(("documents/", "previews/")) or path == "kit.json":
                assert zipped[path] == own[path], path
    return {line["id"]: line["names"]["fi"] for line in lines}


def _is_whole(root: str, own: Mapping[str, bytes], shared: Mapping[str, bytes]) -> None:
    """Whether every page of a site that lies at `root` has its end, and the service worker's list is about the very
    files that lie there."""
    for path, data in own.items():
        if path.endswith(".html"):
            assert data.rstrip().endswith(b"</html>"), path
    listed: dict[str, str] = {}
    for name in ("SHARED", "WHEN_OPENED", "LANGUAGES"):
        (line,) = re.findall(rf"^const {name} = (.*);$", own["sw.js"].decode("utf-8"), re.MULTILINE)
        value = json.loads(line)
        for group in value.values() if name == "LANGUAGES" else [value]:
            listed |= group
    assert listed
    for path, hash_ in listed.items():
        data = own[path] if path in own else shared[os.path.normpath(root + path)]
        assert hashlib.sha256(data).hexdigest()[:32] == hash_, path


def _holds(manifest: Mapping[str, Any], found: Mapping[str, bytes]) -> None:
    """Whether each document of a manifest is there, and is the one that it was written for."""
    for document in manifest["documents"]:
        data = found[document["path"]]
        assert (len(data), hashlib.sha256(data).hexdigest()) == (document["bytes"], document["sha256"])
        if "preview" in document:
            assert found[document["preview"]]


def left_of(session: int) -> list[Path]:
    """The processes of a session that are still there some seconds later."""
    for _ in range(50):
        found = [path for path in Path("/proc").glob("[0-9]*") if _is_alive_in(session, path)]
        if not found:
            return []
        time.sleep(0.1)
    return found


def _is_alive_in(session: int, process: Path) -> bool:
    try:
        state, _parent, _group, own, *_ = (process / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z" and int(own) == session


FORKED = """
import os, sys
from kit_builder import workers
from kit_builder.cli import main

workers.get_ready = lambda: None  # all is in the store: no worker is needed, and a fork could not use its parent's

def build():
    try:
        main(sys.argv[2:])
    except SystemExit as end:
        return end.code

assert build() == 0
print("ready", flush=True)
for asked in sys.stdin:
    if asked == "end\\n":
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
        continue
    process = os.fork()
    if not process:
        os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        os._exit(build())
    print(process, flush=True)
"""


class ForkedBuilds:
    """Builds of the same data into the same output, each in a process that has everything loaded: they start at once.
    Used in a `with` block; the first build is over when it begins. All documents must be in the store already."""

    def __init__(self, toolkit: Toolkit, data: Path, out: Path) -> None:
        self._told = data / "told.log"
        options = ["build", "--data", str(data), "--out", str(out), "--jobs", "1"]
        self._origin = subprocess.Popen(
            [sys.executable, "-c", FORKED, str(self._told), *options], env=toolkit.surroundings, cwd=toolkit.folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._says() == "ready"

    def __enter__(self) -> ForkedBuilds:
        return self

    def __exit__(self, *_error: object) -> None:
        self._origin.communicate()

    def start(self) -> int:
        """Starts a build and gives back its process id."""
        return self._ask("start")

    def end(self) -> int:
        """Waits for the end of the build, and gives back its exit code, or minus the signal that killed it."""
        return self._ask("end")

    @property
    def told(self) -> str:
        """What the last build said on stderr."""
        return self._told.read_text(encoding="utf-8")

    def _ask(self, what: str) -> int:
        assert self._origin.stdin
        self._origin.stdin.write(f"{what}\n")
        self._origin.stdin.flush()
        return int(self._says())

    def _says(self) -> str:
        assert self._origin.stdout
        return self._origin.stdout.readline().strip()
