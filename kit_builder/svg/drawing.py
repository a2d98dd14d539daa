"""A cleaned drawing as a picture, made by a process of its own that the system ends when it takes too much.

`python -m kit_builder.svg.drawing` is that process: SVG comes in, PNG goes out."""

from __future__ import annotations

import resource
import subprocess
import sys

from kit_builder.svg.cleaning import cleaned
from kit_builder.svg.tree import DrawingError

SECONDS = 2
"""Processor time for one drawing; the town arms and logos that were tried take a tenth of a second."""
MEMORY = 512 * 2**20
"""Bytes of memory for one drawing."""


def drawn(data: bytes, longest: int) -> bytes:
    """An SVG file as PNG, `longest` pixels wide or high, whichever is more. Raises DrawingError."""
    svg = cleaned(data, longest)
    command = [sys.executable, "-m", "kit_builder.svg.drawing"]
    done = subprocess.run(command, input=svg.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        raise DrawingError("takes too long or too much memory to draw; simplify it, or save it as PNG")
    return done.stdout


def _draw() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import resvg_py

    svg = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))


if __name__ == "__main__":
    _draw()
