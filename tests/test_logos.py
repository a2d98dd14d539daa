"""A logo comes from the data folder alone, is what its name says, and leaves nothing in the output but its pixels."""

import io
import struct
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from kit_builder import data
from kit_builder.loading import Source
from kit_builder.logos import MAX_BYTES, MAX_SCANS, WIDTH, read_logo
from kit_builder.method import load_method

FILE = """\
municipality:
  id: koe
  name: {fi: Koe}
  official_languages: [fi]
  logo: logos/koe.%s
rounds: [{id: a}]
"""


def saved(picture, form="PNG", **options):
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def red(width=40, height=20, mode="RGB"):
    return Image.new(mode, (width, height), "red")


@pytest.fixture
def entry_with(write_file):
    """The data entry of a municipality whose logo has these bytes (None: there is no such file)."""

    def entry(content, ending="png"):
        folder = write_file(FILE % ending)
        logos = folder / "municipalities" / "logos"
        logos.mkdir(exist_ok=True)
        if content is not None:
            (logos / f"koe.{ending}").write_bytes(content)
        return data.read_data(folder, load_method())[0]

    return entry


@pytest.fixture
def refusal_of(entry_with):
    """What is said about a logo, without the file's name in front."""

    def refusal(content, ending="png"):
        entry = entry_with(content, ending)
        assert entry.assets == {}
        (problem,) = entry.problems
        return problem.as_text().removeprefix(f"{entry.path}:")

    return refusal


