"""How often Python looks through all objects for some that nobody needs any more."""

from __future__ import annotations

import gc


def look_seldom() -> None:
    """Never again looks at what is loaded by now, and seldom at the rest. A layout consists of hundreds of thousands of
    objects that are needed until it is printed: Python's usual pace costs a tenth of a build, and this one no memory
    worth speaking of."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
