"""What the pages about accounts show; a fixed number of statements for any number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, selectinload

from app.accounts.kinds import AccountKind
from app.accounts.models import StandIn, User, UserRole
from app.accounts.sessions import open_sessions
from app.accounts.standing_in import in_force, roles_that_may
from app.foundation.clock import now
from app.foundation.errors import NotFound
from app.workflow.vocabulary import Role

PAGE_SIZE: Final = 25


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the list.

    Attributes:
        rows: people with their roles.
        number: of this page, from 1.
        total: people found.
    """

    rows: list[User]
    number: int
    total: int

    @property
    def has_next(self) -> bool:
        """Whether there are more."""
        return self.number * PAGE_SIZE < self.total


def people_page(session: Session, *, search: str = "", role: Role | None = None, number: int = 1) -> PeoplePage:
    """Return a page of the accounts that have not ended, by name.

    Args:
        session: a reading session.
        search: part of name or address.
        role: only who holds it.
        number: of the page, from 1.
    """
    found = select(User).where(User.ended_at.is_(None))
    if search:
        pattern = f"%{_escaped(search.lower())}%"
        found = found.where(
            or_(func.lower(User.name).like(pattern, escape="\\"), User.email.like(pattern, escape="\\"))
        )
    if role is not None:
        found = found.where(User.id.in_(_holding(role)))
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    ordered = found.options(selectinload(User.roles)).order_by(func.lower(User.name), User.id)
    rows = session.scalars(ordered.limit(PAGE_SIZE).offset((max(number, 1) - 1) * PAGE_SIZE))
    return PeoplePage(list(rows), max(number, 1), total)


def person_by_key(session: Session, key: str) -> User:
    """Return an account that has not ended, with its roles.

    Raises:
        NotFound: there is none.
    """
    return _one(session, select(User).where(User.key == key))


def focal_points_of(session: Session, state_id: int) -> list[User]:
    """Return the focal points of one State, by name."""
    statement = select(User).where(User.state_id == state_id, User.ended_at.is_(None))
    statement = statement.where(User.id.in_(_holding(Role.FOCAL_POINT)))
    return list(session.scalars(statement.order_by(func.lower(User.name), User.id)))


def focal_point_by_key(session: Session, state_id: int, key: str) -> User:
    """Return a focal point of one State.

    Raises:
        NotFound: there is none; another State's is none.
    """
    mine = select(User).where(User.key == key, User.state_id == state_id, User.id.in_(_holding(Role.FOCAL_POINT)))
    return _one(session, mine)


@dataclass(frozen=True, slots=True)
class Agreement:
    """That somebody stands in for somebody."""

    key: str
    name: str
    starts_at: object
    ends_at: object


def who_stands_in(session: Session, user_id: int) -> list[Agreement]:
    """Return who acts for this person, now or later."""
    return _agreements(session, StandIn.absent_id == user_id, StandIn.stand_in_id)


def for_whom(session: Session, user_id: int) -> list[Agreement]:
    """Return for whom this person may act at this moment."""
    return _agreements(session, (StandIn.stand_in_id == user_id) & in_force(now()), StandIn.absent_id)


def possible_stand_ins(session: Session, person: User) -> list[tuple[str, str]]:
    """Return (key, name) of the people who may act for `person`, see `standing_in.may_stand_in`."""
    statement = select(User.key, User.name).where(User.active.is_(True), User.kind == person.kind, User.id != person.id)
    if person.kind is AccountKind.STATE:
        may = UserRole.role.in_(roles_that_may(person.role_codes))
        statement = statement.join(UserRole, (UserRole.user_id == User.id) & UserRole.ended_at.is_(None) & may).where(
            User.state_id == person.state_id
        )
    return [(row.key, row.name) for row in session.execute(statement.order_by(func.lower(User.name), User.id))]


def _agreements(session: Session, condition: ColumnElement[bool], other: InstrumentedAttribute[int]) -> list[Agreement]:
    them = aliased(User)
    statement = (
        select(StandIn.key, them.name, StandIn.starts_at, StandIn.ends_at)
        .join(them, them.id == other)
        .where(condition, StandIn.revoked_at.is_(None), StandIn.ends_at > now())
        .order_by(StandIn.starts_at)
    )
    return [Agreement(*row) for row in session.execute(statement)]


def _one(session: Session, statement: Select[tuple[User]]) -> User:
    found = session.scalar(statement.where(User.ended_at.is_(None)).options(selectinload(User.roles)))
    if found is None:
        raise NotFound
    return found


def _holding(role: Role) -> Select[tuple[int]]:
    return select(UserRole.user_id).where(UserRole.role == role, UserRole.ended_at.is_(None))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


__all__ = [
    "Agreement",
    "PeoplePage",
    "focal_point_by_key",
    "focal_points_of",
    "for_whom",
    "open_sessions",
    "people_page",
    "person_by_key",
    "possible_stand_ins",
    "who_stands_in",
]
