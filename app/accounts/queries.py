"""What other slices ask about people: ids, names, addresses of contact. Reads only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Office, User, UserRole
from app.workflow.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to or call.

    Attributes:
        office: name of the person's office, None when not known.
    """

    name: str
    title: str | None
    email: str
    telephone: str | None
    office: str | None


def user_ids_with_role(session: Session, *roles: Role) -> list[int]:
    """Return the ids of the active people who hold any of `roles`."""
    return list(session.scalars(_active(*roles)))


def state_user_ids(session: Session, state_id: int, *roles: Role) -> list[int]:
    """Return the ids of the active people of one State who hold any of `roles`."""
    return list(session.scalars(_active(*roles).where(User.state_id == state_id)))


def _active(*roles: Role) -> Select[tuple[int]]:
    held = select(UserRole.user_id).where(UserRole.role.in_(roles), UserRole.ended_at.is_(None))
    return select(User.id).where(User.active.is_(True), User.id.in_(held)).order_by(User.id)


def user_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the names of people, also of those whose account ended; one statement, none for no ids."""
    if not ids:
        return {}
    return {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(set(ids))))}


def officers(session: Session) -> list[tuple[int, str]]:
    """Return (id, name) of the active case officers, by name: the choices of an assignment."""
    held = select(UserRole.user_id).where(UserRole.role == Role.CASE_OFFICER, UserRole.ended_at.is_(None))
    statement = select(User.id, User.name).where(User.active.is_(True), User.id.in_(held))
    return [(row.id, row.name) for row in session.execute(statement.order_by(func.lower(User.name), User.id))]


def contact_of(session: Session, user_id: int) -> Contact | None:
    """Return how to reach a person, or None when the account ended."""
    statement = (
        select(User.name, User.title, User.email, User.telephone, Office.name.label("office"))
        .outerjoin(Office, Office.id == User.office_id)
        .where(User.id == user_id, User.ended_at.is_(None))
    )
    row = session.execute(statement).first()
    return Contact(row.name, row.title, row.email, row.telephone, row.office) if row else None
