"""The kinds of values in a municipality's file: what a text means, and what is wrong with one that means nothing.

Values arrive as texts (see loading.py); each kind answers in one plain sentence with the right form.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from kit_builder.sentences import say

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_WORD = 80

# Patterns that Python, JSON Schema and a browser read alike.
ID = r"[a-z0-9]+(-[a-z0-9]+)*"
WEB_ADDRESS = r"""https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]{1,5})?(/[^\s"'<>\\^`{|}]*)?"""
EMAIL = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+){1,4}"
PHONE = r"\+?[0-9][0-9 ()-]{4,20}"
LOGO = r"(?!.*\.\.)logos/[a-z0-9][a-z0-9._-]*\.(png|jpg|jpeg|svg)"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
LONGEST_ID, LONGEST_ADDRESS, LONGEST_EMAIL = 40, 200, 100


def refuse(rule: str, sentence: str) -> PydanticCustomError:
    """What to raise for a value that means nothing: the rule's id, and what is wrong and right in one sentence."""
    return PydanticCustomError(rule, "{sentence}", {"sentence": sentence})


def to_text(value: Any) -> str:
    """A text on one line, its letters composed (NFC). Raises PydanticCustomError."""
    if value is None:
        raise refuse("schema.empty", say("schema.no-text"))
    if not isinstance(value, str):
        raise refuse("schema.type", f"A text is expected here, not {_kind(value)}.")
    text = unicodedata.normalize("NFC", " ".join(value.split()))
    if not text:
        raise refuse("schema.empty", say("schema.empty-text"))
    return text


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else f"'{value}'"


def _number(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}", value):
        raise refuse("schema.number", say("schema.number", given=_kind(value)))
    return int(value)


def _people(value: Any) -> int:
    number = _number(value)
    if number == 0:
        raise refuse("schema.number", say("schema.people"))
    return number


def _revision(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,2}", value):
        raise refuse("schema.number", say("schema.revision", given=_kind(value)))
    return int(value)


def to_language(value: Any) -> str:
    """A language's code. Raises PydanticCustomError."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2,3}", value):
        raise refuse("schema.language", say("schema.language", given=_kind(value)))
    return value


def _boolean(value: Any) -> bool:
    if value not in ("true", "false"):
        raise refuse("schema.boolean", say("schema.boolean", given=_kind(value)))
    return bool(value == "true")


def _date(value: Any) -> dt.date:
    if isinstance(value, str) and (parts := re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", value)):
        day, month, year = parts.groups()
        right = f"{year}-{month:0>2}-{day:0>2}"
        raise refuse("schema.date", say("schema.date-day-first", right=right, given=value))
    if not isinstance(value, str) or not re.fullmatch(DATE, value):
        raise refuse("schema.date", say("schema.date", given=_kind(value)))
    try:
        day_ = dt.date.fromisoformat(value)
    except ValueError:
        raise refuse("schema.date", say("schema.no-such-day", given=value)) from None
    if not FIRST_YEAR <= day_.year <= LAST_YEAR:
        raise refuse("schema.date", say("schema.year", first=FIRST_YEAR, last=LAST_YEAR, given=day_.year))
    return day_


def _time(value: Any) -> dt.time:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,2}\.[0-9]{2}|[0-9]:[0-9]{2}", value):
        right = value.replace(".", ":").zfill(5)
        raise refuse("schema.time", say("schema.time-form", right=right))
    if not isinstance(value, str) or not re.fullmatch(TIME, value):
        raise refuse("schema.time", say("schema.time", given=_kind(value)))
    return dt.time.fromisoformat(value)


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(ID, value) or len(value) > LONGEST_ID:
        raise refuse("schema.id", say("schema.short-id", given=_kind(value)))
    return value


def _formed(rule: str, pattern: str, longest: int = 10_000) -> BeforeValidator:
    """A validator for texts of one form, with at most `longest` characters; the sentence has the rule's id."""

    def check(value: Any) -> str:
        text = to_text(value)
        if not re.fullmatch(pattern, text) or len(text) > longest:
            raise refuse(rule, say(rule, limit=longest, given=_kind(value)))
        return text

    return BeforeValidator(check)


def at_most(limit: int) -> AfterValidator:
    """A validator for texts of at most `limit` characters, whose words can be printed."""

    def check(text: str) -> str:
        if len(text) > limit:
            raise refuse("schema.too-long", say("schema.too-long", count=len(text), limit=limit))
        if word := next((word for word in text.split() if len(word) > LONGEST_WORD), None):
            raise refuse("schema.long-word", say("schema.long-word", word=word[:20], count=len(word)))
        return text

    return AfterValidator(check)


def _as(kind: str, pattern: str = "", **described: Any) -> WithJsonSchema:
    """How the JSON Schema describes values of a kind; its name tells the form which check and control they get."""
    formed = {"pattern": f"^(?:{pattern})$"} if pattern else {}
    return WithJsonSchema({"type": "string", **formed, **described, "kind": kind})


Line = Annotated[str, BeforeValidator(to_text), at_most(200), _as("line", maxLength=200)]
Identifier = Annotated[str, BeforeValidator(_identifier), _as("id", ID, maxLength=LONGEST_ID)]
Count = Annotated[int, BeforeValidator(_number), _as("number", type="integer", minimum=0, maximum=999999)]
Participants = Annotated[
    int, BeforeValidator(_people), _as("people", type="integer", minimum=1, maximum=999999)
]
Revision = Annotated[int, BeforeValidator(_revision), _as("revision", type="integer", minimum=0, maximum=99)]
Flag = Annotated[bool, BeforeValidator(_boolean), _as("flag", type="boolean")]
Date = Annotated[dt.date, BeforeValidator(_date), _as("date", DATE, examples=["2026-10-06"])]
Time = Annotated[dt.time, BeforeValidator(_time), _as("time", TIME, examples=["17:30"])]
WebAddress = Annotated[
    str,
    _formed("schema.web-address", WEB_ADDRESS, LONGEST_ADDRESS),
    _as("web-address", WEB_ADDRESS, maxLength=LONGEST_ADDRESS),
]
Email = Annotated[
    str, _formed("schema.email", EMAIL, LONGEST_EMAIL), _as("email", EMAIL, maxLength=LONGEST_EMAIL)
]
Phone = Annotated[str, _formed("schema.phone", PHONE), _as("phone", PHONE)]
Logo = Annotated[str, _formed("schema.logo", LOGO), _as("logo", LOGO)]
Language = Annotated[
    str, BeforeValidator(to_language), _as("language", "[a-z]{2,3}", examples=["fi", "sv", "ar"])
]