def png_header(width, height):
    """The beginning of a PNG that claims a size and has no pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    checksum = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + header + checksum + b"\0\0\0\0IDAT"


def test_a_sound_logo_is_published_as_a_png_of_a_useful_size(entry_with):
    entry = entry_with(saved(red(2000, 1000)))
    assert entry.problems == ()
    picture = Image.open(io.BytesIO(entry.assets["logo.png"]))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, WIDTH // 2))
    assert picture.getpixel((10, 10)) == (255, 0, 0, 255)


def test_a_drawing_is_published_as_a_png_of_the_same_shape(entry_with):
    shape = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path fill="red" d="M0 0h200v100H0z"/></svg>'
    entry = entry_with(f"\ufeff<!-- Koe -->\n{shape}".encode(), "svg")
    assert entry.problems == ()
    picture = Image.open(io.BytesIO(entry.assets["logo.png"]))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, WIDTH // 2))
    assert picture.getpixel((10, 10)) == (255, 0, 0, 255)


@pytest.mark.parametrize(
    ("content", "ending", "expected"),
    [
        (
            None,
            "png",
            "5:9: There is no file logos/koe.png beside the municipality files; put it there, or leave the key out. "
            "[file.missing]",
        ),
        (
            b"",
            "png",
            "5:9: logos/koe.png is no picture, whatever its name says; save it as PNG, JPEG or SVG. [file.picture]",
        ),
        (
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
            "png",
            "5:9: logos/koe.png is an EPS file, whatever its name says; save it as PNG, JPEG or SVG. [file.picture]",
        ),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>',
            "svg",
            "5:9: logos/koe.svg shows nothing, all of it is transparent; look at it in another program. [file.picture]",
        ),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>Koe</text></svg>',
            "svg",
            "5:9: logos/koe.svg has letters, which look different on every machine; turn them into paths (outlines). "
            "[file.picture]",
        ),
        (
            saved(Image.new("RGBA", (9, 9), (0, 0, 0, 0))),
            "png",
            "5:9: logos/koe.png shows nothing, all of it is transparent; look at it in another program. [file.picture]",
        ),
        (
            b"\n<!DOCTYPE html><title>Koe</title>",
            "jpg",
            "5:9: logos/koe.jpg is a web page, whatever its name says; save it as PNG, JPEG or SVG. [file.picture]",
        ),
        (
            saved(red(), "GIF"),
            "png",
            "5:9: logos/koe.png is a GIF picture, whatever its name says; save it as PNG, JPEG or SVG. [file.picture]",
        ),
        (
            saved(red(), "WEBP"),
            "png",
            "5:9: logos/koe.png is a WebP picture, whatever its name says; save it as PNG, JPEG or SVG. [file.picture]",
        ),
        (
            b"%PDF-1.7\n",
            "jpeg",
            "5:9: logos/koe.jpeg is a PDF file, whatever its name says; save it as PNG, JPEG or SVG. [file.picture]",
        ),
        (
            saved(red(2001, 2000)),
            "png",
            "5:9: logos/koe.png has 2001 × 2000 pixels; save it with at most 4 million, such as 1000 × 500. "
            "[file.picture]",
        ),
        (
            png_header(60_000, 60_000),
            "png",
            "5:9: logos/koe.png has far more than 4 million pixels; save it smaller. [file.picture]",
        ),
        (
            saved(red(), save_all=True, append_images=[Image.new("RGB", (40, 20), "blue")]),
            "png",
            "5:9: logos/koe.png is an animation; save one still picture of it. [file.picture]",
        ),
        (
            saved(red(400, 400))[:300],
            "png",
            "5:9: logos/koe.png is damaged or cut off; save it anew as PNG or JPEG. [file.picture]",
        ),
        (
            saved(Image.effect_noise((200, 200), 60), "JPEG")[:2000],
            "jpg",
            "5:9: logos/koe.jpg is damaged or cut off; save it anew as PNG or JPEG. [file.picture]",
        ),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES),
            "png",
            "5:9: logos/koe.png is larger than 2 megabytes; save it smaller. [file.too-large]",
        ),
        (
            saved(red(), "JPEG") + b"\xff\xda\0\x08\x01\x01\0\x01\x01\0\0" * (MAX_SCANS + 1),
            "jpg",
            "5:9: logos/koe.jpg is told in very many passes; save it anew as PNG. [file.picture]",
        ),
    ],
)
def test_what_is_no_fit_picture_is_refused_with_what_it_is(refusal_of, content, ending, expected):
    assert refusal_of(content, ending) == expected


def test_a_link_out_of_the_data_folder_is_refused(refusal_of, write_file, tmp_path):
    outside = tmp_path / "secret.png"
    outside.write_bytes(saved(red()))
    link = write_file("") / "municipalities" / "logos" / "koe.png"
    link.parent.mkdir()
    link.symlink_to(outside)
    assert refusal_of(None) == (
        "5:9: logos/koe.png is a link that leads out of the data folder; put the picture there. [file.outside]"
    )


def test_a_linked_folder_that_leads_out_is_refused(refusal_of, write_file, tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "koe.png").write_bytes(saved(red()))
    (write_file("") / "municipalities" / "logos").symlink_to(tmp_path / "pictures")
    assert refusal_of(None).endswith("[file.outside]")


def test_a_link_to_itself_is_refused(refusal_of, write_file):
    link = write_file("") / "municipalities" / "logos" / "koe.png"
    link.parent.mkdir()
    link.symlink_to("koe.png")
    assert "[file." in refusal_of(None)


@pytest.mark.parametrize(
    "name",
    [
        "../koe.png",
        "logos/../koe.png",
        "/etc/koe.png",
        "logos/koe.SVG",
        "logos/koe.png.exe",
        "https://koe.fi/k.png",
    ],
)
def test_only_a_name_in_the_folder_of_logos_is_a_logo(problems_of, name):
    head = "municipality: {id: koe, name: {fi: K}, official_languages: [fi], logo: "
    text = f"{head}'{name}'}}\nrounds: [{{id: a}}]\n"
    ((line, rule, message),) = problems_of(text)
    assert (line, rule) == (1, "schema.logo")
    assert "such as logos/mallila.png" in message


def test_comments_and_other_text_in_a_png_are_left_behind(entry_with):
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Maija Meikäläinen")
    info.add_itxt("Comment", "Rantakatu 4", zip=True)
    content = entry_with(saved(red(), pnginfo=info)).assets["logo.png"]
    assert Image.open(io.BytesIO(content)).info == {}
    assert chunks(content) == {b"IHDR", b"IDAT", b"IEND"}


def test_position_camera_and_comment_of_a_jpeg_are_left_behind(entry_with):
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (60.0, 10.0, 0.0), 3: "E", 4: (24.0, 56.0, 0.0)})
    before = saved(red(), "JPEG", exif=exif, comment=b"taken at home")
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825)
    content = entry_with(before, "jpg").assets["logo.png"]
    after = Image.open(io.BytesIO(content))
    assert not after.getexif()
    assert chunks(content) == {b"IHDR", b"IDAT", b"IEND"}
    assert b"CameraMaker" not in content
    assert b"taken at home" not in content


def chunks(png):
    """The kinds of parts of which a PNG consists."""
    kinds, position = set(), 8
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        kinds.add(png[position + 4 : position + 8])
        position += 12 + length
    return kinds


def test_a_photo_taken_sideways_stands_upright(entry_with):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    content = entry_with(saved(red(40, 20), "JPEG", exif=exif), "jpg").assets["logo.png"]
    assert Image.open(io.BytesIO(content)).size == (20, 40)


@pytest.mark.parametrize(
    ("margin", "form"), [((0, 0, 0, 0), "PNG"), ((255, 255, 255, 255), "PNG"), ((255, 255, 255, 255), "JPEG")]
)
def test_empty_margins_take_no_room(entry_with, margin, form):
    picture = Image.new("RGBA", (200, 120), margin)
    picture.paste("red", (40, 24, 104, 88))
    ending = "jpg" if form == "JPEG" else "png"
    data = saved(picture.convert("RGB") if form == "JPEG" else picture, form)
    content = entry_with(data, ending).assets["logo.png"]
    width, height = Image.open(io.BytesIO(content)).size
    assert (
        64 <= width == height <= (80 if form == "JPEG" else 64)
    )  # a JPEG's colours run out into blocks of 16


def test_a_logo_of_which_nothing_is_seen_on_paper_stays_as_it_is(entry_with):
    content = entry_with(saved(Image.new("RGB", (30, 20), "white"))).assets["logo.png"]
    assert Image.open(io.BytesIO(content)).size == (30, 20)


@pytest.mark.parametrize(
    ("picture", "form", "pixel"),
    [
        (Image.new("I;16", (9, 9), 0x8080), "PNG", (128, 128, 128, 255)),
        (Image.new("1", (9, 9), 1), "PNG", (255, 255, 255, 255)),
        (Image.new("LA", (9, 9), (0, 100)), "PNG", (0, 0, 0, 100)),
        (red(9, 9).convert("P"), "PNG", (255, 0, 0, 255)),
    ],
)
def test_every_kind_of_pixel_keeps_its_colour(entry_with, picture, form, pixel):
    content = entry_with(saved(picture, form)).assets["logo.png"]
    assert Image.open(io.BytesIO(content)).getpixel((4, 4)) == pixel


def test_a_jpeg_for_printing_presses_keeps_its_colour(entry_with):
    content = entry_with(saved(Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG"), "jpg").assets["logo.png"]
    red_part, green, blue, _ = Image.open(io.BytesIO(content)).getpixel((4, 4))
    assert (red_part > 200, green < 60, blue < 60) == (True, True, True)


def test_the_same_logo_gives_the_same_bytes(entry_with):
    content = saved(red())
    assert entry_with(content).assets == entry_with(content).assets


@settings(derandomize=True, database=None, deadline=None, max_examples=150)
@given(
    st.sampled_from([saved(red()), saved(red(), "JPEG"), saved(red().convert("P"))]),
    st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=6)), min_size=1, max_size=4),
)
def test_a_spoilt_picture_is_a_logo_or_refused(picture, spots):
    content = bytearray(picture)
    for position, piece in spots:
        content[position % len(content) : position % len(content) + len(piece)] = piece
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "koe.png").write_bytes(content)
        assets, problems = read_logo("koe.png", Path(folder), Source("koe.yml", {}, {}, {}))
    assert (len(assets), len(problems)) in ((1, 0), (0, 1))
