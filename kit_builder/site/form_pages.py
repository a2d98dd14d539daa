"""The form for people who write no code, at edit/: a page in each guidance language, and what its scripts are given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from kit_builder import characters, content, paths, registry, values
from kit_builder.documents.html import FITTED
from kit_builder.editing import definition, invitation
from kit_builder.editing.speech import speech
from kit_builder.languages import guidance_languages, languages
from kit_builder.method import load_method, total_minutes
from kit_builder.sentences import NAME as SENTENCES
from kit_builder.site.input import SiteInput
from kit_builder.site.templating import Page, render
from kit_builder.translations import find
from kit_builder.voice import Voice, voice

BROWSER = paths.PACKAGE / "editing" / "browser"
SCRIPTS = (
    "yaml.js", "words.js", "file.js", "kinds.js", "rules.js", "names.js", "controls.js", "fields.js",
    "invitation.js", "edit.js",
)  # fmt: skip
"""In the order in which the browser runs them."""


def form_files(site: SiteInput, inbox: str, upload: str) -> Iterator[tuple[str, str]]:
    """Every file of edit/ by name. `inbox` is the address of e-mail to which municipalities send their files, `upload`
    the page on which the repository takes them ("" where there is none)."""
    for name in ("letters.js", *SCRIPTS, "edit.css"):
        yield name, (BROWSER / name).read_text(encoding="utf-8")
    yield "invitation.css", invitation.style()
    for code in languages():
        told = _json(invitation.invitations_in(code))
        yield f"invitation.{code}.js", f"INVITATIONS.{code} = {told};\n"
    for code in site.languages:
        page = Page(site, voice(code), "../")
        data = Markup(_json(_given(page.voice, inbox, upload)).replace("<", "\\u003c"))
        yield f"{code}.html", str(render("edit", page, data=data, scripts=SCRIPTS))
    yield "index.html", str(render("edit-entrance", Page(site, voice(site.languages[0]), "../")))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _given(speaker: Voice, inbox: str, upload: str) -> dict[str, Any]:
    """What the scripts know, in the language of the page (see browser/words.js)."""
    method = load_method()
    areas = {area["id"]: area["name"] for area in content.read("content/questions.yml")["areas"]}
    choices = {**areas, **content.read("content/labels.yml")["statuses"]}
    small = method.small_group
    return {
        "page": speaker.code,
        "inbox": inbox,
        "upload": upload,
        "fields": definition.fields(speaker),
        "sentences": _translated(content.read(SENTENCES), speaker),
        "form": _translated(content.read("content/form.yml"), speaker),
        "choices": _translated(choices, speaker),
        "languages": {code: language.name for code, language in languages().items()},
        "official": list(guidance_languages()[:2]),
        "speech": {code: speech(voice(code)) for code in languages()},
        "registry": [
            {"id": e.id, "code": e.code, "name": e.name, "languages": list(e.official_languages)}
            for e in registry.municipalities()
        ],
        "method": {
            "maxPeople": small.max_people,
            "leaders": small.leaders,
            "secretaries": small.secretaries,
            "discussionMinutes": total_minutes(method.discussion_meeting.programme),
            "decisionMinutes": total_minutes(method.decision_meeting.programme),
            "repeatYears": [method.repeat_years.low, method.repeat_years.high],
            "cards": [method.deck.cards.low, method.deck.cards.high],
            "invitedRecommended": [method.invited_on.recommended.low, method.invited_on.recommended.high],
            "invitedAccepted": [method.invited_on.accepted.low, method.invited_on.accepted.high],
        },
        "values": {
            "firstYear": values.FIRST_YEAR,
            "lastYear": values.LAST_YEAR,
            "longestWord": values.LONGEST_WORD,
            "forbidden": json.dumps(characters.FORBIDDEN.pattern)[
                1:-1
            ],  # in escapes, which a pattern reads too
            "sizes": list(FITTED[invitation.ID][1]),
        },
    }


def _translated(texts: Any, speaker: Voice) -> Any:
    """The same texts in the language of `speaker`, with their gaps as they are."""
    if isinstance(texts, dict):
        return {key: _translated(text, speaker) for key, text in texts.items()}
    return find(texts, speaker.code).text
