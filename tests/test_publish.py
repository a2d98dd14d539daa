"""Publishing: the old site or the new one, never a mixture; what has not changed is neither copied nor touched."""

from errno import EPERM

import pytest

from kit_builder import publish
from kit_builder.problems import KitError


def files(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def put(stage, name, **contents):
    """A part of the site: a folder with files, or a file."""
    new = stage.place()
    if contents:
        new.mkdir()
        for file, text in contents.items():
            (new / file).write_text(text)
    else:
        new.write_text("[]")
    stage.put(new, name)


def first_site(out):
    """A site with two kits."""
    with publish.alone(out), publish.staging(out) as stage:
        put(stage, "kits/aa", page="aa 1", paper="p")
        put(stage, "kits/bb", page="bb 1", paper="p")
        put(stage, "kits.json")
    return out


@pytest.fixture
def out(tmp_path):
    return first_site(tmp_path / "site")


def change_one_kit(out, number):
    with publish.staging(out) as stage:
        put(stage, "kits/aa", page=f"aa {number}", paper="p")
        stage.keep("kits/bb", out / "kits/bb")
        put(stage, "kits.json")


def beside(out):
    return out.parent / f".{out.name}.build"


def test_the_next_site_takes_the_place_of_the_last_one(out):
    for number in (2, 3, 4):
        change_one_kit(out, number)
        assert files(out) == {
            "kits/aa/page": f"aa {number}", "kits/aa/paper": "p",
            "kits/bb/page": "bb 1", "kits/bb/paper": "p", "kits.json": "[]",
        }  # fmt: skip


def test_what_is_kept_is_not_written_again_and_the_spare_takes_no_room(out):
    node = (out / "kits/bb/page").stat().st_ino
    for number in (2, 3, 4):
        change_one_kit(out, number)
        assert (out / "kits/bb/page").stat().st_ino == node
        spare = files(beside(out) / "spare")
        assert spare.keys() == files(out).keys()
        assert all((beside(out) / "spare" / name).samefile(out / name) for name in spare)
        assert not (beside(out) / "work").exists()


def test_where_a_disk_gives_no_second_names_files_are_copied_only_when_a_build_needs_them(
    tmp_path, monkeypatch
):
    def refused(*_):
        raise OSError(EPERM, "no hard links here")

    monkeypatch.setattr(publish.Path, "hardlink_to", refused)
    out = first_site(tmp_path / "site")
    assert files(beside(out) / "spare") == {}
    for number in (2, 3):
        change_one_kit(out, number)
        assert files(out)["kits/aa/page"] == f"aa {number}" and files(out)["kits/bb/page"] == "bb 1"


def test_a_kit_that_is_no_more_goes(out):
    for _ in range(2):
        with publish.staging(out) as stage:
            stage.keep("kits/bb", out / "kits/bb")
            put(stage, "kits.json")
        assert set(files(out)) == {"kits/bb/page", "kits/bb/paper", "kits.json"}


@pytest.mark.parametrize("fault", [RuntimeError("a bug"), KeyboardInterrupt()])
def test_a_build_that_fails_leaves_the_site_as_it_was(out, fault):
    change_one_kit(out, 2)
    before = files(out)
    with pytest.raises(type(fault)), publish.staging(out) as stage:
        put(stage, "kits/aa", page="aa 3")
        stage.keep("kits/bb", out / "kits/bb")
        raise fault
    assert files(out) == before
    change_one_kit(out, 4)
    assert files(out)["kits/aa/page"] == "aa 4"


def test_what_a_killed_build_has_left_is_not_published(out):
    change_one_kit(out, 2)
    spare = beside(out) / "spare"
    for name in ("kits/cc/page", "kits/aa/page", "index.html"):
        (spare / name).parent.mkdir(parents=True, exist_ok=True)
        (spare / name).write_text("half")
    (beside(out) / "work").mkdir()
    (beside(out) / "work" / "new-0").write_text("half")
    change_one_kit(out, 3)
    assert "half" not in files(out).values() and set(files(out)) == {
        "kits/aa/page", "kits/aa/paper", "kits/bb/page", "kits/bb/paper", "kits.json",
    }  # fmt: skip


def test_a_damaged_spare_is_made_anew(out):
    change_one_kit(out, 2)
    for path in (beside(out) / "spare/kits/bb").iterdir():
        path.unlink()
    change_one_kit(out, 3)
    assert files(out)["kits/bb/page"] == "bb 1"


def test_two_builds_at_once_are_refused(out):
    with publish.alone(out), pytest.raises(KitError, match="Another build"), publish.alone(out):
        pass


def test_a_place_that_can_not_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(KitError, match="can't be written"), publish.alone(tmp_path / "file" / "site"):
        pass


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    with pytest.raises(KitError, match="holds something else"), publish.alone(tmp_path / "letters"):
        pass
    assert files(tmp_path / "letters") == {"dear.txt": "x"}


def test_no_part_is_put_twice(out):
    with pytest.raises(RuntimeError, match="twice"), publish.staging(out) as stage:
        put(stage, "kits.json")
        put(stage, "kits.json")
