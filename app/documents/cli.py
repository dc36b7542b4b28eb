"""Commands for whoever keeps the store of documents."""

import click
from flask.cli import AppGroup

from app.documents import jobs, upkeep
from app.documents.storage import the_store
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.workflow.actor import SYSTEM

documents_cli = AppGroup("documents", help="The files of documents.")


@documents_cli.command("verify")
def verify() -> None:
    """Read every document's file and compare its hash; name each that is missing or changed."""
    session = read_session()
    bind_scope(session, scope_of(SYSTEM))
    found = upkeep.verify(session, the_store())
    for fault in found.faults:
        click.echo(f"document {fault.key}: file {fault.problem}")
    click.echo(f"{found.files} files, {len(found.faults)} bad.")
    if found.faults:
        raise SystemExit(1)


@documents_cli.command("collect")
def collect() -> None:
    """Remove the files that have belonged to no document for two days."""
    click.echo(f"{jobs.collect_files(SYSTEM)} files removed.")
