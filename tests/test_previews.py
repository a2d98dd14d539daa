"""Pictures of first pages: they show the paper that they stand beside, are described, and cost a page little."""

import io
import json
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from kit_builder.render.preview import render_preview

KITS = ("mallila", "suvikoski", "lillby")
SHOWN = (
    "experience-cards.fi",
    "impact-effort-grid.fi",
    "questions.arabic-1.ar",
    "results.sv",
    "safer-space.somali-1.so",
)


class Pictures(HTMLParser):
    """The previews of a page, as their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "img" and given.get("class") == "preview":
            self.found.append(given)


def previews(site, page):
    return Pictures((site / page).read_text(encoding="utf-8")).found


def manifest(folder, name="kit.json"):
    return json.loads((folder / name).read_text(encoding="utf-8"))["documents"]


def test_every_pdf_has_a_small_picture_in_the_shape_of_its_page(site):
    folders = [(site / "kits" / kit, "kit.json") for kit in KITS] + [(site, "toolkit.json")]
    for folder, name in folders:
        for entry in manifest(folder, name):
            assert ("preview" in entry) == (entry["format"] == "pdf"), entry["path"]
            if "preview" not in entry:
                continue
            path = folder / entry["preview"]
            with Image.open(path) as picture:
                assert picture.format == "WEBP"
                shape = picture.height / picture.width
            page = PdfReader(folder / entry["path"]).pages[0].mediabox
            assert shape == pytest.approx(float(page.height / page.width), abs=0.01), path
            assert path.stat().st_size < 20_000, path


def test_a_picture_shows_the_first_page_of_its_own_paper(site, tmp_path):
    """As another program draws it: less than half as far from that page as from any other paper's."""
    folder = site / "kits" / "mallila"
    entries = {
        entry["path"].rsplit("/", 1)[1][:-4]: entry for entry in manifest(folder) if "preview" in entry
    }
    drawn = {}
    for name in SHOWN:
        made = [
            "pdftoppm",
            "-png",
            "-r",
            "40",
            "-singlefile",
            folder / entries[name]["path"],
            tmp_path / name,
        ]
        subprocess.run(made, check=True)
        drawn[name] = Image.open(tmp_path / f"{name}.png").convert("L")
    for name in SHOWN:
        with Image.open(folder / entries[name]["preview"]) as opened:
            picture = opened.convert("L")
        far = {other: difference(picture, page) for other, page in drawn.items()}
        assert 2 * far.pop(name) < min(far.values()), name


def difference(picture, page):
    return ImageStat.Stat(ImageChops.difference(picture, page.resize(picture.size))).mean[0]


def test_the_same_paper_gives_the_same_bytes_in_every_process(site):
    paths = sorted((site / "templates" / "ar").glob("*.pdf"))[:3]
    code = (
        "import hashlib, sys; from pathlib import Path; from kit_builder.render.preview import render_preview\n"
        "for name in sys.argv[1:]: print(hashlib.sha256(render_preview(Path(name).read_bytes())).hexdigest())"
    )
    made = [
        subprocess.run([sys.executable, "-c", code, *order], capture_output=True, text=True, check=True)
        for order in (paths, paths[::-1])
    ]
    assert made[0].stdout.split() == made[1].stdout.split()[::-1]
    assert (
        render_preview(paths[0].read_bytes()) == (site / "previews/ar" / f"{paths[0].stem}.webp").read_bytes()
    )


@pytest.mark.parametrize(
    ("page", "described"),
    [
        ("kits/mallila/fi/index.html", "Kutsu keskustelutilaisuuteen, arabia ja suomi, A4"),
        ("kits/mallila/sv/index.html", "Tryggare utrymme, arabiska, A3"),
        ("fi/documents.html", "Turvallisempi tila, arabia, A3"),
        ("en/documents.html", "Results of the discussion meetings, English, 16:9"),
    ],
)
def test_pages_describe_their_pictures_in_their_own_language_and_keep_places_free(site, page, described):
    found = previews(site, page)
    assert described in [picture["alt"] for picture in found]
    for picture in found:
        with Image.open(io.BytesIO(((site / page).parent / picture["src"]).read_bytes())) as shown:
            assert (int(picture["width"]), int(picture["height"])) == shown.size
        assert picture["loading"] == "lazy"


def test_only_the_kit_page_and_the_gallery_have_pictures(site):
    counts = {
        path.relative_to(site).as_posix(): len(previews(site, path))
        for path in (site / "kits/mallila/fi").rglob("*.html")
    }
    pdfs = [entry for entry in manifest(site / "kits/mallila") if entry["format"] == "pdf"]
    latest = [entry for entry in pdfs if entry["round"] == "2026"]
    assert {name: count for name, count in counts.items() if count} == {
        "kits/mallila/fi/index.html": len(pdfs),
        "kits/mallila/fi/documents.html": len(latest),
    }
