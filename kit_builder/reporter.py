"""Who hears how the build goes: the command line shows it, a test keeps it."""

from __future__ import annotations

import shutil
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol, TextIO

RECENT = 30
"""How many steps tell the pace."""

SECONDS_BETWEEN_LINES = 30
"""In a log, which can't be written over."""


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
    """Progress on stderr: what is being built, and how long the stage still takes. A terminal shows one line that is
    written over; a log gets a line when a stage begins and then every half minute. Used in a `with` block."""

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._clock = clock
        self._name, self._total, self._count = "", 0, 0
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._told = 0.0

    def __enter__(self) -> CommandLine:
        return self

    def __exit__(self, *_error: object) -> None:
        self._clear()

    def stage(self, name: str, total: int) -> None:
        self._name, self._total, self._count = name, total, 0
        self._told = self._clock()
        self._recent.clear()
        self._recent.append(self._told)
        if total and not self._live:
            self._line(f"{name}: {total}")

    def step(self, what: str) -> None:
        self._count += 1
        now = self._clock()
        self._recent.append(now)
        progress = f"{self._name}: {self._count}/{self._total}{self._time_left()} – {what}"
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._clear()
            print(progress[:width], end="", file=self._stream, flush=True)
        elif now - self._told >= SECONDS_BETWEEN_LINES:
            self._told = now
            self._line(progress)
        if self._live and self._count == self._total:
            self._clear()
            self._line(f"{self._name}: {self._total}")

    def done(self, text: str) -> None:
        self._clear()
        self._line(text)

    def _time_left(self) -> str:
        """By the pace of the last steps: what is found in the store takes no time, and comes first."""
        pace = (self._recent[-1] - self._recent[0]) / (len(self._recent) - 1)
        seconds = round(pace * (self._total - self._count))
        if seconds < 60:
            return f", about {seconds} s left"
        return f", about {round(seconds / 60)} min left"

    def _clear(self) -> None:
        if self._live:
            print("\r\033[K", end="", file=self._stream, flush=True)

    def _line(self, text: str) -> None:
        print(text, file=self._stream, flush=True)
