"""How well the anonymity check does: recall and precision on the labelled sentences in tests/anonymity.

    python scripts/anonymity_figures.py [--misses] [seen|unseen]…

With `--misses`, every sentence that was labelled otherwise is printed. Tune the check against the seen part only.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from kit_builder.anonymity import check_text

CORPUS = Path(__file__).parent.parent / "tests" / "anonymity"
PARTS = ("seen", "unseen")
KNOWN = frozenset({"Mallila", "Modellby", "Suvikoski", "Lillby"})
"""The names that a municipality's file would explain: the sentences are told of the example municipalities."""


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence: rules (without their family) that must and that may find something."""

    language: str
    text: str
    expect: frozenset[str]
    may: frozenset[str]

    @property
    def found(self) -> frozenset[str]:
        """The rules that the check finds broken."""
        return frozenset(
            s.rule.removeprefix("anonymity.") for s in check_text(self.text, self.language, KNOWN)
        )


@dataclass(frozen=True)
class Figures:
    """Counts: labels that the check had to find, those found, its alarms, and those that the labels allow; and unsafe
    sentences, those with an alarm, safe sentences, those without."""

    labels: int
    found: int
    alarms: int
    right: int
    unsafe: int
    caught: int
    safe: int
    silent: int

    @property
    def recall(self) -> float:
        return self.found / self.labels

    @property
    def precision(self) -> float:
        return self.right / self.alarms


def read(part: str) -> list[Sentence]:
    """The sentences of one part, in file order."""
    languages = yaml.safe_load((CORPUS / f"{part}.yml").read_text(encoding="utf-8"))
    return [
        Sentence(language, entry["text"], frozenset(entry.get("expect", ())), frozenset(entry.get("may", ())))
        for language, entries in languages.items()
        for entry in entries
    ]


def figures(sentences: list[Sentence]) -> Figures:
    """How the check does on these sentences."""
    judged = [(s, s.found) for s in sentences]
    unsafe = [found for s, found in judged if s.expect]
    safe = [found - s.may for s, found in judged if not s.expect]
    return Figures(
        labels=sum(len(s.expect) for s, _ in judged),
        found=sum(len(s.expect & found) for s, found in judged),
        alarms=sum(len(found) for _, found in judged),
        right=sum(len(found & (s.expect | s.may)) for s, found in judged),
        unsafe=len(unsafe),
        caught=sum(bool(found) for found in unsafe),
        safe=len(safe),
        silent=sum(not found for found in safe),
    )


def main(arguments: list[str]) -> None:
    """Prints the figures of the parts named, or of both."""
    for part in [name for name in PARTS if name in arguments] or PARTS:
        sentences = read(part)
        if "--misses" in arguments:
            for s in sentences:
                missed, wrong = s.expect - s.found, s.found - s.expect - s.may
                if missed or wrong:
                    print(f"  {s.language} missed {sorted(missed)} wrong {sorted(wrong)}: {s.text}")
        for language in (*dict.fromkeys(s.language for s in sentences), "all"):
            f = figures([s for s in sentences if language in (s.language, "all")])
            print(
                f"{part:6} {language:3}  recall {f.recall:.3f} ({f.found}/{f.labels})  precision {f.precision:.3f} "
                f"({f.right}/{f.alarms})  unsafe sentences caught {f.caught}/{f.unsafe}  "
                f"safe ones silent {f.silent}/{f.safe}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
