"""The templates of blocks and whole pages: what each of them may use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kit_builder import content, look, paths
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.plan import catalogue
from kit_builder.site.input import MadeDocument, SiteInput
from kit_builder.voice import Voice, voice


@dataclass(frozen=True)
class Page:
    """Where a block stands: the site, how the page speaks, and the way `up` to the site's root ("../../")."""

    site: SiteInput
    voice: Voice
    up: str


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
        "pictured": _pictured,
        "speak": voice,
    }
    return env


def site_name(site: SiteInput, speaker: Voice) -> str:
    """The site's name in a language; a kit's begins with the municipality's."""
    kit = speaker.plain("Meeting kit")
    return f"{speaker.local_plain(site.file.municipality.name)} – {kit}" if site.file else kit


def _size(page: Page, count: int) -> Markup:
    """A file's size as people say it: "84 kB"."""
    return page.voice.number(max(1, round(count / 1000))) + Markup("&nbsp;kB")


def _pictured(page: Page, made: MadeDocument) -> str:
    """What the picture of a document's first page shows, in words: its name, its languages and its paper."""
    name = page.voice.plain(content.read("content/document-names.yml")[made.document.id])
    spoken = page.voice.items(map(page.voice.language_in_words, made.document.languages))
    return f"{name}, {spoken}, {made.document.entry.paper.split()[0]}"


def render(name: str, page: Page, **values: Any) -> Markup:
    """A template of templates/site/, by its name without the ending, with what it shows. Raises
    jinja2.TemplateError."""
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


def theme_values(site: SiteInput, language: str, url: str) -> dict[str, str | bool | None]:
    """What the theme's overrides may use on the page at `url`, beside its voice: what belongs early into its head, the
    address of the toolkit's feed on the page of actions, and whether the page is a kit's start page, whose title is
    the municipality's name."""
    early = render("early", Page(site, voice(language), "../" * url.count("/")))
    return {
        "kit_early": early,
        "kit_feed": "actions.xml" if not site.file and url.endswith("/actions.html") else None,
        "kit_start": site.file is not None and url == f"{language}/index.html",
    }
