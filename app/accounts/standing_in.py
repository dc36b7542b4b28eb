"""Who stands in for whom: the rules, and the people to be told in somebody's absence (process page, People)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.accounts.kinds import AccountKind
from app.accounts.models import StandIn, User
from app.workflow.vocabulary import Role

#: An instant, or where a statement that is built once will get it.
At = datetime | ColumnElement[datetime]


def in_force(at: At, agreed: type[StandIn] = StandIn) -> ColumnElement[bool]:
    """Return whether an agreement, a row of `agreed`, holds at `at`."""
    return and_(agreed.revoked_at.is_(None), agreed.starts_at <= at, agreed.ends_at > at)


def may_stand_in(absent: User, substitute: User) -> bool:
    """Tell whether `substitute` may act for `absent`: somebody of the same side, for a State also of the same role.

    A focal point may also stand in for the Permanent Mission, and then confirms nothing that they worked on themselves
    (`app.workflow.policy`). Nobody confirms for the mission and drafts for a focal point with one account.
    """
    if (absent.kind, absent.state_id) != (substitute.kind, substitute.state_id):
        return False
    return absent.kind is not AccountKind.STATE or bool(substitute.role_codes & roles_that_may(absent.role_codes))


def roles_that_may(absent: frozenset[Role]) -> frozenset[Role]:
    """Return which roles of a State may stand in for somebody with the roles `absent`."""
    return absent | {Role.FOCAL_POINT} if Role.MISSION in absent else absent


def overlapping(starts: datetime, ends: datetime) -> ColumnElement[bool]:
    """Return whether an agreement that was not taken back holds at any time between the two instants."""
    return and_(StandIn.revoked_at.is_(None), StandIn.starts_at < ends, StandIn.ends_at > starts)


def covered_by(user_id: int | ColumnElement[int] | InstrumentedAttribute[int], at: At) -> Select[tuple[int]]:
    """Return the ids of those for whom a person stands in at `at`, as a subquery that stands for itself."""
    agreed = aliased(StandIn)
    return select(agreed.absent_id).where(agreed.stand_in_id == user_id, in_force(at, agreed))


def joined_stand_in(at: datetime) -> tuple[InstrumentedAttribute[int], ColumnElement[bool]]:
    """Return a column and the condition of an outer join that together say who stands in for `User` at `at`.

    For a select that finds people anyhow and then needs no statement more, see `who_is_told_instead`.
    """
    return StandIn.stand_in_id, and_(StandIn.absent_id == User.id, in_force(at))


def who_is_told_instead(session: Session, absent: Collection[int], at: datetime) -> dict[int, int]:
    """Return who is told besides those of `absent` who are away: for whom, by stand-in; one statement.

    Args:
        absent: ids of the people who are told themselves.
        at: the instant of what happened.
    """
    if not absent:
        return {}
    agreed = (
        select(StandIn.stand_in_id, StandIn.absent_id)
        .join(User, User.id == StandIn.stand_in_id)
        .where(StandIn.absent_id.in_(set(absent)), in_force(at), User.active)
        .order_by(StandIn.id.desc())
    )
    return {row.stand_in_id: row.absent_id for row in session.execute(agreed)}
