"""A municipality of which every text would like to be something else: template, markup, link, formula, command."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from kit_builder.schema import Contact, MunicipalityFile
from kit_builder.texts import every_text

ALL = (
    "=1+1 {{7*191}} {% x %} <script>alert(1)</script><img src=x onerror=evil> [a](javascript:b) **c** "
    "![d](//evil.eu/e) \\n;, &#x202e;&lt; ]]>--></title></style> kit-block-0- \"'` %(low)s %s {0} #"
)
"""Everything at once, for what is not laid out."""

HARMLESS = "sana " * (len(ALL) // 5)
"""As long as that."""

PIECES = (
    "{{ 7*191 }} {% for x in y %}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "![b](http://evil.example/c.png)",
    "=cmd|'/c calc'!A1",
    "\\n BEGIN:VEVENT; ATTACH:evil",
    "&#x202e; &amp; &lt;b&gt; \\u202e",
    "]]> --> </style></title> <!--",
    "%(areas_count)s %s {0} ${7*191}",
)
"""One to a text, so that papers have room for them."""


PUBLISHED = {"email": "kylla@koe.fi", "phone": "+358 9 1234"}
UNPUBLISHED = {"email": "salaa@koe.fi", "phone": "+358 9 9999"}


def everything() -> str:
    return ALL


def in_turn() -> Callable[[], str]:
    pieces = itertools.cycle(PIECES)
    return lambda: next(pieces)


def harmless() -> str:
    return HARMLESS


def municipality(piece: Callable[[], str], publish: str = "true") -> MunicipalityFile:
    """A file with every key; each text is a `piece` and a number of its own: `sana t12.`

    The municipality's contact person may be published, or not ("false"); the organisation's may not."""
    numbers = itertools.count()

    def text() -> str:
        return f"{piece()} t{next(numbers)}."

    def local() -> dict[str, str]:
        return {"fi": text(), "sv": text()}

    def place() -> dict[str, Any]:
        return {"name": local(), "address": local(), "access": local()}

    def contact(publish: str) -> dict[str, Any]:
        lines = PUBLISHED if publish == "true" else UNPUBLISHED
        return {"name": text(), "title": local(), **lines, "publish": publish}

    result = {"meeting": "m", "area": "safety"}
    return MunicipalityFile.model_validate(
        {
            "municipality": {
                "id": "koe",
                "name": local(),
                "in_name": local(),
                "official_languages": ["fi", "sv"],
                "contact": contact(publish),
            },
            "rounds": [
                {
                    "id": "2026",
                    "organisations": [{"id": "o", "name": local(), "contact": contact("false")}],
                    "discussion_meetings": [
                        {
                            "id": "m",
                            "language": "ar",
                            "group": local(),
                            "date": "2026-10-06",
                            "doors": "17:00",
                            "start": "17:30",
                            "place": place(),
                            "organisations": ["o"],
                            "participants": "12",
                            "refreshments": local(),
                            "register_url": "https://koe.fi/a?b=c&d=#%22%3E%3Cscript%3E",
                        }
                    ],
                    "findings": [{**result, "card": "true", "text": local()} for _ in range(3)],
                    "proposals": [{**result, "text": local()} for _ in range(2)],
                    "decision_meeting": {"date": "2026-11-24", "start": "16:30", "place": place()},
                    "actions": [
                        {
                            "title": local(),
                            "area": "safety",
                            "responsible": local(),
                            "due": "2027-05-31",
                            "status": "done",
                            "effect": local(),
                        }
                    ],
                    "follow_up": {"body": local()},
                }
            ],
        }
    )


def texts(file: MunicipalityFile) -> Iterator[str]:
    """Every text of the file, the names of contact persons included."""
    for _, text in every_text(file):
        yield from text.root.values()
    yield from (str(person.name) for person in contacts(file))


def contacts(file: MunicipalityFile) -> list[Contact]:
    """The municipality's contact person and the organisation's."""
    people = (file.municipality.contact, *(o.contact for o in file.rounds[0].organisations))
    return [person for person in people if person]
