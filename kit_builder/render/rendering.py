"""Makes what is not in the store yet, on several cores; the same job is never made twice."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import TypeVar

from kit_builder import paths
from kit_builder.render.pdf import Fault, Pdf, PdfJob, RenderError, render_pdf
from kit_builder.store import Store, digest

Result = Pdf | list[Fault]
Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


@cache
def engine() -> str:
    """A hash of everything that shapes a PDF beside its job: libraries, fonts, and the renderer's own code."""
    parts = [f"{name}={version(name)}" for name in ("weasyprint", "pydyf", "fonttools", "tinycss2", "pyphen")]
    files = sorted(paths.FONTS.glob("*.ttf")) + sorted((paths.PACKAGE / "render").glob("*.py"))
    return digest(*parts, *(file.read_bytes() for file in files))


def job_key(job: PdfJob) -> str:
    """The key under which a job's PDF is kept."""
    assets = [part for name in sorted(job.assets) for part in (name, digest(job.assets[name]))]
    return digest("pdf", engine(), job.html, repr(replace(job, html="", assets={})), *assets)


def render_all(
    jobs: Iterable[PdfJob], store: Store, workers: int, on_done: Callable[[str], None]
) -> dict[str, Result]:
    """The result of each job by its key: a PDF, or what is wrong with the document."""
    results: dict[str, Result] = {}
    wanted: dict[str, PdfJob] = {}
    for job in jobs:
        key = job_key(job)
        if key in results or key in wanted:
            continue
        kept = store.get(key)
        if kept is None:
            wanted[key] = job
        else:
            results[key] = Pdf(kept[4:], int.from_bytes(kept[:4], "big"))
            on_done(key)
    for key, result in in_processes(_render, wanted, workers):
        if isinstance(result, Pdf):
            store.put(key, result.pages.to_bytes(4, "big") + result.data)
        results[key] = result
        on_done(key)
    return results


def _render(job: PdfJob) -> Result:
    try:
        return render_pdf(job)
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
    context.set_forkserver_preload(["kit_builder.render.warm"])
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool:
        waiting = {pool.submit(function, task): key for key, task in tasks.items()}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
