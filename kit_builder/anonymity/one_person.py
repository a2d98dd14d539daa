"""What one person said, did or lived through, also where the person stands as "she" or "I"."""

from __future__ import annotations

from kit_builder.anonymity.telling import Telling

INDEFINITE = frozenset({"a", "an"})
"""Articles behind which a verb may be an adjective: "a shared room"."""

ANOTHER = "toinen"
"""Also "second" and "each other": the verb decides."""


def one_person(telling: Telling) -> tuple[int, int] | None:
    """Positions of the first and last word by which a sentence tells of one person, or None."""
    for index in range(len(telling.words)):
        end = _counted(telling, index) or _definite(telling, index) or _referred(telling, index)
        if end:
            return index, end - 1
    return None


def _counted(telling: Telling, index: int) -> int:
    """One participant said, one of the women, one said, someone said: the position after it, or 0."""
    spoken, low = telling.spoken, telling.low(index)
    if low in spoken.someone:
        return index + 2 if telling.low(index + 1) in spoken.told else 0
    if low not in spoken.one and low not in spoken.article:
        return 0
    if low not in INDEFINITE and telling.says(index + 1):
        return index + 2
    if end := telling.of_several(index + 1):
        return end
    if telling.language == "fi" and telling.of_several(index - 1):  # "osallistujista yksi"
        return index + 1
    person = next((at for at in telling.near(index) if telling.resident(at) or telling.someone(at)), None)
    return person + 1 if person is not None and _tells(telling, index, person) else 0


def _tells(telling: Telling, index: int, person: int) -> bool:
    """Whether a person after a number or an article is one whose story is told.

    Finnish has no article, so its words for "one" and "a certain" say so themselves where a resident follows."""
    if telling.language == "fi" and telling.low(index) != ANOTHER:
        if telling.low(index) in telling.spoken.article:
            return True
        if telling.resident(person):
            return not telling.possible
    return telling.verb_tells(person)


def _definite(telling: Telling, index: int) -> int:
    """The mother had waited, mamman fick vänta, äiti kertoi, osallistujan mukaan: the position after it, or 0."""
    if telling.general:
        return 0
    if telling.language == "fi":
        return _bare_in_finnish(telling, index)
    definite = telling.spoken.definite_persons
    if telling.language == "sv":
        return index + 1 if definite.find(telling.words[index].text) else 0
    if telling.low(index) != "the":
        return 0
    return next((at + 1 for at in telling.near(index) if definite.find(telling.words[at].text)), 0)


def _bare_in_finnish(telling: Telling, index: int) -> int:
    """A resident in the basic form before a verb of telling or doing, or in the genitive before "mukaan"."""
    if not telling.resident(index) or index + 1 == len(telling.words):
        return 0
    if telling.low(index + 1) in telling.spoken.according:
        return index + 2
    if telling.low(index) not in telling.spoken.persons.whole:
        return 0
    past = telling.past(index + 1) and not telling.resident(index + 1)
    possible = telling.low(index + 1) in telling.spoken.might
    return index + 1 if telling.acts(index + 1) or (past and not possible) else 0


def _referred(telling: Telling, index: int) -> int:
    """She, hänen, my, poikani: the position after it, or 0. A pronoun beside "everyone" means anyone."""
    spoken, low = telling.spoken, telling.low(index)
    if low in spoken.first_person or spoken.own.search(low):
        minutes = telling.low(index - 1).isdigit()  # "20 min"
        return 0 if minutes else index + 1
    return index + 1 if low in spoken.pronouns and not telling.general else 0
