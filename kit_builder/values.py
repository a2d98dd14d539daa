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

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_ADDRESS = 200
WEB_ADDRESS = r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]{1,5})?(/[^\s\"'<>\\^`{|}]*)?"


def refuse(rule: str, sentence: str) -> PydanticCustomError:
    """What to raise for a value that means nothing: the rule's id, and what is wrong and right in one sentence."""
    return PydanticCustomError(rule, "{sentence}", {"sentence": sentence})


def to_text(value: Any) -> str:
    """A text on one line, its letters composed (NFC). Raises PydanticCustomError."""
    if value is None:
        raise refuse("schema.empty", "A text is missing here; write it or leave the key out.")
    if not isinstance(value, str):
        raise refuse("schema.type", f"A text is expected here, not {_kind(value)}.")
    text = unicodedata.normalize("NFC", " ".join(value.split()))
    if not text:
        raise refuse("schema.empty", "The text is empty; write it or leave the key out.")
    return text


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else f"'{value}'"


def _number(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}", value):
        raise refuse("schema.number", f"A whole number such as 20 is expected here, not {_kind(value)}.")
    return int(value)


def _people(value: Any) -> int:
    number = _number(value)
    if number == 0:
        raise refuse(
            "schema.number", "At least one person is expected here; leave the key out if you don't know."
        )
    return number


def _revision(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,2}", value):
        raise refuse(
            "schema.number",
            f"A revision is a whole number from 0 to 99, one higher after each change, not {_kind(value)}.",
        )
    return int(value)


def to_language(value: Any) -> str:
    """A language's code. Raises PydanticCustomError."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2,3}", value):
        raise refuse(
            "schema.language", f"A language is written as its code, such as fi, sv or ar, not {_kind(value)}."
        )
    return value


def _boolean(value: Any) -> bool:
    if value not in ("true", "false"):
        raise refuse("schema.boolean", f"Write true or false here, not {_kind(value)}.")
    return bool(value == "true")


def _date(value: Any) -> dt.date:
    if isinstance(value, str) and (parts := re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", value)):
        day, month, year = parts.groups()
        right = f"{year}-{month:0>2}-{day:0>2}"
        raise refuse("schema.date", f"A date is written year-month-day: {right}, not {value}.")
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise refuse(
            "schema.date", f"A date is written year-month-day, such as 2026-10-06, not {_kind(value)}."
        )
    try:
        day_ = dt.date.fromisoformat(value)
    except ValueError:
        raise refuse("schema.date", f"There is no such day as {value}.") from None
    if not FIRST_YEAR <= day_.year <= LAST_YEAR:
        raise refuse("schema.date", f"The year must be from {FIRST_YEAR} to {LAST_YEAR}, not {day_.year}.")
    return day_


def _time(value: Any) -> dt.time:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,2}\.[0-9]{2}|[0-9]:[0-9]{2}", value):
        right = value.replace(".", ":").zfill(5)
        raise refuse("schema.time", f'A time is written with a colon and four digits: "{right}".')
    if not isinstance(value, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise refuse(
            "schema.time",
            f'A time is written as hours and minutes from "00:00" to "23:59", such as "17:30", not {_kind(value)}.',
        )
    return dt.time.fromisoformat(value)


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 40:
        raise refuse(
            "schema.id",
            "An id has small letters a–z, digits and single hyphens, at most 40 characters, such as 'arabic-1', "
            f"not {_kind(value)}.",
        )
    return value


def _web_address(value: Any) -> str:
    text = to_text(value)
    if not re.fullmatch(WEB_ADDRESS, text) or len(text) > LONGEST_ADDRESS:
        raise refuse(
            "schema.web-address",
            "A web address starts with https:// and a name with a dot, and has no spaces and at most "
            f"{LONGEST_ADDRESS} characters, not {_kind(value)}.",
        )
    return text


def _email(value: Any) -> str:
    text = to_text(value)
    if (
        not re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+){1,4}", text)
        or len(text) > 100
    ):
        raise refuse(
            "schema.email", f"An e-mail address looks like name@municipality.fi, not {_kind(value)}."
        )
    return text


def _phone(value: Any) -> str:
    text = to_text(value)
    if not re.fullmatch(r"\+?[0-9][0-9 ()-]{4,20}", text):
        raise refuse(
            "schema.phone",
            f'A phone number has digits and spaces, such as "+358 9 123 4567", not {_kind(value)}.',
        )
    return text


def _logo(value: Any) -> str:
    text = to_text(value)
    if not re.fullmatch(r"logos/[a-z0-9][a-z0-9._-]*\.(png|jpg|jpeg|svg)", text) or ".." in text:
        raise refuse(
            "schema.logo",
            "A logo is a PNG, JPEG or SVG file in the folder logos/ beside the municipality files, such as "
            f"logos/mallila.png, not {_kind(value)}.",
        )
    return text


def at_most(limit: int) -> AfterValidator:
    """A validator for texts of at most `limit` characters, whose words can be printed."""

    def check(text: str) -> str:
        if len(text) > limit:
            raise refuse(
                "schema.too-long",
                f"The text has {len(text)} characters and at most {limit} fit; say it more shortly.",
            )
        if word := next((word for word in text.split() if len(word) > 80), None):
            raise refuse(
                "schema.long-word",
                f"The word '{word[:20]}…' has {len(word)} letters; at most 80 can be printed.",
            )
        return text

    return AfterValidator(check)


Line = Annotated[str, BeforeValidator(to_text), at_most(200)]
Identifier = Annotated[
    str,
    BeforeValidator(_identifier),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 40}),
]
Count = Annotated[
    int, BeforeValidator(_number), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 999999})
]
Revision = Annotated[
    int, BeforeValidator(_revision), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 99})
]
Flag = Annotated[bool, BeforeValidator(_boolean), WithJsonSchema({"type": "boolean"})]
Date = Annotated[
    dt.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-10-06"]}),
]
Time = Annotated[
    dt.time,
    BeforeValidator(_time),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["17:30"]}),
]
WebAddress = Annotated[
    str, BeforeValidator(_web_address), WithJsonSchema({"type": "string", "pattern": "^https?://"})
]
Email = Annotated[
    str, BeforeValidator(_email), WithJsonSchema({"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"})
]
Phone = Annotated[
    str, BeforeValidator(_phone), WithJsonSchema({"type": "string", "pattern": r"^\+?[0-9][0-9 ()-]{4,20}$"})
]
Logo = Annotated[
    str,
    BeforeValidator(_logo),
    WithJsonSchema({"type": "string", "pattern": r"^logos/[a-z0-9][a-z0-9._-]*\.(png|jpg|jpeg|svg)$"}),
]
Participants = Annotated[
    int,
    BeforeValidator(_people),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999999}),
]
Language = Annotated[
    str,
    BeforeValidator(to_language),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}$", "examples": ["fi", "sv", "ar"]}),
]
