"""The blocks that a guidance page can hold: `{{ costs("discussion") }}`, `{{ documents("questions") }}` …

Each is a template in templates/site/ that gets the page's voice and what it shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kit_builder import content, look, paths, schedule
from kit_builder.costs import CostLine, decision_costs, discussion_costs, total
from kit_builder.documents.print_order import PrintRow, bundles, sheets_by_paper
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.plan import STEPS, Entry, Waiting, catalogue
from kit_builder.schema import DiscussionMeeting
from kit_builder.site.input import MadeDocument, SiteInput
from kit_builder.voice import Voice, voice


@dataclass(frozen=True)
class Page:
    """Where a block stands: the site, how the page speaks, and the way `up` to the site's root ("../../")."""

    site: SiteInput
    voice: Voice
    up: str


Block = Callable[..., Markup]


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {
        "content": content.all_texts(),
        "catalogue": catalogue(),
        "method": load_method(),
        "languages": languages(),
        "shape": lambda area: Markup(look.shape_svg(area, "currentColor")),
        "size": _size,
        "speak": voice,
    }
    return env


def _size(page: Page, count: int) -> Markup:
    """A file's size as people say it: "84 kB"."""
    return page.voice.number(max(1, round(count / 1000))) + Markup("&nbsp;kB")


def _render(name: str, page: Page, **values: Any) -> Markup:
    template = _environment().get_template(f"site/{name}.html")
    speak = page.voice
    return Markup(
        template.render(
            page=page,
            site=page.site,
            round=page.site.round,
            v=speak,
            _=speak.gettext,
            ngettext=speak.ngettext,
            plain=speak.plain,
            **values,
        )
    )


def entrance(site: SiteInput) -> str:
    """The page at the site's root, on which a reader chooses a language."""
    return str(_render("entrance", Page(site, voice(site.languages[0]), "")))


def resident_page(site: SiteInput, language: str) -> str:
    """A page for residents in their own language: what a meeting is, how anonymity is kept, when and where it is,
    the questions, and the papers in that language (seed, Part I §4 and Introduction)."""
    page = Page(site, voice(language), "../")
    held = [meeting for meeting in _by_day(page) if meeting.language == language]
    programme_ = load_method().discussion_meeting.programme
    shown = ("invitation-discussion", "questions", "safer-space")
    return str(
        _render(
            "resident-page",
            page,
            meetings=held,
            ends={meeting.id: schedule.end(meeting.start, programme_) for meeting in held if meeting.start},
            files=[m for id_ in shown for m in _files(page, id_) if m.document.language == language],
            codes=(*site.languages, *site.resident_languages),
        )
    )


# What a page shows about the method


def areas(page: Page) -> Markup:
    """The areas with their shapes (seed, Questions)."""
    return _render("areas", page)


def questions(page: Page) -> Markup:
    """All questions with their prompts, by area, and the summarising question (seed, Questions)."""
    return _render("questions", page)


def programme(page: Page, kind: str) -> Markup:
    """The programme of a "discussion" or a "decision" meeting, with clock times where the data give a start."""
    method = load_method()
    if kind == "discussion":
        dated = [m for m in page.site.round.discussion_meetings if m.start] if page.site.round else []
        same = len({(m.doors, m.start) for m in dated}) == 1
        doors, start = (dated[0].doors, dated[0].start) if same else (None, None)
        slots = schedule.discussion_programme(doors, start, method)
    else:
        meeting = page.site.round.decision_meeting if page.site.round else None
        slots = schedule.decision_programme(meeting.start if meeting else None, method)
    names = {step["id"]: step["name"] for step in content.read("content/run-sheets.yml")[kind]}
    return _render("programme", page, slots=slots, names=names)


def costs(page: Page, kind: str) -> Markup:
    """What "discussion" meetings or the "decision" meeting cost, in euros (seed, Part I §1, Part II §3)."""
    method = load_method()
    lines: tuple[CostLine, ...]
    if kind == "discussion":
        lines = discussion_costs(None, method)
    else:
        lines = decision_costs(page.site.round.decision_meeting if page.site.round else None, method)
    return _render("costs", page, lines=lines, total=total(lines))


def checklist(page: Page, actor: str) -> Markup:
    """The tasks of the "municipality", the "organisation" or the "leaders", by time."""
    tasks = content.read("content/checklists.yml")[actor]["tasks"]
    groups = [(when, list(group)) for when, group in groupby(tasks, key=lambda task: task["when"])]
    return _render("checklist", page, groups=groups)


def safer_space(page: Page) -> Markup:
    """The principles of a safer space."""
    return _render("safer-space", page)


