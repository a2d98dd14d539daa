"""Makes the start page's pictures of papers (docs/assets/papers/*.webp) from the built kit of the example Mallila.

Run it after `make site` when the papers' look has changed: `.venv/bin/python scripts/make_pictures.py`. It needs
pdftoppm (`make test` installs it). The results are kept in the repository.
"""

import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "site" / "kits" / "mallila" / "documents" / "2026"
TARGET = ROOT / "docs" / "assets" / "papers"
WIDTHS = {
    "invitation-discussion.arabic-1.ar": 400,
    "experience-cards.fi": 400,
    "results.fi": 460,
}
"""Each paper with the width of its picture in pixels, twice what it takes on a screen."""


def make() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for paper, width in WIDTHS.items():
        command = ["pdftoppm", "-r", "200", "-f", "1", "-l", "1", "-png", SOURCE / f"{paper}.pdf"]
        done = subprocess.run(command, capture_output=True, check=True)
        picture = Image.open(BytesIO(done.stdout)).convert("RGB")
        height = round(picture.height * width / picture.width)
        target = TARGET / f"{paper.partition('.')[0]}.webp"
        picture.resize((width, height), Image.Resampling.LANCZOS).save(target, quality=66, method=6)


if __name__ == "__main__":
    make()
