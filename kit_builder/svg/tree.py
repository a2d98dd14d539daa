"""An SVG file as a tree of its elements, read with limits: what is too much is never built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_ELEMENTS = 5_000
MAX_DEPTH = 40
"""Elements inside one another; drawing programs stay below twenty."""

_SVG = "http://www.w3.org/2000/svg "
_XLINK = "http://www.w3.org/1999/xlink "


class DrawingError(Exception):
    """The drawing can't be used; the message is the end of a sentence that begins with its name."""


@dataclass
class Element:
    """An element of the SVG namespace. `attributes` have no namespace but xlink's; `text` is its own text."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def every(self) -> Iterator[Element]:
        """The element and everything inside it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.every()


def read(data: bytes) -> Element:
    """The root element of an SVG file; what belongs to other namespaces (such as editors' notes) is left out.

    Nothing is fetched, and a file that declares entities is refused. Raises DrawingError."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DrawingError(
            f"can't be read as an SVG drawing from line {error.lineno} on; save it anew"
        ) from None
    except (LookupError, ValueError):
        raise DrawingError("is written in an unknown encoding; save it as UTF-8") from None
    if reader.root is None:
        raise DrawingError("is no SVG drawing, whatever its name says; save it as SVG, PNG or JPEG")
    return reader.root


class _Reader:
    """Builds the tree as the parser comes by each element."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element | None] = []  # None stands for an element that is left out
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.entity

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise DrawingError(
                f"has more than {MAX_ELEMENTS} elements; simplify the drawing, or save it as PNG"
            )
        if len(self.open) >= MAX_DEPTH:
            raise DrawingError(
                f"has more than {MAX_DEPTH} elements inside one another; ungroup them, or save it as PNG"
            )
        parent = self.open[-1] if self.open else None
        element = None
        if name.startswith(_SVG) and (parent is not None or not self.open):
            kept = {key.removeprefix(_XLINK): value for key, value in attributes.items()}
            element = Element(name.removeprefix(_SVG), {k: v for k, v in kept.items() if " " not in k})
            if parent is not None:
                parent.children.append(element)
            elif element.tag == "svg":
                self.root = element
        self.open.append(element)

    def end(self, _name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        if (element := self.open[-1]) is not None:
            element.text += text

    def entity(self, *_declaration: object) -> None:
        raise DrawingError("declares entities (<!ENTITY), which are not read; save it as plain SVG")
