"""What `kit print-pack` puts together is what the print order says, page for page."""

import hashlib
import json
import re
import shutil
import subprocess

import pypdf
import pytest
from click.testing import CliRunner

from kit_builder.cli import main
from kit_builder.plan import catalogue
from kit_builder.print_pack import print_pack, published_kit
from kit_builder.problems import KitError

ROUNDS = [("mallila", "2026"), ("mallila", "2023"), ("suvikoski", "2027"), ("lillby", "2027")]
MM = 72 / 25.4


@pytest.fixture(scope="module")
def packs(site, tmp_path_factory):
    """The pack of each kit's round as the command writes it: a folder."""
    folders = {}
    for kit, round_id in ROUNDS:
        folder = tmp_path_factory.mktemp("packs") / f"{kit}-{round_id}"
        shown = CliRunner().invoke(
            main, ["print-pack", kit, "--out", str(site), "--round", round_id, "--to", str(folder)]
        )
        assert shown.exit_code == 0, shown.output
        folders[kit, round_id] = folder
    return folders


def manifest(site, kit, round_id):
    """The PDFs of a round that are printed."""
    found = json.loads((site / "kits" / kit / "kit.json").read_text(encoding="utf-8"))["documents"]
    return [e for e in found if e["round"] == round_id and e["format"] == "pdf" and e["copies"]]


def in_print_order(entries):
    """Each meeting's papers, then those of the round, in the order in which they first come."""
    bundles = list(dict.fromkeys(entry["meeting"] for entry in entries))
    return sorted(entries, key=lambda entry: bundles.index(entry["meeting"]))


def wanted_pile(entry):
    if entry["paper"].startswith("A3"):
        return "A3.pdf"
    document = catalogue()[entry["id"]]
    if document.sides == "one" or entry["pages"] == 1:
        return "A4-one-sided.pdf"
    return "A4-two-sided-to-cut.pdf" if document.cut else "A4-two-sided.pdf"


def marks(page):
    """What is printed on a page, as a hash; "" for an empty page."""
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    return hashlib.sha256(data).hexdigest() if data else ""


def printed(path):
    return [marks(page) for page in pypdf.PdfReader(path).pages]


@pytest.mark.parametrize(("kit", "round_id"), ROUNDS)
def test_the_pack_holds_every_page_of_every_copy_in_order_and_no_other(site, packs, kit, round_id):
    piles = {}
    for entry in in_print_order(manifest(site, kit, round_id)):
        pages = printed(site / "kits" / kit / entry["path"])
        name = wanted_pile(entry)
        if "two-sided" in name and len(pages) % 2:
            pages.append("")
        piles.setdefault(name, []).extend(pages * entry["copies"])
    found = {path.name: printed(path) for path in packs[kit, round_id].glob("A*.pdf")}
    assert found == piles


@pytest.mark.parametrize(("kit", "round_id"), ROUNDS)
def test_the_sheets_of_the_pack_are_those_of_the_print_order(site, packs, kit, round_id):
    sheets = {"A4": 0, "A3": 0}
    for path in packs[kit, round_id].glob("A*.pdf"):
        pages = len(pypdf.PdfReader(path).pages)
        sheets[path.name[:2]] += pages // 2 if "two-sided" in path.name else pages
    (order, *_) = (site / "kits" / kit / "documents" / round_id).glob("print-order.*.pdf")
    text = subprocess.run(["pdftotext", "-layout", order, "-"], capture_output=True, check=True).stdout
    told = dict(re.findall(r"^.*?\b(A[34]) +([\d\u00a0 ]+)$", text.decode(), re.MULTILINE)[:2])
    assert {paper: int(re.sub(r"\D", "", count)) for paper, count in told.items()} == sheets


