"""What a YAML parser's complaint means to somebody who has never heard of YAML, and where the slip itself is.

The parser stops where it can't go on, often a line or more after the slip: a quotation mark that is never closed, a
colon that was forgotten. Each function below knows one usual slip and answers with its place, or with None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from kit_builder.characters import shown
from kit_builder.places import LINE_BREAK, Fault, Quoted

MAX_KEY = 1024
"""Letters of a key that the parser reads."""

_KEY = re.compile(r"""(?:- +)*(?:[\w-]+|"[^"]*"|'[^']*')\s*""")
_NO_SPACE = re.compile(r"([^\W\d][\w-]*):(?=[^\s/])|([^\W\d][\w-]*):(?=\u00a0)")
_NO_COLON = re.compile(r"[^\W\d][\w-]*")
_STARTERS = "@`%*&!|>?"


@dataclass(frozen=True)
class _View:
    """The file's lines, and where the parser stopped (`line`, `column`) and what it was reading since
    (`opened`); all from 0."""

    lines: list[str]
    problem: str
    context: str
    line: int
    column: int
    opened: tuple[int, int]
    quoted: Quoted | None

    @property
    def here(self) -> str:
        return self.lines[self.line]

    @property
    def letter(self) -> str:
        return self.here[self.column : self.column + 1]

    @property
    def first(self) -> bool:
        """Whether the parser stopped at the first letter of a line."""
        return not self.here[: self.column].strip()

    def fault(self, message: str, place: tuple[int, int] | None = None) -> Fault:
        line, column = place or (self.line, self.column)
        return Fault(line + 1, column + 1, message)

    def before(self, line: int) -> int | None:
        """The number of the last line above `line` that is neither empty nor a comment."""
        for number in range(line - 1, -1, -1):
            text = self.lines[number].strip()
            if text and not text.startswith("#"):
                return number
        return None


def explain(error: yaml.MarkedYAMLError, text: str, quoted: Quoted | None) -> Fault:
    """The slip behind a parser's error. `quoted` is the last text in quotation marks before it."""
    lines = LINE_BREAK.split(text)

    def inside(mark: Any) -> tuple[int, int]:
        """The mark's line and column; a file without a line break at its end is read as if it had one."""
        return (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, len(lines[-1]))

    line, column = inside(error.problem_mark)
    opened = inside(error.context_mark or error.problem_mark)
    view = _View(lines, error.problem or "", error.context or "", line, column, opened, quoted)
    for slip in _SLIPS:
        if fault := slip(view):
            return fault
    return view.fault(
        "The file can't be read from here on; check the indentation, the colons, the brackets and the quotation marks."
    )


def _tab(view: _View) -> Fault | None:
    if "tab character" in view.problem or ("cannot start" in view.problem and view.letter == "\t"):
        return view.fault("A tab stands here; indent with spaces, two for each level.")
    return None


def _open_quote(view: _View) -> Fault | None:
    if "quoted scalar" in view.context and ("end of stream" in view.problem or "document" in view.problem):
        return view.fault(
            "The quotation mark that opens here is never closed; close it at the end of the text.",
            view.opened,
        )
    return None


def _after_quote(view: _View) -> Fault | None:
    """Something follows a closing quotation mark: it closes too early, or it was meant to open the next text."""
    quoted = view.quoted
    if quoted is None or quoted.end_line != view.line or "expected" not in view.problem:
        return None
    between = view.here[quoted.end_column : view.column]
    if between.strip() or not view.letter or view.letter in "]}":
        return None
    if quoted.line != quoted.end_line:
        return view.fault(
            f"The quotation mark that opens here is closed only on line {quoted.end_line + 1}; close it at the end of "
            "the text.",
            (quoted.line, quoted.column),
        )
    if view.letter == ":":
        return view.fault("A space is missing after this colon.")
    inside = (
        'inside double quotes a quotation mark is written \\"'
        if quoted.mark == '"'
        else "a text with an apostrophe stands in double quotes"
    )
    return view.fault(
        f"The text goes on after its closing quotation mark; put all of it inside the quotation marks ({inside})."
    )


def _escape(view: _View) -> Fault | None:
    if "unknown escape" in view.problem:
        return view.fault(
            'Inside double quotes a backslash is written twice (\\\\); write it so, or use "/".'
        )
    if "hexdecimal" in view.problem or "escape code" in view.problem:
        return view.fault("The code after this backslash is no character; type the character itself.")
    return None


def _starter(view: _View) -> Fault | None:
    """A text that begins with a sign that means something else to the parser."""
    line, column = view.opened
    sign = view.lines[line][column : column + 1]
    scanning = re.search(
        r"scanning (an|a|for the) (anchor|alias|tag|block scalar|next token|directive)", view.context
    )
    if not (scanning or "mapping keys" in view.problem) or not sign or sign not in _STARTERS:
        return None
    if sign == "*" and view.lines[line].strip().startswith("* "):
        return view.fault("The items of a list begin with '- ', not with '* '.", view.opened)
    return view.fault(
        f"A text can't begin with '{sign}'; put the whole text into double quotes.", view.opened
    )


