"""YAML is read so that nothing is guessed and every complaint has a line and a column."""

import pytest

from kit_builder.loading import MAX_BYTES, load, parse


def complaint(text):
    _source, found = parse(text if isinstance(text, bytes) else text.encode(), "koe.yml")
    return [(p.line, p.column, p.rule) for p in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", (2, 1, "yaml.duplicate-key")),
        ("a:\n\tb: 1\n", (2, 1, "yaml.syntax")),
        ("a: &x 1\nb: *x\n", (1, 4, "yaml.anchor")),
        ("a: !!python/object:os.system x\n", (1, 4, "yaml.tag")),
        ("a:\n  <<: {b: 1}\n", (2, 3, "yaml.merge-key")),
        ("a: 1\n---\nb: 2\n", (2, 1, "yaml.documents")),
        ("a: 'open\n", (1, 4, "yaml.syntax")),
        ("a: b: c\n", (1, 5, "yaml.syntax")),
        ("", (1, 1, "yaml.empty")),
        ("a: x\u202ey\n", (1, 5, "yaml.character")),
        ("a: x\u2028b: y\n", (1, 5, "yaml.character")),
        ("a: 1\nb: \u200bx\n", (2, 4, "yaml.character")),
        (b"\xff\xfea\x00", (1, 1, "yaml.encoding")),
        (b"a: 1\nb: \xe4\n", (2, 4, "yaml.encoding")),
        ("[" * 40, (1, 13, "yaml.too-deep")),
        ("? [a]\n: b\n", (1, 3, "yaml.key")),
    ],
)
def test_each_fault_is_told_at_its_place(text, expected):
    assert expected in complaint(text)


def test_texts_stay_what_stands_in_the_file():
    source, found = parse(b"a: 17:00\nb: no\nc: 00100\nd: 2026-02-30\ne: +358 9 1\nf: ~\n", "koe.yml")
    assert found == []
    assert source.value == {
        "a": "17:00",
        "b": "no",
        "c": "00100",
        "d": "2026-02-30",
        "e": "+358 9 1",
        "f": None,
    }


def test_a_byte_order_mark_is_no_part_of_the_text():
    source, found = parse("\ufeffa: 1\n".encode(), "koe.yml")
    assert (source.value, found) == ({"a": "1"}, [])


def test_every_fault_of_the_file_is_told_at_once():
    assert sorted(rule for _, _, rule in complaint("a: &x 1\na: !y 2\nb: *x\n")) == [
        "yaml.anchor",
        "yaml.anchor",
        "yaml.duplicate-key",
        "yaml.tag",
    ]


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "big.yml"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    source, found = load(path)
    assert source is None
    assert found[0].rule == "yaml.too-large"


def test_a_bomb_of_nested_lists_is_refused_at_once():
    assert complaint("[" * 100_000) == [(1, 13, "yaml.too-deep")]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a:\n  - {b: &x 1}\n", "a[0].b"),
        ("a:\n  - {b: !x 1}\n", "a[0].b"),
        ("a:\n  - {b: {<<: 1}}\n", "a[0].b"),
        ("a:\n  - {b: 1, b: 2}\n", "a[0].b"),
        ("a:\n  - {b: {[c]: 1}}\n", "a[0].b"),
        ('a:\n  - {b: "\\u202e"}\n', "a[0].b"),
        ("a: [\n", ""),
        ("\u202e: 1\n", ""),
        ("# nothing\n", ""),
        ("%PDF", ""),
    ],
)
def test_a_problem_says_where_in_the_file_it_is(text, path):
    _, found = parse(text.encode(), "koe.yml")
    assert [problem.path for problem in found] == [path]
