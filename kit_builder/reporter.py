"""Who hears how the build goes: the command line shows it, a test keeps it."""

from __future__ import annotations

import sys
import time
from typing import Protocol


class Reporter(Protocol):
    """Hears of stages and their progress."""

    def stage(self, name: str, total: int) -> None:
        """A stage with `total` steps begins."""

    def step(self, what: str) -> None:
        """One step of the stage is done."""

    def done(self, text: str) -> None:
        """Everything is done; `text` says where to look."""


class Silent:
    """Says nothing."""

    def stage(self, name: str, total: int) -> None: ...

    def step(self, what: str) -> None: ...

    def done(self, text: str) -> None: ...


class CommandLine:
    """One line for each stage, rewritten as it goes on where the terminal can; on stderr."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.name, self.total, self.count, self.began = "", 0, 0, 0.0

    def stage(self, name: str, total: int) -> None:
        self.name, self.total, self.count, self.began = name, total, 0, time.monotonic()
        if total and not self.live:
            print(f"{name}: {total}", file=sys.stderr)

    def step(self, what: str) -> None:
        self.count += 1
        if not self.live:
            return
        passed = time.monotonic() - self.began
        left = passed / self.count * (self.total - self.count)
        end = "\n" if self.count == self.total else ""
        line = f"{self.name}: {self.count}/{self.total}, about {left:.0f} s left – {what}"
        print(f"\r\033[K{line[:110]}", end=end, file=sys.stderr, flush=True)

    def done(self, text: str) -> None:
        print(text, file=sys.stderr)
