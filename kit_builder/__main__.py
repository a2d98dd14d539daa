"""`python -m kit_builder` is the command `kit`."""

from __future__ import annotations

import os
import signal
from types import FrameType


def main() -> None:
    """Runs the command. Ctrl-C is no fault of the program, neither while it is being loaded nor when it has ended."""
    heard = signal.getsignal(signal.SIGINT)
    if heard is signal.default_int_handler:  # else whoever started the program lets nothing through
        signal.signal(signal.SIGINT, _stop)
    from kit_builder.cli import main as command
    from kit_builder.garbage import look_seldom

    look_seldom()
    signal.signal(signal.SIGINT, heard)
    try:
        command()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Ends the program at once: nothing is under way yet. An exception could be lost inside a module that is loaded."""
    os.write(2, b"Stopped.\n")
    os._exit(2)


if __name__ == "__main__":
    main()
