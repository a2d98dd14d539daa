"""Shows the built website on this machine and builds it again whenever a file changes."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from kit_builder import paths
from kit_builder.build import build
from kit_builder.problems import KitError
from kit_builder.reporter import CommandLine


class _Change(FileSystemEventHandler):
    def __init__(self) -> None:
        self.seen = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("created", "modified", "deleted", "moved"):
            self.seen.set()


def serve(data_folder: Path, out: Path, port: int) -> None:
    """Serves `out` on this machine's `port` until the user stops it with Ctrl-C."""
    change = _Change()
    observer = Observer()
    for folder in (data_folder, paths.CONTENT, paths.DOCS):
        observer.schedule(change, str(folder), recursive=True)
    observer.start()
    handler = partial(SimpleHTTPRequestHandler, directory=str(out))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        click.echo(f"http://127.0.0.1:{port}/ – stop with Ctrl-C", err=True)
        try:
            while True:
                change.seen.clear()
                _build_and_tell(data_folder, out)
                change.seen.wait()
        except KeyboardInterrupt:
            observer.stop()


def _build_and_tell(data_folder: Path, out: Path) -> None:
    """Builds once; problems are told and the last good website stays."""
    try:
        with CommandLine() as reporter:
            result = build(data_folder, out, reporter)
    except KitError as error:
        click.echo(f"Error: {error.message}", err=True)
        return
    for problem in result.problems:
        click.echo(problem.as_text(), err=True)
