"""How texts are made to fit, and what is refused."""

import pytest

from kit_builder import paths
from kit_builder.render.faults import RenderError
from kit_builder.render.fitting import Search
from kit_builder.render.jobs import SIZE_PLACE, PdfJob
from kit_builder.render.layout import UNUSED_STYLES
from kit_builder.render.pdf import render_pdf


def page(body, style=""):
    return (
        f'<html lang="en"><head><title>T</title><style>@page{{size:A4;margin:20mm}} html{{{SIZE_PLACE}'
        f"font:var(--body)/1.4 'Noto Sans'}} {style}</style></head><body><main>{body}</main></body></html>"
    )


@pytest.mark.parametrize("growth", [1, 2, 5])
@pytest.mark.parametrize("count", range(1, 12))
def test_the_largest_size_that_fits_is_found_in_few_trials(count, growth):
    sizes = tuple(range(30, 30 - count, -1))
    for first in range(count + 1):
        for likely in range(count):
            search, trials = Search(sizes, likely), 0
            while not search.settled:
                filled = 0.999 * (search.size / (sizes[first] if first < count else 10)) ** growth
                search.learn(search.place >= first, filled)
                trials += 1
            assert search.place == min(first, count - 1)
            assert 1 <= trials <= 4 + count.bit_length()


def test_of_the_usual_styles_only_those_are_left_out_that_no_document_needs():
    """A new WeasyPrint may have others: look at them before raising its version."""
    from weasyprint import html

    left_out = [line.split("{")[0].strip() for line in UNUSED_STYLES.findall(html.UA)]
    assert left_out == [
        "::footnote-call", "::footnote-marker", "::note-call", "::note-marker", "::note-callback", "@top-left-corner",
        "@top-center", "@top-right", "@top-right-corner", "@left-top", "@left-middle", "@left-bottom", "@right-top",
        "@right-middle", "@right-bottom", "@bottom-left-corner", "@bottom-center", "@bottom-right-corner",
    ]  # fmt: skip
    assert "\n::marker" in html.UA
    ours = "".join(file.read_text(encoding="utf-8") for file in (paths.TEMPLATES / "styles").glob("*.css"))
    assert not any(name + " {" in ours for name in left_out)


def test_what_nearly_fills_its_page_is_not_tried_any_larger():
    search = Search((14, 13, 12), 1)
    search.learn(True, 0.95)
    assert search.settled and search.size == 13


def test_a_long_text_is_set_smaller_until_the_page_holds_it():
    text = "<p>word " * 1 + "word " * 900 + "</p>"
    made = render_pdf(PdfJob(page(text), {}, 1, (20, 16, 12, 8)))
    assert made.pages == 1


def test_what_fits_at_no_size_is_refused():
    with pytest.raises(RenderError, match="may have 1"):
        render_pdf(PdfJob(page("<p>" + "word " * 9000 + "</p>"), {}, 1, (20, 12)))


def test_a_text_that_runs_out_of_its_box_is_refused_with_its_place():
    box = '<div data-path="findings[3].text.fi" style="height:10mm">' + "<p>word</p>" * 20 + "</div>"
    with pytest.raises(RenderError) as caught:
        render_pdf(PdfJob(page(box)))
    assert "findings[3].text.fi" in {fault.path for fault in caught.value.faults}


def test_a_text_that_is_not_shown_is_refused():
    with pytest.raises(RenderError, match="'gone' is not on the paper"):
        render_pdf(PdfJob(page('<p style="display:none">gone</p>')))


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "kit:other.png", "data:image/png;base64,AA"]
)
def test_nothing_but_the_documents_own_files_is_opened(address):
    with pytest.raises(RenderError, match="not among its own files"):
        render_pdf(PdfJob(page(f'<p><img src="{address}" alt="x"></p>')))


def test_a_letter_that_no_font_has_is_refused():
    with pytest.raises(RenderError):
        render_pdf(PdfJob(page("<p>漢字</p>")))


def test_the_same_job_gives_the_same_bytes():
    job = PdfJob(page("<p>word</p>"))
    assert render_pdf(job) == render_pdf(job)
