"""`flask reference load` and `flask reference import`: reference data from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from app.reference.commands import ImportFile, LoadBundle
from app.reference.reports import Change, ImportReport
from app.reference.services import import_reference, load_bundle
from app.reference.vocabulary import ImportKind
from app.workflow.actor import Actor

reference_cli = AppGroup("reference", help="Member States, instruments, treaty status, calendars.")
import_cli = AppGroup("import", help="Read a newer file of one of the forms in app/reference/data.")
reference_cli.add_command(import_cli)

DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@reference_cli.command("load")
@DRY_RUN
@click.option("--again", is_flag=True, help="Also read files that were read before.")
@click.option("--demo/--no-demo", default=None, help="With the invented States; default: as the instance is set.")
def load(dry_run: bool, again: bool, demo: bool | None) -> None:
    """Load the reference data that comes with the product; may be repeated."""
    with_demo = _with_demo() if demo is None else demo
    result = load_bundle(Actor.system(), LoadBundle(demo=with_demo, dry_run=dry_run, again=again))
    for report in result.files:
        _say(report, changes=dry_run)
    click.echo(f"treaty cells changed: {result.cells}" + _nothing_written(dry_run))
    _stop_on(result.errors)


def _importer(kind: ImportKind, what: str, *options: Callable[[Any], Any]) -> None:
    def run(file: Path, dry_run: bool, complete: bool | None = None, effective_from: datetime | None = None) -> None:
        first_day: date | None = effective_from.date() if effective_from else None
        command = ImportFile(
            kind=kind,
            file_name=file.name,
            content=file.read_bytes(),
            dry_run=dry_run,
            complete=complete,
            effective_from=first_day,
        )
        report = import_reference(Actor.system(), command)
        _say(report, changes=True)
        click.echo(f"treaty cells changed: {report.cells}" + _nothing_written(dry_run or bool(report.errors)))
        _stop_on(report.errors)

    for option in (*options, DRY_RUN, FILE):
        run = option(run)
    import_cli.command(kind.value, help=what)(run)


_importer(ImportKind.STATES, "Member and observer States, form of member_states.csv.")
_importer(ImportKind.INSTRUMENTS, "Instruments, form of instruments.csv.")
_importer(
    ImportKind.TREATY,
    "Dated treaty acts, form of treaty_status.csv (complete lists) or treaty_status_partial.csv.",
    click.option("--complete/--partial", default=None, help="Default: complete when there is a column un_member."),
)
_importer(ImportKind.SNAPSHOTS, "Party lists without dates, form of treaty_party_snapshots.csv.")
_importer(ImportKind.EVENTS, "Workshops and conferences on record, form of tpb_events_2003_2007.csv.")
_importer(
    ImportKind.HOLIDAYS,
    "Holidays, form of un_holidays_samples.csv; replaces the list of each calendar and year in it.",
    click.option(
        "--effective-from",
        type=click.DateTime(["%Y-%m-%d"]),
        help="First day whose stays are counted with them; default: today.",
    ),
)


def _with_demo() -> bool:
    """Invented States belong to instances with demo data, and to tests."""
    settings = current_app.extensions["settings"]
    return bool(settings.demo_data) or settings.environment == "test"


def _say(report: ImportReport, *, changes: bool) -> None:
    if report.read_before:
        click.echo(f"{report.file_name}: read before")
        return
    click.echo(
        f"{report.file_name}: {report.rows} rows: {report.new} new, {report.changed} changed, "
        f"{report.unchanged} unchanged, {report.removed} no longer listed, {len(report.errors)} errors"
    )
    if changes:
        _say_changes(report.changes)
    for error in report.errors:
        where = f"line {error.line}" + (f", {error.column}" if error.column else "")
        click.echo(f"  {report.file_name}, {where}: {error.message}", err=True)


def _say_changes(changes: Iterable[Change]) -> None:
    for change in changes:
        if change.before is None:
            click.echo(f"  + {change.key}: {change.after}")
        elif change.after is None:
            click.echo(f"  - {change.key}: {change.before}")
        else:
            click.echo(f"  ~ {change.key}: {change.before} -> {change.after}")


def _nothing_written(nothing: bool) -> str:
    return "; nothing was written" if nothing else ""


def _stop_on(errors: tuple[object, ...]) -> None:
    if errors:
        raise SystemExit(1)
