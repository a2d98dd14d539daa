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


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-1], lambda d: d + b"x", lambda d: b"x" + d[1:], lambda d: b""]
)
def test_a_damaged_entry_is_not_used_and_goes(store, damage):
    store.put("ab12", b"paper")
    path = entry(store)
    path.write_bytes(damage(path.read_bytes()))
    assert store.get("ab12") is None
    assert not path.exists()


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
