"""Accounts for tests: made as the command line makes them, with what a test reads back from the database and mails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.accounts.commands import Person
from app.accounts.invitations import mail_params
from app.accounts.models import User, UserRole
from app.accounts.security import hash_password
from app.accounts.services import create_account
from app.foundation.db import write_transaction
from app.notifications.models import OutboxMessage
from app.reference.models import StateRecord
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role
from tests.support.people import PASSWORD


@dataclass(frozen=True, slots=True)
class Somebody:
    """An account as a test needs it."""

    id: int
    key: str
    email: str
    name: str
    actor: Actor


def make_person(
    app: Flask,
    *roles: Role,
    name: str = "Ada Quill",
    state: str | None = None,
    password: str = PASSWORD,
    may_submit: bool = False,
) -> Somebody:
    """Make an account in use; `state` is a code of three letters. The address is made from the name."""
    email = name.lower().replace(" ", ".") + "@example.org"
    with app.app_context():
        hashed = hash_password(password)
        with write_transaction(None) as session:
            found = select(StateRecord.id).where(StateRecord.alpha3 == state)
            state_id = session.scalars(found).one() if state else None
            account = create_account(
                session,
                Person(name=name, email=email),
                roles,
                password_hash=hashed,
                state_id=state_id,
                may_submit=may_submit,
            )
            actor = Actor(account.id, ActorKind.USER, name, frozenset(roles), state_id, account.body, None, may_submit)
            return Somebody(account.id, account.key, email, name, actor)


def row_of(app: Flask, key: str) -> User:
    """The account's row as it stands now, detached."""
    with app.app_context(), write_transaction(None) as session:
        found = session.scalars(select(User).where(User.key == key)).one()
        session.refresh(found)
        session.expunge(found)
        return found


def person_with_address(app: Flask, email: str) -> User:
    """The latest account with this address, detached."""
    with app.app_context(), write_transaction(None) as session:
        found = session.scalars(select(User).where(User.email == email).order_by(User.id.desc())).first()
        assert found is not None, email
        session.expunge(found)
        return found


def roles_of(app: Flask, user_id: int) -> set[Role]:
    """The roles held now."""
    with app.app_context(), write_transaction(None) as session:
        held = select(UserRole.role).where(UserRole.user_id == user_id, UserRole.ended_at.is_(None))
        return set(session.scalars(held))


def mails(app: Flask, user_id: int) -> list[str]:
    """The codes of the mails queued to one person, oldest first."""
    with app.app_context(), write_transaction(None) as session:
        queued = select(OutboxMessage.code).where(OutboxMessage.user_id == user_id).order_by(OutboxMessage.id)
        return list(session.scalars(queued))


def made_when_sent(app: Flask, user_id: int, code: str) -> dict[str, Any] | None:
    """What the sender would put into a mail that leaves now: `link` or `secret`."""
    with app.app_context(), write_transaction(None) as session:
        person = session.scalars(select(User).where(User.id == user_id)).one()
        return mail_params(session, person, code, {})


def path_of(app: Flask, link: str) -> str:
    """The path of a link in a mail, which must stand below the configured address."""
    base = str(app.config["ACCEDE_BASE_URL"])
    assert link.startswith(base + "/"), link
    return link.removeprefix(base)
