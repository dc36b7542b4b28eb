"""Recipients, and what stands in the outbox, for tests of notices and mails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.accounts.kinds import AccountKind
from app.accounts.models import User, UserRole
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.notifications.models import Notice, OutboxMessage, ScheduledJob
from app.notifications.services import notify
from app.workflow.vocabulary import Role

CASE = "0123456789ab"
NUMBER = "TPB-2026-0001"


def person(app: Flask, name: str, /, *, role: Role | None = None, **values: Any) -> int:
    """Add a person of TPB (an administrator for that role) whose address is `name`@example.org; returns the id."""
    kind = AccountKind.ADMINISTRATOR if role is Role.ADMINISTRATOR else AccountKind.TPB
    with app.app_context(), write_transaction(None) as session:
        given = {"name": name.title(), "email": f"{name}@example.org", "active": True, "activated_at": now()} | values
        user = User(kind=kind, **given)
        session.add(user)
        session.flush()
        if role is not None:
            session.add(UserRole(user_id=user.id, kind=kind, role=role))
        return user.id


def tell(app: Flask, people: Sequence[int], code: str = "case.accepted", **given: Any) -> None:
    """Tell `people` of a case in a transaction of its own."""
    with app.app_context(), write_transaction(None) as session:
        notify(session, people, code, given.pop("params", {}), **({"case_key": CASE, "number": NUMBER} | given))


def mails(app: Flask) -> list[OutboxMessage]:
    """Every row of the outbox, oldest first."""
    with app.app_context(), write_transaction(None) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def notices(app: Flask) -> list[Notice]:
    """Every notice, oldest first."""
    with app.app_context(), write_transaction(None) as session:
        return list(session.scalars(select(Notice).order_by(Notice.id)))


def job_rows(app: Flask) -> dict[str, ScheduledJob]:
    """Every row of the table of jobs by name."""
    with app.app_context(), write_transaction(None) as session:
        return {row.name: row for row in session.scalars(select(ScheduledJob))}


def change_user(app: Flask, user_id: int, **values: Any) -> None:
    """Change a person behind the product's back."""
    with app.app_context(), write_transaction(None) as session:
        session.execute(update(User).where(User.id == user_id).values(**values))
