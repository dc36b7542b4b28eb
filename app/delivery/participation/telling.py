"""Telling invited States: their focal points and missions get a link to the invitation, and no word of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User, UserRole
from app.delivery.participation.models import Participation
from app.notifications.services import StandIns, notify_each
from app.workflow.actor import Actor
from app.workflow.vocabulary import STATE_ROLES


def tell_guests(session: Session, rows: Iterable[Participation], code: str, actor: Actor) -> None:
    """Queue one notice for each invitation to the people of the State that it went to.

    Args:
        rows: with the day to answer by, where the notice names one.
        actor: who acted, and is not told.
    """
    asked = [row for row in rows if row.asked_at is not None]
    people = _people(session, {row.participant_id for row in asked})
    for row in asked:
        params = {"key": row.key, **({"due": row.answer_by} if row.answer_by is not None else {})}
        told = {code: (people[row.participant_id] - actor.person_ids, params)}
        notify_each(session, told, stand_ins=StandIns(actor.person_ids))


def _people(session: Session, state_ids: set[int]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = {state_id: set() for state_id in state_ids}
    statement = (
        select(User.state_id, User.id)
        .join(UserRole, (UserRole.user_id == User.id) & UserRole.ended_at.is_(None))
        .where(User.active, User.state_id.in_(state_ids), UserRole.role.in_(STATE_ROLES))
    )
    for state_id, person in session.execute(statement) if state_ids else ():
        found[state_id].add(person)
    return found
