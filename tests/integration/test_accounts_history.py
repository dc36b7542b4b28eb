"""The chain of sign-in and role changes: whatever is changed, removed or cut off shows."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, text

from app.accounts import services
from app.accounts.commands import ChangeRole
from app.accounts.security_history import Broken, verify
from app.foundation.db import read_session
from app.workflow.vocabulary import Role
from tests.support.accounts import make_person, person_with_address, roles_of
from tests.support.client import InspectedClient, sign_in_on_the_page
from tests.support.databases import Database
from tests.support.people import PASSWORD


@pytest.fixture
def chain(app: Flask) -> Flask:
    administrator, person = make_person(app, Role.ADMINISTRATOR), make_person(app, Role.MANAGER, name="Ben Rook")
    with app.app_context():
        for role in (Role.CASE_OFFICER, Role.INTAKE_OFFICER):
            services.grant_role(administrator.actor, ChangeRole(key=person.key, role=role))
        assert verify(read_session()) is None
    return app


def tamper(database: Database, *statements: str) -> None:
    """Act as somebody with the keys of the database: without triggers."""
    engine = create_engine(database.owner_url)
    with engine.begin() as connection:
        if database.is_postgresql:
            connection.execute(text("ALTER TABLE security_history DISABLE TRIGGER USER"))
            connection.execute(text("ALTER TABLE security_history_payloads DISABLE TRIGGER USER"))
        else:
            named = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'security_%'")
            for name in connection.scalars(named).all():
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE security_history SET action = 'role_taken' WHERE seq = 3"], Broken(3, "row")),
        (["UPDATE security_history SET actor_id = NULL WHERE seq = 4"], Broken(4, "row")),
        (
            ['UPDATE security_history_payloads SET payload = \'{"role": "manager"}\' WHERE seq = 3'],
            Broken(3, "payload"),
        ),
        (
            ["DELETE FROM security_history_payloads WHERE seq = 2", "DELETE FROM security_history WHERE seq = 2"],
            Broken(2, "missing"),
        ),
        (
            ["DELETE FROM security_history_payloads WHERE seq = 4", "DELETE FROM security_history WHERE seq = 4"],
            Broken(4, "tail"),
        ),
    ],
)
def test_what_was_done_to_the_chain_shows(
    chain: Flask, database: Database, statements: list[str], found: Broken
) -> None:
    tamper(database, *statements)
    with chain.app_context():
        assert verify(read_session()) == found


def test_an_erased_payload_leaves_the_chain_valid(chain: Flask, database: Database) -> None:
    tamper(database, "DELETE FROM security_history_payloads WHERE seq = 3")
    with chain.app_context():
        assert verify(read_session()) is None


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["accounts", "create-administrator", *arguments])


def test_the_first_administrator_comes_from_the_command_line(app: Flask, client: InspectedClient) -> None:
    done = run(app, "--name", "Ada Quill", "--email", "Ada.Quill@example.org", "--password", PASSWORD)
    assert done.exit_code == 0, done.output
    person = person_with_address(app, "ada.quill@example.org")
    assert roles_of(app, person.id) == {Role.ADMINISTRATOR}
    sign_in_on_the_page(client, person.email)
    again = run(app, "--name", "Ada Quill", "--email", "ada.quill@example.org", "--password", PASSWORD)
    assert again.exit_code == 1
    weak = run(app, "--name", "Ben", "--email", "ben@example.org", "--password", "passwordpassword")
    assert weak.exit_code == 2
