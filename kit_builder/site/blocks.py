"""The blocks that a guidance page can hold: `{{ costs("discussion") }}`, `{{ documents("questions") }}` …

Each is a template in templates/site/ that gets the page's voice and what it shows. Those that show the method stand in
method_blocks.py.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kit_builder import schedule
from kit_builder.documents.print_order import PrintRow, bundles, sheets_by_paper
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.new import sample
from kit_builder.plan import STEPS, Entry, Waiting, catalogue
from kit_builder.site import learning, then_and_now
from kit_builder.site.finding import municipalities_json
from kit_builder.site.input import KitEntry, MadeDocument
from kit_builder.site.method_blocks import METHOD_BLOCKS
from kit_builder.site.templating import Page, render
from kit_builder.translations import reviewed

Block = Callable[..., Markup]


# What a page shows of the municipality


def meetings(page: Page) -> Markup:
    """The discussion meetings of the round, in the order of their days."""
    return render("meetings", page, meetings=page.site.meetings_by_day)


def decision_meeting(page: Page) -> Markup:
    """Day, place and registration of the decision-makers' meeting."""
    return render("decision-meeting", page, meeting=page.site.round and page.site.round.decision_meeting)


def actions(page: Page) -> Markup:
    """The actions of every round, the latest first."""
    rounds = reversed(page.site.file.rounds) if page.site.file else ()
    listed = [round_ for round_ in rounds if round_.actions]
    return render("actions", page, rounds=listed, names=learning.area_names())


def rounds_actions(page: Page) -> Markup:
    """How far the actions have come, with the rounds beside one another."""
    assert page.site.file
    names, counted = learning.area_names(), then_and_now.how_far(page.site.file)
    return render("rounds-actions", page, rounds=_rounds(page), counted=counted, names=names)


def rounds_findings(page: Page) -> Markup:
    """What residents said in each area, with the rounds beside one another."""
    rounds = _rounds(page)
    told = any(found for seen in rounds for found in seen.findings.values())
    return render("rounds-findings", page, rounds=rounds, told=told, names=learning.area_names())


def rounds_groups(page: Page) -> Markup:
    """Which groups were heard in each of these rounds."""
    rounds = _rounds(page)
    spoken = {seen.id: [page.voice.local(group) for group in seen.groups] for seen in rounds}
    return render("rounds-groups", page, rounds=rounds, spoken=spoken)


def _rounds(page: Page) -> list[then_and_now.SeenRound]:
    assert page.site.file
    return then_and_now.side_by_side(page.site.file, tuple(learning.area_names()))


def decided(page: Page) -> Markup:
    """What all municipalities with a published kit decided, by area and status, to filter (seed, Part III)."""
    names = learning.area_names()
    groups = learning.by_area(page.site.kits, names)
    listed = [kit for kit in _by_name(page) if kit.decided]
    spoken = {code for kit in listed for decided in kit.decided for code in decided.heard}
    heard = [code for code in languages() if code in spoken]
    statuses = learning.STATUSES
    return render("decided", page, groups=groups, names=names, listed=listed, heard=heard, statuses=statuses)


def find_municipality(page: Page) -> Markup:
    """A field in which a reader finds a municipality by any of its names, and from there its kit."""
    return render("find", page, municipalities=municipalities_json(page.site.kits))


def edit_form(page: Page) -> Markup:
    """The way to the form for people who write no code, from the toolkit's pages."""
    return render("edit-form", page)


@dataclass(frozen=True)
class Moment:
    """Something that happens on a day; `until` is when it is over. What must be done stays due from then on."""

    day: dt.date
    until: dt.datetime
    start: dt.time | None
    kind: str
    what: Any


def kit_facts(page: Page) -> Markup:
    """The round in a few lines: how many meetings, when and in which languages, the decision-makers' meeting."""
    assert page.site.round
    held, follow_up = page.site.meetings_by_day, page.site.round.follow_up
    return render(
        "kit-facts",
        page,
        held=held,
        days=[meeting.date for meeting in held if meeting.date],
        spoken=list(dict.fromkeys(meeting.language for meeting in held)),
        decision=page.site.round.decision_meeting,
        next_round=follow_up.next_round if follow_up else None,
    )


def next_up(page: Page) -> Markup:
    """Everything with a date; which of it is next, the reader's browser marks."""
    return render("next-up", page, moments=sorted(_moments(page), key=lambda m: (m.until, m.kind)))


def _moments(page: Page) -> list[Moment]:
    assert page.site.file and page.site.round
    method, found = load_method(), []
    for meeting in page.site.round.discussion_meetings:
        if meeting.date:
            programme_ = method.discussion_meeting.programme
            found.append(_moment(meeting.date, meeting.start, programme_, "discussion", meeting))
    decision = page.site.round.decision_meeting
    if decision and decision.register_by:
        found.append(_moment(decision.register_by, None, (), "register", decision))
    if decision and decision.date:
        programme_ = method.decision_meeting.programme
        found.append(_moment(decision.date, decision.start, programme_, "decision", decision))
        found.append(_moment(decision.date, decision.start, programme_, "delete", decision))
    for round_ in page.site.file.rounds:
        for action in round_.actions:
            if action.due and action.status != "done":
                found.append(_moment(action.due, None, (), "action", action))
    return found


def _moment(day: dt.date, start: dt.time | None, programme_: Any, kind: str, what: Any) -> Moment:
    end = schedule.end(start, programme_) if start else dt.time(23, 59)
    return Moment(day, dt.datetime.combine(day, end), start, kind, what)


def contact(page: Page) -> Markup:
    """The municipality's contact person, where the file lets the details be published."""
    assert page.site.file
    person = page.site.file.municipality.contact
    return render("contact", page, contact=person if person and person.publish else None)


