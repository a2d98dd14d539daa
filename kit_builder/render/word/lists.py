"""Lists of a Word file: their signs, numbers and indents."""

from __future__ import annotations

from typing import Any

from kit_builder.render.word.paper import Paper, colour
from kit_builder.render.word.styles import LATIN, fonts
from kit_builder.render.word.xml import make, twips, value

BULLET_WIDTH = 0.75
"""Room of a list's sign, in parts of its letters' size."""

Kind = tuple[str, int, int, int, str]
"""A list's sign ("" for numbers), level, indent and hang (twips), and the colour of its sign."""


class Lists:
    """The lists of a file: those that look alike share a definition, and each list with numbers begins at one."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.kinds: dict[Kind, int] = {}
        self.used: dict[Any, int] = {}

    def number(self, item: Any) -> tuple[int, int, int]:
        """The number of the list that an `li` belongs to, its level from 0, and how far its sign hangs (twips)."""
        parent = self.paper.parents[item]
        level = len([element for element in self._around(item) if element.tag in ("ul", "ol")]) - 1
        kind = self._kind(item, parent, level)
        key = kind if kind[0] else parent
        if key not in self.used:
            self.kinds.setdefault(kind, len(self.kinds))
            self.used[key] = self.kinds[kind]
        return list(self.used).index(key) + 1, level, kind[3]

    def _around(self, element: Any) -> list[Any]:
        found = []
        while element in self.paper.parents:
            element = self.paper.parents[element]
            found.append(element)
        return found

    def _kind(self, item: Any, parent: Any, level: int) -> Kind:
        style = self.paper.style(item)
        sign = "" if parent.tag == "ol" else str(style["list_style_type"][1]).strip()
        inner, outer = self.paper.content(item), self.paper.border_box(parent)
        rtl = self.paper.direction(item) == "rtl"
        indent = outer[1] - inner[1] if rtl else inner[0] - outer[0]
        hang = indent if parent.tag == "ol" else BULLET_WIDTH * style["font_size"]
        return sign, level, twips(indent * (level + 1)), twips(hang), colour(style, "color")

    def numbering(self) -> list[Any]:
        """What `word/numbering.xml` holds: the definitions, then the lists."""
        definitions = [self._definition(kind, number) for kind, number in self.kinds.items()]
        lists = []
        for number, kind in enumerate(self.used.values(), start=1):
            begin = make("w:lvlOverride", {"w:ilvl": self._level(kind)}, value("w:startOverride", 1))
            lists.append(make("w:num", {"w:numId": number}, value("w:abstractNumId", kind), begin))
        return definitions + lists

    def _level(self, number: int) -> int:
        return list(self.kinds)[number][1]

    def _definition(self, kind: Kind, number: int) -> Any:
        sign, level, indent, hang, ink = kind
        indents = {"w:left": indent, "w:hanging": hang}
        return make(
            "w:abstractNum",
            {"w:abstractNumId": number},
            value("w:multiLevelType", "hybridMultilevel"),
            make(
                "w:lvl",
                {"w:ilvl": level},
                value("w:start", 1),
                value("w:numFmt", "bullet" if sign else "decimal"),
                value("w:lvlText", sign or f"%{level + 1}."),
                value("w:lvlJc", "left"),
                make("w:pPr", {}, make("w:ind", indents)),
                make("w:rPr", {}, fonts(LATIN), value("w:color", ink)),
            ),
        )
