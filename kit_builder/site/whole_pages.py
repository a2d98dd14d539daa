"""Pages and files of the website that no Markdown page stands behind."""

from __future__ import annotations

import json
import uuid

from kit_builder import schedule
from kit_builder.method import load_method
from kit_builder.site import learning
from kit_builder.site.input import SiteInput
from kit_builder.site.templating import Page, render, site_name
from kit_builder.voice import voice

TO_RESIDENTS = "Come and tell us what life is like here"
"""The heading of the residents' pages."""

ICONS = (
    ("icon-192", "192x192", "any"),
    ("icon-512", "512x512", "any"),
    ("icon-maskable-512", "512x512", "maskable"),
)
"""Made by scripts/make_icons.py."""


def entrance(site: SiteInput) -> str:
    """The page at the site's root, on which a reader chooses a language."""
    return str(render("entrance", Page(site, voice(site.languages[0]), "")))


def not_kept(site: SiteInput) -> str:
    """What a reader without a network sees instead of a file that the device has not kept."""
    return str(render("not-kept", Page(site, voice(site.languages[0]), "")))


def web_manifest(site: SiteInput, language: str) -> str:
    """What a browser must know to put the site among a device's apps (W3C Web Application Manifest). Its addresses are
    relative, so that it works wherever the site is published."""
    speaker = voice(language)
    name = site_name(site, speaker) if language in site.languages else speaker.plain(TO_RESIDENTS)
    told = {
        "name": name,
        "short_name": speaker.local_plain(site.file.municipality.name) if site.file else name,
        "lang": language,
        "dir": speaker.direction,
        "start_url": "index.html",
        "scope": "../",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#17456f",
        "icons": [
            {"src": f"../assets/icons/{file}.png", "sizes": size, "type": "image/png", "purpose": purpose}
            for file, size, purpose in ICONS
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def resident_page(site: SiteInput, language: str) -> str:
    """A page for residents in their own language: what a meeting is, how anonymity is kept, when and where it is,
    the questions, and the papers in that language (seed, Part I §4 and Introduction)."""
    page = Page(site, voice(language), "../")
    held = [meeting for meeting in site.meetings_by_day if meeting.language == language]
    programme_ = load_method().discussion_meeting.programme
    shown = ("invitation-discussion", "questions", "safer-space")
    return str(
        render(
            "resident-page",
            page,
            meetings=held,
            ends={meeting.id: schedule.end(meeting.start, programme_) for meeting in held if meeting.start},
            files=[m for id_ in shown for m in site.files_of(id_) if m.document.language == language],
            home=language if language in site.languages else site.languages[0],
            site_name=site_name,
        )
    )


def actions_feed(site: SiteInput, language: str) -> str:
    """What municipalities decided, as an Atom feed in a language; the day of each entry is that of its round."""
    page = Page(site, voice(language), "../")
    found = learning.latest(site.kits)
    updated = max((item.day for item in found), default=learning.UNDATED)
    id_ = uuid.uuid5(uuid.NAMESPACE_OID, f"meeting kit: actions in {language}").urn
    return str(
        render("actions-feed", page, found=found, updated=updated, id=id_, names=learning.area_names())
    )