def test_no_two_documents_share_a_sheet(site, packs):
    """Every copy in a two-sided file begins on a front."""
    entries = [
        e for e in in_print_order(manifest(site, "mallila", "2026")) if wanted_pile(e) == "A4-two-sided.pdf"
    ]
    pages = printed(packs["mallila", "2026"] / "A4-two-sided.pdf")
    place = 0
    for entry in entries:
        first = marks(pypdf.PdfReader(site / "kits/mallila" / entry["path"]).pages[0])
        for _ in range(entry["copies"]):
            assert place % 2 == 0 and pages[place] == first, entry["path"]
            place += entry["pages"] + entry["pages"] % 2


def test_every_page_has_the_paper_of_its_file(packs):
    papers = {"A4": {210, 297}, "A3": {297, 420}}
    for folder in packs.values():
        for path in folder.glob("*.pdf"):
            sides = papers[path.name[:2] if path.name.startswith("A") else "A4"]
            for page in pypdf.PdfReader(path).pages:
                assert {round(float(n) / MM) for n in (page.mediabox.width, page.mediabox.height)} == sides


def test_printers_are_told_the_sides_and_not_to_scale(packs):
    for folder in packs.values():
        for path in folder.glob("[Ac]*-*.pdf"):
            told = pypdf.PdfReader(path).trailer["/Root"]["/ViewerPreferences"]
            assert told["/PrintScaling"] == "/None"
            assert told["/Duplex"] == ("/DuplexFlipLongEdge" if "two-sided" in path.name else "/Simplex")


def test_fronts_of_cards_come_alone_too(packs):
    folder = packs["mallila", "2026"]
    assert printed(folder / "cards-fronts-only.pdf") == printed(folder / "A4-two-sided-to-cut.pdf")[::2]
    assert not (packs["suvikoski", "2027"] / "cards-fronts-only.pdf").exists()


def test_the_calibration_sheet_speaks_the_official_languages(packs):
    pdf = pypdf.PdfReader(packs["mallila", "2026"] / "calibration.pdf")
    assert len(pdf.pages) == 2
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "Osuvatko etu- ja takapuolet kohdakkain?" in text and "Möts fram- och baksidorna?" in text
    assert "cards-fronts-only.pdf" in text
    verapdf = pytest.importorskip("verapdf")
    assert verapdf.failures((packs["mallila", "2026"] / "calibration.pdf").read_bytes()) == []


def test_the_latest_round_is_taken_and_the_same_bytes_come_out_again(site, packs):
    folder = packs["mallila", "2026"]
    files = print_pack(published_kit(site, "mallila"), None)
    assert {file.name: file.data for file in files} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_nothing_of_an_earlier_pack_is_left(site, tmp_path):
    (tmp_path / "cards-fronts-only.pdf").write_bytes(b"old")
    (tmp_path / "notes.txt").write_text("mine")
    run = ["print-pack", "lillby", "--out", str(site), "--to", str(tmp_path)]
    assert CliRunner().invoke(main, run).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "A4-one-sided.pdf", "A4-two-sided.pdf", "A3.pdf", "notes.txt",
    }  # fmt: skip


def test_what_is_not_there_is_told_in_a_sentence(site, tmp_path):
    with pytest.raises(KitError, match="has no kit called 'malila'; it has lillby, mallila, suvikoski"):
        published_kit(site, "malila")
    with pytest.raises(KitError, match="`kit build` makes the kits"):
        published_kit(tmp_path, "mallila")
    with pytest.raises(KitError, match="has no round '2020'; it has 2023, 2026"):
        print_pack(published_kit(site, "mallila"), "2020")


def test_a_file_that_was_changed_after_the_build_is_not_printed(site, tmp_path):
    shutil.copytree(site / "kits" / "lillby", tmp_path / "kits" / "lillby")
    shutil.copy(site / "kits.json", tmp_path)
    next((tmp_path / "kits/lillby/documents").rglob("action-sheet.*.pdf")).write_bytes(b"%PDF-1.7")
    with pytest.raises(KitError, match=r"action-sheet\.sv\.pdf is not as it was published"):
        print_pack(published_kit(tmp_path, "lillby"), None)
