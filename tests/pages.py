"""How pages are looked at in a real browser, for the tests and for `make audit`: kinds of pages, axe, weight."""

from __future__ import annotations

import gzip
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

WIDE, PHONE, NARROW = 1280, 390, 320
"""Widths of screens in pixels; the narrowest is a wide one at 400 % zoom (WCAG 2.2, 1.4.10)."""

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

FIRST_LOAD = 300_000
"""What a page may weigh when it is opened for the first time, in bytes over the wire."""

SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => (moved += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
"""


class Packing(SimpleHTTPRequestHandler):
    """Serves a folder as a web host does: texts are sent packed, and a connection is used again."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(path)
        if not path.is_file() or not self.path.partition("?")[0].endswith(("/", path.name)):
            super().do_GET()
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if kind.startswith("text/") or kind.endswith(("javascript", "json", "xml", "manifest+json")):
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Server(ThreadingHTTPServer):
    """A reader who goes on to the next page breaks off what the last one was loading: that is no failure."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a web server of this machine shows the folder."""
    with Server(("127.0.0.1", 0), partial(Packing, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing; `make test` installs it."
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=chromium, args=quiet)
        yield started
        started.close()


def faults(page: Page) -> list[str]:
    """What axe finds, in words."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def first_load(browser: Browser, address: str, width: int = PHONE) -> tuple[dict[str, int], float]:
    """Opens a page for the first time. Gives back what came over the wire, in bytes by address, and how much the page
    moved while it loaded (the browser's layout shift score)."""
    window = browser.new_context(viewport={"width": width, "height": 900}, service_workers="block")
    try:
        page = window.new_page()
        page.add_init_script(SHIFTS)
        sent: dict[str, int] = {}
        page.on("requestfinished", lambda request: sent.update({request.url: _bytes(request)}))
        page.goto(address, wait_until="networkidle")
        return sent, page.evaluate("moved")
    finally:
        window.close()


def _bytes(request: Any) -> int:
    return int(request.sizes()["responseBodySize"])