def wordings(page: Page) -> Markup:
    """Which words stand for which numbers in a finding (seed, Part I §5)."""
    return _render("wordings", page)


def three_parts(page: Page) -> Markup:
    """A picture of the method's three parts."""
    return _render("three-parts", page)


# What a page shows of the municipality


def meetings(page: Page) -> Markup:
    """The discussion meetings of the round, in the order of their days."""
    return _render("meetings", page, meetings=_by_day(page))


def decision_meeting(page: Page) -> Markup:
    """Day, place and registration of the decision-makers' meeting."""
    return _render("decision-meeting", page, meeting=page.site.round and page.site.round.decision_meeting)


def actions(page: Page) -> Markup:
    """The actions of every round, the latest first."""
    rounds = reversed(page.site.file.rounds) if page.site.file else ()
    return _render("actions", page, rounds=[round_ for round_ in rounds if round_.actions])


@dataclass(frozen=True)
class Moment:
    """Something that happens on a day; `until` is when it is over."""

    day: dt.date
    until: dt.datetime
    start: dt.time | None
    kind: str
    what: Any


def next_up(page: Page) -> Markup:
    """Everything with a date; which of it is next, the reader's browser marks (assets/next-up.js)."""
    return _render("next-up", page, moments=sorted(_moments(page), key=lambda m: (m.until, m.kind)))


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
    for round_ in page.site.file.rounds:
        for action in round_.actions:
            if action.due and action.status != "done":
                found.append(_moment(action.due, None, (), "action", action))
    return found


def _moment(day: dt.date, start: dt.time | None, programme_: Any, kind: str, what: Any) -> Moment:
    end = schedule.end(start, programme_) if start else dt.time(23, 59)
    return Moment(day, dt.datetime.combine(day, end), start, kind, what)


# What a page offers to download


def documents(page: Page, *ids: str) -> Markup:
    """The files of these documents, at the step where they are needed. Raises KeyError for an unknown id."""
    wanted = [(catalogue()[id_], _files(page, id_)) for id_ in ids]
    waiting = {
        w.id: w.needs for w in page.site.plan.waiting if page.site.round and w.round == page.site.round.id
    }
    return _render("documents", page, wanted=wanted, waiting=waiting)


def _files(page: Page, id_: str) -> list[MadeDocument]:
    return [made for made in page.site.documents if made.document.id == id_]


def gallery(page: Page) -> Markup:
    """Every document with all its files, by the step in which it is needed."""
    steps = [(step, [e for e in catalogue().values() if e.step == step]) for step in STEPS]
    files = {id_: _files(page, id_) for id_ in catalogue()}
    return _render("gallery", page, steps=steps, files=files)


def kit_meetings(page: Page) -> Markup:
    """Each discussion meeting with its documents, by who needs them."""
    held = [(meeting, _by_audience(_meeting_files(page, meeting.id))) for meeting in _by_day(page)]
    return _render("kit-meetings", page, held=held)


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
    return _render("kit-round", page, rounds=rounds)


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
    return _render("waiting", page, needs=needs)


def print_order(page: Page) -> Markup:
    """What to print for the round: documents, copies, sheets."""
    rows = [PrintRow(made.document, made.pages) for made in page.site.documents]
    printed = [row for row in rows if row.document.copies]
    return _render("print-order", page, bundles=bundles(printed), sheets=sheets_by_paper(printed))


def downloads(page: Page) -> Markup:
    """The zip with everything, and the calendar of the round."""
    code = page.voice.code if page.site.round else ""
    calendar = page.site.calendars.get((page.site.round.id, code)) if page.site.round else None
    return _render("downloads", page, calendar=calendar)


def kits(page: Page) -> Markup:
    """The published kits, by name."""
    listed = sorted(page.site.kits, key=lambda kit: next(iter(kit.names.values())))
    return _render("kits", page, listed=listed)


def _by_day(page: Page) -> list[DiscussionMeeting]:
    held = page.site.round.discussion_meetings if page.site.round else ()
    return sorted(held, key=lambda meeting: meeting.date or dt.date.max)


BLOCKS: dict[str, Block] = {
    block.__name__: block
    for block in (
        areas,
        questions,
        programme,
        costs,
        checklist,
        safer_space,
        wordings,
        three_parts,
        meetings,
        decision_meeting,
        actions,
        next_up,
        documents,
        gallery,
        kit_meetings,
        kit_round,
        waiting,
        print_order,
        downloads,
        kits,
    )
}
"""The blocks by the name under which a page calls them."""
