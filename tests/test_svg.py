"""An SVG logo becomes a picture of its shapes and colours; nothing in it acts, asks for anything, or never ends."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kit_builder.svg import drawing
from kit_builder.svg.cleaning import MAX_DRAWN, MAX_LAYERS, MAX_LETTERS, cleaned
from kit_builder.svg.styles import MAX_RULES
from kit_builder.svg.tree import MAX_DEPTH, MAX_ELEMENTS, DrawingError

SQUARE = '<path d="M0 0h50v50H0z"/>'
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50"'
)


def svg(body, before="", more=""):
    return f"{before}{HEAD}{more}>{body}</svg>".encode()


def refusal(data):
    with pytest.raises(DrawingError) as refused:
        cleaned(data, 100)
    return str(refused.value)


def colours(body):
    """The colours at the middle of the left and of the right half."""
    picture = Image.open(io.BytesIO(drawing.drawn(svg(body), 100)))
    assert picture.size == (100, 50)
    return picture.convert("RGBA").getpixel((25, 25)), picture.convert("RGBA").getpixel((75, 25))


RED, GREEN, NOTHING = (255, 0, 0, 255), (0, 128, 0, 255), (0, 0, 0, 0)


@pytest.mark.parametrize(
    "body",
    [
        '<rect width="50" height="50" fill="red"/><circle cx="75" cy="25" r="20" fill="#008000"/>',
        f'<g fill="red">{SQUARE}</g><g transform="translate(50)" style="fill: green">{SQUARE}</g>',
        '<defs><path id="a" d="M0 0h50v50H0z"/></defs><use href="#a" fill="red"/><use xlink:href="#a" x="50" '
        'fill="green"/>',
        "<style>.a{fill:blue} path.a{fill:red} #b{fill:green!important} @import url(http://a.fi/b.css);</style>"
        '<path class="a" d="M0 0h50v50H0z"/><path id="b" style="fill:red" class="x a" d="M50 0h50v50H50z"/>',
        '<linearGradient id="g"><stop stop-color="red"/></linearGradient><linearGradient id="h" xlink:href="#g"/>'
        '<clipPath id="c"><rect width="50" height="50"/></clipPath>'
        '<rect width="100" height="50" fill="green"/>'
        '<rect width="100" height="50" fill="url(\'#h\')" clip-path="url(#c)"/>',
        '<switch><foreignObject requiredExtensions="x"><p/></foreignObject>'
        f'<g fill="red">{SQUARE}</g><g fill="blue">{SQUARE}</g></switch>'
        '<a href="javascript:alert(1)"><rect x="50" width="50" height="50" fill="green"/></a>',
    ],
)
def test_shapes_and_colours_stay_as_they_are(body):
    assert colours(body) == (RED, GREEN)


def test_a_hidden_layer_is_left_out_whatever_it_holds():
    assert colours(
        f'<g style="display:none"><text>x</text>{SQUARE}</g><g fill="green" transform="translate(50)">{SQUARE}</g>'
    ) == (NOTHING, GREEN)


def test_a_drawing_without_a_view_box_takes_its_size_from_width_and_height():
    data = f'<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="1cm">{SQUARE}</svg>'.encode()
    assert Image.open(io.BytesIO(drawing.drawn(data, 200))).size == (200, 50)


@pytest.mark.parametrize(
    "fragment",
    [
        "<script>alert(1)</script>",
        '<script href="http://evil.example/a.js"/>',
        '<g onclick="alert(1)" onload="alert(1)"/>',
        '<a href="javascript:alert(1)"/>',
        '<a xlink:href="data:text/html,evil"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        "<style>@import url(http://evil.example/a.css); @font-face{src:url(http://evil.example/a.ttf)}</style>",
        '<metadata><evil/></metadata><title>evil</title><desc onload="alert(1)">evil</desc>',
        '<evil xmlns="http://evil.example/"><path xmlns="http://www.w3.org/2000/svg" d="M9 9z"/></evil>',
        '<p xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></p>',
        '<iframe src="http://evil.example/"/>',
        '<g data-evil="1" evil:x="1" xmlns:evil="http://evil.example/" aria-label="evil" xml:base="http://evil.example"/>',
        "<g style=\"background:url('http://evil.example/a.png');cursor:url(evil.cur),auto\"/>",
        "<!-- evil --><?evil alert?>evil text",
        '<path d="M0 0&#10;&lt;evil&gt;" fill="expression(alert(1))&quot;/&gt;&lt;script&gt;"/>',
        '<filter id="f"><feImage href="http://evil.example/a.png"/></filter>',
        '<text x="1"> </text>',
    ],
)
def test_what_would_act_is_left_out(fragment):
    clean = cleaned(svg(SQUARE + fragment), 100)
    for sign in ("evil", "alert", "script", "://", "on", "import", "data:", "<!", "<?", "feImage", "text"):
        assert sign not in clean.replace('xmlns="http://www.w3.org/2000/svg"', ""), clean


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<?xml version="1.0"?><?xml-stylesheet href="http://evil.example/a.css"?><!-- evil -->',
    ],
)
def test_what_stands_before_a_drawing_is_not_followed(before):
    assert cleaned(svg(SQUARE, before), 100) == cleaned(svg(SQUARE), 100)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (svg("<text>Koe</text>"), "has letters, which look different on every machine"),
        (svg('<image href="data:image/png;base64,AAAA"/>'), "has a picture inside"),
        (svg('<image href="/etc/passwd"/>'), "has a picture inside"),
        (svg("<foreignObject><p/></foreignObject>"), "has a web page inside"),
        (svg('<path filter="url(#f)" d="M0 0z"/>'), "uses an effect (filter)"),
        (svg('<path style="marker-end:url(#m)" d="M0 0z"/>'), "uses an effect (marker-end)"),
        (svg("<style>path{mix-blend-mode:multiply}</style>" + SQUARE), "uses an effect (mix-blend-mode)"),
        (svg('<pattern id="p"/><path fill="url(#p)" d="M0 0z"/>'), "is filled with a pattern"),
        (
            svg('<use href="http://evil.example/a.svg#a"/>'),
            "takes a part from elsewhere ('http://evil.example",
        ),
        (svg('<use href="file:///etc/passwd"/>'), "takes a part from elsewhere ('file:///etc/passwd')"),
        (
            svg('<path fill="URL(//evil.example/#a)"/>'),
            "takes a part from elsewhere ('URL(//evil.example/#a)')",
        ),
        (svg('<path mask="url(a.svg#m)"/>'), "takes a part from elsewhere ('url(a.svg#m)')"),
        (svg('<use href="#nowhere"/>'), "repeats a part that is not in it"),
        (svg("<style>g > path{fill:red}</style>"), "has a style sheet of a kind that is not read"),
        (svg(SQUARE, '<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'), "declares entities"),
        (svg("&a;", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "declares entities"),
        (
            svg(SQUARE, '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://evil.example/"> %a;]>'),
            "declares entities",
        ),
        (b'<svg viewBox="0 0 9 9"><path d="M0 0z"/></svg>', "is no SVG drawing"),
        (b'<?xml version="1.0"?><rss/>', "is no SVG drawing"),
        (svg(SQUARE)[:-9], "can't be read as an SVG drawing from line 1 on"),
        (b'<?xml version="1.0" encoding="x-none"?>' + svg(SQUARE), "is written in an unknown encoding"),
        (svg(SQUARE).replace(b"0 0 100 50", b"0 0 0 50"), "does not say how large it is"),
        (svg(SQUARE).replace(b"0 0 100 50", b"0 0 1e300 50"), "does not say how large it is"),
        (svg(SQUARE).replace(b"viewBox", b"x"), "does not say how large it is"),
    ],
)
def test_a_drawing_that_would_lose_a_part_is_refused(data, expected):
    assert refusal(data).startswith(expected)


def tens(depth):
    """Groups of which each repeats the one before ten times."""
    groups = [
        f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" if n else f'<g id="a0">{SQUARE}</g>'
        for n in range(depth)
    ]
    return "".join(groups)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SQUARE * MAX_ELEMENTS, f"has more than {MAX_ELEMENTS} elements;"),
        ('<use href="#a"/>' * 1_000_000, f"has more than {MAX_ELEMENTS} elements;"),
        ("<g>" * 100_000, f"has more than {MAX_DEPTH} elements inside one another"),
        (tens(9), "draws 358024681 elements and may draw"),
        ('<g id="a"><use href="#a"/></g>', "has parts that repeat one another without end"),
        ('<clipPath id="c" clip-path="url(#c)"/>', "has parts that repeat one another without end"),
        ('<mask id="a" mask="url(#b)"/><mask id="b" mask="url(#a)"/>', "has parts that repeat one another"),
        (
            '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>',
            "has parts that repeat one another without end",
        ),
        (
            "".join(f'<use id="a{n}" href="#a{n + 1}"/>' for n in range(4_000)) + '<g id="a4000"/>',
            "has parts that repeat one another without end",
        ),
        (
            f'<path id="a" d="M0 0{"h1" * 5_000}"/>' + '<use href="#a"/>' * 60,
            f"draws 610244 letters of paths and may draw {MAX_LETTERS};",
        ),
        (
            f'<g opacity=".5">{SQUARE}</g>' * (MAX_LAYERS + 1),
            f"draws {MAX_LAYERS + 1} layers and may draw {MAX_LAYERS};",
        ),
        (f"<style>{'a{x:y}' * (MAX_RULES + 1)}</style>", f"has more than {MAX_RULES} style rules"),
    ],
    ids=lambda value: value[:30],
)
def test_too_much_of_anything_is_refused_before_it_is_drawn(body, expected):
    assert refusal(svg(body)).startswith(expected)


def test_a_drawing_that_takes_too_long_is_stopped_from_outside():
    endless = '<path d="M0 0L100 100L0 50L100 0" stroke="red" stroke-dasharray="0.00001"/>' * (MAX_DRAWN - 1)
    with pytest.raises(DrawingError, match="takes too long or too much memory to draw"):
        drawing.drawn(svg(endless), 720)


def test_a_drawing_that_breaks_the_painter_is_refused():
    with pytest.raises(DrawingError, match="takes too long or too much memory to draw"):
        drawing.drawn(svg('<path d="M0 0L1e9 1e9L0 50L1e30 0" stroke="red" stroke-width="1e20"/>'), 720)


def test_the_same_drawing_gives_the_same_bytes():
    assert drawing.drawn(svg(SQUARE), 100) == drawing.drawn(svg(SQUARE), 100)


TAGS = [
    "<g>",
    "</g>",
    SQUARE,
    "<use href='#a'/>",
    "<g id='a'>",
    "<style>",
    "</style>",
    "<switch>",
    "</switch>",
]
SIGNS = [
    "g{fill:url(#a)}",
    "&#0;",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<?",
    "&amp;",
    "url(",
    "'",
    '"',
    "\0",
    "é",
    "<",
    ">",
]
PIECES = st.sampled_from([*TAGS, *SIGNS])


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join))
def test_any_text_is_a_drawing_or_refused(body):
    try:
        clean = cleaned(svg(body).decode().encode("utf-8", "ignore"), 100)
    except (DrawingError, UnicodeEncodeError):
        return
    assert cleaned(clean.encode(), 100) == clean
