"""Blocks that show the method, with the municipality's times and numbers where its file gives them."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from kit_builder import content, schedule
from kit_builder.costs import CostLine, decision_costs, discussion_costs, total
from kit_builder.method import load_method
from kit_builder.site.templating import Page, render


def areas(page: Page) -> Markup:
    """The areas with their shapes (seed, Questions)."""
    return render("areas", page)


def questions(page: Page) -> Markup:
    """All questions with their prompts, by area, and the summarising question (seed, Questions)."""
    return render("questions", page)


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
    return render("programme", page, slots=slots, names=names)


def costs(page: Page, kind: str) -> Markup:
    """What "discussion" meetings or the "decision" meeting cost, in euros (seed, Part I §1, Part II §3)."""
    method = load_method()
    lines: tuple[CostLine, ...]
    if kind == "discussion":
        lines = discussion_costs(None, method)
    else:
        lines = decision_costs(page.site.round.decision_meeting if page.site.round else None, method)
    return render("costs", page, lines=lines, total=total(lines))


def checklist(page: Page, actor: str) -> Markup:
    """The tasks of the "municipality", the "organisation" or the "leaders", by time."""
    tasks = content.read("content/checklists.yml")[actor]["tasks"]
    groups = [(when, list(group)) for when, group in groupby(tasks, key=lambda task: task["when"])]
    return render("checklist", page, groups=groups)


def safer_space(page: Page) -> Markup:
    """The principles of a safer space."""
    return render("safer-space", page)


def wordings(page: Page) -> Markup:
    """Which words stand for which numbers in a finding (seed, Part I §5)."""
    return render("wordings", page)


def three_parts(page: Page) -> Markup:
    """A picture of the method's three parts."""
    return render("three-parts", page)


METHOD_BLOCKS = (areas, questions, programme, costs, checklist, safer_space, wordings, three_parts)
"""Those that a page may call, by their names."""
