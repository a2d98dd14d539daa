"""Is a file text in UTF-8? If not, what is it, and where does it stop being text?"""

from __future__ import annotations

import re

from kit_builder.places import LINE_BREAK, Fault

FOREIGN_INDENT = re.compile("^[ \t]*([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE)
"""Spaces that look like spaces at the beginning of a line, but do not indent."""

_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|svg|head|body|!--)", re.IGNORECASE)
_NORDIC = "åäöÅÄÖéÉüÜšŠžŽ"
_KINDS = (
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"BZh", "a packed file (bzip2)"),
    (b"\x28\xb5\x2f\xfd", "a packed file (zstd)"),
    (b"7z\xbc\xaf", "a packed file (7z)"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a Word file (RTF)"),
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


def not_text(data: bytes) -> Fault | None:
    """What a file is that is not text in UTF-8, and where it stops being text; None where it is text."""
    for start, kind in _KINDS:
        if data.startswith(start):
            return Fault(
                1, 1, f"This is {kind} and not text; write the file in a text editor and save it as UTF-8."
            )
    if _MARKUP.match(data[:1000]):
        return Fault(
            1, 1, "This is a web page or drawing and no YAML; fetch the file itself, not the page about it."
        )
    wide = "UTF-32" if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) else "UTF-16"
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or data[:2].count(0) == 1:
        return Fault(1, 1, f"The file is saved as {wide}; save it as UTF-8.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _at_byte(data, error.start)
    return None


def _at_byte(data: bytes, start: int) -> Fault:
    lines = LINE_BREAK.split(data[:start].decode())
    old = data[start : start + 1].decode("cp1252", errors="replace")
    message = (
        f"The letter '{old}' is saved here in an old encoding (Windows-1252 or Latin-1); save the file as UTF-8."
        if old in _NORDIC and data[start + 1 : start + 2] < b"\x80"
        else "The file is not text in UTF-8 from here on; save it as UTF-8."
    )
    return Fault(len(lines), len(lines[-1]) + 1, message)
