"""Makes what is not in the store yet, on several cores; the same job is never made twice."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import TypeVar

from kit_builder import paths
from kit_builder.render.pdf import Fault, PdfJob, Rendered, RenderError, render_pdf
from kit_builder.render.slides.deck import Deck
from kit_builder.store import Store, digest


@dataclass(frozen=True)
class WordJob:
    """A document as a Word file, from the same HTML as its PDF."""

    source: PdfJob


@dataclass(frozen=True)
class SlidesJob:
    """A deck as a presentation."""

    deck: Deck


Job = PdfJob | WordJob | SlidesJob
Result = Rendered | list[Fault]
Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "pyphen", "python-docx", "python-pptx", "lxml")


@cache
def engine() -> str:
    """A hash of everything that shapes a file beside its job: libraries, fonts, and the renderers' own code."""
    parts = [f"{name}={version(name)}" for name in LIBRARIES]
    own = [*(paths.PACKAGE / "render").rglob("*.py"), *(paths.TEMPLATES / "slides").glob("*"), paths.TOKENS]
    files = sorted(paths.FONTS.glob("*.ttf")) + sorted(own)
    return digest(*parts, *(file.read_bytes() for file in files))


def job_key(job: Job) -> str:
    """The key under which a job's file is kept."""
    if isinstance(job, SlidesJob):
        return digest("pptx", engine(), repr(job.deck))
    source = job.source if isinstance(job, WordJob) else job
    kind = "docx" if isinstance(job, WordJob) else "pdf"
    assets = [part for name in sorted(source.assets) for part in (name, digest(source.assets[name]))]
    return digest(kind, engine(), source.html, repr(replace(source, html="", assets={})), *assets)


def render_all(
    jobs: Iterable[Job], store: Store, workers: int, on_done: Callable[[str], None]
) -> dict[str, Result]:
    """The result of each job by its key: a file, or what is wrong with the document."""
    results: dict[str, Result] = {}
    wanted: dict[str, Job] = {}
    for job in jobs:
        key = job_key(job)
        if key in results or key in wanted:
            continue
        kept = store.get(key)
        if kept is None:
            wanted[key] = job
        else:
            results[key] = Rendered(kept[4:], int.from_bytes(kept[:4], "big"))
            on_done(key)
    for key, result in in_processes(_render, wanted, workers):
        if isinstance(result, Rendered):
            store.put(key, result.pages.to_bytes(4, "big") + result.data)
        results[key] = result
        on_done(key)
    return results


def _render(job: Job) -> Result:
    # Loaded only where something is rendered: a build that finds all in the store starts in half the time.
    from kit_builder.render.slides.presentation import render_pptx
    from kit_builder.render.word.document import render_docx

    try:
        match job:
            case PdfJob():
                return render_pdf(job)
            case WordJob(source):
                word = render_docx(source.html, source.assets, max_pages=source.max_pages, sizes=source.sizes)
                return Rendered(word, 0)
            case SlidesJob(deck):
                return Rendered(render_pptx(deck), 0)
    except RenderError as error:
        return error.faults


def in_processes(
    function: Callable[[Task], Outcome], tasks: dict[str, Task], workers: int
) -> Iterable[tuple[str, Outcome]]:
    """Each task's key and outcome, as they become ready; in this process where one is enough."""
    if workers <= 1 or len(tasks) <= 1:
        for key, task in tasks.items():
            yield key, function(task)
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kit_builder.warm"])
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool:
        waiting = {pool.submit(function, task): key for key, task in tasks.items()}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
