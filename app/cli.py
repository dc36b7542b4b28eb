"""Commands for whoever runs Accede: schema, histories; slices add their own groups."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.accounts import security_history
from app.accounts.cli import accounts_cli
from app.casework.jobs import FOLDER
from app.casework.rebuilding import rebuild_projections
from app.casework.search.upkeep import mend_search
from app.casework.verify import latest_checkpoint, read_checkpoint, verify_all, write_checkpoint
from app.demo.cli import demo_cli
from app.documents.cli import documents_cli
from app.foundation.db import read_session, schema
from app.foundation.db.scope import bind_scope, scope_of
from app.notifications.cli import mail_cli
from app.reference.cli import reference_cli
from app.workflow.actor import SYSTEM
from config.settings import Settings, load_settings

accede_cli = AppGroup("accede", help="Schema and upkeep.")
search_cli = AppGroup("search", help="What requests are found by.")
history_cli = AppGroup("history", help="The histories of all requests.")


@accede_cli.command("migrate")
def migrate() -> None:
    """Bring the database's schema to head; running it again changes nothing."""
    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    schema.upgrade(settings.database_owner_url, settings.application_role)
    click.echo(f"Schema at {schema.head()}.")


@history_cli.command("verify")
@click.option(
    "--checkpoint", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Heads to compare with."
)
def verify(checkpoint: Path | None) -> None:
    """Verify every history; name the first bad row of each that fails."""
    path = checkpoint or latest_checkpoint(checkpoint_folder())
    heads = read_checkpoint(path, _settings().secret_key) if path else None
    session = read_session()
    bind_scope(session, scope_of(SYSTEM))
    report = verify_all(session, heads)
    for finding in report.findings:
        click.echo(f"case {finding.case_key}: row {finding.seq}: {finding.problem}")
    click.echo(f"{report.cases} histories, {report.rows} rows, {len(report.findings)} bad.")
    click.echo(f"Compared with checkpoint {path.name}." if path else "No checkpoint to compare with.")
    broken = security_history.verify(session)
    click.echo(f"Sign-in and roles: row {broken.seq}: {broken.why}" if broken else "Sign-in and roles: sound.")
    if broken or not report.sound:
        raise SystemExit(1)


@history_cli.command("checkpoint")
def checkpoint() -> None:
    """Write a signed file with the heads of all histories; keep it outside the database."""
    session = read_session()
    bind_scope(session, scope_of(SYSTEM))
    click.echo(write_checkpoint(session, checkpoint_folder(), _settings().secret_key))


@history_cli.command("rebuild")
def rebuild() -> None:
    """Compute again what is kept of every history where it differs: holder, due date, stays, what figures ask."""
    click.echo(f"{rebuild_projections(SYSTEM)} requests rebuilt.")


@search_cli.command("mend")
def mend() -> None:
    """Store the search terms of every request whose stored ones differ from what it says."""
    click.echo(f"{mend_search(SYSTEM)} requests mended.")


def checkpoint_folder() -> Path:
    """Return where checkpoints are kept."""
    return _settings().data_dir / FOLDER


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def init_cli(app: Flask) -> None:
    """Register every command group."""
    for group in (accede_cli, search_cli, history_cli, reference_cli, accounts_cli, documents_cli, mail_cli, demo_cli):
        app.cli.add_command(group)
