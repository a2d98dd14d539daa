"""Feeds made files to the loader, the schema and the rules, and keeps those that reach code that none reached before.

The fuzzer is Google's atheris (libFuzzer for Python), which is no dependency of the kit:

    python3 -m venv .kit/fuzzing
    .kit/fuzzing/bin/pip install --require-hashes -r requirements.lock
    .kit/fuzzing/bin/pip install atheris==3.0.0
    .kit/fuzzing/bin/python scripts/fuzz.py                            1 000 000 files
    .kit/fuzzing/bin/python scripts/fuzz.py -max_total_time=480        for eight minutes
    .kit/fuzzing/bin/python scripts/fuzz.py -seed=2                    other files
    .kit/fuzzing/bin/python scripts/fuzz.py .kit/fuzz/crash-…          one file again

Every option of libFuzzer can be given; the same seed makes the same files. It begins with the corpus of tests/bad_input
and the municipality files of data/, and knows YAML's signs and the schema's keys as a dictionary. What it finds worth
keeping lies in .kit/fuzz/kept-seeds. It stops at the first file that raises anything, that is answered with a problem
outside the file or with a message of more than one line, or that takes more than two seconds; that file lies in
.kit/fuzz: mend the kit, and put the file into tests/bad_input. scripts/fuzz_papers.py goes on from there to papers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

with atheris.instrument_imports(include=["kit_builder", "yaml", "difflib"]):
    from bad_input import corpus

    from kit_builder.loading import parse
    from kit_builder.method import load_method
    from kit_builder.places import LINE_BREAK
    from kit_builder.problems import has_errors
    from kit_builder.rules import Rules
    from kit_builder.schema import MunicipalityFile
    from kit_builder.validation import validate

METHOD = load_method()
FOLDER = ROOT / ".kit" / "fuzz"
RUNS = 1_000_000
MAX_LENGTH = 4096
SIGNS = [
    *"-:?,[]{}#&*!|>'\"%@`~",
    *[
        "- ",
        ": ",
        "? ",
        "<<",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "&a ",
        "*a",
        "!!str ",
        "|\n",
        ">-\n",
        "\t",
        "\r\n",
    ],
    *['"\\u202e"', "\\x00", "\\L", "\\U0001F600", "\u200b", "\u202e", "\u2028", "\u0085", "\ufeff", "\u0301"],
    *[
        "true",
        "false",
        "null",
        "2026-10-06",
        "2026-02-30",
        '"17:00"',
        "24:00",
        "17.30",
        "fi",
        "sv",
        "ar",
        "../",
        "99",
    ],
]


def one_file(data: bytes) -> None:
    """One file on its way through the kit; AssertionError where the answer is not bearable."""
    source, found = parse(data, "koe.yml")
    file = None
    if source is not None and not has_errors(found):
        file, more = validate(source)
        found += more
        if file is not None:
            found += Rules(file, source, METHOD).check()
    assert file is not None or found, "neither a municipality nor a problem"
    lines = LINE_BREAK.split(data.decode("utf-8-sig", "replace"))
    for problem in found:
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
        assert len(problem.message.splitlines()) == 1, problem
        assert len(problem.message) < 1500, problem


def seeds() -> Path:
    """The folder of files to begin with."""
    folder = FOLDER / "seeds"
    folder.mkdir(parents=True, exist_ok=True)
    for number, (_, case) in enumerate(corpus.every_case()):
        content = case.content()
        if len(content) <= MAX_LENGTH:
            (folder / f"{number:03}.yml").write_bytes(content)
    for path in (ROOT / "data" / "municipalities").glob("*.yml"):
        (folder / path.name).write_bytes(path.read_bytes()[:MAX_LENGTH])
    return folder


def dictionary() -> Path:
    """YAML's signs and the schema's keys and words, in libFuzzer's notation."""
    path = FOLDER / "dictionary"
    schema = MunicipalityFile.model_json_schema()
    keys = {key for part in [schema, *schema["$defs"].values()] for key in part.get("properties", {})}
    words = [*SIGNS, *sorted(f"{key}:" for key in keys), *METHOD.areas]
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words)
    path.write_text("".join(f'"{word}"\n' for word in quoted), encoding="utf-8")
    return path


def start(
    target: Callable[[bytes], None], arguments: list[str], seeds: Path, defaults: dict[str, object]
) -> None:
    """Runs libFuzzer with the given options, and those of the defaults that are not given."""
    kept = FOLDER / f"kept-{seeds.name}"
    kept.mkdir(parents=True, exist_ok=True)
    defaults = {"seed": 1, "artifact_prefix": f"{FOLDER}/", "print_final_stats": 1, **defaults}
    options = [
        f"-{name}={value}"
        for name, value in defaults.items()
        if not any(given.startswith(f"-{name}=") for given in arguments)
    ]
    files = [] if any(not given.startswith("-") for given in arguments) else [str(kept), str(seeds)]
    atheris.Setup([sys.argv[0], *options, *arguments, *files], target)
    atheris.Fuzz()


if __name__ == "__main__":
    limits = {"runs": RUNS, "max_len": MAX_LENGTH, "timeout": 2, "rss_limit_mb": 1024, "dict": dictionary()}
    start(one_file, sys.argv[1:], seeds(), limits)
