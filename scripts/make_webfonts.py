"""Makes the website's fonts (docs/assets/fonts/*.woff2 and fonts.css) from the print fonts in kit_builder/fonts/.

Run it after changing those: `.venv/bin/python scripts/make_webfonts.py`. The results are kept in the repository.
"""

from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "kit_builder" / "fonts"
TARGET = ROOT / "docs" / "assets" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}
PARTS = {
    "latin": (
        "NotoSans",
        "U+0000-024F,U+02BB-02DC,U+1E00-1EFF,U+2000-200B,U+2010-206F,U+20AC,U+2122,U+2190-2193,U+2212",
    ),
    "cyrillic": ("NotoSans", "U+0400-052F"),
    "arabic": ("NotoSansArabic", "U+0600-06FF,U+0750-077F,U+200C-200F,U+FB50-FDFF,U+FE70-FEFC"),
    "ethiopic": ("NotoSansEthiopic", "U+1200-139F,U+2D80-2DDF"),
}


def make() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    rules = [
        "/* Made by scripts/make_webfonts.py from the print fonts, so that pages and paper look the same. */"
    ]
    for part, (family, unicodes) in PARTS.items():
        for weight, number in WEIGHTS.items():
            name = f"noto-sans-{part}-{number}.woff2"
            options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
            font = subset.load_font(str(SOURCE / f"{family}-{weight}.ttf"), options)
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=subset.parse_unicodes(unicodes.replace("U+", "")))
            subsetter.subset(font)
            subset.save_font(font, str(TARGET / name), options)
            rules.append(
                f'@font-face {{ font-family: "Noto Sans"; font-weight: {number}; font-display: swap; '
                f'src: url(fonts/{name}) format("woff2"); unicode-range: {unicodes}; }}'
            )
    (TARGET.parent / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
