"""Makes the website's fonts (docs/assets/fonts/*.woff2 and fonts.css) from the print fonts in kit_builder/fonts/.

Run it after changing those or data/languages.yml: `.venv/bin/python scripts/make_webfonts.py`. The results are kept in
the repository.

Every page names all languages in their own scripts. So that this costs no reader a whole font, the letters of those
names are a family of their own, "Language names", of a few kilobytes.
"""

from pathlib import Path

from fontTools import subset

from kit_builder.languages import languages

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "kit_builder" / "fonts"
TARGET = ROOT / "docs" / "assets" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}
LATIN = "noto-sans-latin"
"""Asked for before the page is drawn (overrides/main.html), and left out until the next page where it comes too late:
so no line of text ever jumps. The other scripts can't do without their font, which takes its place when it comes."""

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
    for path in TARGET.glob("*.woff2"):
        path.unlink()
    rules = [
        "/* Made by scripts/make_webfonts.py from the print fonts, so that pages and paper look the same. */"
    ]
    names = {ord(letter) for language in languages().values() for letter in language.name}
    for part, (font, unicodes) in PARTS.items():
        letters = set(subset.parse_unicodes(unicodes.replace("U+", "")))
        rules += font_faces("Noto Sans", f"noto-sans-{part}", font, letters, unicodes)
        if part != "latin" and (used := letters & names):
            spelt = ",".join(f"U+{letter:04X}" for letter in sorted(used))
            rules += font_faces("Language names", f"language-names-{part}", font, used, spelt)
    rules.append('bdi[lang], a[hreflang] { font-family: "Language names", "Noto Sans", sans-serif; }')
    (TARGET.parent / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def font_faces(family: str, stem: str, font: str, letters: set[int], unicodes: str) -> list[str]:
    """Writes a font of these letters in both weights; gives back the CSS rules that load it. Screens need no hints
    for the grid of pixels; with them the files would be a third larger."""
    rules = []
    for weight, number in WEIGHTS.items():
        name = f"{stem}-{number}.woff2"
        options = subset.Options(flavor="woff2", notdef_outline=True, hinting=False)
        whole = subset.load_font(str(SOURCE / f"{font}-{weight}.ttf"), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=letters)
        subsetter.subset(whole)
        subset.save_font(whole, str(TARGET / name), options)
        display = "optional" if stem == LATIN else "swap"
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {number}; font-display: {display}; '
            f'src: url(fonts/{name}) format("woff2"); unicode-range: {unicodes}; }}'
        )
    return rules


if __name__ == "__main__":
    make()
