"""`python -m kit_builder` is the command `kit`."""

from kit_builder.cli import main

main()
