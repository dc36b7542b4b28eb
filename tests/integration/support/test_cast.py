"""The cast of the tests is what the product's own accounts are."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask
from flask_security.utils import verify_password
from sqlalchemy import select

from app.accounts.commands import Person
from app.accounts.models import SecurityHistory, SecurityHistoryPayload, User, UserRole
from app.accounts.security_history import verify
from app.accounts.services import create_account
from app.foundation.db import read_session, write_transaction
from app.reference.models import StateRecord
from tests.factories.people import CAST, cast_of
from tests.support.applications import close_connections
from tests.support.clock import StoppedClock
from tests.support.databases import Database, fresh_database
from tests.support.people import PASSWORD

#: Made at random, or out of what was.
_OTHERWISE: Final = {"key", "fs_uniquifier", "password", "salt", "payload_digest", "previous_hash", "hash"}
_WRITTEN: Final = (User, UserRole, SecurityHistory, SecurityHistoryPayload)


def written(app: Flask) -> dict[str, list[dict[str, Any]]]:
    """Every row about accounts, column by column."""
    with app.app_context():
        session = read_session()
        assert verify(session) is None
        return {
            table.__tablename__: [
                {name: value for name, value in row._asdict().items() if name not in _OTHERWISE}
                for row in session.execute(select(table.__table__).order_by(*table.__table__.primary_key))
            ]
            for table in _WRITTEN
        }


def one_after_the_other(app: Flask) -> None:
    """Make the cast as the command line makes accounts."""
    with app.app_context(), write_transaction(None) as session:
        for name, (roles, state, may_submit) in CAST.items():
            state_id = session.scalar(select(StateRecord.id).where(StateRecord.alpha3 == state)) if state else None
            person = Person(name=f"{name.replace('_', ' ').title()} Quill", email=f"{name}@example.org")
            create_account(session, person, roles, password_hash="x", state_id=state_id, may_submit=may_submit)


def test_all_at_once_is_the_same_as_one_after_the_other(app: Flask, database: Database, clock: StoppedClock) -> None:
    cast = cast_of(app)
    at_once = written(app)
    assert [row["id"] for row in at_once["users"]] == [member.id for member in cast.members.values()]
    close_connections(app)
    fresh_database(database.backend)
    one_after_the_other(app)
    assert at_once == written(app)


def test_everybody_has_the_password_and_keys_of_their_own(app: Flask) -> None:
    cast = cast_of(app)
    with app.app_context():
        people = read_session().scalars(select(User)).all()
        assert verify_password(PASSWORD, str(people[0].password))
        assert len({person.password for person in people}) == 1
    assert len({person.key for person in people}) == len({person.fs_uniquifier for person in people}) == len(CAST)
    assert {person.key for person in people} == {member.key for member in cast.members.values()}
