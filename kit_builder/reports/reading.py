"""A file becomes a report, whichever kind it is; a file that is none is refused in one sentence."""

from __future__ import annotations

from pathlib import Path

from kit_builder.characters import FORBIDDEN, one_line
from kit_builder.reports import pdf, word
from kit_builder.reports.report import RefusedError, Report

MAX_BYTES = 10_000_000
"""A filled form has well under one million."""

_PDF, _ZIP, _OLD_WORD = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def shown_name(path: Path) -> str:
    """A file's name as messages and comments repeat it: on one line, without the folder."""
    return one_line(FORBIDDEN.sub("?", path.name))


def read_report(path: Path) -> Report:
    """The report in a PDF or Word file. Raises RefusedError where it can't be read as one."""
    data = _bytes(path)
    name = shown_name(path)
    if _PDF in data[:1024]:
        return pdf.read(data, name)
    if data.startswith(_ZIP):
        return word.read(data, name)
    if data.startswith(_OLD_WORD):
        raise RefusedError(
            "report.protected",
            "The file is protected by a password or is of an old kind of Word; save it as .docx without a password.",
        )
    raise RefusedError(
        "report.kind", "The file is neither a PDF nor a Word file (.docx); send the filled form itself."
    )


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            missing = "is no file" if path.exists() else "does not exist"
            raise RefusedError("report.unreadable", f"The file {missing}; name a filled report.")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RefusedError("report.unreadable", f"The file can't be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise RefusedError(
            "report.too-large",
            f"The file has more than {MAX_BYTES // 1_000_000} million bytes; a filled form is far smaller.",
        )
    return data