def _merged_lines(view: _View) -> Fault | None:
    """A colon after a key, where the line above was still being read as a text."""
    if "mapping values are not allowed" not in view.problem:
        return None
    above = view.before(view.line)
    if above is None or not _KEY.fullmatch(view.here[: view.column].lstrip()):
        return None
    if fault := _missing_space(view, above) or _missing_colon(view, above):
        return fault
    indent, column = _indent(view.here), _key_column(view.lines[above])
    if indent > column:
        return view.fault(
            "This line is indented more than the key above it; keys of one group begin in the same column "
            f"(column {column + 1}).",
            (view.line, indent),
        )
    return view.fault(
        "The text above ends before this key; put the text into double quotes, and begin the key in the column of the "
        "keys above."
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _key_column(line: str) -> int:
    """Where the key of a line begins, behind the dashes of its items."""
    dashes = re.match(r"\s*(?:- +)*", line)
    return dashes.end() if dashes else 0


def _missing_space(view: _View, line: int) -> Fault | None:
    """A line that lacks the space after its dash or its key's colon."""
    text = view.lines[line]
    if re.match(r"\s*-\w", text):
        return view.fault("A space is missing after the dash that begins this item.", (line, _indent(text)))
    if missing := _NO_SPACE.match(text, _key_column(text)):
        key = shown(missing.group(1) or missing.group(2))
        return view.fault(f"A space is missing after the colon of '{key}'.", (line, missing.end()))
    return None


def _missing_colon(view: _View, line: int) -> Fault | None:
    """A line whose key has no colon, unless it belongs to a text that began above it."""
    text = view.lines[line]
    body = re.sub(r"\s#.*$", "", text.rstrip())
    if ": " in body or body.endswith(":"):
        return None
    above = view.before(line)
    upper = "" if above is None else view.lines[above]
    if _indent(upper) < _indent(text) and re.search(r":\s+[^\s#]", upper):
        return None
    if missing := _NO_COLON.match(body, _key_column(body)):
        key = shown(missing.group())
        return view.fault(f"A colon is missing after '{key}'.", (line, missing.start()))
    return None


def _colon_in_text(view: _View) -> Fault | None:
    if "mapping values are not allowed" not in view.problem:
        return None
    if re.search("[:-]\\s+[“”„«]", view.here):
        return view.fault(
            'Curly quotation marks hold no text together here; type straight ones (") around it.',
            (view.line, re.search("[“”„«]", view.here).start()),  # type: ignore[union-attr]
        )
    if view.column > MAX_KEY:
        return view.fault(
            f"The key before this colon is longer than {MAX_KEY} letters; a key is a short word."
        )
    return view.fault(
        "A colon stands in the middle of a text; put the whole text into double quotes, or begin the next key on a "
        "line of its own."
    )


def _key_without_colon(view: _View) -> Fault | None:
    if "could not find expected ':'" not in view.problem:
        return None
    line, column = view.opened
    if fault := _missing_space(view, line):
        return fault
    word = shown(view.lines[line][column:])
    return view.fault(
        f"A colon is missing after '{word}'; if it belongs to the text above, indent it as that text.",
        view.opened,
    )


def _open_bracket(view: _View) -> Fault | None:
    """A list or group in brackets that is not closed, or lacks a comma."""
    line, column = view.opened
    if "flow" not in view.context:
        return None
    bracket = view.lines[line][column : column + 1]
    if "expected node content" in view.problem:
        if view.letter == "":
            return view.fault(
                "A bracket that opens before here is never closed; close every [ with ] and every { with }."
            )
        if view.letter == "-":
            return view.fault("Inside brackets, items are separated by commas and have no '-' before them.")
        return view.fault(f"A value is missing before this '{view.letter}'.")
    closing = {"[": "]", "{": "}"}.get(bracket, "]")
    if view.letter in ("]", "}") and view.letter != closing:
        return view.fault(
            f"The bracket {bracket} of line {line + 1} is closed by {view.letter}; close it with {closing}."
        )
    indent, opened_indent = _indent(view.here), _indent(view.lines[line])
    if view.letter == "" or (view.line > line and indent <= opened_indent):
        return view.fault(
            f"The bracket {bracket} that opens here is not closed; close it with {closing}.", view.opened
        )
    return view.fault(
        f"A comma is missing before here; inside {bracket} {closing} the parts are separated by commas."
    )


def _stray(view: _View) -> Fault | None:
    """Something that stands between keys and is none."""
    if view.letter and view.letter in "]}":
        return view.fault(f"No bracket is open that this '{view.letter}' could close; take it away.")
    if view.letter == ",":
        return view.fault("A text can't begin with ','; put the whole text into double quotes.")
    if "block sequence entries" in view.problem:
        return view.fault("A list begins on a line of its own below its key, each item after '- '.")
    if "expected '-'" in view.problem:
        return view.fault(
            "The items of a list begin with '- '; this line does not, and begins in their column."
        )
    if "expected key" not in view.problem:
        return None
    if view.letter == "-" and view.first:
        return view.fault(
            "A list item stands here between keys; indent it below the key to which the list belongs."
        )
    if view.letter == ":":
        return view.fault("A key is missing before this colon.")
    above = view.before(view.line)
    if view.first and above is not None:
        return _missing_space(view, above) or view.fault(
            "The indentation of this line fits no line above; keys of one group begin in the same column."
        )
    return view.fault("Nothing can follow a closing bracket; put a text with brackets into double quotes.")


def _document(view: _View) -> Fault | None:
    if "incompatible YAML" in view.problem:
        return view.fault(
            "The file asks for another version of YAML; take away the line that begins with %YAML."
        )
    if "document start" in view.problem:
        return view.fault(
            "The file goes on after its end; take away the line '...', or put the text before it into quotes."
        )
    return None


_SLIPS: tuple[Callable[[_View], Fault | None], ...] = (
    _tab,
    _open_quote,
    _after_quote,
    _escape,
    _starter,
    _merged_lines,
    _colon_in_text,
    _key_without_colon,
    _open_bracket,
    _stray,
    _document,
)
"""The usual slips, the most telling first."""
