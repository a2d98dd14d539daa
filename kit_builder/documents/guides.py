"""The introduction for discussion leaders and secretaries."""

from __future__ import annotations

from typing import Any

from kit_builder import content
from kit_builder.documents.context import Context


def introduction(context: Context) -> dict[str, Any]:
    """The programme of a discussion meeting: each step's id, name (source text) and length in minutes.

    Source: seed, Introduction."""
    names = {step["id"]: step["name"] for step in content.read("content/run-sheets.yml")["discussion"]}
    return {
        "programme": [
            {"id": step.step, "name": names[step.step], "minutes": step.minutes}
            for step in context.method.discussion_meeting.programme
        ]
    }
