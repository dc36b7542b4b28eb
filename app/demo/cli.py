"""`flask demo ...`: people and cases of the invented States, never beside real requests."""

from __future__ import annotations

import os

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo.filling.cast import NobodyThere
from app.demo.filling.filling import fill
from app.demo.filling.numbering import NumbersTaken
from app.demo.guide import find_visits
from app.demo.loading import is_loaded, load_demo
from app.demo.people import PARTS, PASSWORD, Part
from app.demo.stage import backstage
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.reference.states import state_by_code
from config.settings import Settings

demo_cli = AppGroup("demo", help="Invented people and cases of invented States.")


@demo_cli.command("load")
def load() -> None:
    """Load the demo; may be repeated, what is there stays as it is."""
    _refuse_elsewhere()
    try:
        loaded = load_demo()
    except NotFound:
        raise click.ClickException("the invented States are missing: flask reference load --demo") from None
    done = "loaded" if loaded.fresh else "there already"
    click.echo(
        f"Demo {done}: {loaded.accounts} accounts, {loaded.cases} cases. Listed by flask demo accounts and cases."
    )


@demo_cli.command("accounts")
def accounts() -> None:
    """Print the accounts of the demo."""
    _refuse_elsewhere()
    if not is_loaded():
        raise click.ClickException("the demo was not loaded: flask demo load")
    click.echo(account_table())


@demo_cli.command("cases")
def cases() -> None:
    """Print the cases that a newcomer looks at first, with who signs in to play them on."""
    _refuse_elsewhere()
    if not is_loaded():
        raise click.ClickException("the demo was not loaded: flask demo load")
    click.echo(case_table(str(current_app.config["ACCEDE_BASE_URL"])))


@demo_cli.command("fill")
@click.option("--cases", type=click.IntRange(1, 2_000_000), required=True, help="how many more")
@click.option("--seed", type=int, default=2005, show_default=True, help="the same cases for the same seed")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="how many share the work; as many as there are processors"
)
def fill_up(cases: int, seed: int, processes: int | None) -> None:
    """Add cases in bulk beside those of the demo; what was written stays when it is interrupted."""
    _refuse_elsewhere()
    try:
        filled = fill(cases, seed, _show_progress, processes=processes or os.cpu_count() or 1)
    except NobodyThere:
        raise click.ClickException("the accounts are missing: flask demo load") from None
    except NumbersTaken:
        raise click.ClickException("a request was submitted meanwhile: fill what is missing once more") from None
    click.echo(f"Filled: {filled.cases} cases, {filled.rows} rows.")


def _show_progress(written: int, cases: int) -> None:
    click.echo(f"{written} of {cases}", err=True)


def account_table() -> str:
    """Return the accounts as a table of plain text: role, State, name, address; the password is one for all."""
    rows: list[tuple[str, ...]] = [("ROLE", "STATE", "NAME", "E-MAIL", "PASSWORD")]
    rows += [(_role(part), _state(part), part.name, part.email, PASSWORD) for part in PARTS]
    return _table(rows)


def case_table(base_url: str) -> str:
    """Return the guide as a table of plain text: address of the case, who signs in, its number, how it stands."""
    rows: list[tuple[str, ...]] = [("CASE", "SIGN IN AS", "NUMBER", "WHAT TO LOOK AT")]
    with backstage() as session:
        rows += [(base_url + one.path, one.email, one.number or "-", one.visit.moment) for one in find_visits(session)]
    return _table(rows)


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _role(part: Part) -> str:
    role = part.role.value.replace("_", " ")
    return f"{role} (submits alone)" if part.alone else role


def _state(part: Part) -> str:
    if part.state is None:
        return "-"
    return f"{state_by_code(read_session(), part.state).names['en']} ({part.state})"


def _refuse_elsewhere() -> None:
    settings: Settings = current_app.extensions["settings"]
    if settings.environment not in ("demo", "test") or not settings.demo_data:
        raise click.ClickException("only an instance of the environment demo, with ACCEDE_DEMO_DATA=1, has a demo")
