"""A QR code is read back from the picture of a printed page."""

import io
import subprocess

import pytest
import zxingcpp
from PIL import Image

from kit_builder.qr import MODULE, qr_svg, qr_width
from kit_builder.render.jobs import PdfJob
from kit_builder.render.pdf import render_pdf

SHORT = "https://example.org/mallila"
LONG = "https://www.mallila.example/fi/asuminen-ja-ymparisto/osallistu/" + "keskustelutilaisuudet-2026/" * 4


def printed(address: str, millimetres: float, dots_to_the_inch: int, tmp_path) -> Image.Image:
    """A page that shows the code of an address so wide, as a picture."""
    html = (
        '<html lang="fi"><head><title>QR</title><style>body { background: #f7e9f2 }</style></head><body><h1>Koodi</h1>'
        f'<p><img src="kit:qr.svg" alt="{address}" style="width: {millimetres}mm"></p></body></html>'
    )
    page = tmp_path / "page.pdf"
    page.write_bytes(render_pdf(PdfJob(html, {"qr.svg": qr_svg(address)})).data)
    command = ["pdftoppm", "-r", str(dots_to_the_inch), "-png", "-singlefile", str(page)]
    return Image.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout))


@pytest.mark.parametrize("address", [SHORT, LONG])
def test_a_printed_code_is_read_at_the_resolution_of_a_phone_at_arms_length(address, tmp_path):
    picture = printed(address, qr_width(address), 150, tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [address]


@pytest.mark.parametrize("address", [SHORT, LONG])
def test_a_code_printed_at_half_its_width_is_still_read(address, tmp_path):
    picture = printed(address, qr_width(address) / 2, 150, tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [address]


def test_a_stained_code_is_read(tmp_path):
    picture = printed(SHORT, 30, 150, tmp_path)
    (code,) = zxingcpp.read_barcodes(picture)
    middle = (
        (code.position.top_left.x + code.position.bottom_right.x) // 2,
        code.position.bottom_right.y - 30,
    )
    picture.paste((255, 255, 255), (middle[0], middle[1], middle[0] + 18, middle[1] + 18))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [SHORT]


def test_the_quiet_zone_stays_white_on_a_coloured_page(tmp_path):
    picture = printed(SHORT, qr_width(SHORT), 300, tmp_path).convert("RGB")
    (code,) = zxingcpp.read_barcodes(picture)
    left, top = code.position.top_left.x, code.position.top_left.y
    module = MODULE / 25.4 * 300
    white = [
        picture.getpixel((round(left - step * module), round(top + 3 * module))) for step in (1, 2, 3, 3.7)
    ]
    assert white == [(255, 255, 255)] * 4


def test_smallest_squares_can_be_seen_at_arms_length():
    assert 25 <= qr_width(SHORT) <= 30
    assert qr_width(LONG) > qr_width(SHORT)


def test_the_same_address_gives_the_same_bytes_and_nothing_that_could_clash_on_a_page():
    assert qr_svg(SHORT) == qr_svg(SHORT)
    assert b" id=" not in qr_svg(SHORT) and b"class=" not in qr_svg(SHORT)


def test_an_address_that_no_code_holds_is_refused():
    with pytest.raises(ValueError):
        qr_svg("https://example.org/" + "a" * 4000)
