"""The command line: options, progress, exit codes; no logic of its own.

Each command loads what it needs when it is called: a build with nothing to do is over before the others' libraries
would be there.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kit_builder import problems
from kit_builder.reporter import CommandLine

data_option = click.option(
    "--data",
    "data_folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="Folder that holds municipalities/*.yml.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    help="Folder for the website; replaced as a whole once everything is ready.",
)


class Commands(click.Group):
    """All commands; each of them can be stopped with Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise problems.KitError("Stopped.") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Builds meeting kits: a website and printable documents for every municipality.

    Exit codes: 0 all well; 1 something in the data is wrong (what is sound is built all the same);
    2 the call is wrong or nothing could be built.
    """


def _shard(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, int]:
    try:
        part, parts = map(int, value.split("/"))
    except ValueError:
        raise click.BadParameter("write it as I/N, such as 1/4.") from None
    if not 1 <= part <= parts:
        raise click.BadParameter("the part is a number from 1 to the number of parts.")
    return part, parts


@main.command()
@data_option
@out_option
@click.option("--only", metavar="ID", multiple=True, help="Build only this municipality; may be given again.")
@click.option(
    "--jobs", type=click.IntRange(0), default=0, help="Processes at work; 0 means one for each core."
)
@click.option(
    "--shard", callback=_shard, default="1/1", metavar="I/N", help="Build the I-th of N parts of the kits."
)
def build(data_folder: Path, out: Path, only: tuple[str, ...], jobs: int, shard: tuple[int, int]) -> None:
    """Build the toolkit website and every kit."""
    from kit_builder.build import build as build_kits

    with CommandLine() as reporter:
        result = build_kits(data_folder, out, reporter, only=only, jobs=jobs, shard=shard)
    for problem in result.problems:
        click.echo(problem.as_text(), err=True)
    kits = "1 kit" if len(result.built) == 1 else f"{len(result.built)} kits"
    built = f"Built {kits}." if result.built else "No kit has changed."
    where = f" Open {(out / 'index.html').resolve()} in a browser." if shard[1] == 1 else ""
    reporter.done(built + where)
    sys.exit(result.exit_code)


@main.command()
@click.argument(
    "shards", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False, exists=True)
)
@data_option
@out_option
def merge(shards: tuple[Path, ...], data_folder: Path, out: Path) -> None:
    """Put the outputs of `kit build --shard` together, and add the toolkit website.

    SHARDS are the output folders of all parts."""
    from kit_builder.merge import merge as merge_shards

    with CommandLine() as reporter:
        count = merge_shards(data_folder, shards, out, reporter)
    reporter.done(f"Merged {count} kits. Open {(out / 'index.html').resolve()} in a browser.")


@main.command()
@data_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab"]),
    default="text",
    show_default=True,
    help="text: lines on stderr; json: a list on stdout; github: notes on a pull request's lines; "
    "gitlab: a report that shows them on those of a merge request.",
)
def check(data_folder: Path, form: str) -> None:
    """Check every municipality's file and tell all that is wrong, with line and column.

    Alarms that a file accepts as false ones are told as notices, with their reasons, except in json."""
    from kit_builder.coverage import missing_texts
    from kit_builder.data import read_data
    from kit_builder.data_folder import stray_files
    from kit_builder.method import load_method

    method = load_method()
    entries = read_data(data_folder, method)
    found = [problem for entry in entries for problem in entry.problems]
    found += [problem for entry in entries for problem in missing_texts(entry, method, "error")]
    found += stray_files(data_folder)
    if form != "json":
        found += [notice for entry in entries for notice in entry.notices()]
    found.sort()
    if form == "json":
        click.echo(problems.as_json(found))
    elif form == "gitlab":
        click.echo(problems.as_gitlab(found))
    elif form == "github":
        for problem in found:
            click.echo(problem.as_github())
    else:
        for problem in found:
            click.echo(problem.as_text(), err=True)
    sys.exit(1 if problems.has_errors(found) else 0)


@main.command()
@data_option
@out_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def serve(data_folder: Path, out: Path, port: int) -> None:
    """Build, show the website on this machine, and build again whenever a file changes."""
    from kit_builder.serve import serve as serve_site

    serve_site(data_folder, out, port)


@main.command(name="print-pack")
@click.argument("municipality", metavar="ID")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    help="Folder that `kit build` has written.",
)
@click.option("--round", "round_id", metavar="ROUND", help="Id of the round to print.  [default: the latest]")
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files to print.  [default: print-pack-ID]",
)
def print_pack(municipality: str, out: Path, round_id: str | None, to: Path | None) -> None:
    """Put a round's papers together for a printer: one PDF for each paper and finishing, with all copies.

    Whoever has no printer that turns the paper prints cards-fronts-only.pdf in place of A4-two-sided-to-cut.pdf;
    calibration.pdf tells whether the fronts and backs of cards meet."""
    from kit_builder import print_pack as pack

    folder = to or Path(f"print-pack-{municipality}")
    files = pack.print_pack(pack.published_kit(out, municipality), round_id)
    pack.write_pack(files, folder)
    for file in files:
        click.echo(f"{folder / file.name}: {file.sheets} {'sheet' if file.sheets == 1 else 'sheets'}")


@main.command(name="new")
@click.argument("municipality", metavar="ID")
@data_option
def new_file(municipality: str, data_folder: Path) -> None:
    """Start the file of a Finnish municipality: ID is its name, such as espoo, or its code."""
    from kit_builder import new

    path = new.start_file(municipality, data_folder)
    click.echo(
        f"{path} is ready to be filled in; `kit check` tells what is wrong, `kit status` what is missing."
    )


@main.command(name="import-report")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@data_option
@click.option("--municipality", metavar="ID", help="Look meetings up in this municipality's file.")
@click.option("--round", "round_id", metavar="ID", help="Look meetings up in this round only.")
@click.option(
    "--to", type=click.Path(path_type=Path), help="Write the proposal to this new file instead of stdout."
)
def import_report(
    files: tuple[Path, ...],
    data_folder: Path,
    municipality: str | None,
    round_id: str | None,
    to: Path | None,
) -> None:
    """Propose findings and residents' proposals from secretaries' filled report forms.

    FILE… are filled forms, PDF or Word. The proposal is YAML in the shape of a municipality's file; a comment that
    begins with "decide:" marks what a person must decide."""
    from kit_builder.reports.importing import import_reports

    if to is not None and to.exists():
        raise problems.KitError(f"{to} exists already; name a new file.")
    result = import_reports(files, data_folder, municipality, round_id)
    for problem in result.problems:
        click.echo(problem.as_text(), err=True)
    if result.yaml is not None:
        if to is None:
            click.echo(result.yaml, nl=False)
        else:
            _write_new(to, result.yaml)
    sys.exit(result.exit_code)


def _write_new(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise problems.KitError(f"{path} can't be written: {error.strerror}.") from None


@main.command(name="status")
@data_option
def show_status(data_folder: Path) -> None:
    """What each municipality's kit has, what it waits for, and what is next."""
    from kit_builder import status
    from kit_builder.data import read_data
    from kit_builder.method import load_method

    for line in status.lines(read_data(data_folder, load_method())):
        click.echo(line)


@main.command()
def translations() -> None:
    """How complete each language's catalog is, and who has reviewed it."""
    from kit_builder.languages import languages
    from kit_builder.translations import SOURCE_LANGUAGE, coverage

    click.echo(f"{'language':<22}{'texts':>6}{'done':>6}{'missing':>9}{'fuzzy':>7}  reviewed by")
    for code, language in languages().items():
        if code == SOURCE_LANGUAGE:
            click.echo(f"{code} {language.name} – the source language")
            continue
        found = coverage(code)
        counts = f"{found.total:>6}{found.translated:>6}{len(found.missing):>9}{len(found.fuzzy):>7}"
        click.echo(f"{code:<4}{language.name:<18}{counts}  {found.reviewed_by or 'nobody yet'}")


@main.command()
def schema() -> None:
    """Print the JSON Schema of a municipality's file, for editors."""
    from kit_builder.schema import schema_text

    click.echo(schema_text(), nl=False)
