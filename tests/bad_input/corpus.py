"""Wrong municipality files and what the kit says about each, as one can read them side by side.

The `.txt` files beside this one hold the cases:

    == What is wrong
    in: meeting                  (the lines stand where `@` stands in meeting.yml; without it they are the whole file)
    file: Koe.yml                (the file's name; without it koe.yml)
    made: gzip                   (instead of text: bytes from RECIPES below)
    participants: many
    => koe.yml:9:23: A whole number such as 20 is expected here, not 'many'. [schema.number]

`⟨U+202E⟩` is the character with that number, `⟨ab×3⟩` is `ababab`. A line that begins with `%%` is a note.

    .venv/bin/python tests/bad_input/corpus.py

writes what the kit says today into the files: read the difference before you keep it."""

from __future__ import annotations

import gzip
import itertools
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kit_builder import data
from kit_builder.loading import MAX_BYTES
from kit_builder.method import load_method

HERE = Path(__file__).parent
SOUND = """\
municipality:
  id: koe
  name: {fi: Koe}
  official_languages: [fi]
rounds:
  - id: "2026"
"""


def _lines(count: int, line: str = "      - {area: safety, meeting: a, text: a}\n") -> str:
    return f"{SOUND}    findings:\n{line * count}"


def _bomb() -> str:
    """Each of nine names stands for ten of the one before: a thousand million texts in 300 bytes."""
    names = "abcdefghi"
    first = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    return first + "".join(f"{n}: &{n} [{', '.join([f'*{m}'] * 10)}]\n" for m, n in itertools.pairwise(names))


