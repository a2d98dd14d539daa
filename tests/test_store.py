"""What was made once is kept, and what is damaged is made again."""

import pytest

from kit_builder.store import Store, digest


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def entry(store):
    (path,) = store.folder.glob("*/*")
    return path


def test_what_was_put_is_got_and_nothing_else(store):
    store.put("ab12", b"paper")
    assert store.get("ab12") == b"paper"
    assert store.get("ab13") is None


def folder_in_its_place(path):
    path.unlink()
    path.mkdir()
    (path / "x").write_text("x", encoding="utf-8")


def file_in_place_of_its_folder(path):
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("x", encoding="utf-8")


def not_to_be_read(path):
    path.unlink()
    path.symlink_to(path)


def changed(change):
    return lambda path: path.write_bytes(change(path.read_bytes()))


DAMAGE = {
    "cut off": changed(lambda data: data[:-1]),
    "cut off in the checksum": changed(lambda data: data[:20]),
    "empty": changed(lambda data: b""),
    "longer": changed(lambda data: data + b"x"),
    "a flipped bit": changed(lambda data: data[:-2] + bytes([data[-2] ^ 1]) + data[-1:]),
    "a flipped bit in the checksum": changed(lambda data: bytes([data[0] ^ 128]) + data[1:]),
    "zeros": changed(lambda data: bytes(len(data))),
    "gone": lambda path: path.unlink(),
    "a folder in its place": folder_in_its_place,
    "a file in place of its folder": file_in_place_of_its_folder,
    "not to be read": not_to_be_read,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_entry_is_not_used_and_can_be_made_again(store, damage):
    store.put("ab12", b"paper")
    damage(entry(store))
    assert store.get("ab12") is None
    store.put("ab12", b"paper")
    assert store.get("ab12") == b"paper"


def test_another_key_s_entry_is_not_taken_for_this_one_s(store):
    store.put("ab12", b"paper")
    entry(store).rename(store.folder / "ab" / "13")
    assert store.get("ab13") is None


def test_the_oldest_entries_go_first_when_there_is_too_much(store):
    import os

    for number, key in enumerate(("aa1", "bb2", "cc3")):
        store.put(key, b"x" * 100)
        os.utime(store._path(key), (number, number))
    store.prune(limit=300)
    assert [store.get(key) is not None for key in ("aa1", "bb2", "cc3")] == [False, True, True]


def test_parts_of_a_key_do_not_run_together():
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") != digest("a", "")
