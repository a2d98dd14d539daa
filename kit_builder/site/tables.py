"""Tables that a narrow screen can show row by row, without scrolling sideways (WCAG 2.2, 1.4.10).

The styles (assets/site.css) lay the cells of a row below one another and put each column's heading before its cell;
the roles keep the table a table for screen readers, also when it is laid out so."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import escape

TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
CLASS = re.compile(r'^<table(?: class="([^"]*)")?')
HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
PART = re.compile(r"<(thead|tbody|tr|th|td)\b")
TAG = re.compile(r"<[^>]*>")
ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


def for_narrow_screens(html: str) -> str:
    """The page's HTML in which every table with a head says, cell by cell, to which column the cell belongs."""
    return TABLE.sub(lambda match: _told(match[0]), html)


def _told(table: str) -> str:
    head, _, body = table.partition("</thead>")
    if not body:
        return table
    labels = [" ".join(unescape(TAG.sub("", text)).split()) for text in HEADING.findall(head)]
    head = CLASS.sub(lambda match: f'<table role="table" class="{(match[1] or "plain")} told"', head)
    head = PART.sub(lambda match: match[0] + _role(match[1], "columnheader"), head)
    return f"{head}</thead>{_with_labels(body, labels)}"


def _with_labels(body: str, labels: list[str]) -> str:
    """The rows: the first cell of each is what the row is about and needs no label."""
    column = -1

    def tell(match: re.Match[str]) -> str:
        nonlocal column
        column = -1 if match[1] == "tr" else column + 1
        label = f' data-label="{escape(labels[column])}"' if 0 < column < len(labels) else ""
        return match[0] + _role(match[1], "rowheader") + label

    return PART.sub(tell, body)


def _role(tag: str, heading: str) -> str:
    return f' role="{ROLES.get(tag, heading)}"'
