"""`flask accounts ...`: the first administrator, who invites everybody else."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.accounts.addresses import is_address
from app.accounts.commands import Person
from app.accounts.passwords import normalise, weakness
from app.accounts.people import address_in_use
from app.accounts.security.setup import hash_password
from app.accounts.services import create_account
from app.foundation.db import write_transaction
from app.workflow.vocabulary import Role

accounts_cli = AppGroup("accounts", help="People who may sign in.")


@accounts_cli.command("create-administrator")
@click.option("--name", prompt=True, help="The person's name.")
@click.option("--email", prompt=True, help="The address they sign in with.")
@click.password_option(help="At least 15 characters; asked for when left out.")
def create_administrator(name: str, email: str, password: str) -> None:
    """Create an administrator whose account is in use at once."""
    address = email.strip().lower()
    if not is_address(address):
        raise click.BadParameter("not an e-mail address", param_hint="--email")
    if wrong := weakness(normalise(password), (name, address)):
        raise click.BadParameter(wrong, param_hint="--password")
    hashed = hash_password(password)
    with write_transaction(None) as session:
        if address_in_use(session, address):
            raise click.ClickException("somebody with this address has an account already")
        create_account(session, Person(name=name, email=address), (Role.ADMINISTRATOR,), password_hash=hashed)
    click.echo("The administrator can sign in now.")
