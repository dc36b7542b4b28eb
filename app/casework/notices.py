"""Who is told about which step. What the notice says is `notifications.templates`: number and link, never a text."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import StandIn, User, UserRole
from app.accounts.standing_in import joined_stand_in
from app.casework.circles import Circle, Telling
from app.casework.models import AssistanceRequest, CaseBody
from app.casework.sharing import consents_to_sharing
from app.casework.tellings import TELLINGS, WITH_DUE
from app.foundation.clock import now
from app.notifications.services import StandIns, notify_each
from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, Action, Audience, Body, Mark, Role

__all__ = ["TELLINGS", "WITH_DUE", "Circle", "Telling", "announce", "people_of", "tell", "tell_circles"]

#: Everybody who holds one role, whatever the case.
_BY_ROLE = {
    Circle.INTAKE: Role.INTAKE_OFFICER,
    Circle.CHIEF: Role.BRANCH_CHIEF,
    Circle.MANAGER: Role.MANAGER,
    Circle.PROGRAMME_SUPPORT: Role.PROGRAMME_SUPPORT,
    Circle.CTC_LIAISONS: Role.CTC_LIAISON,
}


def announce(
    session: Session,
    case: AssistanceRequest,
    action: Action | Mark,
    actor: Actor,
    params: Mapping[str, Any],
    also: frozenset[int] = frozenset(),
) -> None:
    """Queue the notices of `action`: one statement finds the people, two write one row each.

    Args:
        params: dates and counts that the notice may name.
        also: people beside the circles, who get the notice for those named, else the first of the notices.
    """
    tellings = TELLINGS.get(action, ()) if isinstance(action, Action) else ()
    if not tellings:
        return
    circles, instead = _people_and_stand_ins(session, case, {telling.circle for telling in tellings}, also)
    circles[Circle.NAMED] = set(also)
    named = any(telling.circle is Circle.NAMED for telling in tellings)
    told: dict[str, tuple[set[int], Mapping[str, Any]]] = {}
    first, reached = tellings[0].code, set[int]()
    for code in dict.fromkeys(telling.code for telling in tellings):
        people = {
            person
            for telling in tellings
            if telling.code == code
            for person in circles[telling.circle]
            if telling.actor_too or person not in actor.person_ids
        }
        dated = {"due": case.due_on, **params} if code in WITH_DUE and case.due_on is not None else params
        people |= also - actor.person_ids if code == first and not named else frozenset()
        # One notice per person and event, even with several reasons.
        told[code] = (people - reached, dated)
        reached |= people
    notify_each(session, told, case_key=case.key, number=case.number, stand_ins=StandIns(actor.person_ids, instead))


def tell(
    session: Session,
    case: AssistanceRequest,
    people: Iterable[int],
    code: str,
    params: Mapping[str, Any],
    audience: Audience | None = None,
    but: frozenset[int] = frozenset(),
    *,
    instead: Mapping[int, int] | None = None,
) -> None:
    """Queue one notice about `case` to each of `people`, by mail and in the product.

    Args:
        but: who acted, and is not told as a stand-in of somebody else either.
        audience: for whom what happened is meant, so that nobody else is told when the mail leaves.
        instead: for whom, by stand-in, where it is known.
    """
    if ids := sorted(people):
        known, number = StandIns(but, instead), case.number
        told = {code: (ids, params)}
        notify_each(session, told, case_key=case.key, number=number, audience=audience, stand_ins=known)


def tell_circles(
    session: Session,
    case: AssistanceRequest,
    circles: set[Circle],
    code: str,
    params: Mapping[str, Any],
    audience: Audience | None = None,
    but: frozenset[int] = frozenset(),
) -> None:
    """Queue one notice to the people of `circles`, each once: one statement finds them and who stands in for them.

    Args:
        but: who acted, and is told neither as one of them nor as a stand-in; everything else is as in `tell`.
    """
    found, instead = _people_and_stand_ins(session, case, circles, frozenset(), but)
    tell(session, case, set().union(*found.values()) - but, code, params, audience, but, instead=instead)


def people_of(session: Session, case: AssistanceRequest, circles: set[Circle]) -> dict[Circle, set[int]]:
    """Return the ids of active people by circle: one statement."""
    return _people_and_stand_ins(session, case, circles, frozenset())[0]


def _people_and_stand_ins(
    session: Session,
    case: AssistanceRequest,
    circles: set[Circle],
    also: frozenset[int],
    but: frozenset[int] = frozenset(),
) -> tuple[dict[Circle, set[int]], dict[int, int]]:
    """Return the ids of active people by circle, and for whom of them and of `also` who stands in: one statement.

    Args:
        but: for whom nobody is told instead.
    """
    conditions = _conditions(case)
    wanted = [conditions[circle] for circle in sorted(circles, key=lambda one: one.value) if circle in conditions]
    if also:
        wanted.append(User.id.in_(also))
    found: dict[Circle, set[int]] = {circle: set() for circle in circles}
    instead: dict[int, int] = {}
    if not wanted:
        return found, instead
    stand_in, standing_in = joined_stand_in(now())
    statement = (
        select(User.id, User.state_id, UserRole.role, stand_in.label("stand_in_id"))
        .join(UserRole, (UserRole.user_id == User.id) & UserRole.ended_at.is_(None))
        .outerjoin(StandIn, standing_in)
        .where(User.active, or_(*wanted))
    )
    for user_id, state_id, role, stand_in_id in session.execute(statement):
        if stand_in_id is not None and user_id not in but:
            instead[stand_in_id] = user_id
        for circle in circles & set(_circles_of(case, user_id, state_id, role)):
            found[circle].add(user_id)
    return found, instead


def _conditions(case: AssistanceRequest) -> dict[Circle, ColumnElement[bool]]:
    """Return what makes somebody one of each circle, as conditions on a user with a role."""
    consulted = select(CaseBody.body).where(CaseBody.case_id == case.id)
    of_ctc = (UserRole.role == Role.CTC_LIAISON) & (User.body == Body.CTC_CTED)
    not_of_ctc, shared = User.body != Body.CTC_CTED, consents_to_sharing(case.id)
    conditions = {
        Circle.FOCAL_POINTS: (User.state_id == case.state_id) & (UserRole.role == Role.FOCAL_POINT),
        Circle.MISSION: (User.state_id == case.state_id) & (UserRole.role == Role.MISSION),
        **{circle: UserRole.role == role for circle, role in _BY_ROLE.items()},
        # What happens to a request that the State no longer shares is not told to CTC/CTED.
        Circle.LIAISONS: UserRole.role.in_(LIAISON_ROLES) & User.body.in_(consulted) & (not_of_ctc | shared),
        Circle.COUNCIL: of_ctc & shared,
    }
    if case.officer_id is not None:
        conditions[Circle.OFFICER] = User.id == case.officer_id
    return conditions


def _circles_of(case: AssistanceRequest, user_id: int, state_id: int | None, role: Role) -> Iterable[Circle]:
    if state_id == case.state_id and role is Role.FOCAL_POINT:
        yield Circle.FOCAL_POINTS
    if state_id == case.state_id and role is Role.MISSION:
        yield Circle.MISSION
    yield from (circle for circle, its_role in _BY_ROLE.items() if role is its_role)
    if user_id == case.officer_id:
        yield Circle.OFFICER
    if role is Role.CTC_LIAISON:
        yield Circle.COUNCIL
    if role in LIAISON_ROLES:
        yield Circle.LIAISONS