RECIPES: dict[str, Callable[[], bytes]] = {
    "utf-16 with its mark": lambda: SOUND.encode("utf-16"),
    "utf-16 without its mark": lambda: SOUND.encode("utf-16-le"),
    "utf-16, big end first": lambda: SOUND.encode("utf-16-be"),
    "utf-32": lambda: SOUND.encode("utf-32"),
    "a byte order mark before a wrong line": lambda: b"\xef\xbb\xbfmunicipality\n",
    "two byte order marks": lambda: b"\xef\xbb\xbf" * 2 + SOUND.encode(),
    "a byte order mark and a byte of another encoding": lambda: b"\xef\xbb\xbfk\x92e: 1\n",
    "latin-1": lambda: SOUND.replace("Koe}", "Köe}").encode("latin-1"),
    "cp437": lambda: SOUND.replace("Koe}", "Köe}").encode("cp437"),
    "an unpaired surrogate": lambda: SOUND.replace("Koe}", "K\ud83de}").encode("utf-8", "surrogatepass"),
    "a letter in more bytes than it needs": lambda: SOUND.encode().replace(b"Koe}", b"\xc0\xafe}"),
    "cut in the middle of a letter": lambda: SOUND.encode() + "ä".encode()[:1],
    "NUL bytes": lambda: SOUND.replace("Koe}", "K\0e}").encode(),
    "only NUL bytes": lambda: bytes(1000),
    "gzip": lambda: gzip.compress(SOUND.encode(), mtime=0),
    "a Word file": lambda: b"PK\x03\x04\x14\0\x06\0\x08\0" + bytes(50),
    "an old Word file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50),
    "a PDF file": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(50),
    "random bytes": lambda: bytes(range(128, 256)) * 20,
    "10 megabytes": lambda: _lines(10_000_000 // 46).encode(),
    "one byte too many": lambda: b"#" * (MAX_BYTES + 1),
    "as large as may be": lambda: b"#" * MAX_BYTES,
    "100 000 brackets": lambda: b"[" * 100_000,
    "100 000 braces": lambda: b"{" * 100_000,
    "100 000 dashes": lambda: b"- " * 100_000,
    "100 000 question marks": lambda: b"? " * 100_000,
    "a bomb of aliases": lambda: _bomb().encode(),
    "200 000 values": lambda: ("- x\n" * 200_000).encode(),
    "601 findings": lambda: _lines(601).encode(),
    "61 meetings": lambda: (
        SOUND
        + "    discussion_meetings:\n"
        + "".join(f"      - {{id: a{n}, language: fi, group: a}}\n" for n in range(61))
    ).encode(),
    "21 rounds": lambda: (SOUND + "".join(f'  - id: "a{n}"\n' for n in range(20))).encode(),
    "120 findings of no meeting": lambda: _lines(120).encode(),
    "120 texts in one of two languages": lambda: (
        SOUND.replace("[fi]", "[fi, sv]").replace("{fi: Koe}", "Koe")
        + "    discussion_meetings: [{id: one, language: ar, group: a}]\n    proposals:\n"
        + "".join(f"      - {{meeting: one, text: {{fi: Teko {n}}}}}\n" for n in range(120))
    ).encode(),
    "61 organisations": lambda: (
        SOUND + "    organisations:\n" + "".join(f"      - {{id: a{n}, name: a}}\n" for n in range(61))
    ).encode(),
    "100 wrong keys": lambda: (SOUND + "".join(f"    x{n}: 1\n" for n in range(100))).encode(),
    "101 wrong keys": lambda: (SOUND + "".join(f"    x{n}: 1\n" for n in range(101))).encode(),
    "200 wrong keys": lambda: (SOUND + "".join(f"    x{n}: 1\n" for n in range(200))).encode(),
    "200 equal keys": lambda: b"a: 1\n" * 201,
    "200 tags": lambda: b"- !x 1\n" * 200,
    "a key at the end and no line end": lambda: (SOUND + "    actions:\n      - ? title").encode(),
    "carriage returns as line ends": lambda: SOUND.replace("2026", "20 26").replace("\n", "\r").encode(),
    "line ends of Windows": lambda: SOUND.replace("2026", "20 26").replace("\n", "\r\n").encode(),
}


@dataclass
class Case:
    """One wrong file. `lines` are its lines as they stand in the corpus, `expected` what is said about it."""

    title: str
    base: str
    file: str
    made: str
    lines: list[str]
    expected: list[str]

    def content(self) -> bytes:
        """The file's bytes."""
        if self.made:
            return RECIPES[self.made]()
        text = "\n".join(self.lines)
        if self.base:
            base = (HERE / f"{self.base}.yml").read_text(encoding="utf-8")
            indent = re.search(r"^( *)@$", base, re.MULTILINE)
            assert indent, self.base
            text = base.replace(indent.group(), "\n".join(indent.group(1) + line for line in self.lines))
        elif self.lines:
            text += "\n"
        return _written_out(text).encode()

    def said(self, folder: Path) -> list[str]:
        """What the kit says about the file, written into a data folder of its own under `folder`."""
        municipalities = folder / "municipalities"
        municipalities.mkdir(parents=True)
        (municipalities / _written_out(self.file)).write_bytes(self.content())
        entries = data.read_data(folder, load_method())
        said = [problem.as_text() for entry in entries for problem in entry.problems]
        said = [line.replace(f"{municipalities}/", "") for line in said]
        middle = said[3:-3]
        return [*said[:3], f"… {len(middle)} more …", *said[-3:]] if len(said) > 12 else said


def _written_out(text: str) -> str:
    """The text with the characters that the corpus names instead of holding them."""
    text = re.sub(r"⟨U\+([0-9A-F]+)⟩", lambda match: chr(int(match.group(1), 16)), text)
    return re.sub(r"⟨(.+?)×(\d+)⟩", lambda match: match.group(1) * int(match.group(2)), text)


def read(path: Path) -> tuple[list[str], list[Case]]:
    """The notes and the cases of one file of the corpus."""
    notes: list[str] = []
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("%% "):
            notes.append(line)
        elif line.startswith("== "):
            cases.append(Case(line[3:], "", "koe.yml", "", [], []))
        elif line.startswith("=> "):
            cases[-1].expected.append(line[3:])
        elif cases and not cases[-1].expected:
            head = re.fullmatch(r"(in|file|made): (.+)", line) if not cases[-1].lines else None
            if head:
                setattr(cases[-1], {"in": "base"}.get(head[1], head[1]), head[2])
            else:
                cases[-1].lines.append(line)
    for case in cases:
        while not case.expected and case.lines and not case.lines[-1]:
            case.lines.pop()
    return notes, cases


def write(path: Path, notes: list[str], cases: list[Case]) -> None:
    """The file of the corpus anew."""
    lines = [*notes]
    for case in cases:
        lines += ["", f"== {case.title}"]
        lines += [f"in: {case.base}"] if case.base else []
        lines += [f"file: {case.file}"] if case.file != "koe.yml" else []
        lines += [f"made: {case.made}"] if case.made else []
        lines += [*case.lines, *[f"=> {line}" for line in case.expected]]
    path.write_text("\n".join(lines).strip() + "\n", encoding="utf-8")


def files() -> list[Path]:
    """The files of the corpus."""
    return sorted(HERE.glob("*.txt"))


def every_case() -> Iterator[tuple[str, Case]]:
    """All cases, each with the name of its file."""
    for path in files():
        for case in read(path)[1]:
            yield path.stem, case


def renew() -> None:
    """Writes what the kit says today into every file."""
    for path in files():
        notes, cases = read(path)
        for case in cases:
            with tempfile.TemporaryDirectory() as folder:
                case.expected = case.said(Path(folder) / "data")
        write(path, notes, cases)


if __name__ == "__main__":
    renew()
