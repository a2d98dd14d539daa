"""Disks that are full or can't be written: the site stays as it was, byte for byte, and one sentence says what is
wrong."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from sites import FEW, SMALL, ForkedBuilds, Toolkit, different, files, look_at

NO_ROOM, READ_ONLY = "No space left on device", "Read-only file system"


class Disk:
    """A small disk in memory. Only a process of its own has it mounted, and it is gone when that process ends, whatever
    happens; others reach it through /proc."""

    def __init__(self, shell):
        self._shell = shell
        self.folder = Path(f"/proc/{shell.pid}/root/mnt")

    def run(self, command):
        """Whether the command, which is run where the disk is mounted, went well."""
        self._shell.stdin.write(f"{command} && echo well || echo badly\n")
        self._shell.stdin.flush()
        return self._shell.stdout.readline() == "well\n"

    @property
    def free(self):
        """In bytes."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def leave(self, room):
        """Fills the disk so that `room` bytes are left."""
        filler = self.folder / "filler"
        filler.unlink(missing_ok=True)
        with filler.open("wb") as stream:
            os.posix_fallocate(stream.fileno(), 0, max(1, self.free - room))


@pytest.fixture
def disk():
    """Mounted as root, or as whoever may be root in a user namespace of their own."""
    why = []
    for options in ("-m", "-rm"):
        shell = subprocess.Popen(
            ["unshare", options, "sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )  # fmt: skip
        found = Disk(shell)
        try:
            if found.run("mount -t tmpfs -o size=64m,mode=777 none /mnt"):
                yield found
                return
        except BrokenPipeError:
            pass
        finally:
            why.append(shell.communicate()[1].strip())
    pytest.skip(f"no small disk can be mounted here: {'; '.join(why)}")


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data" / "municipalities").mkdir(parents=True)
    return tmp_path / "data"


def write(data, name, *ids):
    for id_ in ids or ("aa",):
        (data / "municipalities" / f"{id_}.yml").write_text(SMALL.format(id=id_, name=name), encoding="utf-8")


def the_error(told):
    """The only sentence that is more than progress."""
    *_, last = told.splitlines()
    assert "Traceback" not in told and told.count("Error") == 1
    return last


@pytest.mark.parametrize("steps", [12, pytest.param(40, marks=pytest.mark.nation)])
def test_a_full_disk_stops_a_build_and_leaves_the_site(disk, toolkit, data, tmp_path, steps):
    """The room on the output's disk grows in steps, from none until the build ends well."""
    out = disk.folder / "site"
    wholes = {}
    for name in ("Uusi", "Koe"):
        write(data, name)
        toolkit.build(data, tmp_path / "elsewhere")
        wholes[name] = files(tmp_path / "elsewhere")
    toolkit.build(data, out)
    write(data, "Uusi")
    needed = sum(-(-len(data) // 4096) * 4096 for data in wholes["Uusi"].values())
    failed = 0
    write(data, "Koe")
    with ForkedBuilds(toolkit, data, out) as builds:
        write(data, "Uusi")
        for step in range(2 * steps):
            disk.leave(step * needed // steps)
            room = disk.free
            builds.start()
            code = builds.end()
            if code == 0:
                break
            failed += 1
            error = the_error(builds.told)
            assert code == 2 and NO_ROOM in error and str(disk.folder) in error and "as it was" in error, (
                error
            )
            assert different(files(out), wholes["Koe"]) == []
            assert {path.name for path in (disk.folder / ".site.build").iterdir()} <= {"lock", "spare"}
            assert disk.free == room
    print(f"{failed} builds had no room, the one with {room} bytes had")
    assert failed >= steps / 2 and different(files(out), wholes["Uusi"]) == []


def test_a_store_that_is_full_or_can_only_be_read_stops_a_build_and_leaves_the_site(disk, data, tmp_path):
    toolkit, out = Toolkit(tmp_path / "toolkit", FEW, ("fi", "sv", "en")), tmp_path / "site"
    (toolkit.folder / ".kit").symlink_to(disk.folder)
    write(data, "Koe", "aa", "bb")
    toolkit.build(data, out)
    old = files(out)
    shutil.rmtree(toolkit.store)
    write(data, "Uusi", "aa", "bb")
    for room in (0, 300_000):
        disk.leave(room)
        told = toolkit.build(data, out, exit_code=2)
        error = the_error(told)
        assert str(toolkit.store) in error and NO_ROOM in error and f"{out} is as it was" in error
        assert different(files(out), old) == []
    (disk.folder / "filler").unlink()
    toolkit.build(data, out)
    assert look_at(out) == {"aa": "Uusi", "bb": "Uusi"}
    new = files(out)
    write(data, "Muu", "aa", "bb")
    assert disk.run("mount -o remount,ro /mnt")
    error = the_error(toolkit.build(data, out, exit_code=2))
    assert error == f"Error: {toolkit.store}: {READ_ONLY}; {out} is as it was."
    assert different(files(out), new) == []
    write(data, "Uusi", "aa", "bb")
    assert "No kit has changed" in toolkit.build(data, out)


def test_a_target_that_can_only_be_read_is_said(disk, toolkit, data):
    write(data, "Koe")
    toolkit.build(data, disk.folder / "site")
    old = files(disk.folder)
    write(data, "Uusi")
    assert disk.run("mount -o remount,ro /mnt")
    for out in (disk.folder / "site", disk.folder / "new" / "site"):
        error = the_error(toolkit.build(data, out, exit_code=2))
        assert error == f"Error: {out.parent / '.site.build'} can't be written: {READ_ONLY}."
    assert different(files(disk.folder), old) == []
