"""The build opens no connection, and whatever interrupts it, the old or the new site stands there whole."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kit_builder.build import build
from kit_builder.reporter import Silent

SMALL = "municipality: {{id: aa, name: {{fi: {name}}}, official_languages: [fi]}}\nrounds: [{{id: '2027'}}]\n"


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data" / "municipalities"
    folder.mkdir(parents=True)
    (folder / "aa.yml").write_text(SMALL.format(name="Koe"), encoding="utf-8")
    return tmp_path / "data"


NO_NETWORK = """
import os, socket

def refuse(*arguments, **options):
    with open(os.environ["ATTEMPTS"], "a") as told:
        told.write(f"{arguments}\\n")
    raise AssertionError("the build tried to open a connection")

def connect(self, address, _connect=socket.socket.connect):
    return _connect(self, address) if self.family == socket.AF_UNIX else refuse(address)

socket.socket.connect = socket.socket.connect_ex = connect
socket.create_connection = socket.getaddrinfo = refuse
"""
"""Read by every Python process as it starts. Processes of one build speak through sockets that are files (AF_UNIX)."""


def test_the_build_opens_no_network_connection(data, tmp_path):
    """Nor does any process that it starts."""
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    attempts = tmp_path / "attempts"
    surroundings = os.environ | {"PYTHONPATH": str(tmp_path), "ATTEMPTS": str(attempts)}
    probe = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    assert subprocess.run(probe, env=surroundings, capture_output=True).returncode != 0
    assert attempts.read_text(encoding="utf-8")  # the trap works
    attempts.unlink()
    command = [sys.executable, "-m", "kit_builder", "build", "--data", data, "--out", tmp_path / "site"]
    subprocess.run(command, env=surroundings, check=True, capture_output=True)
    assert not attempts.exists()


def whole(out):
    """The municipality's name on the site, after a look at whether everything is there."""
    (line,) = json.loads((out / "kits.json").read_text(encoding="utf-8"))
    folder = out / line["path"]
    manifest = json.loads((folder / "kit.json").read_text(encoding="utf-8"))
    for document in manifest["documents"]:
        assert (folder / document["path"]).stat().st_size == document["bytes"]
    for page in ("index.html", "fi/index.html", "sv/why.html", f"kits/{line['id']}/en/method.html"):
        assert (out / page).read_text(encoding="utf-8").rstrip().endswith("</html>")
    return line["names"]["fi"]


def test_a_killed_build_leaves_the_old_site_or_the_new_one(data, tmp_path):
    out, rolled = tmp_path / "site", random.Random(7)
    build(data, out, Silent())
    name = "Koe"
    for number in range(6):
        renamed = f"Koe {number}"
        (data / "municipalities" / "aa.yml").write_text(SMALL.format(name=renamed), encoding="utf-8")
        command = [sys.executable, "-m", "kit_builder", "build", "--data", data, "--out", out, "--jobs", "1"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rolled.uniform(0.1, 5))
        process.send_signal(rolled.choice([signal.SIGKILL, signal.SIGINT]))
        process.wait()
        found = whole(out)
        assert found in (name, renamed)
        name = found
    build(data, out, Silent())
    assert whole(out) == "Koe 5"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site.new")] == []


def test_a_build_that_is_stopped_at_the_keyboard_says_so_and_leaves_nothing_running(data, tmp_path):
    """Ctrl-C reaches every process of the terminal at once, as here every one of a group."""
    out = tmp_path / "site"
    build(data, out, Silent())
    for seconds in (0.05, 1, 3):
        renamed = f"Koe {seconds}"
        (data / "municipalities" / "aa.yml").write_text(SMALL.format(name=renamed), encoding="utf-8")
        command = [sys.executable, "-m", "kit_builder", "build", "--data", data, "--out", out]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=60)[1]
        assert "Traceback" not in told
        assert process.returncode in (0, 2)
        assert (process.returncode == 2) == ("Stopped" in told.splitlines()[-1])
        assert whole(out) in ("Koe", "Koe 0.05", "Koe 1", "Koe 3")
        assert not left_of(process.pid)


def left_of(session):
    """The processes of a session that are still there some seconds later."""
    for _ in range(50):
        found = [path for path in Path("/proc").glob("[0-9]*") if is_alive_in(session, path)]
        if not found:
            return []
        time.sleep(0.1)
    return found


def is_alive_in(session, process):
    try:
        state, _parent, _group, own, *_ = (process / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z" and int(own) == session
