"""Work in several processes, each with a limit of time and memory that holds whatever the work does.

A time limit that the working process sets for itself can be swallowed while a picture is drawn, so a process that
takes too long is stopped from outside, and only its own task is lost."""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, as_completed
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import wait
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from kit_builder.interrupts import held_back

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

SECONDS = 180
"""How long one task may take; the longest documents take three seconds on a machine with nothing else to do."""

MEBIBYTES = 1024
"""How much memory one process may take for its data; a usual one takes a fifth of it."""


@dataclass(frozen=True)
class Stopped:
    """A task that was not finished, and why, as the rest of a sentence about what was made."""

    why: str


def in_processes(
    function: Callable[[Task], Outcome],
    tasks: dict[str, Task],
    workers: int,
    *,
    seconds: float = SECONDS,
    mebibytes: int = MEBIBYTES,
) -> Iterator[tuple[str, Outcome | Stopped]]:
    """Each task's key and outcome, as they become ready. `workers` is how many processes work at once, `seconds` how
    long a task may take, `mebibytes` how much memory a process may take."""
    if not tasks:
        return
    get_ready()
    with held_back():
        context = multiprocessing.get_context("forkserver")
        pool = ProcessPool(
            min(workers, len(tasks)), initializer=_begin, initargs=(mebibytes,), context=context
        )
        waiting: dict[Future[Outcome], str] = {
            pool.schedule(function, args=(task,), timeout=seconds): key for key, task in tasks.items()
        }
    try:
        for future in as_completed(waiting):
            try:
                outcome: Outcome | Stopped = future.result()
            except (TookTooLong, MemoryError, ProcessExpired) as error:
                outcome = Stopped(_why_stopped(error, seconds, mebibytes))
            yield waiting.pop(future), outcome  # whoever keeps the future keeps what was made
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def get_ready() -> None:
    """Starts the process from which workers are forked, which loads what they need while this one goes on.

    A terminal sends Ctrl-C to every process. Workers, and what they are forked from, never hear of it: the build does,
    and ends them."""
    resource_tracker.ensure_running()  # if it were started below, Ctrl-C would no longer be held back
    with held_back():
        multiprocessing.get_context("forkserver").set_forkserver_preload(["kit_builder.warm"])
        forkserver.ensure_running()


def spread(
    function: Callable[[Task], Outcome], tasks: dict[str, Task], workers: int
) -> Iterator[tuple[str, Outcome | Stopped]]:
    """Like in_processes, but one task alone is done here: for work whose time and memory are known."""
    if len(tasks) > 1:
        yield from in_processes(function, tasks, workers)
    else:
        for key, task in tasks.items():
            yield key, function(task)


def _why_stopped(error: BaseException, seconds: float, mebibytes: int) -> str:
    if isinstance(error, TookTooLong):
        return f"took longer than {seconds:g} seconds and was stopped"
    if isinstance(error, MemoryError):
        return f"needs more than {mebibytes} MiB of memory"
    return f"ended its process, as one does that needs more than {mebibytes} MiB of memory"


def _begin(mebibytes: int) -> None:
    """A worker keeps its limit, and ends when the build has been killed."""
    resource.setrlimit(resource.RLIMIT_DATA, (mebibytes << 20, mebibytes << 20))
    threading.Thread(target=_end_with_the_build, daemon=True).start()


def _end_with_the_build() -> None:
    build = multiprocessing.parent_process()
    if build is not None:
        wait([build.sentinel])
        os._exit(1)
