"""Invitations: one page beside the official language, in letters that are read without effort."""

from collections import Counter

import pytest
from produced import all_produced

from kit_builder import data
from kit_builder.documents.html import document_job
from kit_builder.languages import languages
from kit_builder.method import load_method
from kit_builder.paths import ROOT
from kit_builder.plan import Document, catalogue
from kit_builder.problems import parsed
from kit_builder.render.fitting import settle
from kit_builder.render.pdf import RenderError, render_pdf
from kit_builder.schema import LocalText

SMALLEST = 11
KINDS = ("invitation-discussion", "invitation-decision")


@pytest.fixture(scope="module")
def file():
    (entry,) = data.read_data(ROOT / "data", load_method(), ("mallila",))
    return entry.file


def usual_size(page):
    """The size in points of most letters on a page."""
    sizes = Counter()

    def visit(text, matrix, text_matrix, _font, size):
        sizes[round(size * abs(text_matrix[3]) * abs(matrix[3]), 1)] += len(text.strip())

    page.extract_text(visitor_text=visit)
    return sizes.most_common(1)[0][0]


def test_most_letters_of_every_invitation_have_eleven_points_or_more(site):
    found = {
        str(one): usual_size(one.reader.pages[0]) for one in all_produced(site) if one.document.id in KINDS
    }
    assert len(found) > 30
    assert {name: size for name, size in found.items() if size < SMALLEST} == {}


def changed(file, language, **changes):
    """The file with its first discussion meeting in another language and with other texts."""
    round_ = file.rounds[-1]
    first, *others = round_.discussion_meetings
    meeting = first.model_copy(update={"language": language, **changes})
    other = round_.model_copy(update={"discussion_meetings": (meeting, *others)})
    return file.model_copy(update={"rounds": (*file.rounds[:-1], other)}), meeting


def invitation(file, meeting):
    entry = catalogue()["invitation-discussion"]
    return document_job(Document(entry, (meeting.language, "fi"), file.rounds[-1].id, meeting.id, 1), file)


@pytest.mark.parametrize("language", sorted(languages().keys() - {"fi", "sv", "en", "et", "uk"}))
def test_longer_texts_than_those_of_the_example_still_fit(file, language):
    place = file.rounds[-1].discussion_meetings[0].place
    long = "Esteetön sisäänkäynti pihan puolelta, hissi toiseen kerrokseen. Bussit 2, 5 ja 14, pysäkki Silta."
    served = "Kahvia, teetä, mehua, kasvispiirakkaa, hedelmiä ja gluteenittomia leivonnaisia"
    longer, meeting = changed(
        file,
        language,
        place=place.model_copy(update={"access": text(long)}),
        refreshments=text(served),
        register_url="https://www.mallila.example/osallistu/keskustelut-2026",
    )
    assert len(settle(invitation(longer, meeting)).layout.document.pages) == 1


def text(words):
    return LocalText.model_validate({"fi": words})


def test_what_is_too_long_is_named_at_its_place(file):
    place = file.rounds[-1].discussion_meetings[0].place
    sentence = "Tulkaa sisään pihan puolelta ja soittakaa kelloa. "
    longer, meeting = changed(file, "so", place=place.model_copy(update={"access": text(sentence * 12)}))
    with pytest.raises(RenderError) as refused:
        render_pdf(invitation(longer, meeting))
    fault = next(fault for fault in refused.value.faults if "pages" in fault.message)
    assert "shorten 'Tulkaa sisään pihan puolelta" in fault.message
    assert parsed(fault.path) == ("discussion_meetings", 0, "place", "access")
