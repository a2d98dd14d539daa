"""Makes what is not in the store yet, on several cores; the same job is never made twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kit_builder.kept import Kept, find, keep
from kit_builder.render.engine import engine
from kit_builder.render.faults import Fault, RenderError
from kit_builder.render.fitting import Settled, settle
from kit_builder.render.jobs import Job, PdfJob, PreviewJob, Rendered, SlidesJob, WordJob
from kit_builder.render.pdf import write_pdf
from kit_builder.render.sheets import put_on, sheet
from kit_builder.store import Store, digest
from kit_builder.workers import Stopped, in_processes

Result = Rendered | list[Fault]

ROOMS = 4
"""So many layouts of one sheet wait at a time, each for facts that take as much room as its own: some 5 MB of memory,
and for facts of another room a trial."""


def job_key(job: Job) -> str:
    """The key under which a job's file is kept."""
    if isinstance(job, SlidesJob):
        return digest("pptx", engine(), repr(job.deck))
    if isinstance(job, PreviewJob):
        return digest("webp", engine(), job.pdf)
    source = job.source if isinstance(job, WordJob) else job
    kind = "docx" if isinstance(job, WordJob) else "pdf"
    assets = [part for name in sorted(source.assets) for part in (name, digest(source.assets[name]))]
    return digest(kind, engine(), source.html, repr(replace(source, html="", assets={})), *assets)


def render_all(
    jobs: Iterable[Job], store: Store, workers: int, on_done: Callable[[str], None]
) -> dict[str, Kept | list[Fault]]:
    """The result of each job by its key: a file in the store, or what is wrong with the document. Raises OSError."""
    results: dict[str, Kept | list[Fault]] = {}
    wanted: dict[str, Job] = {}
    for job in jobs:
        key = job_key(job)
        if key in results or key in wanted:
            continue
        if kept := find(key, store):
            results[key] = kept
            on_done(key)
        else:
            wanted[key] = job
    for made in _made(_by_sheet(wanted), workers):
        for key, result in made.items():
            if isinstance(result, Rendered):
                results[key] = keep(key, result.data, result.pages, store)
            else:
                results[key] = result
            on_done(key)
    return results


def _made(groups: dict[str, dict[str, Job]], workers: int) -> Iterator[dict[str, Result]]:
    """The results of each group. Where papers of one sheet were stopped together, each is made by itself: what is
    wrong may be one municipality's letterhead or facts."""
    alone: dict[str, dict[str, Job]] = {}
    for name, made in in_processes(_render, groups, workers):
        if not isinstance(made, Stopped):
            yield made
        elif len(papers := _grouped(groups[name], job_key)) > 1:
            alone |= papers
        else:
            yield {key: [Fault(f"it {made.why}")] for key in groups[name]}
    if alone:
        yield from _made(alone, workers)


def _by_sheet(wanted: dict[str, Job]) -> dict[str, dict[str, Job]]:
    """The jobs in groups, each with the same HTML but for the letterhead and the facts of the meeting: it is laid out
    once for all of them."""
    return _grouped(wanted, lambda job: job_key(sheet(job)) if isinstance(job, PdfJob) else job_key(job))


def _grouped(jobs: dict[str, Job], name: Callable[[Job], str]) -> dict[str, dict[str, Job]]:
    """The jobs in groups by name; a document's PDF and its Word file have the same."""
    groups: dict[str, dict[str, Job]] = {}
    for key, job in jobs.items():
        source = job.source if isinstance(job, WordJob) else job
        groups.setdefault(name(source), {})[key] = job
    return groups


def _render(jobs: dict[str, Job]) -> dict[str, Result]:
    """The results of jobs that have the same sheet."""
    settled: deque[Settled] = deque(maxlen=ROOMS)
    results: dict[str, Result] = {}
    for key, job in jobs.items():
        try:
            if isinstance(job, SlidesJob):
                results[key] = _slides(job)
                continue
            if isinstance(job, PreviewJob):
                results[key] = _preview(job)
                continue
            source = job.source if isinstance(job, WordJob) else job
            own = next((known for known in settled if put_on(known.layout, source)), None)
            if own is None:
                own = settle(source)
                settled.append(own)
            results[key] = _word(source, own) if isinstance(job, WordJob) else write_pdf(job, own.layout)
        except RenderError as error:
            results[key] = error.faults
            settled.clear()  # what is wrong may be this letterhead
        except MemoryError:
            raise  # the limit that is set from outside
        except Exception as error:
            # A fault of the toolkit itself: it costs one municipality its kit, and not everybody the build.
            why = f"the toolkit failed on it ({type(error).__name__}: {error}); please tell its maintainers"
            results[key] = [Fault(" ".join(why.split())[:300])]
            settled.clear()
    return results


# Loaded only where something is rendered: a build that finds all in the store starts in half the time.


def _word(source: PdfJob, settled: Settled) -> Rendered:
    from kit_builder.render.word.document import write_docx

    return Rendered(write_docx(source, settled), 0)


def _slides(job: SlidesJob) -> Rendered:
    from kit_builder.render.slides.presentation import render_pptx

    return Rendered(render_pptx(job.deck), 0)


def _preview(job: PreviewJob) -> Rendered:
    from kit_builder.render.preview import render_preview

    return Rendered(render_preview(job.pdf), 0)
