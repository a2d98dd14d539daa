"""The method's rules and numbers, read from data/method.yml. A rule is one function named after it."""

from __future__ import annotations

import math
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kit_builder import content


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(_Part):
    """From `low` to `high`, both included."""

    low: int
    high: int

    def __contains__(self, number: int) -> bool:
        return self.low <= number <= self.high

    def __str__(self) -> str:
        return f"{self.low}–{self.high}"


def _as_range(value: object) -> object:
    return {"low": value[0], "high": value[1]} if isinstance(value, list) else value


FromTo = Annotated[Range, BeforeValidator(_as_range)]


class Step(_Part):
    """A step of a programme; `minutes` is its length."""

    step: str
    minutes: int = Field(ge=1)


class SmallGroup(_Part):
    max_people: int
    leaders: int
    secretaries: int


class DiscussionProgramme(_Part):
    """`refreshments`: minutes before the start."""

    refreshments: int
    programme: tuple[Step, ...]


class DecisionProgramme(_Part):
    sample_start: str
    programme: tuple[Step, ...]


class InvitedOn(_Part):
    recommended: FromTo
    offered_by_leader: FromTo
    accepted: FromTo


class Deck(_Part):
    cards: FromTo
    group_size: int


class Wording(_Part):
    """Shares of a group, from 0 to 1."""

    mainly: float
    half: float


class DiscussionCosts(_Part):
    """Euros for a meeting of about `participants` people."""

    participants: int
    leaders: int
    secretaries: int
    leader: FromTo
    secretary: FromTo
    coordinator: FromTo
    catering: FromTo


class DecisionCosts(_Part):
    """Euros."""

    venue_and_supper: FromTo
    facilitator: FromTo


class Costs(_Part):
    discussion_meeting: DiscussionCosts
    decision_meeting: DecisionCosts


class Method(_Part):
    """All of data/method.yml."""

    areas: tuple[str, ...]
    small_group: SmallGroup
    discussion_meeting: DiscussionProgramme
    decision_meeting: DecisionProgramme
    sample_doors: str
    invited_on: InvitedOn
    deck: Deck
    actions_per_group: FromTo
    years_in_finland: int
    repeat_years: FromTo
    wording: Wording
    costs: Costs
    smallest_group: int


@cache
def load_method() -> Method:
    """The method as data/method.yml has it."""
    return Method.model_validate(content.read("method.yml"))


def total_minutes(programme: tuple[Step, ...]) -> int:
    """How long a programme takes, in minutes."""
    return sum(step.minutes for step in programme)


def small_groups(participants: int, method: Method) -> int:
    """How many small groups a meeting splits into: at most 12 people in each (seed, Introduction 1)."""
    return max(1, math.ceil(participants / method.small_group.max_people))


def decks(participants: int, method: Method) -> int:
    """How many copies of the card deck are needed: one for each small group of about five (seed, Part II §2)."""
    return max(1, math.ceil(participants / method.deck.group_size))


def wording(count: int, of: int, method: Method) -> str:
    """The word for `count` people `of` all who answered: an id in data/content/wording.yml (seed, Part I §5).

    Raises ValueError where `count` is not between 0 and `of`."""
    if not 0 <= count <= of or of == 0:
        raise ValueError(f"{count} of {of} people is not possible")
    share = count / of
    if share >= method.wording.mainly:
        return "majority"
    if share > method.wording.half:
        return "more-than-half"
    if count <= 2:
        return "some"
    return "fewer-than-half"
