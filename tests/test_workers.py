"""Work in processes is limited from outside: what takes too much is stopped and told, the rest is done."""

import os
import signal
import time
import weakref
from functools import partial

from kit_builder.kept import Kept
from kit_builder.render import rendering
from kit_builder.render.jobs import PdfJob
from kit_builder.store import Store
from kit_builder.workers import Stopped, in_processes

PAGE = '<html lang="en"><head><title>T</title></head><body><main>{}</main></body></html>'


def work(task):
    if task == "stay":
        while True:  # as a loop that swallows every signal that its own process could send itself
            try:
                time.sleep(60)
            except BaseException:
                continue
    if task == "grow":
        return len(bytearray(600 << 20))
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return task.upper()


def test_a_task_that_takes_too_much_is_stopped_and_the_others_are_done():
    tasks = {name: name for name in ("one", "stay", "grow", "die", "two", "three")}
    done = dict(in_processes(work, tasks, 2, seconds=4, mebibytes=400))
    assert {name: done[name] for name in ("one", "two", "three")} == {
        "one": "ONE", "two": "TWO", "three": "THREE",
    }  # fmt: skip
    assert done["stay"] == Stopped("took longer than 4 seconds and was stopped")
    assert done["grow"] == Stopped("needs more than 400 MiB of memory")
    assert done["die"].why.startswith("ended its process")


def test_a_document_that_takes_too_long_is_named_and_the_others_are_made(tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "in_processes", partial(in_processes, seconds=8))
    endless = PdfJob(PAGE.format("<p>" + "word " * 400_000 + "</p>"))
    short = PdfJob(PAGE.format("<p>word</p>"))
    results = rendering.render_all([endless, short], Store(tmp_path), 2, lambda key: None)
    assert isinstance(results[rendering.job_key(short)], Kept)
    (fault,) = results[rendering.job_key(endless)]
    assert fault.message == "it took longer than 8 seconds and was stopped"


def test_a_document_on_which_the_toolkit_fails_is_named_and_the_others_are_made(tmp_path):
    without_sizes = PdfJob(PAGE.format("<p>one</p>"), sizes=())
    short = PdfJob(PAGE.format("<p>word</p>"))
    results = rendering.render_all([without_sizes, short], Store(tmp_path), 2, lambda key: None)
    assert isinstance(results[rendering.job_key(short)], Kept)
    (fault,) = results[rendering.job_key(without_sizes)]
    assert fault.message.startswith("the toolkit failed on it (IndexError: ")


def test_what_was_made_is_not_kept_once_it_was_handed_over():
    """Or the papers of a whole batch of kits would lie in memory."""
    made = in_processes(set, {str(number): (number,) for number in range(3)}, 1)
    first = weakref.ref(next(made)[1])
    for _ in made:
        assert first() is None
