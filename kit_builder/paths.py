"""Where the toolkit's own files lie. Municipality data lie wherever `--data` says."""

from pathlib import Path

PACKAGE = Path(__file__).parent
ROOT = PACKAGE.parent
CONTENT = ROOT / "data"
TEMPLATES = PACKAGE / "templates"
FONTS = PACKAGE / "fonts"
DOCS = ROOT / "docs"
OVERRIDES = ROOT / "overrides"
MKDOCS = ROOT / "mkdocs.yml"
TRANSLATIONS = CONTENT / "translations"
TOKENS = DOCS / "assets" / "tokens.css"