# What a page offers to download


def documents(page: Page, *ids: str) -> Markup:
    """The files of these documents, at the step where they are needed. Raises KeyError for an unknown id."""
    wanted = [(catalogue()[id_], page.site.files_of(id_)) for id_ in ids]
    waiting = {
        w.id: w.needs for w in page.site.plan.waiting if page.site.round and w.round == page.site.round.id
    }
    return render("documents", page, wanted=wanted, waiting=waiting)


def gallery(page: Page) -> Markup:
    """Every document with all its files, by the step in which it is needed."""
    steps = [(step, [e for e in catalogue().values() if e.step == step]) for step in STEPS]
    files = {id_: page.site.files_of(id_) for id_ in catalogue()}
    return render("gallery", page, steps=steps, files=files)


def kit_meetings(page: Page) -> Markup:
    """Each discussion meeting with its documents, by who needs them."""
    held = [
        (meeting, _by_audience(_meeting_files(page, meeting.id))) for meeting in page.site.meetings_by_day
    ]
    return render("kit-meetings", page, held=held)


def kit_round(page: Page) -> Markup:
    """The documents that belong to a round as a whole, by who needs them; the latest round first. Earlier rounds
    come with the papers of their meetings."""
    assert page.site.file and page.site.round
    latest = page.site.round.id
    rounds = []
    for round_ in reversed(page.site.file.rounds):
        files = [made for made in page.site.made if made.document.round == round_.id]
        if round_.id == latest:
            files = [made for made in files if not made.document.meeting]
        rounds.append((round_.id, _by_audience(files)))
    return render("kit-round", page, rounds=rounds)


def _meeting_files(page: Page, meeting_id: str) -> list[MadeDocument]:
    return [made for made in page.site.documents if made.document.meeting == meeting_id]


def _by_audience(files: list[MadeDocument]) -> list[tuple[str, list[tuple[Entry, list[MadeDocument]]]]]:
    """Files by who needs them, and then by document, both in the catalogue's order."""
    audiences: dict[str, dict[str, list[MadeDocument]]] = {}
    for made in files:
        by_id = audiences.setdefault(made.document.entry.audience, {})
        by_id.setdefault(made.document.id, []).append(made)
    return [(who, [(catalogue()[i], f) for i, f in by_id.items()]) for who, by_id in audiences.items()]


def waiting(page: Page) -> Markup:
    """What the file must still say, and which documents wait for it."""
    needs: dict[str, list[Waiting]] = {}
    for item in page.site.plan.waiting:
        if page.site.round and item.round == page.site.round.id:
            needs.setdefault(item.needs, []).append(item)
    assert page.site.file
    codes = page.site.file.municipality.official_languages
    samples = {need: sample(SECTIONS[need], codes) for need in needs}
    return render("waiting", page, needs=needs, samples=samples)


SECTIONS = {
    "meetings": "discussion_meetings",
    "all-meetings": "discussion_meetings",
    "findings": "findings",
    "cards": "findings",
    "proposals": "proposals",
    "decision-meeting": "decision_meeting",
}
"""Where in a municipality's file the data stand that a document needs."""


def reviews(page: Page) -> Markup:
    """In which languages of the round's papers no human has read the translation, and how many papers each has."""
    counted = Counter(code for made in page.site.documents for code in made.document.languages)
    unread = {code: counted[code] for code in languages() if counted[code] and not reviewed(code)}
    return render("reviews", page, unread=unread)


def print_order(page: Page) -> Markup:
    """What to print for the round: documents, copies, sheets."""
    rows = [PrintRow(made.document, made.pages) for made in page.site.documents]
    printed = [row for row in rows if row.document.copies]
    return render("print-order", page, bundles=bundles(printed), sheets=sheets_by_paper(printed))


def balance(page: Page) -> Markup:
    """How many experience cards each group has in each area, so that everyone sees who is heard in the deck; groups
    without a card stand there too (seed, Part I §5)."""
    assert page.site.round
    round_ = page.site.round
    cards = Counter((round_.meeting(card.meeting).group, card.area) for card in round_.cards())
    groups = {meeting.group: 0 for meeting in round_.discussion_meetings}
    areas: Counter[str] = Counter()
    for (group, area), count in cards.items():
        groups[group] += count
        areas[area] += count
    return render("balance", page, cards=cards, groups=groups, areas=areas)


def downloads(page: Page) -> Markup:
    """The zip with everything, and the calendar of the round."""
    assert page.site.file and page.site.round
    spoken = (page.voice.code, *page.site.file.municipality.official_languages)
    calendars = (page.site.calendars.get((page.site.round.id, code)) for code in spoken)
    return render("downloads", page, calendar=next(filter(None, calendars), None))


def kept(page: Page) -> Markup:
    """A line that the reader's browser shows when it keeps the site (assets/offline.js)."""
    return render("kept", page)


def kits(page: Page) -> Markup:
    """The published kits, by name."""
    return render("kits", page, listed=_by_name(page))


def _by_name(page: Page) -> list[KitEntry]:
    return sorted(page.site.kits, key=lambda kit: next(iter(kit.names.values())))


BLOCKS: dict[str, Block] = {
    block.__name__: block
    for block in (
        *METHOD_BLOCKS,
        meetings,
        decision_meeting,
        actions,
        contact,
        decided,
        rounds_actions,
        rounds_findings,
        rounds_groups,
        find_municipality,
        kit_facts,
        edit_form,
        next_up,
        documents,
        gallery,
        kit_meetings,
        kit_round,
        waiting,
        reviews,
        print_order,
        balance,
        downloads,
        kept,
        kits,
    )
}
"""The blocks by the name under which a page calls them."""
