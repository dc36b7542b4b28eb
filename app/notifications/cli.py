"""Commands of mail."""

import sys

import click
from flask.cli import AppGroup

from app.notifications.bounces import take_bounce
from app.workflow.actor import SYSTEM

mail_cli = AppGroup("mail", help="Mail that was sent.")
#: A report is text; whoever sends more is not reporting.
MOST_OCTETS = 2_000_000


@mail_cli.command("bounce")
def bounce() -> None:
    """Read a delivery report from standard input; what is none, or not about our mail, is left alone."""
    taken = take_bounce(SYSTEM, sys.stdin.buffer.read(MOST_OCTETS))
    click.echo(f"{taken.noted} recipients noted.")
