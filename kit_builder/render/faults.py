"""What may be wrong with a document, and the error that tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Something that would not be right on paper, in one sentence; `path` is the place in the municipality's file
    of the text that causes it, where one does."""

    message: str
    path: str = ""


class RenderError(Exception):
    """A document that would not be right on paper."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults
