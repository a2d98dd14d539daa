"""What an SVG's styles say about each element: attributes, style sheets and style attributes become one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import tinycss2

from kit_builder.svg.tree import DrawingError, Element

MAX_RULES = 2_000

_SELECTOR = re.compile(r"(?P<tag>\*|[a-zA-Z][\w-]*)?(?P<marks>(?:[.#][\w-]+)*)")
"""A tag, classes and an id, as drawing programs write them; nothing that looks at an element's surroundings."""


@dataclass(frozen=True, order=True)
class _Rule:
    """One property that a selector gives; rules are followed in this order, the strongest last."""

    important: bool
    ids: int
    classes: int
    has_tag: bool
    place: int
    tag: str
    marks: frozenset[str]
    name: str
    value: str


class Styles:
    """The style sheets of a drawing. Raises DrawingError where one can't be followed."""

    def __init__(self, root: Element) -> None:
        self.rules: dict[str, list[_Rule]] = defaultdict(list)
        sheet = "\n".join(element.text for element in root.every() if element.tag == "style")
        for rule in _rules(sheet):
            self.rules[min(rule.marks, default=rule.tag)].append(rule)

    def of(self, element: Element) -> dict[str, str]:
        """The element's attributes, those of its styles among them."""
        found = {key: value.strip() for key, value in element.attributes.items()}
        marks = {f".{name}" for name in found.pop("class", "").split()} | {f"#{found.get('id', '')}"}
        rules = [rule for key in ("*", element.tag, *marks) for rule in self.rules.get(key, ())]
        rules = sorted(rule for rule in rules if rule.marks <= marks and rule.tag in ("*", element.tag))
        found |= {rule.name: rule.value for rule in rules if not rule.important}
        found |= {name: value for name, value, _ in _declarations(found.pop("style", ""))}
        return found | {rule.name: rule.value for rule in rules if rule.important}


def _rules(sheet: str) -> Iterator[_Rule]:
    parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    rules = [rule for rule in parsed if rule.type == "qualified-rule"]  # an at-rule would only ask for more
    if len(rules) > MAX_RULES:
        raise DrawingError(f"has more than {MAX_RULES} style rules; simplify the drawing, or save it as PNG")
    for place, rule in enumerate(rules):
        declarations = list(_declarations(rule.content))
        for selector in tinycss2.serialize(rule.prelude).split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if match is None:
                raise DrawingError(
                    "has a style sheet of a kind that is not read; let the drawing program save styles as attributes "
                    "('presentation attributes'), or save it as PNG"
                )
            tag = match["tag"] or "*"
            marks = frozenset(re.findall(r"[.#][\w-]+", match["marks"]))
            ids = sum(mark.startswith("#") for mark in marks)
            for name, value, important in declarations:
                yield _Rule(important, ids, len(marks) - ids, tag != "*", place, tag, marks, name, value)


def _declarations(content: object) -> Iterator[tuple[str, str, bool]]:
    """Name, value and importance of each declaration of a style; what is none is passed over, as browsers do."""
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration":
            yield part.lower_name, tinycss2.serialize(part.value).strip(), part.important
