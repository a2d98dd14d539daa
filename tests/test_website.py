"""The pages that are made one by one are those of plain MkDocs, byte for byte, and what people write stays text."""

import logging
import os

import pytest

from kit_builder import paths
from kit_builder.site.assets import SOURCE_MAP, assets
from kit_builder.site.links import broken_links
from kit_builder.site.search_index import sections
from kit_builder.site.sources import toolkit_or_kit
from kit_builder.site.website import website
from kit_builder.store import Store

NAME = "A <script>alert(1)</script> & 'B'"
ODD = (
    f'municipality: {{id: aa, name: {{fi: "{NAME}"}}, official_languages: [fi]}}\n'
    "rounds: [{id: '2027'}]\n"
)


@pytest.fixture
def odd(write_file):
    return toolkit_or_kit(write_file(ODD, "aa"), "aa")


def plain_mkdocs(site, folder):
    """What `mkdocs build` makes of a site, by path."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.environ["NO_MKDOCS_2_WARNING"] = os.environ["DISABLE_MKDOCS_2_WARNING"] = "true"
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load_config(str(paths.MKDOCS), site_dir=str(folder))
    config.plugins["kit"].use(site)
    build(config)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", ["", "mallila", "odd"])
def test_every_page_and_search_index_is_that_of_plain_mkdocs(name, odd, tmp_path):
    site = odd if name == "odd" else toolkit_or_kit(paths.CONTENT, name)
    plain = plain_mkdocs(site, tmp_path / "plain")
    made = website(site, Store(tmp_path / "store"))
    ours = {path for path in plain if path.split("/")[0] in ("fi", "sv", "en")}
    assert len(ours) > 80
    assert {path: made[path] for path in ours} == {path: plain[path] for path in ours}
    shared = {path: data for path, data in plain.items() if path in assets()}
    assert {path: SOURCE_MAP.sub(b"", data) for path, data in shared.items()} == assets()
    # A second time, when everything is in the store.
    assert website(site, Store(tmp_path / "store")) == made


def test_a_municipality_s_name_is_text_everywhere_on_a_page(odd, tmp_path):
    for path, page in website(odd, Store(tmp_path)).items():
        assert b"<script>alert" not in page or path.endswith(".webmanifest"), path
    page = website(odd, Store(tmp_path))["fi/why.html"].decode()
    assert page.count("A &lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;B&#39;") >= 4


def test_no_mark_is_left_on_a_page(odd, tmp_path):
    for path, page in website(odd, Store(tmp_path)).items():
        assert b"kit-value" not in page and b"kit-block" not in page and b"kit-site" not in page, path


def test_a_page_is_searched_section_by_section_in_the_words_that_a_reader_sees():
    html = (
        '<p>Before.</p><h1 id="top">A &amp; <em>B</em></h1><p>One<script>hidden()</script></p>'
        '<table><tr><th>Group</th><td><bdi>12</bdi>–14</td></tr></table><h2 id="two">Two</h2><ul><li>x &lt; y</li></ul>'
    )
    assert sections("a.html", html) == [
        {"location": "a.html", "title": "A &amp; B", "text": "Before. One Group 12–14"},
        {"location": "a.html#two", "title": "Two", "text": "x &lt; y"},
    ]


def test_a_link_that_leads_nowhere_is_named():
    page = b'<a href="../b/c.html#x"><img src="d.png"><a href="https://e.fi/"><a href="#f"><a href="g.html">'
    assert broken_links({"a/index.html": page}, {"b/c.html", "a/d.png"}.__contains__) == [
        "a/index.html: g.html"
    ]
