"""Who is told of a document: those around the case who may read it, by number and link, never what it is."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User, UserRole
from app.casework.audiences import SIDES, Side, side_of
from app.casework.models import AssistanceRequest
from app.casework.notices import Circle, tell, tell_circles
from app.documents.models import Document
from app.notifications.services import notify
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role


def tell_of(session: Session, case: AssistanceRequest, actor: Actor, document: Document) -> None:
    """Tell the other sides of a document that `actor` brought; nobody outside the State before it submitted.

    What the scanner found something in reaches nobody: then its uploader and the administrators are told.
    """
    if not document.is_readable:
        _tell_of_quarantine(session, case, actor)
    elif case.submitted_at is not None:
        tell_readers(session, case, actor, document, SIDES[document.audience] - {side_of(actor.roles)})


def tell_readers(
    session: Session, case: AssistanceRequest, actor: Actor, document: Document, sides: Collection[Side | None]
) -> None:
    """Tell the people of `sides` who are around the case, but nobody of what they did themselves."""
    circles = {circle for side in sides for circle in _circles(case, side)}
    if case.submitted_at is None or not circles:
        return
    tell_circles(session, case, circles, "case.document", {}, document.audience, actor.person_ids)


def _circles(case: AssistanceRequest, side: Side | None) -> tuple[Circle, ...]:
    if side is Side.STATE:
        return (Circle.FOCAL_POINTS, Circle.MISSION)
    if side is Side.BODIES:
        return (Circle.LIAISONS,)
    if side is Side.TPB:
        return (Circle.OFFICER,) if case.officer_id is not None else (Circle.INTAKE,)
    return ()


def _tell_of_quarantine(session: Session, case: AssistanceRequest, actor: Actor) -> None:
    tell(session, case, actor.person_ids, "case.document_withheld", {})
    administrators = (
        select(User.id)
        .join(UserRole, (UserRole.user_id == User.id) & UserRole.ended_at.is_(None))
        .where(User.active, UserRole.role == Role.ADMINISTRATOR)
    )
    notify(session, session.scalars(administrators).all(), "service.file_withheld", {})
