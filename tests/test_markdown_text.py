"""Data in Markdown pages are text and nothing else."""

import markdown
import pytest
from markupsafe import Markup

from kit_builder.site.markdown_text import markdown_text

EXTENSIONS = ["admonition", "attr_list", "def_list", "md_in_html", "tables", "toc"]


@pytest.mark.parametrize(
    "text",
    [
        "*Ikola*",
        "__init__",
        "`code`",
        "[link](javascript:alert(1))",
        "<script>alert(1)</script>",
        "<https://example.org>",
        "# Heading",
        "1. list",
        "- list",
        "| a | b |",
        "!!! note",
        "text {: .class }",
        "a & b &amp; c",
        "{{ 7 * 7 }}",
        "![x](y)",
        ": definition",
    ],
)
def test_text_is_shown_as_it_is_written(text):
    html = markdown.markdown(
        f"Before {markdown_text(text)} after\n\n{markdown_text(text)}", extensions=EXTENSIONS
    )
    paragraphs = [Markup(part).striptags() for part in html.split("</p>") if part.strip()]
    assert paragraphs == [f"Before {text} after", text]
    assert "<a" not in html and "<script" not in html and "<em" not in html and "<h1" not in html


def test_safe_html_stays():
    assert "<bdi>" in markdown_text(Markup("<bdi>1*2</bdi>"))
