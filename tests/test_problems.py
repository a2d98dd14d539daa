"""How problems are told: where, how many, and in which form."""

import dataclasses

from kit_builder.problems import MAX_PROBLEMS, Problem, bearable, dotted, parsed

ONE = Problem("koe.yml", 3, 5, "rounds[0].id", "method.round-order", "error", "Something is wrong.")


def problems(count, severity):
    return [dataclasses.replace(ONE, line=line, severity=severity) for line in range(1, count + 1)]


def test_many_warnings_hide_no_error_and_no_error_hides_a_warning():
    found = bearable([*problems(MAX_PROBLEMS + 50, "warning"), *problems(1, "error")])
    assert found[0].severity == "error"
    assert [problem.line for problem in found[1:]] == [*range(1, MAX_PROBLEMS + 1), MAX_PROBLEMS]
    assert found[-1].rule == "yaml.too-many-problems"
    assert found[-1].severity == "warning"
    assert sorted(found)[-1] == found[-1]


def test_as_many_as_are_told_are_told_without_a_word_about_more():
    assert bearable(problems(MAX_PROBLEMS, "error")) == problems(MAX_PROBLEMS, "error")


def test_nothing_is_looked_for_after_too_many_errors():
    def endless():
        while True:
            yield ONE

    assert len(bearable(endless())) == MAX_PROBLEMS + 1


def test_a_note_on_a_pull_request_stays_one_command_whatever_it_quotes():
    hostile = dataclasses.replace(ONE, file="a:b,c\n.yml", message="50 %\n::error::x")
    assert hostile.as_github() == (
        "::error file=a%3Ab%2Cc%0A.yml,line=3,col=5,title=method.round-order::50 %25%0A::error::x"
    )


def test_a_place_is_read_as_it_was_written():
    path = ("rounds", 0, "findings", 12, "text", "fi")
    assert dotted(path) == "rounds[0].findings[12].text.fi"
    assert parsed(dotted(path)) == path
