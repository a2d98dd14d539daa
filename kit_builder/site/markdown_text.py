"""Text that Markdown leaves alone: municipality data are text, never markup (a name may be `*Ikola*`)."""

from __future__ import annotations

import re

from markupsafe import escape

MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+\-.!|:~=\"'^$@/]")
"""Characters that mean something to Markdown or one of its extensions."""

TAG_OR_ENTITY = re.compile(r"(<[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);)")


def markdown_text(value: object) -> str:
    """A value for a place in a Markdown page that shows exactly its text.

    Tags of safe HTML (Markup) stay; everything else is text, on one line."""
    pieces = TAG_OR_ENTITY.split(" ".join(str(escape(value)).split()))
    return "".join(piece if number % 2 else _spelt_out(piece) for number, piece in enumerate(pieces))


def _spelt_out(text: str) -> str:
    return MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", text)
