"""Files on their way to the disk."""

import pytest

from kit_builder import outputs


def test_a_zip_is_the_same_for_the_same_files_in_any_order():
    files = {"b.html": b"b" * 1000, "a/c.webp": b"c"}
    assert outputs.zipped(files) == outputs.zipped(dict(reversed(files.items())))


def test_no_path_is_in_two_parts():
    with pytest.raises(RuntimeError, match=r"a\.html would be written twice"):
        outputs.together({"a.html": b"1"}, {"a.html": b"2"})
