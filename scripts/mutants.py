"""How many changes of the code do the tests notice? Mutation testing with mutmut (`make mutants`).

A mutant is the code with one small change, such as `<` for `<=` or a message in capitals. It is killed where a test
fails, and survives where none does. What reads and judges the files is tried whole, the anonymity check by a sample
that is the same every time; only tests that are fast take part (`[tool.mutmut]` in pyproject.toml says which).

    .kit/maintain/bin/python scripts/mutants.py            tries them, for half an hour, and prints a table
    .kit/maintain/bin/python scripts/mutants.py rules      lists the survivors of kit_builder/rules.py
    .kit/maintain/bin/mutmut show NAME                     shows what one of them changes
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "mutants"
WHOLE = ("loading", "yaml_events", "syntax", "values", "validation", "rules", "oversights", "text_rules")
SAMPLED = "anonymity"
SAMPLE, SEED = 400, 1
SURVIVED = (0, 33)
"""mutmut's exit codes for a mutant that every test let pass, and for one that no test reaches."""


def run(names: list[str]) -> None:
    """Lets mutmut try the mutants of these names."""
    mutmut = Path(sys.executable).with_name("mutmut")
    subprocess.run([mutmut, "run", "--max-children", "2", *names], cwd=ROOT, check=True)


def results(module: str) -> dict[str, int | None]:
    """What became of each mutant of a module or package: an exit code, or None where it was not tried."""
    own = FOLDER / "kit_builder" / f"{module}.py.meta"
    paths = [own] if own.is_file() else sorted((FOLDER / "kit_builder" / module).rglob("*.py.meta"))
    found: dict[str, int | None] = {}
    for path in paths:
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def table() -> str:
    """The score of each module, and of all together, as Markdown."""
    lines = ["| module | mutants | tried | killed | score |", "| --- | ---: | ---: | ---: | ---: |"]
    all_codes: list[int | None] = []
    for module in (*WHOLE, SAMPLED):
        codes = list(results(module).values())
        all_codes += codes
        lines.append(line(module, codes))
    return "\n".join([*lines, line("in all", all_codes)])


def line(name: str, codes: list[int | None]) -> str:
    tried = [code for code in codes if code is not None]
    killed = sum(code not in SURVIVED for code in tried)
    return f"| {name} | {len(codes)} | {len(tried)} | {killed} | {killed / len(tried):.1%} |"


def main(modules: list[str]) -> None:
    """Tries the mutants and prints the table, or lists the survivors of the given modules."""
    for module in modules:
        print("\n".join(name for name, code in results(module).items() if code in SURVIVED))
    if modules:
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    run([f"kit_builder.{module}.*" for module in WHOLE])
    run(random.Random(SEED).sample(sorted(results(SAMPLED)), SAMPLE))
    print(table())


if __name__ == "__main__":
    main(sys.argv[1:])
