"""Progress tells what is being built and how long it still takes."""

import io

from kit_builder.reporter import CommandLine


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self):
        return True


def told(stream, seconds_a_step, steps, total=100):
    now = [0.0]
    with CommandLine(stream, lambda: now[0]) as reporter:
        reporter.stage("Documents", total)
        for number in range(steps):
            now[0] += seconds_a_step
            reporter.step(f"paper-{number}.pdf")
        return stream.getvalue()


def test_a_terminal_sees_one_line_that_is_written_over():
    last = told(Screen(), 2, 10).split("\r\033[K")[-1]
    assert last.startswith("Documents: 10/100, about 3 min left – paper-9.pdf")


def test_a_log_gets_a_line_each_half_minute():
    lines = told(io.StringIO(), 1, 70).splitlines()
    assert lines == [
        "Documents: 100",
        "Documents: 30/100, about 1 min left – paper-29.pdf",
        "Documents: 60/100, about 40 s left – paper-59.pdf",
    ]


def test_the_time_left_follows_the_pace_of_the_last_steps():
    """What is in the store takes no time and comes first."""
    now, stream = [0.0], Screen()
    with CommandLine(stream, lambda: now[0]) as reporter:
        reporter.stage("Documents", 200)
        for number in range(140):
            now[0] += 0 if number < 100 else 1
            reporter.step("a.pdf")
    assert "140/200, about 1 min left" in stream.getvalue()
