"""The anonymity check on a municipality's file: findings, proposals and actions, and the false alarms it accepts."""

from __future__ import annotations

from collections.abc import Iterator

from kit_builder.anonymity import ACCEPTABLE, Suspicion, check_text
from kit_builder.languages import languages
from kit_builder.loading import Source
from kit_builder.method import Method
from kit_builder.problems import Path, Problem, Severity
from kit_builder.schema import (
    EVERY_LANGUAGE,
    Accepted,
    Action,
    Finding,
    LocalText,
    MunicipalityFile,
    Proposal,
    Round,
)

Item = Finding | Proposal | Action
ERRORS = frozenset(
    {
        "anonymity.email",
        "anonymity.phone",
        "anonymity.identity-code",
        "anonymity.address",
        "anonymity.name",
    }
)
"""What must not be published at all. The other rules warn: they point at wordings that a human has to weigh."""


class AnonymityRules:
    """The anonymity check for one municipality's file; `check` gives every problem, in no particular order."""

    def __init__(self, file: MunicipalityFile, source: Source, method: Method) -> None:
        self.file = file
        self.source = source
        self.method = method
        self.known = explained_words(file)

    def check(self) -> Iterator[Problem]:
        """What could give a person away, and acceptances that accept nothing."""
        for path, item, round_ in _items(self.file):
            yield from self._item(path, item, round_)

    def _item(self, path: Path, item: Item, round_: Round) -> Iterator[Problem]:
        found = list(self._texts(path, item))
        if not isinstance(item, Action):
            found += self._small_group(path, item, round_)
        accepted = {entry.rule for entry in item.accept}
        yield from (problem for problem in found if problem.rule not in accepted)
        yield from self._useless(path, item.accept, {problem.rule for problem in found})

    def _texts(self, path: Path, item: Item) -> Iterator[Problem]:
        if isinstance(item, Action):
            texts = {"title": item.title, "responsible": item.responsible, "effect": item.effect}
        else:
            texts = {"text": item.text}
        for key, text in texts.items():
            if text is not None:
                yield from self._text((*path, key), text)

    def _text(self, path: Path, text: LocalText) -> Iterator[Problem]:
        for code, words in text.root.items():
            if (
                code == EVERY_LANGUAGE
            ):  # its language is not written: whichever of the municipality's it may be
                official = self.file.municipality.official_languages
                found = {
                    (s.rule, s.start): s for language in official for s in self._suspicions(words, language)
                }
                yield from (self._problem(path, suspicion) for suspicion in found.values())
            elif code in languages():  # others are refused as such
                yield from (self._problem((*path, code), s) for s in self._suspicions(words, code))

    def _suspicions(self, text: str, language: str) -> list[Suspicion]:
        return check_text(text, language, self.known)

    def _problem(self, path: Path, suspicion: Suspicion) -> Problem:
        severity: Severity = "error" if suspicion.rule in ERRORS else "warning"
        return self.source.problem(
            path, suspicion.rule, suspicion.sentence + _way_out(suspicion.rule), severity=severity
        )

    def _small_group(self, path: Path, item: Finding | Proposal, round_: Round) -> Iterator[Problem]:
        """Under five participants even a careful wording points at few people (the project's own rule)."""
        meetings = {meeting.id: meeting for meeting in round_.discussion_meetings}
        people = meetings[item.meeting].participants if item.meeting in meetings else None
        if people is not None and people < self.method.smallest_group:
            yield self.source.problem(
                (*path, "meeting"),
                "anonymity.small-group",
                f"The meeting {item.meeting} had {people} participants; what fewer than {self.method.smallest_group} "
                "people said points at them. Present it together with another group's results, or leave it out."
                + _way_out("anonymity.small-group"),
                severity="warning",
            )

    def _useless(self, path: Path, accept: tuple[Accepted, ...], found: set[str]) -> Iterator[Problem]:
        """An acceptance that stays behind would hide the next real alarm."""
        seen: set[str] = set()
        for index, entry in enumerate(accept):
            if entry.rule not in found or entry.rule in seen:
                yield self.source.problem(
                    (*path, "accept", index, "rule"),
                    "anonymity.useless-accept",
                    f"Nothing here is suspected by {entry.rule}{' once more' if entry.rule in seen else ''}; take this "
                    "acceptance out, so that it hides nothing later.",
                    severity="warning",
                )
            seen.add(entry.rule)


def _items(file: MunicipalityFile) -> Iterator[tuple[Path, Item, Round]]:
    """What residents said and what was decided, each with its place and its round."""
    for index, round_ in enumerate(file.rounds):
        lists: dict[str, tuple[Item, ...]] = {
            "findings": round_.findings,
            "proposals": round_.proposals,
            "actions": round_.actions,
        }
        for key, items in lists.items():
            for number, item in enumerate(items):
                yield ("rounds", index, key, number), item, round_


def accepted_alarms(file: MunicipalityFile, source: Source) -> Iterator[Problem]:
    """A notice for each alarm that the file accepts as a false one, with its reason, so that reviewers see both."""
    for path, item, _ in _items(file):
        for index, entry in enumerate(item.accept):
            message = f"An alarm of {entry.rule} is accepted here as a false one, because: {entry.reason.rstrip('.')}."
            yield source.problem((*path, "accept", index), "anonymity.accepted", message, severity="notice")


def _way_out(rule: str) -> str:
    if rule not in ACCEPTABLE:
        return ""
    return f" If it is a false alarm, write accept: [{{rule: {rule}, reason: …}}] beside it."


def explained_words(file: MunicipalityFile) -> frozenset[str]:
    """The words with a capital letter that the file itself explains: the names of the municipality, of houses and
    organisations, of the bodies that follow up. They are no persons' names."""
    texts: list[LocalText | None] = [file.municipality.name, file.municipality.in_name]
    for round_ in file.rounds:
        texts += [organisation.name for organisation in round_.organisations]
        places = [meeting.place for meeting in round_.discussion_meetings]
        places += [round_.decision_meeting.place] if round_.decision_meeting else []
        for place in places:
            texts += [place.name, place.address] if place else []
        texts.append(round_.follow_up.body if round_.follow_up else None)
    words = (word for text in texts if text for words in text.root.values() for word in words.split())
    return frozenset(word.strip('.,;:()"”“') for word in words if word[0].isupper())
