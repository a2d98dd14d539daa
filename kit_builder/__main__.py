"""`python -m kit_builder` is the command `kit`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command. Ctrl-C is no fault of the program, not even while it is being loaded."""
    try:
        from kit_builder.cli import main as command

        command()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
