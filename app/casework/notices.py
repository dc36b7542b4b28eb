"""Who is told about which step. What the notice says is `notifications.templates`: number and link, never a text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import User, UserRole
from app.casework.models import AssistanceRequest
from app.notifications.services import notify, notify_each
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Mark, Role


class Circle(Enum):
    """A group of people around a case."""

    FOCAL_POINTS = auto()
    MISSION = auto()
    INTAKE = auto()
    OFFICER = auto()


@dataclass(frozen=True, slots=True)
class Telling:
    """One notice of a step.

    Attributes:
        circle: who gets it.
        code: which notice.
        actor_too: also the person who acted (a receipt).
    """

    circle: Circle
    code: str
    actor_too: bool = False


_BOTH_OF_STATE = (Circle.FOCAL_POINTS, Circle.MISSION)


def _state(code: str, *, actor_too: bool = False) -> tuple[Telling, ...]:
    return tuple(Telling(circle, code, actor_too) for circle in _BOTH_OF_STATE)


_RECEIVED = (*_state("case.received", actor_too=True), Telling(Circle.INTAKE, "case.new_request"))

#: Every step of which somebody is told.
TELLINGS: Mapping[Action, tuple[Telling, ...]] = {
    Action.SEND_TO_MISSION: (Telling(Circle.MISSION, "case.please_confirm"),),
    Action.RETURN_TO_DRAFT: (
        Telling(Circle.FOCAL_POINTS, "case.returned_to_draft"),
        Telling(Circle.MISSION, "case.returned_to_draft"),
    ),
    Action.CONFIRM_REQUEST: _RECEIVED,
    Action.SUBMIT: _RECEIVED,
    Action.DISCARD: _state("case.discarded"),
    Action.PURGE: _state("case.purged"),
    Action.TAKE_UP: _state("case.taken_up"),
    Action.RETURN_FOR_INFORMATION: _state("case.questions"),
    Action.ANSWER: (Telling(Circle.INTAKE, "case.answered"), Telling(Circle.OFFICER, "case.answered")),
    Action.LAPSE_UNANSWERED: _state("case.lapsed"),
    Action.REVIVE: (Telling(Circle.INTAKE, "case.revived"),),
    Action.ACCEPT: (*_state("case.accepted"), Telling(Circle.OFFICER, "case.yours_to_assess")),
    Action.ASSIGN: (Telling(Circle.OFFICER, "case.assigned"),),
    Action.WITHDRAW: (
        *_state("case.withdrawn", actor_too=True),
        Telling(Circle.INTAKE, "case.withdrawn"),
        Telling(Circle.OFFICER, "case.withdrawn"),
    ),
}


#: Notices that say until when the case waits for their reader: the date that the projection has just computed.
WITH_DUE = frozenset({"case.please_confirm", "case.questions"})


def announce(
    session: Session, case: AssistanceRequest, action: Action | Mark, actor: Actor, params: Mapping[str, Any]
) -> None:
    """Queue the notices of `action`: one statement finds the people, two write one row each.

    Args:
        params: dates and counts that the notice may name.
    """
    tellings = TELLINGS.get(action, ()) if isinstance(action, Action) else ()
    if not tellings:
        return
    circles = people_of(session, case, {telling.circle for telling in tellings})
    told: dict[str, tuple[set[int], Mapping[str, Any]]] = {}
    reached: set[int] = set()
    for code in dict.fromkeys(telling.code for telling in tellings):
        people = {
            person
            for telling in tellings
            if telling.code == code
            for person in circles[telling.circle]
            if telling.actor_too or person not in actor.person_ids
        }
        dated = {**params, "due": case.due_on} if code in WITH_DUE and case.due_on is not None else params
        # One notice per person and event, even with several reasons.
        told[code] = (people - reached, dated)
        reached |= people
    notify_each(session, told, case_key=case.key, number=case.number)


def tell(
    session: Session, case: AssistanceRequest, people: Iterable[int], code: str, params: Mapping[str, Any]
) -> None:
    """Queue one notice about `case` to each of `people`, by mail and in the product."""
    if ids := sorted(people):
        notify(session, ids, code, params, case_key=case.key, number=case.number)


def people_of(session: Session, case: AssistanceRequest, circles: set[Circle]) -> dict[Circle, set[int]]:
    """Return the ids of active people by circle: one statement."""
    wanted: list[ColumnElement[bool]] = []
    if circles & set(_BOTH_OF_STATE):
        wanted.append((User.state_id == case.state_id) & UserRole.role.in_((Role.FOCAL_POINT, Role.MISSION)))
    if Circle.INTAKE in circles:
        wanted.append(UserRole.role == Role.INTAKE_OFFICER)
    if Circle.OFFICER in circles and case.officer_id is not None:
        wanted.append(User.id == case.officer_id)
    found: dict[Circle, set[int]] = {circle: set() for circle in circles}
    if not wanted:
        return found
    statement = (
        select(User.id, User.state_id, UserRole.role)
        .join(UserRole, (UserRole.user_id == User.id) & UserRole.ended_at.is_(None))
        .where(User.active, or_(*wanted))
    )
    for user_id, state_id, role in session.execute(statement):
        for circle in circles & set(_circles_of(case, user_id, state_id, role)):
            found[circle].add(user_id)
    return found


def _circles_of(case: AssistanceRequest, user_id: int, state_id: int | None, role: Role) -> Iterable[Circle]:
    if state_id == case.state_id and role is Role.FOCAL_POINT:
        yield Circle.FOCAL_POINTS
    if state_id == case.state_id and role is Role.MISSION:
        yield Circle.MISSION
    if role is Role.INTAKE_OFFICER:
        yield Circle.INTAKE
    if user_id == case.officer_id:
        yield Circle.OFFICER
