"""The build opens no connection, and can be stopped at the keyboard; what else may stop it: test_faults.py."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sites import SMALL, left_of, look_at

from kit_builder.build import build
from kit_builder.reporter import Silent


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data" / "municipalities"
    folder.mkdir(parents=True)
    (folder / "aa.yml").write_text(SMALL.format(id="aa", name="Koe"), encoding="utf-8")
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


def test_a_build_that_is_stopped_at_the_keyboard_says_so_and_leaves_nothing_running(data, tmp_path):
    """Ctrl-C reaches every process of the terminal at once, as here every one of a group: while the program is being
    loaded (a library of its is there), and later."""
    out, names = tmp_path / "site", {"Koe"}
    build(data, out, Silent())
    for seconds in (0, 0.05, 0.2, 1, 3):
        renamed = f"Koe {seconds}"
        names.add(renamed)
        (data / "municipalities" / "aa.yml").write_text(SMALL.format(id="aa", name=renamed), encoding="utf-8")
        command = [sys.executable, "-m", "kit_builder", "build", "--data", data, "--out", out]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
        while "pydantic_core" not in Path(f"/proc/{process.pid}/maps").read_text():
            time.sleep(0.005)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=60)[1]
        assert "Traceback" not in told
        assert process.returncode in (0, 2)
        assert (process.returncode == 2) == ("Stopped" in told.splitlines()[-1])
        assert look_at(out)["aa"] in names
        assert not left_of(process.pid)
